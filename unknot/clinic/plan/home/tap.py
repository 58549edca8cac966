"""One tap as a form sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .stored import Told


@dataclass(frozen=True)
class Tap:
    """Which item, which day (None for a day that cannot be read), and what was told."""

    item: str
    on: date | None
    told: Told


def read_tap(sent: Mapping[str, str]) -> Tap:
    """The tap in what a form sent. Whether it fits is for `tell` to say."""
    told = Told(
        done=sent.get("done", ""),
        felt=sent.get("felt", ""),
        next_day=sent.get("next_day", ""),
        sign="sign" in sent,
    )
    return Tap(sent.get("item", ""), _day(sent.get("on", "")), told)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
