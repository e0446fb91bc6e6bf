"""Unions of friendship organisations, friendship associations and their congresses."""
