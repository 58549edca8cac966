"""Every component in every state, for whoever builds a page. Served in development only."""
