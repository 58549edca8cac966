"""The diary of an episode from its rows: check-ins, visits, scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from unknot.reasoning import assess
from unknot.reasoning.assess import Change
from unknot.reasoning.outcomes import Diary, Entry, EntryKind, Factor, Session

from ..models import Appointment, CheckIn, CheckInLink, Episode, Visit

FUNCTION = ("OM-PEG", "OM-PSFS")
DEFAULT_MINUTES = 60


@dataclass(frozen=True)
class Function:
    """The first and the latest score of one instrument of daily life."""

    instrument: str
    first_on: date
    last_on: date
    count: int
    change: Change


def diary_of(episode: Episode, *, now: datetime) -> Diary:
    """Everything scored in this episode up to ``now``, and the visits still booked.

    A closed episode is read as of the day it was closed. Check-ins about soreness after a visit
    are about the treatment and are left out.
    """
    zone = episode.client.practice.zone
    visits = list(
        episode.appointments.filter(visit__finished_at__isnull=False)
        .select_related("visit")
        .prefetch_related("visit__entries")
    )
    booked = episode.appointments.filter(state=Appointment.State.BOOKED, starts_at__gt=now)
    entries = [*_home(episode, now), *_recalled(episode, now), *_intake(episode)]
    for appointment in visits:
        entries += _pair(appointment)
    return Diary(
        entries=tuple(entries),
        sessions=tuple(_session(appointment) for appointment in visits),
        zone=zone,
        as_of=min(now, episode.closed_at or now).astimezone(ZoneInfo(zone)).date(),
        planned=tuple(booked.values_list("starts_at", flat=True)),
        factors=_factors(episode, now, ZoneInfo(zone)),
        pain_weeks=_pain_weeks(episode),
    )


FACTORS: Final = {"sleep": "sleep_quality", "stress": "stress", "load_hours": "workload"}


def _factors(episode: Episode, now: datetime, zone: ZoneInfo) -> tuple[Factor, ...]:
    """Sleep, stress and load as answered with each check-in, on the day of the answer."""
    rows = episode.check_ins.filter(kind=CheckInLink.Kind.DIARY, at__lte=now)
    return tuple(
        Factor(at.astimezone(zone).date(), name, float(answers[key]))
        for at, answers in rows.values_list("at", "answers")
        for key, name in FACTORS.items()
        if isinstance(answers.get(key), int | float)
    )


def _pain_weeks(episode: Episode) -> float | None:
    """How long the pain had lasted at the first intake; None when it was not told."""
    first = episode.intakes.order_by("version").first()
    told = first.answers.get("pain_weeks") if first else None
    return float(told) if isinstance(told, int | float) and not isinstance(told, bool) else None


def _home(episode: Episode, now: datetime) -> list[Entry]:
    rows = episode.check_ins.filter(
        kind=CheckInLink.Kind.DIARY, pain__isnull=False, at__lte=now
    ).values_list("at", "pain")
    return [Entry(at, float(pain)) for at, pain in rows if pain is not None]


def _recalled(episode: Episode, now: datetime) -> list[Entry]:
    """Averages of past weeks, told from memory after a gap: of their own kind."""
    rows = episode.check_ins.filter(
        kind=CheckIn.Kind.RECALLED, pain__isnull=False, at__lte=now
    ).values_list("at", "pain")
    return [
        Entry(at, float(pain), EntryKind.RECALLED_WEEK) for at, pain in rows if pain is not None
    ]


def _intake(episode: Episode) -> list[Entry]:
    """The average of the past week as told at the first intake: from memory, kept apart."""
    first = episode.intakes.order_by("version").first()
    told = first.answers.get("pain_average") if first else None
    if first is None or not isinstance(told, int) or isinstance(told, bool):
        return []
    return [Entry(first.saved_at, float(told), EntryKind.INTAKE)] if 0 <= told <= 10 else []


def _pair(appointment: Appointment) -> list[Entry]:
    visit = appointment.visit
    began = visit.started_at or visit.opened_at
    ended = visit.finished_at or began
    found = []
    if visit.pain_before is not None:
        found.append(Entry(began, float(visit.pain_before), EntryKind.BEFORE))
    if visit.pain_after is not None:
        found.append(Entry(ended, float(visit.pain_after), EntryKind.AFTER))
    return found


def _session(appointment: Appointment) -> Session:
    visit = appointment.visit
    began = visit.started_at or visit.opened_at
    minutes = (visit.finished_at - began).total_seconds() / 60 if visit.finished_at else 0
    return Session(began, round(minutes) or DEFAULT_MINUTES, _mainly(visit))


def _mainly(visit: Visit) -> str:
    """The technique most minutes went to; "" when nothing was recorded."""
    spent: dict[str, int] = defaultdict(int)
    for entry in visit.entries.all():
        spent[entry.technique] += entry.minutes
    return max(sorted(spent), key=lambda name: spent[name], default="")


def is_stopped(episode: Episode) -> bool:
    """Whether the latest safety check lets nothing be booked; False while there is none."""
    last = episode.screenings.order_by("-decided_at", "-id").first()
    return last is not None and last.blocks_booking


def functions_of(episode: Episode) -> tuple[Function, ...]:
    """What daily life allows, by instrument, for those with at least one score."""
    rows: dict[str, list[tuple[date, float]]] = defaultdict(list)
    zone = ZoneInfo(episode.client.practice.zone)
    measures = episode.measures.filter(instrument__in=FUNCTION, value__isnull=False)
    for measure in measures.order_by("taken_at"):
        on = measure.taken_at.astimezone(zone).date()
        rows[measure.instrument].append((on, float(measure.value or 0)))
    return tuple(_function(name, rows[name]) for name in FUNCTION if name in rows)


def function_better(episode: Episode) -> bool:
    """Whether a score of daily life is better by what matters."""
    return any(one.change.verdict == "better" for one in functions_of(episode))


def _function(name: str, scores: Sequence[tuple[date, float]]) -> Function:
    before = scores[0][1] if len(scores) > 1 else None
    return Function(
        instrument=name,
        first_on=scores[0][0],
        last_on=scores[-1][0],
        count=len(scores),
        change=assess.change(name, before, scores[-1][1]),
    )
