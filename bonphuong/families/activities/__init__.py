"""Whatever else a section of a report tells: consular work, overseas Vietnamese, economic, cultural and the like."""
