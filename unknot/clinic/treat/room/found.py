"""The findings panel of the room: what is found today beside the start, its error and the norm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from unknot.knowledge import load
from unknot.reasoning.assess import rom, tenderness
from unknot.reasoning.marks import Mark

from ...assess import stored
from ...models import Assessment, Visit
from ...ui.body_chart import GROUP_NAMES
from ..areas import group_of
from ..limits import Limits
from ..pages import Choice, FindingsPanel, MotionRow, TenderGroup, TenderRow

TONES = {"more": "good", "less": "caution"}
TRIGGER_WORDS = {"active": "Active", "latent": "Latent"}


def panel(visit: Visit, limits: Limits) -> FindingsPanel:
    """Every region of the plan's areas and of what was marked, and the usual motions."""
    days = _days(visit)
    today = next((one for one in days if one.visit_id == visit.pk), None)
    start = next((one for one in days if one.visit_id != visit.pk), None)
    return FindingsPanel(
        groups=_groups(visit, limits, stored.marks_of(start), stored.marks_of(today)),
        motions=_motions(visit, days, today),
        caution=tenderness.CAUTION,
    )


def as_data(found: FindingsPanel) -> dict[str, Any]:
    """The same for the page's script: by region and by motion."""
    rows = [row for group in found.groups for row in group.rows]
    return {
        "regions": {
            row.region: {
                "tender": _pressed(row.grades),
                "trigger": _pressed(row.triggers),
                "says": row.says,
            }
            for row in rows
        },
        "motions": {
            row.key: {"now": row.now, "tone": row.tone, "says": row.says} for row in found.motions
        },
    }


def sentences(visit: Visit) -> tuple[str, ...]:
    """Today's findings as the note says them: regions first, then motions."""
    days = _days(visit)
    today = next((one for one in days if one.visit_id == visit.pk), None)
    if today is None:
        return ()
    start = next((one for one in days if one.visit_id != visit.pk), None)
    regions = load().regions
    before = stored.marks_of(start) if start else None
    lines = []
    for tender in tenderness.compare(before or (), stored.marks_of(today)):
        if tender.now is not None:
            was = "" if tender.before is None else f" (at the start {tender.before})"
            lines.append(f"{regions[tender.region].name}: tenderness {tender.now} of 4{was}.")
    for mark in stored.marks_of(today):
        kind = _trigger_of(mark)
        if kind:
            lines.append(f"{regions[mark.region].name}: trigger point, {kind}.")
    for row in _motions(visit, days, today):
        if row.now:
            was = f" (at the start {row.start})" if row.start else ""
            unit = row.unit if row.unit == "°" else f" {row.unit}"
            lines.append(f"{row.name}: {row.now}{unit}{was}. {row.says}".strip())
    return tuple(lines)


def _days(visit: Visit) -> list[Assessment]:
    """The episode's days of examination up to this visit, oldest first."""
    rows = visit.appointment.episode.assessments.prefetch_related("motions")
    return [one for one in rows if one.visit_id == visit.pk or one.assessed_at <= visit.opened_at]


def _groups(
    visit: Visit, limits: Limits, before: tuple[Mark, ...], now: tuple[Mark, ...]
) -> tuple[TenderGroup, ...]:
    found = {mark.region for mark in (*before, *now)}
    listed = {*limits.areas, *(group_of(region) for region in found)}
    in_work = group_of(visit.area_in_work)
    listed.add(in_work)
    compared = {one.region: one for one in tenderness.compare(before, now)}
    return tuple(
        TenderGroup(
            group=group,
            name=name,
            rows=tuple(
                _row(region.id, region.name, compared.get(region.id), now)
                for region in load().regions.values()
                if region.group == group
            ),
            is_open=group == in_work or (not in_work and group == next(iter(limits.areas), "")),
        )
        for group, name in GROUP_NAMES.items()
        if group in listed
    )


def _row(
    region: str, name: str, tender: tenderness.Tender | None, now: tuple[Mark, ...]
) -> TenderRow:
    grade = tender.now if tender else None
    trigger = next(
        (_trigger_of(one) for one in now if one.region == region and _trigger_of(one)), ""
    )
    return TenderRow(
        region=region,
        name=name,
        grades=tuple(Choice(str(one), str(one), one == grade) for one in range(5)),
        triggers=tuple(
            Choice(kind, says, kind == trigger) for kind, says in TRIGGER_WORDS.items()
        ),
        says=_tender_says(tender),
    )


def _tender_says(tender: tenderness.Tender | None) -> str:
    if tender is None or tender.before is None:
        return ""
    start = f"At the start {tender.before}."
    return start if tender.now is None else f"{start} {tender.says}"


def _trigger_of(mark: Mark) -> str:
    kind = mark.kind.removeprefix("trigger_point_")
    return kind if kind in TRIGGER_WORDS else ""


def _motions(
    visit: Visit, days: list[Assessment], today: Assessment | None
) -> tuple[MotionRow, ...]:
    episode = visit.appointment.episode
    case = stored.case_for(episode)
    age = case.answer("age_years") if case else None
    return tuple(
        _motion(motion.id, side, days, today, int(age) if isinstance(age, int) else None, visit)
        for motion, side in stored.motions_for(episode)
    )


def _motion(
    motion: str,
    side: str,
    days: Iterable[Assessment],
    today: Assessment | None,
    age: int | None,
    visit: Visit,
) -> MotionRow:
    start = now = None
    examiner = ""
    for day in days:
        for reading in day.motions.all():
            if (reading.motion, reading.side) != (motion, side):
                continue
            if today is not None and day.pk == today.pk:
                now = float(reading.degrees)
            elif start is None:
                start, examiner = float(reading.degrees), str(day.staff_id)
    one = rom.compare(
        motion,
        start,
        now,
        age=age,
        sex=visit.appointment.client.sex,
        same_examiner=today is None or examiner == str(today.staff_id),
    )
    unit = "°" if one.unit == "degrees" else "mm"
    return MotionRow(
        key=f"{motion}.{side}",
        name=f"{one.name}, {side}" if side else one.name,
        unit=unit,
        now="" if now is None else f"{now:g}",
        start="" if start is None else f"{start:g}",
        tone=TONES.get(one.verdict, "plain"),
        says=one.says if now is not None and start is not None else "",
        normal=one.normal_says,
    )


def _pressed(choices: tuple[Choice, ...]) -> str:
    return next((one.value for one in choices if one.pressed), "")
