"""Forms of the settings: what is stated from a day on, under which source."""
