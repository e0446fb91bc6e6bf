"""A national set of made-up data: plausible, wholly fictional, the same for the same seed.

Everything is entered through the product's own services, in bulk, at the moment when it would have been: late
entries, corrections, cancellations and doubles are what they would be in an office. Memory does not grow with it.
"""
