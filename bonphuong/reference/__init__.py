"""Countries, administrative units through time, fields, currencies, calendars."""
