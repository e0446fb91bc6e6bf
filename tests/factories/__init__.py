"""One factory for each model, with fixed, readable values."""
