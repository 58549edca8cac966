"""What happens in a visit, tap by tap. Every function is one action with its trail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from unknot.knowledge import load
from unknot.reasoning.treat.note import Response

from ...access import Actor
from ...audit import action, record
from ...models import Appointment, DialLink, Note, TreatmentEntry, Visit
from .. import limits as limits_of
from ..areas import is_area
from ..errors import NotInSession, OutsideLimits, VisitBlocked
from ..limits import Limits

MISTAP: Final = timedelta(seconds=30)
"""A technique or pressure changed within this time replaces the choice before it."""
SCREEN_GOOD_FOR: Final = timedelta(hours=24)
"""A re-screening older than this has to be asked again before hands-on work."""
LONGEST_ENTRY_MINUTES: Final = 120
WORK: Final = (
    "area_in_work",
    "technique_in_work",
    "pressure_in_work",
    "response_in_work",
    "work_since",
)


@action("visit.open")
def open_visit(*, appointment: Appointment, by: Actor, now: datetime) -> Visit:
    """The visit of this appointment, made when there is none yet. Opening is not starting."""
    if appointment.state == Appointment.State.CANCELLED:
        raise NotInSession("This appointment was cancelled.")
    screening = limits_of.latest_screening(appointment.episode)
    visit, _ = Visit.everything.get_or_create(
        appointment=appointment, defaults={"opened_at": now, "screening": screening}
    )
    record(visit, changed=["opened_at"])
    return visit


@action("visit.record")
def note_wish(*, visit: Visit, wish: str, by: Actor, now: datetime) -> Visit:
    """Keeps what the client wants worked on today, in their words."""
    _writable(visit)
    visit.wish_today = wish.strip()[:300]
    visit.save(update_fields=["wish_today"])
    record(visit, changed=["wish_today"])
    return visit


@action("visit.record")
def note_news(*, visit: Visit, news: tuple[str, ...], by: Actor, now: datetime) -> Visit:
    """Keeps what is new since the last screening, and which screening holds today."""
    _writable(visit)
    visit.new_since = list(news)
    visit.screening = limits_of.latest_screening(visit.appointment.episode)
    visit.save(update_fields=["new_since", "screening"])
    record(visit, changed=["new_since", "screening"])
    return visit


@action("visit.open")
def start_visit(*, visit: Visit, by: Actor, now: datetime) -> Visit:
    """Begins hands-on work. Raises VisitBlocked unless today's screening allows it."""
    _writable(visit)
    _open_limits(visit)
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
def set_pain(*, visit: Visit, when: str, pain: int, by: Actor, now: datetime) -> Visit:
    """Pain 0-10 "before" or "after" treatment; the last tap holds."""
    field = {"before": "pain_before", "after": "pain_after"}[when]
    _writable(visit)
    if not 0 <= pain <= 10:
        raise OutsideLimits("Pain is a whole number from 0 to 10.")
    setattr(visit, field, pain)
    visit.save(update_fields=[field])
    record(visit, changed=[field])
    return visit


@action("visit.record")
def take_up(*, visit: Visit, area: str, by: Actor, now: datetime) -> Visit:
    """Puts an area in work and starts its time; the area before it becomes an entry.

    Technique and pressure stay as they were, or start as the plan says: its first technique, at
    its starting pressure. Raises OutsideLimits for an excluded area, VisitBlocked when a
    screening made since the start allows no more hands-on work.
    """
    _in_session(visit)
    if not is_area(area):
        raise OutsideLimits("This area is not known.")
    limits = _open_limits(visit)
    _refuse(limits.why_not_area(area))
    technique = visit.technique_in_work or _last_technique(visit)
    if not technique or limits.why_not_technique(technique):
        technique = next(iter(limits.techniques), "")
    if not technique:
        raise OutsideLimits("No technique is left open by the screening and the plan.")
    usual = visit.pressure_in_work or limits.pressure_start or _lightest(technique)
    pressure = min(usual, limits.ceiling_for(area))
    _close_work(visit, now)
    _begin(visit, area, technique, pressure, now)
    return visit


@action("visit.record")
def change_work(
    *, visit: Visit, by: Actor, now: datetime, technique: str = "", pressure: int | None = None
) -> Visit:
    """Changes technique or pressure for the area in work; what was done until now stays an entry.

    A change within half a minute replaces the choice. Raises OutsideLimits for a banned technique
    or a pressure above the ceiling, NotInSession when no area is in work, VisitBlocked when a
    screening made since the start allows no more hands-on work.
    """
    _in_session(visit)
    if not visit.area_in_work or visit.work_since is None:
        raise NotInSession("Choose an area first.")
    limits = _open_limits(visit)
    new_technique = technique or visit.technique_in_work
    new_pressure = pressure or visit.pressure_in_work or 1
    _refuse(limits.why_not_technique(new_technique))
    ceiling = limits.ceiling_for(visit.area_in_work)
    if not 1 <= new_pressure <= ceiling:
        raise OutsideLimits(f"The pressure ceiling here is {ceiling} of 5.")
    area, since = visit.area_in_work, visit.work_since
    if now - since >= MISTAP:
        _close_work(visit, now)
        since = now
    _begin(visit, area, new_technique, new_pressure, since)
    return visit


@action("visit.record")
def note_response(*, visit: Visit, response: str, by: Actor, now: datetime) -> Visit:
    """How the area answered: of the area in work, else of the last entry."""
    _writable(visit)
    if response not in set(Response):
        raise OutsideLimits("This answer is not known.")
    if visit.area_in_work:
        visit.response_in_work = response
        visit.save(update_fields=["response_in_work"])
        record(visit, changed=["response_in_work"])
        return visit
    entry = visit.entries.order_by("-recorded_at").first()
    if entry is None:
        raise NotInSession("Choose an area first.")
    entry.response = response
    entry.save(update_fields=["response"])
    record(entry, changed=["response"])
    return visit


@action("visit.record")
def pause_work(*, visit: Visit, by: Actor, now: datetime) -> Visit:
    """Ends the area in work: it becomes an entry with its minutes, at least one."""
    _writable(visit)
    _close_work(visit, now)
    record(visit, changed=["area_in_work"])
    return visit


@action("visit.record")
def change_minutes(*, entry: TreatmentEntry, by_minutes: int, by: Actor, now: datetime) -> Visit:
    """Corrects an entry's minutes up or down; never below one."""
    _writable(entry.visit)
    minutes = entry.minutes + by_minutes
    entry.minutes = max(1, min(LONGEST_ENTRY_MINUTES, minutes))
    entry.save(update_fields=["minutes"])
    record(entry, changed=["minutes"])
    return entry.visit


@action("visit.record")
def remove_entry(*, entry: TreatmentEntry, by: Actor, now: datetime) -> Visit:
    """Takes back an entry tapped by mistake, while the note is not signed."""
    visit = entry.visit
    _writable(visit)
    record(entry, changed=["removed"])
    entry.delete()
    return visit


@action("visit.finish")
def finish_visit(*, visit: Visit, by: Actor, now: datetime) -> Visit:
    """Ends the session: the area in work becomes an entry, the dial closes, the time is done."""
    _in_session(visit)
    _close_work(visit, now)
    visit.finished_at = now
    visit.save(update_fields=["finished_at"])
    DialLink.everything.filter(visit=visit, closed_at=None).update(closed_at=now)
    appointment = visit.appointment
    appointment.state = Appointment.State.DONE
    appointment.save(update_fields=["state"])
    record(visit, changed=["finished_at"])
    record(appointment, changed=["state"])
    return visit


def _open_limits(visit: Visit) -> Limits:
    """The limits in force. Raises VisitBlocked when they allow no hands-on work at all."""
    limits = limits_of.read(visit.appointment.episode)
    if not limits.screened:
        raise VisitBlocked("Screen first. Without a screening there is no hands-on work.")
    if limits.blocked:
        why = limits.why_blocked or "The screening does not allow hands-on work today."
        raise VisitBlocked(why)
    return limits


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
        recorded_at=now,
    )
    visit.area_in_work = visit.response_in_work = ""
    visit.work_since = None
    visit.save(update_fields=list(WORK))
    record(entry, changed=["area", "technique", "pressure", "minutes", "response"])


def _last_technique(visit: Visit) -> str:
    entry = visit.entries.order_by("-recorded_at").first()
    return entry.technique if entry else ""


def _lightest(technique: str) -> int:
    return load().techniques[technique].pressure_low


def _refuse(reason: str) -> None:
    if reason:
        raise OutsideLimits(reason)


def _in_session(visit: Visit) -> None:
    _writable(visit)
    if visit.started_at is None:
        raise NotInSession("Start the visit first.")
    if visit.finished_at is not None:
        raise NotInSession("This visit is finished.")


def _writable(visit: Visit) -> None:
    """Raises NotInSession once the note is signed: what it says was done may not change."""
    if Note.everything.filter(visit=visit, state=Note.State.SIGNED).exists():
        raise NotInSession("The note of this visit is signed. Add an addendum instead.")
