"""The texts a client agrees to, each with its version. A change of words is a new version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ...knowledge import load
from ..models import Client, Consent, Episode
from ..ui.body_chart import GROUP_NAMES
from ..ui.words import local_day, long_day


@dataclass(frozen=True)
class ConsentText:
    """One text: what it is for, its words, and how many days an agreement lasts."""

    kind: Consent.Kind
    title: str
    text: str
    version: str
    days: int
    withdrawn: str
    """What withdrawing it means, in words for the client."""


TEXTS: Final = {
    text.kind: text
    for text in (
        ConsentText(
            Consent.Kind.KEEPING,
            "Keeping my answers",
            "The practice may keep the answers I gave in the self-check as the start of my "
            "record, and may contact me about them. I can ask to see them, to correct them, "
            "and to have them erased.",
            "keeping-1",
            365,
            "The practice stops writing to you: no check-ins and no reminders. Your therapist is "
            "told. What the law asks the practice to keep stays on record.",
        ),
        ConsentText(
            Consent.Kind.GENERAL,
            "Treatment",
            "I agree to massage therapy for the complaint I described. It has been explained "
            "what will be done, what it can and cannot do, and that soreness for a day or two "
            "is common. I can say “stop” at any moment, change my mind, or leave out any area. "
            "Massage does not replace a doctor. I will say when my health or medicines change.",
            "general-1",
            365,
            "No visit takes place and none can be booked until you sign again. Visits already "
            "booked stay in the calendar until you or the practice cancel them. Your therapist "
            "is told.",
        ),
        ConsentText(
            Consent.Kind.SENSITIVE_AREA,
            "Treatment of a sensitive area",
            "I agree to treatment of the area named here. It has been explained why, and how I "
            "will be covered. I can ask for another person to be present, and I can withdraw "
            "this at any moment without giving a reason.",
            "sensitive-area-1",
            90,
            "Your therapist no longer treats this area. The session room leaves it out at once. "
            "All else goes on.",
        ),
        ConsentText(
            Consent.Kind.PHOTO,
            "Photographs",
            "The practice may photograph my posture or the area treated, for my record only. "
            "Photographs are not shown to anyone else unless I agree again.",
            "photo-1",
            365,
            "No more photographs. Ask the practice to remove those it has.",
        ),
        ConsentText(
            Consent.Kind.RELEASE,
            "Sharing with another clinician",
            "The practice may send a report of my treatment to the clinician I name, and receive "
            "what that clinician considers useful for it.",
            "release-1",
            180,
            "The practice sends no more reports to the other clinician. What was sent cannot be "
            "called back.",
        ),
        ConsentText(
            Consent.Kind.MINOR,
            "Treatment of a minor, by a guardian",
            "I am the parent or guardian of this client and agree to the treatment described. "
            "I know that I may be present, and the client may say “stop” at any moment.",
            "minor-1",
            180,
            "No visit takes place and none can be booked until a parent or guardian signs again.",
        ),
        ConsentText(
            Consent.Kind.PAUSE,
            "A planned pause",
            "I agree to a pause of two or three weeks without visits, to find out what stays "
            "without them. I go on answering once a day. I can end the pause at any moment, for "
            "any reason, and have a visit. Nothing else in my care changes.",
            "pause-1",
            60,
            "The pause ends. You can book a visit at any time. Nothing else changes.",
        ),
        ConsentText(
            Consent.Kind.SPOKEN,
            "Said aloud, for one visit",
            "Before the area named here was treated, the therapist asked me, and I agreed aloud. "
            "It counts for that visit only and is not a signature. I can take it back at any "
            "moment.",
            "spoken-1",
            1,
            "Your therapist no longer treats this area. The session room leaves it out at once. "
            "All else goes on.",
        ),
    )
}
TREATMENT: Final = (Consent.Kind.GENERAL, Consent.Kind.MINOR)
"""Without these nobody is treated."""
OF_AREAS: Final = (Consent.Kind.SENSITIVE_AREA, Consent.Kind.SPOKEN)
"""About one area of the body, signed or said aloud: what was said last holds."""
RELEASE_PARTS: Final = {
    "subjective": "What I said, and my pain before each visit",
    "objective": "What was found and done",
    "assessment": "What my therapist makes of it",
    "plan": "What comes next, and what I do at home",
}
"""The parts of a report that a client may let another clinician have; never more than these."""
SENSITIVE_GROUPS: Final = ("chest", "abdomen", "hip", "buttock", "thigh", "jaw")


def sensitive_areas() -> tuple[tuple[str, str], ...]:
    """Regions that ask for a consent of their own, as id and name."""
    return tuple(
        (region.id, region.name)
        for region in load().regions.values()
        if region.group in SENSITIVE_GROUPS
    )


def area_name(area: str) -> str:
    """The name of a region, or of a whole part of the body."""
    region = load().regions.get(area)
    return region.name if region else str(GROUP_NAMES.get(area, area))


def agreed_pause(episode: Episode, *, today: date) -> Consent | None:
    """The client's valid agreement to a planned pause in this episode, if there is one."""
    given = episode.consents.filter(kind=Consent.Kind.PAUSE).order_by("-signed_at").first()
    return given if given is not None and is_valid(given, today) else None


def released(client: Client, *, today: date) -> Consent | None:
    """The client's valid consent to a report for another clinician, if there is one."""
    given = client.consents.filter(kind=Consent.Kind.RELEASE).order_by("-signed_at").first()
    return given if given is not None and is_valid(given, today) else None


def is_valid(consent: Consent, today: date) -> bool:
    """Signed, not withdrawn and not expired on that day."""
    return consent.revoked_at is None and (
        consent.expires_on is None or consent.expires_on >= today
    )


@dataclass(frozen=True)
class Withdrawn:
    """A consent that was withdrawn and not given again: what it was about, and since when."""

    kind: Consent.Kind
    area: str
    on: date


def withdrawn(client: Client, until: datetime | None = None) -> tuple[Withdrawn, ...]:
    """What the client has withdrawn and not signed again, by kind and area; with `until` as it
    stood at that moment."""
    given = client.consents.order_by("signed_at", "id")
    if until is not None:
        given = given.filter(signed_at__lte=until)
    latest: dict[tuple[str, str], Consent] = {}
    for consent in given:
        kind = Consent.Kind.SENSITIVE_AREA if consent.kind in OF_AREAS else consent.kind
        latest[kind, consent.area] = consent
    zone = client.practice.zone
    return tuple(
        Withdrawn(Consent.Kind(one.kind), one.area, local_day(one.revoked_at, zone))
        for one in latest.values()
        if one.revoked_at is not None and (until is None or one.revoked_at <= until)
    )


def barred(client: Client, until: datetime | None = None) -> str:
    """Why no visit may be booked or take place, in words for staff and client alike; empty when
    one may. With `until` as it stood at that moment.

    Only a consent that was withdrawn bars: one that was never asked for, or ran out, is asked
    for again at the visit.
    """
    for one in withdrawn(client, until):
        if one.kind in TREATMENT:
            by = "" if one.kind is Consent.Kind.GENERAL else " by a parent or guardian"
            return (
                f"Consent to treatment was withdrawn{by} on {long_day(one.on)}. It has to be "
                "signed again before any visit."
            )
    return ""


def areas_withdrawn(client: Client, until: datetime | None = None) -> tuple[str, ...]:
    """Regions whose own consent was withdrawn, by now or by `until`."""
    gone = withdrawn(client, until)
    return tuple(one.area for one in gone if one.kind in OF_AREAS)


def may_write_to(client: Client) -> bool:
    """Whether the practice may send check-ins and reminders: not once that was withdrawn."""
    return all(one.kind is not Consent.Kind.KEEPING for one in withdrawn(client))


def may_release(client: Client) -> bool:
    """Whether reports may go to another clinician: not once that was withdrawn."""
    return all(one.kind is not Consent.Kind.RELEASE for one in withdrawn(client))
