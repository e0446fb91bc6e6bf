"""Facts, postings, statements, coverage and as-of. Knows no family."""
