"""Measurements: each compares, in one run, with a reference on the same data."""
