"""Report definitions and editions."""
