"""A province to look at: public facts of Lai Châu with their sources, and an invented register around them.

Everything is entered through the product's own services, by people of the demonstration, at the moment when it
would have been: the ledger's history is dated in the past, and any day of it can be asked for.
"""
