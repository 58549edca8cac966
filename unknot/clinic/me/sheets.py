"""What to know before and after a visit of this plan: on the page, and as a sheet to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ...reasoning.plan import Plan
from ...reasoning.plan.positions import POSITION_WORDS
from ...reasoning.screen import Screening as Decision
from ...reasoning.treat.advice import advice
from ...reasoning.words import PRESSURE_WORDS
from ..models import Appointment, Episode
from ..plan import home
from ..plan.stored import agreed, decision_of, plan_of, screening_of
from ..ui import words
from ..ui.body_chart import GROUP_NAMES

WHEN_TO_CALL = ("AFT-09", "AFT-10")
"""Advice that says when to stop and call; it stands first on the sheet for afterwards."""


@dataclass(frozen=True)
class AdviceLine:
    """One piece of advice around a visit."""

    title: str
    tell: str


@dataclass(frozen=True)
class Around:
    """Advice of an episode. `yours` comes from this plan and this safety check, `call` is when to
    stop and call.
    """

    yours: tuple[AdviceLine, ...]
    before: tuple[AdviceLine, ...]
    after: tuple[AdviceLine, ...]
    call: tuple[AdviceLine, ...]


@dataclass(frozen=True)
class SheetPart:
    """One part of a sheet."""

    title: str
    lines: tuple[AdviceLine, ...]


@dataclass(frozen=True)
class SheetPage:
    """A sheet to print: before a visit, after one, or the home care."""

    title: str
    lede: str
    practice: str
    made: str
    client_name: str
    parts: tuple[SheetPart, ...]
    home: tuple[home.HomeItemToday, ...]
    emergency_number: str


def around(episode: Episode) -> Around:
    """What to know around a visit of this episode, for its plan in force; without a plan any part
    may be treated, so all of it.
    """
    plan = plan_of(agreed(episode))
    decision = decision_of(screening_of(episode))
    groups = plan.groups if plan else tuple(GROUP_NAMES)
    said = advice(groups)
    return Around(
        yours=tuple(_yours(plan, decision)),
        before=tuple(AdviceLine(o.title, o.tell) for o in said if o.when in ("before", "during")),
        after=tuple(
            AdviceLine(o.title, o.tell)
            for o in said
            if o.when == "after" and o.id not in WHEN_TO_CALL
        ),
        call=tuple(AdviceLine(o.title, o.tell) for o in said if o.id in WHEN_TO_CALL),
    )


def _yours(plan: Plan | None, decision: Decision | None) -> Iterator[AdviceLine]:
    """What only this plan and this safety check ask for."""
    if plan is not None:
        lie = [POSITION_WORDS[one] for one in plan.positions if one in POSITION_WORDS]
        if lie:
            yield AdviceLine("How you lie", words.sentence(f"You lie {words.listed(lie)}"))
        alone = [GROUP_NAMES[group].lower() for group in plan.excluded_groups]
        if alone:
            yield AdviceLine("What we leave alone", words.sentence(words.listed(alone)))
        top = plan.pressure_ceiling
        if top < max(PRESSURE_WORDS):
            says = f"No firmer than {PRESSURE_WORDS[top]}, {top} of 5."
            yield AdviceLine("Pressure", says)
    for finding in decision.findings if decision else ():
        if finding.state == "fired" and finding.do:
            yield AdviceLine(finding.title, finding.do)


def next_visit(episode: Episode, now: datetime) -> Appointment | None:
    """The next booked visit, or None."""
    return (
        episode.appointments.filter(state=Appointment.State.BOOKED, starts_at__gte=now)
        .select_related("staff", "room__location")
        .order_by("starts_at")
        .first()
    )


def last_visit(episode: Episode, now: datetime) -> datetime | None:
    """When the last visit ended, or None."""
    return (
        episode.appointments.filter(visit__finished_at__lte=now)
        .order_by("-visit__finished_at")
        .values_list("visit__finished_at", flat=True)
        .first()
    )


def sheet(episode: Episode, which: str, now: datetime) -> SheetPage:
    """The sheet for "before", "after" or "home"."""
    practice, zone = episode.client.practice, ZoneInfo(episode.client.practice.zone)
    said = around(episode)
    title, lede, parts = {
        "before": ("Before your visit", _when(episode, now), _before(said)),
        "after": ("After your visit", "Keep this where you can find it.", _after(said)),
        "home": ("At home", "At most three things. Stop when it says so.", ()),
    }[which]
    return SheetPage(
        title=title,
        lede=lede,
        practice=practice.name,
        made=words.long_day(words.local_day(now, zone)),
        client_name=episode.client.name,
        parts=tuple(part for part in parts if part.lines),
        home=home.items(episode, now) if which == "home" else (),
        emergency_number=practice.emergency_number,
    )


def _before(said: Around) -> tuple[SheetPart, ...]:
    return (
        SheetPart("For your plan", said.yours),
        SheetPart("For every visit", said.before),
    )


def _after(said: Around) -> tuple[SheetPart, ...]:
    return (
        SheetPart("First: when to call", said.call),
        SheetPart("In the days after", said.after),
    )


def _when(episode: Episode, now: datetime) -> str:
    coming = next_visit(episode, now)
    if coming is None:
        return "No visit is booked yet."
    return f"{words.when(coming.starts_at, coming.zone, now=now)}, with {coming.staff.name}."
