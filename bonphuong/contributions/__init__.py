"""Contributions: an office calls others for text and figures, gets them in the desk or by file, and merges them.

What a department, a commune or a border post wrote keeps its author and its source, whatever is made of it.
"""
