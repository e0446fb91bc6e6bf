"""What every record family is made of: one scheme says what a family keeps, and the rest follows from it.

A family declares a `Scheme` (its model, its fields, its lines, its way through its procedures) and gets from here
the gate for forms and sheets, the writes with trail and ledger, the columns, and the pages of the desk.
"""
