"""What people have open at their desks: forms half filled in, pages that others have open too, the first lesson."""
