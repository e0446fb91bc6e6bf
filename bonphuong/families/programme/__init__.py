"""The annual external-affairs programme with its targets, and the profile of the province."""
