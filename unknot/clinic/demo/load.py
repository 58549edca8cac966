"""Loads the demo clinic into an empty installation."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import connection

from ..models import Practice
from . import cast, house, notes, room, stories
from .care import Care
from .ledger import Ledger
from .names import email
from .times import Times

CLIENTS = 120
PASSWORD = "linen-clay-ink-demo"  # noqa: S105  # printed on the page that loads the demo
SEED = 7


class DemoRefused(Exception):
    """There is a practice already, so no demo is loaded beside it."""


@dataclass(frozen=True)
class Made:
    """What was made, and with which e-mail addresses one can look at it."""

    clients: int
    visits: int
    check_ins: int
    logins: tuple[tuple[str, str], ...]
    password: str


def day_there(now: datetime) -> date:
    """The date in the demo clinic at this instant; its Today is then the page's Today."""
    return now.astimezone(ZoneInfo(house.ZONE)).date()


def load(
    today: date | None = None,
    seed: int = SEED,
    progress: Callable[[str], None] = lambda _: None,
) -> Made:
    """The demo clinic around ``today``; the same seed and day give the same clinic.

    ``today`` is a day where the demo clinic is; without it, the day it is there now.

    Only into an installation without any practice: raises DemoRefused otherwise, and then
    nothing is changed. Takes some ten seconds; ``progress`` is told what is being written.
    """
    if Practice.everything.exists():
        raise DemoRefused(
            "There is a practice here already. The demo clinic only goes into an empty one:"
            " set UNKNOT_DATA_DIR to an empty folder and try again."
        )
    now = datetime.now(UTC)
    laid_out = lay_out(today or day_there(now), seed, progress, None if today else now)
    visits = laid_out.visits
    laid_out.ledger.store(
        progress,
        lambda: room.remark(laid_out.ledger, visits.remarks),
        lambda: notes.write(laid_out.ledger, visits.done),
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # plans made for empty tables are very slow on a full year
    counts = laid_out.counts
    return Made(CLIENTS, counts["visits"], counts["check_ins"], _logins(laid_out), PASSWORD)


def lay_out(
    today: date,
    seed: int,
    progress: Callable[[str], None] = lambda _: None,
    now: datetime | None = None,
) -> Care:
    """The whole clinic as rows not yet stored. Reads nothing from the database.

    Visits of today that ended well before ``now`` have taken place; without ``now``, none has.
    """
    dice = random.Random(f"demo {seed}")  # noqa: S311
    ledger = Ledger(seed)
    progress("the house and its people")
    password_hash = make_password(PASSWORD)
    made = house.build(ledger, today, password_hash)
    care = Care(ledger, made, Times(made), today, now, dice, password_hash)
    for number in range(CLIENTS):
        known = number < len(cast.CAST)
        care.live(cast.CAST[number] if known else stories.invent(dice))
        if (number + 1) % 40 == 0:
            progress(f"{number + 1} clients")
    care.reminders.write()
    return care


def _logins(laid_out: Care) -> tuple[tuple[str, str], ...]:
    """One login of each kind; the therapist is one who has visits on that day."""
    client = cast.CAST[3].name or ""
    working = laid_out.today.weekday()
    therapist = next(name for name, _, _, days, _ in house.THERAPISTS if working in days)
    return (
        ("Owner", email(house.OWNER)),
        ("Therapist", email(therapist)),
        ("Front desk", email(house.DESK)),
        ("Client", email(client)),
    )
