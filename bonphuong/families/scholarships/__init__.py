"""Scholarship programmes and their students."""
