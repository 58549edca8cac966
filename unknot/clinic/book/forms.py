"""What comes in from the booking pages, checked and turned into slots. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from django.http import QueryDict

from unknot.clinic.book.actions import Slot
from unknot.reasoning.book import Opening

MINUTES = (30, 45, 60, 75, 90)
MOST_VISITS = 104


class FormError(ValueError):
    """Something on the form cannot be read; the words say what to do."""


def opening_asked(query: QueryDict) -> Opening | None:
    """The opening a link names (`at`, `with`), or None when it names none. Raises FormError."""
    at, therapist = query.get("at", ""), query.get("with", "")
    if not at or not therapist:
        return None
    return Opening(_moment(at), str(_key(therapist)))


def minutes_asked(query: QueryDict, usual: int) -> int:
    """One of the lengths on offer, or the usual one."""
    given = query.get("minutes", "")
    return int(given) if given in map(str, MINUTES) else usual


def day_asked(query: QueryDict, name: str, today: date) -> date:
    """The day a link names, or today; a damaged one counts as none. Stays within some years."""
    try:
        given = date.fromisoformat(query.get(name, ""))
    except ValueError:
        return today
    return given if abs((given - today).days) < 2000 else today


def therapist_asked(query: QueryDict) -> UUID | None:
    """The therapist a link names, or None for anyone."""
    try:
        return UUID(query.get("with", ""))
    except ValueError:
        return None


def slot_value(slot: Slot) -> str:
    """The slot as one hidden field of the form."""
    return "|".join(
        (
            str(slot.number),
            _iso(slot.starts_at),
            str(slot.therapist),
            "1" if slot.is_review else "0",
        )
    )


def slots_sent(values: Iterable[str]) -> tuple[Slot, ...]:
    """The slots of a form, by number. Raises FormError when there are none or one cannot be
    read.
    """
    slots = sorted((_slot(value) for value in values), key=lambda slot: slot.number)
    numbers = [slot.number for slot in slots]
    if not slots or len(set(numbers)) != len(numbers) or len(slots) > MOST_VISITS:
        raise FormError("Choose the times again.")
    return tuple(slots)


def at_value(at: datetime) -> str:
    """A moment as it stands in links."""
    return _iso(at)


def _slot(value: str) -> Slot:
    parts = value.split("|")
    if len(parts) != 4 or not parts[0].isascii() or not parts[0].isdigit() or len(parts[0]) > 3:
        raise FormError("Choose the times again.")
    return Slot(
        therapist=_key(parts[2]),
        starts_at=_moment(parts[1]),
        number=int(parts[0]),
        is_review=parts[3] == "1",
    )


def _iso(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _moment(text: str) -> datetime:
    """A UTC moment written as links have it, to the second, within the years calendars hold."""
    try:
        at = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise FormError("Choose a time from the list.") from None
    if not 2000 <= at.year <= 2200:
        raise FormError("Choose a time from the list.")
    return at


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise FormError("Choose a therapist from the list.") from None
