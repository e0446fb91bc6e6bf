"""Official papers, Word templates and printing."""
