"""People: practices, staff, clients, and how they sign in."""
