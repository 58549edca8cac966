"""One episode from top to bottom, as a story. Reads every stage; no stage reads it."""
