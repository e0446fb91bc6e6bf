"""The border: the line and its markers, gates and openings with both sides' word, joint work, stated traffic."""
