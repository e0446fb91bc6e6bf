"""Measurements. Each compares, in one run, with a reference on the same data: times alone mean nothing elsewhere.

A measurement is a function in a module of this package, marked `@measured(…)`; it is found by itself.
"""
