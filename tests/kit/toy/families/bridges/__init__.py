"""Bridges over the border river: a family made up for the tests."""
