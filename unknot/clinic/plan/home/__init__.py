"""Home care from day to day: what was done, how it was borne, and on which step each item stands.

    from ..plan import home
    home.items(episode, now)     # today's items, each with its questions and answers to tap
    home.tell(episode=..., item="HC-01", on=day, told=home.Told(done="done"), by=..., now=...)
    home.lines(episode, now)     # for a therapist, one line an item

A check-in shows `items` and keeps each answer with `tell`; both work for the holder of a link.
"""

from .actions import HomeCareRefused, set_step, tell
from .items import DONE, HomeItemToday, items, lines
from .stored import Told, today_of
from .tap import Tap, read_tap

__all__ = [
    "DONE",
    "HomeCareRefused",
    "HomeItemToday",
    "Tap",
    "Told",
    "items",
    "lines",
    "read_tap",
    "set_step",
    "tell",
    "today_of",
]
