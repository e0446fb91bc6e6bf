"""Pictures of every page, and what is wrong with them. See `python -m tools.shots --help`."""
