"""What each page shows, gathered through queries and put in the order of the page; no request, no template."""
