"""What happens in a visit, tap by tap. Every function is one action with its trail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from unknot.knowledge import load
from unknot.reasoning.treat.note import Response

from ...access import Actor
from ...audit import action, record
from ...models import Appointment, DialLink, PlannedWork, TreatmentEntry, Visit
from .. import limits as limits_of
from ..areas import is_area, name_of, technique_name
from ..errors import NotInSession, OutsideLimits, VisitBlocked
from ..keys import key_of
from ..limits import Limits
from ..note.facts import LONGEST_ENTRY_MINUTES
from ..room import ahead
from .merge import hold
from .told import told_before, with_news
from .undo import undoable
from .writable import in_session, open_limits, writable

MISTAP: Final = timedelta(seconds=30)
"""A technique or pressure changed within this time replaces the choice before it."""
SCREEN_GOOD_FOR: Final = timedelta(hours=24)
"""A re-screening older than this has to be asked again before hands-on work."""
LONGEST_WORDS: Final = 4000
NEWS: Final = ("new_since", "news_at", "news_from", "news_name")
WORK: Final = (
    "area_in_work",
    "technique_in_work",
    "pressure_in_work",
    "response_in_work",
    "work_since",
    "planned_in_work",
)


@action("visit.open")
def open_visit(*, appointment: Appointment, by: Actor, now: datetime) -> Visit:
    """The visit of this appointment, made when there is none yet. Opening is not starting."""
    if appointment.state == Appointment.State.CANCELLED:
        raise NotInSession("This appointment was cancelled.")
    screening = limits_of.latest_screening(appointment.episode)
    key = key_of(appointment)
    defaults = {"pk": key, "opened_at": now, "screening": screening, **told_before(appointment)}
    visit, _ = Visit.everything.get_or_create(appointment=appointment, defaults=defaults)
    record(visit, changed=["opened_at"])
    return visit


@action("visit.record")
def note_wish(*, visit: Visit, wish: str, by: Actor, now: datetime) -> Visit:
    """Keeps what the client wants worked on today, in their words."""
    writable(visit)
    visit.wish_today = wish.strip()[:300]
    visit.save(update_fields=["wish_today"])
    record(visit, changed=["wish_today"])
    return visit


@action("visit.record")
def keep_words(*, visit: Visit, words: str, by: Actor, now: datetime) -> Visit:
    """The therapist's quick words for the note, in place of those before."""
    writable(visit)
    visit.room_words = words.replace("\r\n", "\n").strip()[:LONGEST_WORDS]
    visit.save(update_fields=["room_words"])
    record(visit, changed=["room_words"])
    return visit


@action("visit.record")
def note_news(*, visit: Visit, news: tuple[str, ...], by: Actor, now: datetime) -> Visit:
    """Keeps what is new since the last screening, beside what was told before on the phone or in
    the room, and which screening holds today."""
    hold(visit)
    writable(visit)
    visit.new_since, visit.news_at = with_news(visit.new_since, news), now
    visit.news_from, visit.news_name = "staff" if by.staff else "client", by.name[:120]
    visit.screening = limits_of.latest_screening(visit.appointment.episode)
    visit.save(update_fields=[*NEWS, "screening"])
    record(visit, changed=[*NEWS, "screening"])
    return visit


@action("visit.open")
def start_visit(*, visit: Visit, by: Actor, now: datetime) -> Visit:
    """Begins hands-on work. Raises VisitBlocked unless today's screening allows it, NotInSession
    when the appointment was cancelled meanwhile; from now on it is not."""
    writable(visit)
    booked = Appointment.everything.select_for_update(of=("self",)).get(pk=visit.appointment_id)
    if booked.state == Appointment.State.CANCELLED:
        raise NotInSession("This appointment was cancelled.")
    open_limits(visit)
    if not is_asked_today(visit, now):
        raise VisitBlocked("Ask first whether anything is new.")
    visit.started_at = visit.started_at or now
    visit.save(update_fields=["started_at"])
    record(visit, changed=["started_at"])
    return visit


def is_asked_today(visit: Visit, now: datetime) -> bool:
    """Whether the latest screening is fresh enough. Asking "anything new?" makes a new one, so
    that an answer given before the visit was moved by a week does not count.
    """
    screening = limits_of.latest_screening(visit.appointment.episode)
    return screening is not None and now - screening.decided_at < SCREEN_GOOD_FOR


@action("visit.record")
@undoable(lambda *, when, pain, **_: f"Pain {when} {'not asked' if pain is None else pain}")
def set_pain(*, visit: Visit, when: str, pain: int | None, by: Actor, now: datetime) -> Visit:
    """Pain 0-10 "before" or "after" treatment; the last tap holds, None says it was not asked."""
    field = {"before": "pain_before", "after": "pain_after"}[when]
    writable(visit)
    if pain is not None and not 0 <= pain <= 10:
        raise OutsideLimits("Pain is a whole number from 0 to 10.")
    setattr(visit, field, pain)
    visit.save(update_fields=[field])
    record(visit, changed=[field])
    return visit


@action("visit.record")
@undoable(lambda *, area, **_: f"{name_of(area)} started")
def take_up(*, visit: Visit, area: str, by: Actor, now: datetime) -> Visit:
    """Puts an area in work and starts its time; the area before it becomes an entry.

    What is planned for this area today is begun as planned. Else technique and pressure stay as
    they were, or start as the plan says: its first technique, at its starting pressure. Tapped
    again while it is in work, it goes on: a finger that slipped makes no entry. Raises
    OutsideLimits for an excluded area, VisitBlocked when a screening made since the start allows
    no more hands-on work.
    """
    in_session(visit)
    if not is_area(area):
        raise OutsideLimits("This area is not known.")
    limits = open_limits(visit, now)
    meant = ahead.waiting(visit).filter(area=area).first()
    _start(visit, limits, area, meant, now)
    return visit


@action("visit.record")
@undoable(lambda *, planned, **_: f"{name_of(planned.area)} started")
def begin_planned(*, visit: Visit, planned: PlannedWork, by: Actor, now: datetime) -> Visit:
    """Puts planned work in work, inside the limits that hold now; the area before it is done.
    Work that is begun already goes on.

    Raises OutsideLimits when the area or technique is closed by now, VisitBlocked as `take_up`.
    """
    in_session(visit)
    limits = open_limits(visit, now)
    _refuse(limits.why_not_technique(planned.technique))
    _start(visit, limits, planned.area, planned, now)
    return visit


def _start(
    visit: Visit, limits: Limits, area: str, meant: PlannedWork | None, now: datetime
) -> None:
    """Closes the work before and begins this one, never above the ceiling of the area; what is
    in work already goes on."""
    _refuse(limits.why_not_area(area))
    ceiling = limits.ceiling_for(area)
    if ceiling < 1:
        raise OutsideLimits("The screening allows no pressure here.")
    if area == visit.area_in_work and meant in (None, visit.planned_in_work):
        record(visit)
        return
    technique, pressure = _usual(visit, limits, meant)
    _close_work(visit, now)
    visit.planned_in_work = meant
    _begin(visit, area, technique, min(pressure, ceiling), now)


def _usual(visit: Visit, limits: Limits, meant: PlannedWork | None) -> tuple[str, int]:
    """Technique and pressure to begin with: as planned for today, else as before, else the
    plan's first technique at its starting pressure. Raises OutsideLimits when none is left."""
    if meant is not None and not limits.why_not_technique(meant.technique):
        return meant.technique, meant.pressure
    technique = visit.technique_in_work or _last_technique(visit)
    if not technique or limits.why_not_technique(technique):
        technique = next(iter(limits.techniques), "")
    if not technique:
        raise OutsideLimits("No technique is left open by the screening and the plan.")
    pressure = visit.pressure_in_work or limits.begins_with or _lightest(technique)
    return technique, pressure


@action("visit.record")
@undoable(
    lambda *, technique="", pressure=None, **_: (
        technique_name(technique) if technique else f"Pressure {pressure}"
    )
)
def change_work(
    *, visit: Visit, by: Actor, now: datetime, technique: str = "", pressure: int | None = None
) -> Visit:
    """Changes technique or pressure for the area in work; what was done until now stays an entry.

    A change within half a minute replaces the choice, and no change makes no entry. Raises
    OutsideLimits for a banned technique, a pressure above the ceiling or an area closed meanwhile,
    NotInSession when no area is in work, VisitBlocked when a screening made since the start allows
    no more hands-on work.
    """
    in_session(visit)
    if not visit.area_in_work or visit.work_since is None:
        raise NotInSession("Choose an area first.")
    limits = open_limits(visit, now)
    _refuse(limits.why_not_area(visit.area_in_work))
    new_technique = technique or visit.technique_in_work
    new_pressure = pressure or visit.pressure_in_work or 1
    _refuse(limits.why_not_technique(new_technique))
    ceiling = limits.ceiling_for(visit.area_in_work)
    if not 1 <= new_pressure <= ceiling:
        raise OutsideLimits(f"The pressure ceiling here is {ceiling} of 5.")
    if (new_technique, new_pressure) == (visit.technique_in_work, visit.pressure_in_work):
        record(visit)
        return visit
    area, since, meant = visit.area_in_work, visit.work_since, visit.planned_in_work
    if now - since >= MISTAP:
        _close_work(visit, now)
        since, visit.planned_in_work = now, meant
    _begin(visit, area, new_technique, new_pressure, since)
    return visit


@action("visit.record")
@undoable(lambda *, response, **_: f"Response: {response}")
def note_response(*, visit: Visit, response: str, by: Actor, now: datetime) -> Visit:
    """How the area answered: of the area in work, else of the last entry."""
    writable(visit)
    if response not in set(Response):
        raise OutsideLimits("This answer is not known.")
    if visit.area_in_work:
        visit.response_in_work = response
        visit.save(update_fields=["response_in_work"])
        record(visit, changed=["response_in_work"])
        return visit
    entry = visit.entries.last()
    if entry is None:
        raise NotInSession("Choose an area first.")
    entry.response = response
    entry.save(update_fields=["response"])
    record(entry, changed=["response"])
    return visit


@action("visit.record")
@undoable(lambda **_: "Done here")
def pause_work(*, visit: Visit, by: Actor, now: datetime) -> Visit:
    """Ends the area in work: it becomes an entry with its minutes, at least one."""
    writable(visit)
    _close_work(visit, now)
    record(visit, changed=["area_in_work"])
    return visit


@action("visit.record")
@undoable(lambda *, by_minutes, **_: f"{by_minutes:+d} min")
def change_minutes(*, entry: TreatmentEntry, by_minutes: int, by: Actor, now: datetime) -> Visit:
    """Corrects an entry's minutes up or down; never below one."""
    writable(entry.visit)
    minutes = entry.minutes + by_minutes
    entry.minutes = max(1, min(LONGEST_ENTRY_MINUTES, minutes))
    entry.save(update_fields=["minutes"])
    record(entry, changed=["minutes"])
    return entry.visit


@action("visit.record")
@undoable(lambda *, entry, **_: f"{name_of(entry.area)} taken back")
def remove_entry(*, entry: TreatmentEntry, by: Actor, now: datetime) -> Visit:
    """Takes back an entry tapped by mistake, while the note is not signed."""
    visit = entry.visit
    writable(visit)
    record(entry, changed=["removed"])
    entry.delete()
    return visit


@action("visit.finish")
def finish_visit(*, visit: Visit, by: Actor, now: datetime) -> Visit:
    """Ends the session: the area in work becomes an entry, the dial closes, the time is done."""
    in_session(visit)
    _close_work(visit, now)
    visit.finished_at, visit.undo = now, []
    visit.save(update_fields=["finished_at", "undo"])
    DialLink.everything.filter(visit=visit, closed_at=None).update(closed_at=now)
    appointment = visit.appointment
    appointment.state = Appointment.State.DONE
    appointment.save(update_fields=["state"])
    record(visit, changed=["finished_at"])
    record(appointment, changed=["state"])
    return visit


def _begin(visit: Visit, area: str, technique: str, pressure: int, since: datetime) -> None:
    visit.area_in_work, visit.technique_in_work = area, technique
    visit.pressure_in_work, visit.work_since = pressure, since
    visit.save(update_fields=list(WORK))
    record(visit, changed=list(WORK))


def _close_work(visit: Visit, now: datetime) -> None:
    if not visit.area_in_work or visit.work_since is None:
        return
    minutes = round((now - visit.work_since).total_seconds() / 60)
    entry = TreatmentEntry.everything.create(
        visit=visit,
        area=visit.area_in_work,
        technique=visit.technique_in_work,
        pressure=visit.pressure_in_work or 1,
        minutes=max(1, min(LONGEST_ENTRY_MINUTES, minutes)),
        response=visit.response_in_work,
        planned=visit.planned_in_work,
        recorded_at=now,
    )
    visit.area_in_work = visit.response_in_work = ""
    visit.work_since = visit.planned_in_work = None
    visit.save(update_fields=list(WORK))
    record(entry, changed=["area", "technique", "pressure", "minutes", "response"])


def _last_technique(visit: Visit) -> str:
    entry = visit.entries.last()
    return entry.technique if entry else ""


def _lightest(technique: str) -> int:
    return load().techniques[technique].pressure_low


def _refuse(reason: str) -> None:
    if reason:
        raise OutsideLimits(reason)
