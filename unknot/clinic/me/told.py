"""The data of a client as a letter: the same records in plain words, to read without a computer
person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from textwrap import fill
from typing import Final

from ...knowledge import load
from ...reasoning.interview import sections
from ...reasoning.words import AREA_NAMES, PRESSURE_WORDS
from ..access import Actor, scope
from ..follow_up.build import entry_row
from ..intake import overview, preferences
from ..intake.answers import case_of
from ..models import CheckIn, Client, Episode, HomeCareDay, Intake, Note, Screening, Visit
from ..plan.stored import decision_of, plan_of
from ..treat.areas import name_of, technique_name
from ..ui import words
from . import consents
from .data import summary_of

WIDTH: Final = 88
READ: Final = "me.export"


def told_of(client: Client, by: Actor, now: datetime) -> str:
    """Everything a person would want to read about their care, the oldest first."""
    lines = [
        f"Your care at {client.practice.name}",
        f"{client.name}, as of {words.long_day(words.local_day(now, client.practice.zone))}",
        *_section("About you", _about(client)),
        *_section("What you agreed to", _agreed(client, now)),
    ]
    for episode in scope(Episode, by, READ).order_by("opened_at"):
        lines += _episode(episode, by, now)
    return "\n".join(fill(line, WIDTH, subsequent_indent="    ") for line in lines) + "\n"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    return ["", "", title.upper(), "", *(list(lines) or ["Nothing."])]


def _about(client: Client) -> Iterator[str]:
    liked = preferences.liked(client)
    facts = {
        "Born": words.long_day(client.born_on) if client.born_on else "",
        "E-mail": client.email,
        "Phone": client.phone,
        "In the room": "; ".join(liked.room_words),
        "Not touched": liked.avoid,
    }
    yield from (f"{name}: {said}" for name, said in facts.items() if said)


def _agreed(client: Client, now: datetime) -> Iterator[str]:
    for given in client.consents.select_related("client__practice").order_by("signed_at", "id"):
        card = consents.card_of(given, now)
        about = f"{card.title}, {card.area}" if card.area else card.title
        yield f"{about}. {card.signed} {card.state}."


def _episode(episode: Episode, by: Actor, now: datetime) -> Iterator[str]:
    title = AREA_NAMES.get(episode.main_area, episode.main_area)
    zone = episode.client.practice.zone
    opened = words.long_day(words.local_day(episode.opened_at, zone))
    with_whom = f", with {episode.therapist.name}" if episode.therapist else ""
    began = f"{episode.complaint or title}. Since {opened}{with_whom}."
    yield from _section(title, [began])
    yield from _section(f"{title}: what you told us", _answers(episode, by))
    yield from _section(f"{title}: safety checks", _checks(episode, by, zone))
    yield from _section(f"{title}: your plan", _plans(episode, zone))
    yield from _section(f"{title}: your visits", _visits(episode, by, zone))
    yield from _section(f"{title}: between visits", _entries(episode, by, now))
    yield from _section(f"{title}: at home", _home(episode, by))


def _answers(episode: Episode, by: Actor) -> Iterator[str]:
    newest = scope(Intake, by, READ).filter(episode=episode).order_by("-version").first()
    if newest is None:
        return
    case = case_of(newest)
    yield f"As of {words.long_day(newest.as_of)}."
    for section in sections(case):
        for question, answer in overview.told(case, section):
            yield f"{question} {answer}"


def _checks(episode: Episode, by: Actor, zone: str) -> Iterator[str]:
    for row in scope(Screening, by, READ).filter(episode=episode).order_by("decided_at", "id"):
        decision = decision_of(row)
        if decision is not None:
            said = words.sentence(decision.headline)
            yield f"{_on(row.decided_at, zone)}: {said} {decision.say}"


def _plans(episode: Episode, zone: str) -> Iterator[str]:
    for version in episode.plans.order_by("number"):
        plan = plan_of(version)
        if plan is not None:
            named = words.listed([one.name.lower() for one in plan.techniques])
            yield f"Plan {version.number}: {words.sentence(plan.dose.says)} With {named}."


def _visits(episode: Episode, by: Actor, zone: str) -> Iterator[str]:
    rows = scope(Visit, by, READ).filter(appointment__episode=episode)
    loaded = rows.select_related("appointment__staff", "appointment__room__location")
    for visit in loaded.prefetch_related("entries").order_by("opened_at"):
        booked = visit.appointment
        place = booked.room.location.name
        yield f"{_on(visit.opened_at, zone)}, with {booked.staff.name}, {place}."
        if visit.pain_before is not None:
            after = "not asked" if visit.pain_after is None else f"{visit.pain_after} of 10"
            yield f"  Your pain: {visit.pain_before} of 10 before, {after} after."
        for one in visit.entries.all():
            firm = PRESSURE_WORDS[one.pressure]
            yield (
                f"  {name_of(one.area)}: {technique_name(one.technique).lower()},"
                f" {one.minutes} minutes, pressure {firm} ({one.pressure} of 5)."
            )
        note = scope(Note, by, READ).filter(visit=visit, state=Note.State.SIGNED).first()
        yield from (f"  {line}" for line in summary_of(note).splitlines()) if note else ()


def _entries(episode: Episode, by: Actor, now: datetime) -> Iterator[str]:
    for one in scope(CheckIn, by, READ).filter(episode=episode).order_by("at", "id"):
        row = entry_row(one, now)
        pain = "" if row.pain is None else f"pain {row.pain} of 10"
        said = ", ".join(filter(None, (pain, row.kind.lower(), row.detail)))
        note = f" You wrote: {row.note}" if row.note else ""
        yield f"{_on(one.at, one.zone)}: {said}.{note}"


def _home(episode: Episode, by: Actor) -> Iterator[str]:
    known = load().home_care
    for one in scope(HomeCareDay, by, READ).filter(episode=episode).order_by("on", "item"):
        name = known[one.item].name if one.item in known else one.item
        done = one.get_done_display().lower() or "not told"
        sign = ", and you had a sign to stop" if one.sign else ""
        yield f"{_day(one.on)}: {name}, {done}{sign}."


def _on(at: datetime, zone: str) -> str:
    return f"{_day(words.local_day(at, zone))}, {words.clock(at, zone)}"


def _day(on: date) -> str:
    return words.long_day(on)
