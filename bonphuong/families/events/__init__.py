"""International conferences, festivals, exhibitions, exchanges, receptions; foreign media and external information."""
