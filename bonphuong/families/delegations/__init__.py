"""Delegations out and in, individuals, day contacts and sessions."""
