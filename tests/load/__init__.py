"""Many people who save at once into a house of its own that is served as in life, and the count of what was kept."""
