"""Bốn Phương: the external-affairs desk of a province."""

__version__ = "0.1.0"
