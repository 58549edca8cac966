"""Treat: what a visit's taps mean, and the note they write.

Pure functions on frozen values: `dial.judge` answers one tap of the client, `brief.write` gives
the three points to know before a visit, `note.write` gives the note's text.
"""

PRESSURE_WORDS = {
    1: "light contact",
    2: "light to moderate",
    3: "moderate",
    4: "firm",
    5: "deep",
}
"""The five levels of pressure in words (after Walton's five-level scale, WAL11)."""
