"""One question put to everything that is kept, answered within what the person may see."""
