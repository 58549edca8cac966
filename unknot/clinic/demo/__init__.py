"""The demo clinic: invented people and a year of believable care, from a seed."""
