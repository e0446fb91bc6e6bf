"""Users, offices with their two ties, roles and what each may see."""
