"""Writes of the calendar."""

from .feeds import events_of, feed_of, make_feed
from .visits import (
    Close,
    NotBooked,
    Slot,
    book,
    book_series,
    cancel,
    cancel_rest,
    complete,
    mark_no_show,
    move,
    move_rest,
    rest_of,
)

__all__ = [
    "Close",
    "NotBooked",
    "Slot",
    "book",
    "book_series",
    "cancel",
    "cancel_rest",
    "complete",
    "events_of",
    "feed_of",
    "make_feed",
    "mark_no_show",
    "move",
    "move_rest",
    "rest_of",
]
