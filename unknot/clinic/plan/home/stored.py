"""What is kept of home care, read as the values of the reasoning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from ....knowledge import load
from ....knowledge.home_care import HomeCare
from ....reasoning.home import After, Day, Done, During, NextDay, Rung
from ....reasoning.plan import HomeItem, Limits
from ....reasoning.plan.checks import forbidden_at_home
from ...models import Episode, HomeCareDay, HomeCareStep
from ...ui.words import local_day
from .. import stored

BACK: Final = timedelta(days=7)
"""How far back a day can still be told."""


@dataclass(frozen=True)
class Told:
    """One answer of a client about one day of one item; empty is "not told now".

    `felt` is one of FELT, `next_day` settled or more, `sign` whether a stop sign was told.
    """

    done: str = ""
    felt: str = ""
    next_day: str = ""
    sign: bool = False


FELT: Final = {
    "easy": (During.NONE, After.NO_MORE),
    "some": (During.WITHIN, After.NO_MORE),
    "stayed": (During.WITHIN, After.MORE),
    "over": (During.OVER, None),
}
"""One tap says what it was like while doing it and right afterwards."""


def felt_of(row: HomeCareDay | None) -> str:
    """The answer that was tapped, or ""."""
    if row is None or not row.during:
        return ""
    kept = (row.during, row.after)
    return next((name for name, (d, a) in FELT.items() if kept == (str(d), str(a or ""))), "")


@dataclass(frozen=True)
class Given:
    """One item of the agreed plan: its record, what the plan keeps of it, and where it stands."""

    record: HomeCare
    planned: HomeItem
    rung: Rung
    last: HomeCareStep | None
    forbidden: bool
    """Whether the latest safety check rules it out."""

    @property
    def waits(self) -> bool:
        """Whether it is left out until a therapist has decided."""
        return self.last is not None and self.last.waits

    @property
    def is_out(self) -> bool:
        """Whether it is left out, waiting or ruled out."""
        return self.waits or self.forbidden


def given(episode: Episode) -> tuple[Given, ...]:
    """The home care of the plan in force, at most three; none without an agreed plan that can be
    read.
    """
    version = stored.agreed(episode)
    plan = stored.plan_of(version)
    if version is None or plan is None or version.agreed_at is None:
        return ()
    zone = episode.client.practice.zone
    decision = stored.decision_of(stored.screening_of(episode))
    limits = Limits.of(decision) if decision else None
    begun = local_day(version.agreed_at, zone)
    last = {row.item: row for row in episode.home_steps.select_related("staff")}
    known = load().home_care
    return tuple(
        Given(
            record=known[item.id],
            planned=item,
            rung=_rung(last.get(item.id), begun),
            last=last.get(item.id),
            forbidden=limits is None or bool(limits.blocked) or forbidden_at_home(item, limits),
        )
        for item in plan.home_care
        if item.id in known
    )


def _rung(last: HomeCareStep | None, begun: date) -> Rung:
    return Rung(last.step, last.since) if last else Rung(0, begun)


def days_of(rows: Iterable[HomeCareDay]) -> tuple[Day, ...]:
    """Rows as the days the ladder reads."""
    return tuple(
        Day(
            on=row.on,
            done=Done(row.done) if row.done else None,
            during=During(row.during) if row.during else None,
            after=After(row.after) if row.after else None,
            next_day=NextDay(row.next_day) if row.next_day else None,
            sign=row.sign,
        )
        for row in rows
    )


def today_of(episode: Episode, now: datetime) -> date:
    """The day it is at the practice."""
    return local_day(now, episode.client.practice.zone)
