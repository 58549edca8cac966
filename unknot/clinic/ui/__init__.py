"""What pages are made of: rendering, components, words."""
