"""Named figures: the only home of a count or a sum."""
