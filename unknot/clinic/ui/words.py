"""Values in plain words: dates, times, lengths, money and counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

SIGNS: Final = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "CAD": "CA$",
    "AUD": "A$",
    "NZD": "NZ$",
}
NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
)  # fmt: skip


def day(on: date, *, today: date | None = None) -> str:
    """``Tuesday 24 November``, with the year unless it is today's."""
    words = f"{on:%A} {on.day} {on:%B}"
    return words if today is not None and on.year == today.year else f"{words} {on.year}"


def short_day(on: date, *, today: date | None = None) -> str:
    """``24 Nov``, with the year unless it is today's."""
    words = f"{on.day} {on:%b}"
    return words if today is not None and on.year == today.year else f"{words} {on.year}"


def long_day(on: date) -> str:
    """``3 March 2026``, for signatures and letters."""
    return f"{on.day} {on:%B %Y}"


def clock(at: datetime, zone: str | ZoneInfo) -> str:
    """The wall time in ``zone``: ``9:00 am``, ``2:30 pm``, ``12 noon``."""
    local = at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    if (local.hour, local.minute) == (12, 0):
        return "12 noon"
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


def when(at: datetime, zone: str | ZoneInfo, *, now: datetime) -> str:
    """``Today at 9:00 am``, ``Tomorrow at …``, else the day: ``Tuesday 24 November at …``."""
    on, today = local_day(at, zone), local_day(now, zone)
    return f"{relative_day(on, today=today)} at {clock(at, zone)}"


def short_when(at: datetime, zone: str | ZoneInfo, *, now: datetime) -> str:
    """For a table or a list: ``Today, 9:00 am``, else ``Tue 24 Nov, 9:00 am``."""
    on, today = local_day(at, zone), local_day(now, zone)
    near = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}.get((on - today).days)
    return f"{near or f'{on:%a} {short_day(on, today=today)}'}, {clock(at, zone)}"


def local_day(at: datetime, zone: str | ZoneInfo) -> date:
    """The day it was at that moment in ``zone``; a moment stored in UTC may be a day off."""
    return at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).date()


def relative_day(on: date, *, today: date) -> str:
    """``Today``, ``Yesterday``, ``Tomorrow``, or the day in full."""
    near = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}.get((on - today).days)
    return near or day(on, today=today)


def ago(on: date, *, today: date) -> str:
    """How long since: ``today``, ``3 days ago``, ``5 weeks ago``, ``2 years ago``."""
    days = (today - on).days
    if days < 0:
        return f"on {short_day(on, today=today)}"
    if days < 2:
        return ("today", "yesterday")[days]
    for unit, size, least in (("year", 365, 730), ("month", 30, 90), ("week", 7, 14)):
        if days >= least:
            return f"{count(days // size, unit)} ago"
    return f"{days} days ago"


def span(minutes: int) -> str:
    """A length: ``45 minutes``, ``1 hour``, ``1 hour 30 minutes``."""
    hours, rest = divmod(minutes, 60)
    parts = [count(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(count(rest, "minute"))
    return " ".join(parts)


def money(cents: int, currency: str = "USD") -> str:
    """``$90``, ``$1,080``, ``$87.50``; a currency without a sign is written out: ``90 SEK``."""
    amount = f"{abs(cents) / 100:,.2f}".removesuffix(".00")
    minus = "−" if cents < 0 else ""
    sign = SIGNS.get(currency)
    return f"{minus}{sign}{amount}" if sign else f"{minus}{amount} {currency}"


def count(number: int, noun: str, plural: str = "") -> str:
    """``1 visit``, ``3 visits``; give ``plural`` where an s is not enough."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def spelled(number: int) -> str:
    """Nought to nine as a word, more as figures."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"


def listed(things: Sequence[str], last: str = "and") -> str:
    """``neck``, ``neck and jaw``, ``neck, jaw and low back``; empty for none."""
    if len(things) < 2:
        return things[0] if things else ""
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def sentence(text: str) -> str:
    """The text with a capital first letter and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?:" else ".")
