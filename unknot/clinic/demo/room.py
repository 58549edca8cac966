"""What happens around and in the session room: answers by phone, the dial's log, findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from unknot.knowledge import load
from unknot.reasoning.case import Case

from .. import models as m
from ..access import for_link, for_staff, token_hash
from ..intake.consent import TEXTS
from ..treat.areas import group_of
from . import answers
from .arrival import Arrival, Person
from .ledger import Ledger

ASKED_BEFORE: Final = timedelta(hours=14)
ANSWERED_BEFORE: Final = timedelta(hours=3)
WISHES: Final = ("My left side, and please a little lighter", "", "The same as last time")
CALM: Final = (("right", None), ("less", None), ("pain", 4), ("right", None), ("more", None))
STOPPED: Final = (("right", None), ("more", None), ("pain", 8), ("stop", None), ("less", None))
SLIPPED: Final = (("more", None), ("stop", None), ("right", None), ("pain", 3))
REMARKS: Final = {STOPPED: ((2, "seen"), (3, "seen")), SLIPPED: ((1, "back"),)}
"""Which touch of a log was seen by the therapist, or taken back by the client a moment later."""
LOGS: Final = (CALM, CALM, STOPPED, CALM, SLIPPED)


@dataclass(frozen=True)
class Remark:
    """One line of the dial's log about a touch before it; written once that touch has a number."""

    about: m.DialEvent
    kind: str
    at: datetime
    staff: m.Staff


def turn(
    ledger: Ledger, person: Person, entry: m.TreatmentEntry, started: datetime, number: int
) -> tuple[tuple[m.DialEvent, ...], tuple[Remark, ...]]:
    """The touches of the client's dial while one area is in work, and the remarks about them."""
    log, at, visit = LOGS[number % len(LOGS)], started, entry.visit
    gaps = [person.dice.randint(2, 4) for _ in range(person.dice.randint(2, len(CALM)))]
    steps = log if log in REMARKS else log[: len(gaps)]
    touched = []
    for (kind, pain), minutes in zip(steps, gaps + [3] * len(steps), strict=False):
        at += timedelta(minutes=minutes)
        touched.append(
            ledger.add(
                m.DialEvent,
                at,
                visit=visit,
                kind=kind,
                pain=pain,
                area=entry.area,
                pressure=entry.pressure,
                pain_cap=person.screened.pain_cap,
                pressure_ceiling=person.screened.ceiling_for(group_of(entry.area)),
                at=at,
            )
        )
    ledger.note(visit, at, for_link(person.episode), "dial.turn", ["dial"])
    remarks = tuple(
        Remark(touched[place], kind, touched[place].at + timedelta(seconds=20), person.therapist)
        for place, kind in REMARKS.get(log, ())
    )
    return tuple(touched), remarks


def remark(ledger: Ledger, remarks: Iterable[Remark]) -> None:
    """Adds the remarks on stored touches to the ledger."""
    for one in remarks:
        seen = one.kind == "seen"
        event = ledger.add(
            m.DialEvent,
            one.at,
            visit=one.about.visit,
            kind=one.kind,
            area=one.about.area,
            pressure=one.about.pressure,
            pain_cap=one.about.pain_cap,
            pressure_ceiling=one.about.pressure_ceiling,
            at=one.at,
            about=one.about,
            seen_by=one.staff if seen else None,
        )
        if seen:
            ledger.note(event.visit, one.at, for_staff(one.staff), "dial.see", ["dial"])


def say_yes(ledger: Ledger, person: Person, visit: m.Visit, area: str, at: datetime) -> m.Consent:
    """Asked before a sensitive area, the client agreed aloud."""
    said = TEXTS[m.Consent.Kind.SPOKEN]
    return ledger.add(
        m.Consent,
        at,
        for_staff(person.therapist),
        "visit.record",
        client=person.client,
        episode=person.episode,
        visit=visit,
        kind=said.kind,
        area=area,
        text_version=said.version,
        text=said.text,
        signed_name=person.therapist.name,
        signed_at=at,
        expires_on=at.date(),
    )


def answer_ahead(ledger: Ledger, person: Person, appointment: m.Appointment) -> m.AskLink:
    """The client said on their phone, some hours before the visit, that nothing is new."""
    at = appointment.starts_at - ANSWERED_BEFORE
    return _answered(ledger, person, appointment, person.screening, at, ())


def arrive_soon(
    arrival: Arrival, person: Person, appointment: m.Appointment, today: date, now: datetime | None
) -> m.AskLink:
    """For a visit still to come: a new medicine told by phone, screened at once, and a wish."""
    at = min(appointment.starts_at - ANSWERED_BEFORE, now or arrival.house.at(today, time(0)))
    at -= timedelta(minutes=30)
    told = person.case.with_answers(medicines=("painkillers",))
    case, screened = answers.complete(Case(told.answers, at.date(), told.marks))
    version = person.screening.intake.version + 1
    row = arrival.screen(person.episode, person.actor, case, screened, at, version)
    return _answered(arrival.ledger, person, appointment, row, row.decided_at, (_new_medicine(),))


def _new_medicine() -> str:
    """The news as the brief says it: the question with its new answer."""
    question = load().questions["medicines"]
    said = next(one.text for one in question.choices if one.id == "painkillers")
    return f"{question.text.rstrip('?:. ')}: {said}"


def _answered(
    ledger: Ledger,
    person: Person,
    appointment: m.Appointment,
    screening: m.Screening,
    at: datetime,
    news: tuple[str, ...],
) -> m.AskLink:
    made = at - ASKED_BEFORE
    desk, link = for_staff(person.therapist), for_link(person.episode)
    row = ledger.add(
        m.AskLink,
        made,
        desk,
        "ask.send",
        appointment=appointment,
        token_hash=token_hash(str(appointment.pk)),
        made_at=made,
        expires_at=appointment.ends_at,
        answered_at=at,
        screening=screening,
        wish=WISHES[appointment.number % len(WISHES)] or WISHES[0],
        news=list(news),
    )
    ledger.note(row, at, link, "ask.answer", ["answered_at", "news"])
    return row
