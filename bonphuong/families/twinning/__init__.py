"""Twinning: pairs of villages, communes, border posts, departments and provinces, and what comes of them."""
