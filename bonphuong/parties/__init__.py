"""People and bodies on both sides, with names in every script."""
