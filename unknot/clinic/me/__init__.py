"""A client's own pages: what comes next, what to do at home, and all their data to take along."""
