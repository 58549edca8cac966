"""Builds the session room: what can be tapped, what was, and what the dial says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from unknot.knowledge import load
from unknot.reasoning.words import PRESSURE_WORDS

from ...intake import preferences
from ...models import Client, Visit
from .. import consents, gather, words
from .. import limits as limits_of
from ..actions import meant, merge, undo
from ..areas import name_of, technique_name
from ..dial.panel import panel
from ..limits import Limits
from ..pages import Choice, EntryRow, RoomPage, Work
from . import ahead_page, conflicts, found
from .changed import changed
from .chart import room_chart
from .places import caution, place_groups

MAIN_TECHNIQUES: Final = 3
ROW_LETTERS: Final = 46
CHIP_LETTERS: Final = 5
"""Letters that fit one row of areas on a tablet, and those a chip takes for its edges."""


def page(visit: Visit, now: datetime, *, problem: str = "", is_dim: bool = True) -> RoomPage:
    """Everything the session room shows now."""
    appointment = visit.appointment
    limits = limits_of.read(appointment.episode)
    entries = tuple(visit.entries.reverse())
    length = appointment.ends_at - appointment.starts_at
    first, last = _in_one_row(limits.areas), gather.last_visit(visit)
    unsigned = _unsigned(visit, limits, now)
    return RoomPage(
        visit_id=visit.pk,
        episode_id=appointment.episode_id,
        who=words.called(appointment.client),
        what=f"{gather.complaint_of(appointment.episode)}, visit {gather.number_of(visit)}",
        planned_minutes=int(length.total_seconds() // 60),
        done_minutes=sum(entry.minutes for entry in entries),
        is_finished=visit.finished_at is not None,
        safety=(*safety(limits), *_untouched(appointment.client)),
        changed=changed(visit, limits),
        chart=room_chart(visit, limits),
        areas=_areas(visit, limits, first, unsigned),
        places=place_groups(visit, limits, unsigned),
        unsigned=unsigned,
        agreed=consents.agreed(visit),
        consent_url=reverse("intake_consent", args=[appointment.episode_id, "sensitive_area"]),
        techniques=_techniques(visit, limits, limits.techniques[:MAIN_TECHNIQUES]),
        more_techniques=_techniques(visit, limits, _other_techniques(limits)),
        pressures=_pressures(visit, limits),
        ceiling=limits.ceiling_for(visit.area_in_work),
        responses=_responses(visit, entries[0].response if entries else ""),
        before=_pains(visit.pain_before),
        after=_pains(visit.pain_after),
        work=_work(visit, last, now),
        in_work=visit.area_in_work,
        answers_for=meant.answers_for(visit),
        entries=tuple(_row(entry) for entry in entries),
        planned=ahead_page.planned_rows(visit, limits, unsigned),
        ahead=ahead_page.offer(visit, limits, last),
        last=last_lines(last),
        undo=undo.newest(visit),
        words=visit.room_words,
        findings=found.panel(visit, limits),
        is_dim=is_dim,
        dial=panel(visit, limits, now),
        conflicts=conflicts.of_session(visit),
        versions=json.dumps(merge.versions(visit)),
        now=now,
        problem=problem,
    )


def state(visit: Visit, now: datetime) -> dict[str, Any]:
    """The same as data, for the page's script after each tap."""
    room = page(visit, now)
    groups_of = {
        "area": room.areas,
        "technique": room.techniques + room.more_techniques,
        "pressure": room.pressures,
        "response": room.responses,
        "pain_before": room.before,
        "pain_after": room.after,
    }
    return {
        "pressed": {
            name: next((one.value for one in choices if one.pressed), "")
            for name, choices in groups_of.items()
        }
        | {"area": visit.area_in_work},
        "work": room.work
        and {
            "area": room.work.area,
            "detail": room.work.detail,
            "since": room.work.since.isoformat(),
            "planned_minutes": room.work.planned_minutes,
        },
        "answers_for": room.answers_for,
        "planned": [
            {
                "id": str(row.id),
                "place": row.place,
                "area": row.area,
                "detail": row.detail,
                "minutes": row.minutes,
                "why_not": row.why_not,
                "caution": row.caution,
            }
            for row in room.planned
        ],
        "taken": [row.number for row in room.ahead.rows if row.taken],
        "may_copy": room.ahead.may_copy,
        "undo": room.undo,
        "findings": found.as_data(room.findings),
        "entries": [
            {
                "id": str(row.id),
                "area": row.area,
                "detail": row.detail,
                "minutes": row.minutes,
                "response": row.response,
            }
            for row in room.entries
        ],
        "done_minutes": room.done_minutes,
        "regions": {
            region.id: region.state for panel in room.chart.panels for region in panel.regions
        },
        "unsigned": room.unsigned,
        "agreed": room.agreed,
        "safety": room.safety,
        "changed": room.changed,
        "cap": room.dial.cap,
        "own": room.dial.own,
        "ceiling": room.ceiling,
        "versions": json.loads(room.versions),
        "conflicts": [one.as_json() for one in room.conflicts],
        "now": now.isoformat(),
    }


def safety(limits: Limits) -> tuple[str, ...]:
    """The limits that hold all session long, in the fewest words."""
    lines = []
    if limits.pressure_ceiling < 5:
        lines.append(f"Pressure at most {limits.pressure_ceiling}")
    if limits.kept_off:
        lines.append("Keep off " + ", ".join(name.lower() for name in limits.kept_off))
    if limits.gentle_groups:
        lines.append("Light on " + ", ".join(name_of(one).lower() for one in limits.gentle_groups))
    if limits.most_minutes:
        lines.append(f"At most {limits.most_minutes} min")
    if limits.positions:
        lines.append("Not lying " + ", ".join(one.replace("_", " ") for one in limits.positions))
    return tuple(lines)


def _untouched(client: Client) -> tuple[str, ...]:
    """Where the client does not want hands, in their own words."""
    words = preferences.liked(client).avoid
    return (f"Not touched: {words}",) if words else ()


def last_lines(last: Visit | None) -> tuple[str, ...]:
    """What was done last time, one line an entry; empty on a first visit."""
    if last is None:
        return ()
    lines = []
    if last.pain_before is not None and last.pain_after is not None:
        lines.append(f"Pain {last.pain_before} before, {last.pain_after} after")
    for entry in last.entries.all():
        answer = words.response_words(entry.response)
        text = f"{name_of(entry.area)}: {words.entry_detail(entry)}, {entry.minutes} min"
        lines.append(f"{text}; {answer}" if answer else text)
    return tuple(lines)


def _unsigned(visit: Visit, limits: Limits, now: datetime) -> dict[str, str]:
    """Sensitive areas without a consent, except those that are closed anyway."""
    missing = consents.unsigned(visit, now)
    return {area: name for area, name in missing.items() if not limits.why_not_area(area)}


def _areas(
    visit: Visit, limits: Limits, areas: tuple[str, ...], unsigned: Mapping[str, str]
) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            value=area,
            label=name_of(area),
            pressed=area == visit.area_in_work,
            why_not=limits.why_not_area(area),
            caution=caution(area, limits, unsigned),
        )
        for area in areas
    )


def _in_one_row(areas: tuple[str, ...]) -> tuple[str, ...]:
    """The first areas whose names stand in one row of chips beside the chart; one at least."""
    room, fit = ROW_LETTERS, 0
    for area in areas:
        room -= len(name_of(area)) + CHIP_LETTERS
        if room < 0 and fit:
            break
        fit += 1
    return areas[:fit]


def _other_techniques(limits: Limits) -> tuple[str, ...]:
    """The plan's own that have no room beside the first, then the rest."""
    rest = (one for one in load().techniques.values() if not one.needs_skill)
    others = tuple(one.id for one in rest if one.id not in limits.techniques)
    return (*limits.techniques[MAIN_TECHNIQUES:], *others)


def _techniques(visit: Visit, limits: Limits, ids: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            value=one,
            label=technique_name(one),
            pressed=one == visit.technique_in_work,
            why_not=limits.why_not_technique(one),
        )
        for one in ids
    )


def _pressures(visit: Visit, limits: Limits) -> tuple[Choice, ...]:
    ceiling = limits.ceiling_for(visit.area_in_work)
    over = f"Above the ceiling of {ceiling}"
    return tuple(
        Choice(
            value=str(level),
            label=said,
            pressed=level == visit.pressure_in_work,
            why_not=over if level > ceiling else "",
        )
        for level, said in PRESSURE_WORDS.items()
    )


def _responses(visit: Visit, last: str) -> tuple[Choice, ...]:
    chosen = visit.response_in_work if visit.area_in_work else last
    return tuple(
        Choice(str(one), label, one == chosen) for one, label in words.RESPONSE_CHIPS.items()
    )


def _pains(value: int | None) -> tuple[Choice, ...]:
    return tuple(Choice(str(n), str(n), n == value) for n in range(11))


def _work(visit: Visit, last: Visit | None, now: datetime) -> Work | None:
    if not visit.area_in_work or visit.work_since is None:
        return None
    return Work(
        area=name_of(visit.area_in_work),
        detail=words.detail(visit.technique_in_work, visit.pressure_in_work or 1),
        since=visit.work_since,
        clock=words.clock(visit.work_since, now),
        planned_minutes=ahead_page.planned_minutes(visit, last),
    )


def _row(entry: Any) -> EntryRow:
    late = ", entered late" if entry.received_at else ""
    return EntryRow(
        id=entry.pk,
        area=name_of(entry.area),
        detail=words.entry_detail(entry) + late,
        minutes=entry.minutes,
        response=words.response_words(entry.response),
    )
