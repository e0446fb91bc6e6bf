"""Shared primitives: time, text, numbers, documents; no tables."""
