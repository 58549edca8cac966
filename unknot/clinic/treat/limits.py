"""The limits of a visit: what the latest screening and the agreed plan leave open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, When

from unknot.knowledge import load
from unknot.reasoning.screen.result import GENTLE
from unknot.reasoning.treat import brief
from unknot.reasoning.treat.dial import (
    DEEPEST_PRESSURE,
    PAIN_CAP_PRESSURE_WORK_0_10,
    Cap,
    cap_for,
)

from ..intake import consent
from ..models import Episode, PlanVersion, Screening
from ..screen import held
from .areas import group_of, groups, name_of

DEFAULT_TECHNIQUE = "TEC-SWE"
"""The technique of a first visit when there is no plan (technique choice rule d)."""


@dataclass(frozen=True)
class Ceiling:
    """How much pressure and pain is allowed, by area and technique."""

    pressure_ceiling: int
    pain_cap_0_10: int
    gentle_groups: tuple[str, ...]

    def ceiling_for(self, area: str) -> int:
        """The most pressure here: the ceiling, or light to moderate in a gentle group."""
        gentle = group_of(area) in self.gentle_groups
        return min(self.pressure_ceiling, GENTLE if gentle else DEEPEST_PRESSURE)

    def cap(self, technique: str, area: str = "") -> Cap:
        """The pain cap and pressure ceiling while this technique is in work here."""
        known = load().techniques.get(technique)
        return cap_for(
            technique_cap_0_10=known.pain_cap if known else PAIN_CAP_PRESSURE_WORK_0_10,
            screening_cap_0_10=self.pain_cap_0_10,
            pressure_ceiling=self.ceiling_for(area),
        )


@dataclass(frozen=True)
class Limits(Ceiling):
    """What is allowed in this episode today; without a screening nothing is."""

    screened: bool
    blocked: bool
    headline: str
    flags: tuple[str, ...]
    adaptations: tuple[str, ...]
    excluded_groups: tuple[str, ...]
    excluded_regions: tuple[str, ...]
    most_minutes: int | None
    banned_techniques: tuple[str, ...]
    positions: tuple[str, ...]
    areas: tuple[str, ...]
    techniques: tuple[str, ...]
    home_care: tuple[str, ...]
    withdrawn_areas: tuple[str, ...] = ()
    """Regions whose own consent the client withdrew."""
    why_blocked: str = ""
    """What bars the visit beside the screening: an answer after a visit, a consent withdrawn."""
    pressure_start: int | None = None
    wished: int | None = None
    """The pressure the client has asked for since the plan was agreed; None when they have not."""
    history: str = ""

    @property
    def begins_with(self) -> int | None:
        """The pressure work begins with: the plan's, or the wish told since if that is lighter.
        None where no plan says."""
        return brief.begins_with(self.pressure_start, self.wished)

    def why_not_area(self, area: str) -> str:
        """The reason against working here, or ""."""
        if area in self.excluded_regions or group_of(area) in self.excluded_groups:
            return f"{name_of(area)} is excluded by the screening."
        if area in self.withdrawn_areas or area in map(group_of, self.withdrawn_areas):
            return f"The client withdrew consent for {name_of(area).lower()}."
        return ""

    def why_not_technique(self, technique: str) -> str:
        """The reason against this technique, or ""."""
        if technique in self.banned_techniques:
            return "This technique is ruled out by the screening."
        return "" if technique in load().techniques else "This technique is not known."

    @property
    def kept_off(self) -> tuple[str, ...]:
        """Names of what is excluded; regions of an excluded group are not named again."""
        regions = [
            one for one in self.excluded_regions if group_of(one) not in self.excluded_groups
        ]
        left_out = (*self.excluded_groups, *regions, *self.withdrawn_areas)
        return tuple(dict.fromkeys(name_of(area) for area in left_out))


def read(episode: Episode, until: datetime | None = None) -> Limits:
    """The limits in force now: those of the latest screening, and the plan that was agreed.

    With `until` those of the last screening by then, of the check after the visit before, of the
    consents withdrawn and the answers that stopped visits by then: what a visit was held to at
    this moment.
    """
    screening = latest_screening(episode, until)
    plan = _with_wish(episode).first()
    result: dict[str, Any] = screening.result if screening else {}
    content: dict[str, Any] = plan.content if plan else {}
    banned = _texts(result, "banned_techniques")
    excluded = _texts(result, "excluded_groups")
    fired = [one for one in result.get("findings", []) if one.get("state") == "fired"]
    after_visit = held.pressure_cap(episode, until)
    told = [held.LESS_PRESSURE.format(cap=after_visit)] if after_visit else []
    stopped = consent.barred(episode.client, until)
    if not stopped and held.is_held(episode, until):
        stopped = held.WORDS
    return Limits(
        **vars(_ceiling(result, content, after_visit)),
        screened=screening is not None,
        blocked=screening is None or screening.blocks_booking or bool(stopped),
        headline=stopped or str(result.get("headline", "")),
        why_blocked=stopped,
        flags=tuple(one["title"] for one in fired),
        adaptations=(*told, *(one["adapt"] for one in fired if one.get("adapt"))),
        excluded_groups=excluded,
        excluded_regions=_texts(result, "excluded_regions"),
        most_minutes=result.get("most_minutes"),
        banned_techniques=banned,
        positions=_texts(result, "positions"),
        areas=_areas(episode, content),
        techniques=_techniques(content, banned),
        home_care=_home_care(content),
        withdrawn_areas=consent.areas_withdrawn(episode.client, until),
        pressure_start=content.get("pressure_start"),
        wished=plan.wished if plan else None,
        history=str(content.get("history_note") or ""),
    )


def ceiling(episode: Episode, until: datetime | None = None) -> Ceiling:
    """The part of the limits that a tap of the dial is held against, in force now or `until` the
    visit ended: fewer questions than `read` asks, for it is asked while the visit is locked."""
    screening, plan = latest_screening(episode, until), agreed_plan(episode)
    return _ceiling(
        screening.result if screening else {},
        plan.content if plan else {},
        held.pressure_cap(episode, until),
    )


def latest_screening(episode: Episode, until: datetime | None = None) -> Screening | None:
    """The last decision of the safety rules, or the last by `until`; None when there is none."""
    found = episode.screenings.order_by("-decided_at", "-id")
    return (found if until is None else found.filter(decided_at__lte=until)).first()


def agreed_plan(episode: Episode) -> PlanVersion | None:
    """The plan the client agreed to, or None."""
    return episode.plans.filter(state=PlanVersion.State.AGREED).first()


def _ceiling(result: dict[str, Any], content: dict[str, Any], after_visit: int | None) -> Ceiling:
    """The lowest of what a screening, a plan and the check after a visit say; the deepest where
    nothing is said."""
    said = (result.get("pressure_ceiling"), content.get("pressure_ceiling"), after_visit)
    return Ceiling(
        pressure_ceiling=min([DEEPEST_PRESSURE, *(int(one) for one in said if one is not None)]),
        pain_cap_0_10=int(result.get("pain_cap", PAIN_CAP_PRESSURE_WORK_0_10)),
        gentle_groups=_texts(result, "gentle_groups"),
    )


def _with_wish(episode: Episode) -> Any:
    """The agreed plan with the pressure `wished` since, in one question."""
    said = "episode__client__preferences"
    newer = When(**{f"{said}__said_at__gt": F("agreed_at")}, then=F(f"{said}__pressure"))
    agreed = episode.plans.filter(state=PlanVersion.State.AGREED)
    return agreed.annotate(wished=Case(newer))


def _texts(result: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(one) for one in result.get(key) or ())


def _areas(episode: Episode, content: dict[str, Any]) -> tuple[str, ...]:
    """The groups of the plan, else those of the complaint; excluded ones stay in, so that the
    room can show them as excluded."""
    if content.get("groups"):
        return tuple(str(group) for group in content["groups"])
    conditions = load().conditions
    planned = conditions.get(str(content.get("condition_id", "")))
    if planned is None:
        planned = next((c for c in conditions.values() if c.main_area == episode.main_area), None)
    return planned.groups if planned else tuple(sorted(groups()))


def _techniques(content: dict[str, Any], banned: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the plan's techniques in its order; relaxation massage when there is no plan."""
    chosen = [str(one["technique_id"]) for one in content.get("techniques") or ()]
    allowed = [one for one in chosen or [DEFAULT_TECHNIQUE] if one not in banned]
    return tuple(one for one in allowed if one in load().techniques)


def _home_care(content: dict[str, Any]) -> tuple[str, ...]:
    """Names of what the plan gives the client to do at home."""
    known = load().home_care
    ids = [one["id"] if isinstance(one, dict) else one for one in content.get("home_care") or ()]
    return tuple(known[one].name for one in ids if one in known)
