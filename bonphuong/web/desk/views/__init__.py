"""One small function for each page: read through queries, write through services, draw a template."""
