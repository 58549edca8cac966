"""What the rules say to an answer that is kept, and which warning signs an answer has to hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from unknot.knowledge import load
from unknot.knowledge.adverse_events import AdverseEvent
from unknot.reasoning.follow_up import ask, diary
from unknot.reasoning.follow_up.act import Triage
from unknot.reasoning.follow_up.soreness import SorenessAnswers, triage

from ...models import CheckIn, Episode, TreatmentEntry
from ...treat.areas import group_of

REFERENCE_BACK: Final = timedelta(days=60)
LAST_TIME_BACK: Final = timedelta(days=7)
WATCH_BACK: Final = timedelta(days=21)
MOST_AREAS: Final = 4


def diary_triage(check_in: CheckIn) -> Triage:
    """What follows from this entry, among the earlier ones of its episode."""
    earlier = check_in.episode.check_ins.filter(
        kind=CheckIn.Kind.DIARY,
        at__lt=check_in.at,
        at__gt=check_in.at - REFERENCE_BACK,
        pain__isnull=False,
    )
    return diary.judge(
        _entry(check_in),
        [_entry(one) for one in earlier],
        reference(check_in.episode),
        load().adverse_events,
        own_references(check_in.episode),
    )


def soreness_triage(check_in: CheckIn) -> Triage:
    """What the rules say to these answers after a visit."""
    answers = check_in.answers
    return triage(
        SorenessAnswers(
            soreness_0_10=answers.get("soreness"),
            grade=answers.get("grade"),
            lasted_hours=answers.get("lasted_hours"),
            pain_now_0_10=answers.get("pain_now"),
            pain_before_0_10=check_in.visit.pain_before if check_in.visit else None,
            hours_since_visit=answers.get("hours_since_visit"),
            relief_hours=answers.get("relief_hours"),
            signs=graded(answers.get("signs")),
            unsure=bool(answers.get("unsure")),
            something_new=answers.get("something_new"),
        ),
        load().adverse_events,
    )


def graded(signs: Any) -> Mapping[str, int | None] | None:
    """The signs with their grades; a list, as kept before grades were asked, has none."""
    return dict.fromkeys(signs) if isinstance(signs, list) else signs


def reference(episode: Episode) -> float | None:
    """Pain before the last visit, else the average told at the intake, else unknown."""
    last = (
        episode.appointments.filter(visit__pain_before__isnull=False)
        .order_by("-visit__opened_at")
        .values_list("visit__pain_before", flat=True)
        .first()
    )
    if last is not None:
        return float(last)
    told = _intake_answers(episode).get("pain_average")
    return float(told) if isinstance(told, int | float) else None


def own_references(episode: Episode) -> dict[str, float]:
    """By group the pain of the last entry before the last visit, else of the mark at the intake;
    a group of which neither is known is left out."""
    own = {group: float(pain) for group, pain in _marked(episode).items() if pain}
    last = episode.appointments.filter(visit__pain_before__isnull=False)
    opened = last.order_by("-visit__opened_at").values_list("visit__opened_at", flat=True).first()
    if opened is not None:
        before = episode.check_ins.filter(
            kind=CheckIn.Kind.DIARY, at__lt=opened, at__gt=opened - LAST_TIME_BACK
        )
        entry = before.order_by("-at").first()
        own |= (entry.answers.get("areas") or {}) if entry else {}
    return own


def own_usual(episode: Episode, now: datetime) -> dict[str, float]:
    """By group the lower of the last entry of these days and its own reference, where one of them
    is known."""
    last, own = last_time(episode, now), own_references(episode)
    for group, pain in ((last.answers.get("areas") or {}) if last else {}).items():
        own[group] = min(float(pain), own.get(group, float(pain)))
    return own


def usual(episode: Episode, now: datetime) -> float | None:
    """The lower of the last entry of these days and the reference; None when neither is known."""
    last = last_time(episode, now)
    both = (last.pain if last else None, reference(episode))
    return min((float(value) for value in both if value is not None), default=None)


def last_time(episode: Episode, now: datetime) -> CheckIn | None:
    """The latest entry of the past days, or None."""
    return (
        episode.check_ins.filter(
            kind=CheckIn.Kind.DIARY, at__gt=now - LAST_TIME_BACK, at__lt=now, pain__isnull=False
        )
        .order_by("-at")
        .first()
    )


def areas_of(episode: Episode) -> tuple[str, ...]:
    """The groups the client marked at the last intake, strongest first; none when nothing was
    marked."""
    strongest = _marked(episode)
    return tuple(sorted(filter(None, strongest), key=lambda one: -strongest[one]))[:MOST_AREAS]


def _marked(episode: Episode) -> dict[str, int]:
    """By group the strongest pain the client marked at the last intake, 0 where it was not said;
    regions that are no longer known stand under ""."""
    intake = episode.intakes.order_by("-version").first()
    strongest: dict[str, int] = {}
    for mark in intake.marks if intake else ():
        if mark.get("layer", "client") == "client":
            group = group_of(str(mark.get("region", "")))
            strongest[group] = max(strongest.get(group, 0), int(mark.get("intensity") or 0))
    return strongest


def signs_when_worse(episode: Episode, now: datetime) -> tuple[AdverseEvent, ...]:
    """The warning signs a check-in asks with a flare or clearly more pain."""
    areas = {*areas_of(episode), *worked(episode, now), *_complaint(episode)}
    return ask.when_worse(load().adverse_events, _intake_answers(episode), areas)


def signs_on_watch(episode: Episode, now: datetime) -> tuple[AdverseEvent, ...]:
    """The warning signs every check-in asks these days."""
    return ask.on_watch(load().adverse_events, worked(episode, now), now)


def signs_after_visit(episode: Episode) -> tuple[AdverseEvent, ...]:
    """The signs the check after a visit asks."""
    return ask.after_visit(load().adverse_events, _intake_answers(episode))


def must_ask(episode: Episode, answers: Mapping[str, Any], now: datetime) -> bool:
    """Whether these answers need the warning signs beside them."""
    return (
        bool(answers.get("flare"))
        or bool(signs_on_watch(episode, now))
        or ask.is_clearly_more(answers["pain"], usual(episode, now))
        or _is_more_somewhere(answers.get("areas") or {}, own_usual(episode, now))
    )


def _is_more_somewhere(areas: Mapping[str, int], own: Mapping[str, float]) -> bool:
    return any(ask.is_clearly_more(pain, own.get(area)) for area, pain in areas.items())


def worked(episode: Episode, now: datetime) -> dict[str, datetime]:
    """When each group of regions was last treated, of the past weeks."""
    rows = TreatmentEntry.everything.filter(
        visit__appointment__episode=episode, recorded_at__gt=now - WATCH_BACK
    ).order_by("recorded_at")
    return {group_of(area): at for area, at in rows.values_list("area", "recorded_at")}


def firmest(areas: Collection[tuple[str, int]]) -> int | None:
    """The most pressure among areas treated; None when nothing was recorded."""
    return max((pressure for _, pressure in areas), default=None)


def _complaint(episode: Episode) -> tuple[str, ...]:
    """The groups the complaint is about."""
    known = load().conditions.values()
    about = (one.groups for one in known if one.main_area == episode.main_area)
    return tuple(next(about, ()))


def _intake_answers(episode: Episode) -> Mapping[str, Any]:
    intake = episode.intakes.order_by("-version").first()
    return intake.answers if intake else {}


def _entry(check_in: CheckIn) -> diary.CheckIn:
    answers = check_in.answers
    signs = answers.get("signs")
    return diary.CheckIn(
        at=check_in.at,
        pain_0_10=check_in.pain or 0,
        sleep_0_10=answers.get("sleep"),
        stress_0_10=answers.get("stress"),
        load_hours=answers.get("load_hours"),
        flare=answers.get("flare"),
        home_care_done=answers.get("home_care_done"),
        signs=None if signs is None else frozenset(signs),
        signs_asked=bool(answers.get("signs_asked")),
        unsure=bool(answers.get("unsure")),
        areas=answers.get("areas") or {},
    )
