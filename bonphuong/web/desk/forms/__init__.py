"""What a person fills in on the desk's own pages; forms of records live beside their records."""
