"""What goes to programs of others: calendars to subscribe to."""
