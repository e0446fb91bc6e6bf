"""Foreign aid that the province receives: donors, what calls for aid, items from approach to settlement, relief."""
