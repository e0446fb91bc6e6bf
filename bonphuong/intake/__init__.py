"""What others send us: sheets with mappings, dry run, undo."""
