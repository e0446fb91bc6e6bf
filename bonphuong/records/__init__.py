"""What all families share: the header of a record, links, commitments."""
