"""How people change a definition: its sentences as pieces one below the other, its conditions in words."""
