"""Documents to claims, and claims against the ledger."""
