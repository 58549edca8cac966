"""The consents a visit rested on: without them its note is not signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from unknot.reasoning.treat.note import day_words

from ..audit import canonical
from ..book.permit import GROWN_UP_YEARS
from ..intake.consent import SENSITIVE_GROUPS, TEXTS, sensitive_areas
from ..models import Consent, Visit
from ..people.actions import age_on
from ..ui.words import clock
from . import gather
from .areas import group_of, name_of


@dataclass(frozen=True)
class Gap:
    """A consent that was not there: its name, why it does not hold, and where to get it."""

    name: str
    why: str
    url: str

    @property
    def words(self) -> str:
        """One sentence for the therapist."""
        return f"{self.name}: {self.why} The client can sign it under Intake, Consent."


@dataclass(frozen=True)
class Held:
    """A consent that covered the visit. `is_late`: put on record after the visit."""

    name: str
    consent: Consent
    is_late: bool


def missing(visit: Visit, now: datetime) -> tuple[Gap, ...]:
    """The consents the visit needed and that were missing, withdrawn or expired on its day."""
    return tuple(one for one in _looked_at(visit, now) if isinstance(one, Gap))


def before_work(visit: Visit, areas: Iterable[str], now: datetime) -> tuple[Gap, ...]:
    """The consents missing for a visit that works on these areas, before it begins."""
    looked = [_look(visit, kind, area, now) for kind, area in _needed_for(visit, areas)]
    return tuple(one for one in looked if isinstance(one, Gap))


def unsigned(visit: Visit, now: datetime) -> dict[str, str]:
    """By id, the name of every sensitive region or group that no consent covers today.

    A group counts as covered when any region of it is.
    """
    given, on = _given(visit, Consent.Kind.SENSITIVE_AREA, now), gather.local_day(visit)
    holds = [one for one in given if not _why_not(one, visit, on)]
    areas = (*SENSITIVE_GROUPS, *(region for region, _ in sensitive_areas()))
    return {
        area: name_of(area) for area in areas if not any(_is_about(one, area) for one in holds)
    }


def held(visit: Visit, now: datetime) -> tuple[Held, ...]:
    """The consents that covered the visit on its day."""
    return tuple(one for one in _looked_at(visit, now) if isinstance(one, Held))


def spoken(visit: Visit, now: datetime) -> tuple[Held, ...]:
    """What the client agreed to aloud at this visit; no signature, and none is missing less."""
    said = visit.spoken_consents.filter(signed_at__lte=now).order_by("signed_at", "id")
    return tuple(
        Held(f"Agreed aloud for this visit, {name_of(one.area).lower()}", one, False)
        for one in said
    )


def agreed(visit: Visit) -> tuple[str, ...]:
    """The areas the client has agreed to aloud at this visit and not taken back."""
    said = visit.spoken_consents.filter(revoked_at=None).order_by("signed_at", "id")
    return tuple(said.values_list("area", flat=True))


def snapshot(visit: Visit, now: datetime) -> list[dict[str, Any]]:
    """The consents that covered the visit, then those said aloud, as a signed note keeps them."""
    return [_kept(one, visit) for one in (*held(visit, now), *spoken(visit, now))]


def _kept(one: Held, visit: Visit) -> dict[str, Any]:
    from .note.seals import digest_of

    given = one.consent
    return {
        "name": one.name,
        "consent": str(given.pk),
        "text_version": given.text_version,
        "text": digest_of(canonical(given.text)),
        "signed_name": given.signed_name,
        "signed_on": day_words(_day(given.signed_at, visit)),
        "spoken": _clock(given.signed_at, visit) if given.visit_id else "",
        "late": one.is_late,
        "withdrawn": _withdrawn_during(given, visit),
    }


def _withdrawn_during(consent: Consent, visit: Visit) -> str:
    """That the consent was withdrawn while the visit ran, and when; "" when it was not."""
    at, began = consent.revoked_at, visit.started_at
    if at is None or began is None or not began < at <= (visit.finished_at or at):
        return ""
    return f"withdrawn during the visit, at {_clock(at, visit)}"


def _looked_at(visit: Visit, now: datetime) -> list[Gap | Held]:
    return [_look(visit, kind, area, now) for kind, area in _needed(visit)]


def _needed(visit: Visit) -> list[tuple[Consent.Kind, str]]:
    """What the visit needed for the areas that were worked on."""
    return _needed_for(visit, (entry.area for entry in visit.entries.all()))


def _needed_for(visit: Visit, areas: Iterable[str]) -> list[tuple[Consent.Kind, str]]:
    """Treatment always, a guardian's for a minor, one for each sensitive area among these."""
    needed = [(Consent.Kind.GENERAL, "")]
    age = age_on(visit.appointment.client.born_on, gather.local_day(visit))
    if age is not None and age < GROWN_UP_YEARS:
        needed.append((Consent.Kind.MINOR, ""))
    needed += [
        (Consent.Kind.SENSITIVE_AREA, area)
        for area in dict.fromkeys(areas)
        if group_of(area) in SENSITIVE_GROUPS
    ]
    return needed


def _look(visit: Visit, kind: Consent.Kind, area: str, now: datetime) -> Gap | Held:
    """The consent that covers this, the one given before the visit first; else why none does."""
    name = TEXTS[kind].title if not area else f"{TEXTS[kind].title}, {name_of(area).lower()}"
    given = [one for one in _given(visit, kind, now) if _is_about(one, area)]
    on = gather.local_day(visit)
    ended_at = visit.finished_at or now
    for consent in sorted(given, key=lambda one: (one.signed_at > ended_at, one.signed_at)):
        if not _why_not(consent, visit, on):
            return Held(name, consent, consent.signed_at > ended_at)
    why = _why_not(given[-1], visit, on) if given else "not signed."
    episode = visit.appointment.episode_id
    return Gap(name, why, reverse("intake_consent", args=[episode, str(kind)]))


def _given(visit: Visit, kind: Consent.Kind, now: datetime) -> list[Consent]:
    """The client's consents of this kind, oldest first; they hold for every complaint."""
    found = visit.appointment.client.consents.filter(kind=kind, signed_at__lte=now)
    return list(found.order_by("signed_at"))


def _is_about(consent: Consent, area: str) -> bool:
    """An area's own consent; work noted for a group of regions rests on any region of it."""
    return consent.area == area or (area == group_of(area) == group_of(consent.area))


def _why_not(consent: Consent, visit: Visit, on: date) -> str:
    """Why this consent did not hold on the day of the visit; "" when it did."""
    began = visit.started_at or visit.opened_at
    if consent.revoked_at is not None and consent.revoked_at <= began:
        return f"withdrawn on {day_words(_day(consent.revoked_at, visit))}."
    if consent.expires_on is not None and consent.expires_on < on:
        return f"ended on {day_words(consent.expires_on)}."
    return ""


def _clock(at: datetime, visit: Visit) -> str:
    return clock(at, ZoneInfo(visit.appointment.zone))


def _day(at: datetime, visit: Visit) -> date:
    return at.astimezone(ZoneInfo(visit.appointment.zone)).date()
