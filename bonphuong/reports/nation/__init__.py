"""The nation: figures of provinces side by side and their sum, from the books that are kept here and from packages."""
