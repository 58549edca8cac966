"""Calendar feeds (RFC 5545): when, where and how long, and nothing about health or the client.

One writer for every line: text is escaped, lines are folded at 75 octets without splitting a
character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Event:
    """One booked time. `uid` stays the same when it moves; `revision` counts the moves."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    revision: int
    cancelled: bool = False


def write(name: str, events: Iterable[Event], *, now: datetime) -> str:
    """The feed as text with CRLF line ends. Times are UTC, so no time zone table is needed."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Unknot//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        _text("X-WR-CALNAME", name),
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
    ]
    for event in events:
        lines += _event(event, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event, now: datetime) -> Sequence[str]:
    return (
        "BEGIN:VEVENT",
        _text("UID", event.uid),
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at)}",
        f"SEQUENCE:{event.revision}",
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
        _text("SUMMARY", event.summary),
        _text("LOCATION", event.location),
        "CLASS:PRIVATE",
        "END:VEVENT",
    )


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(name: str, value: str) -> str:
    """A property whose value is text: no value can end its line or begin another property."""
    safe = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    safe = "\\n".join(safe.splitlines())
    return f"{name}:{''.join(mark for mark in safe if mark.isprintable())}"


def _folded(line: str) -> Iterable[str]:
    """The line in pieces of at most 75 octets; each further piece begins with a space."""
    piece, room = "", 75
    for mark in line:
        size = len(mark.encode())
        if size > room:
            yield piece
            piece, room = " ", 74
        piece += mark
        room -= size
    yield piece
