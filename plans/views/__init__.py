"""Pages of roles and plans, by subject."""
