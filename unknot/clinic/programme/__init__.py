"""What the practice sees of its people as groups, and may take with it."""
