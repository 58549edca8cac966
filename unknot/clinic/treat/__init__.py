"""Treat: the brief, the session room, the client's dial, and the note that is signed."""
