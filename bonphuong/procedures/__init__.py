"""States, transitions and deadlines as dated data."""
