"""What the province does with partners, one folder each; found by discovery."""
