"""Treat: what a visit's taps mean, and the note they write.

Pure functions on frozen values: `dial.judge` answers one tap of the client, `brief.write` gives
the three points to know before a visit, `note.write` gives the note's text.
"""
