"""One day: who comes when, and what is left to do for each visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, QuerySet
from django.urls import reverse

from unknot.clinic.access import Request, listing
from unknot.clinic.book import say
from unknot.clinic.book.choose import whole_days
from unknot.clinic.book.pages import Day, DayRow, Link
from unknot.clinic.models import Appointment, Client, Note, Series, Staff
from unknot.clinic.ui.nav import address
from unknot.reasoning.book import Interval, wall_time

State = Appointment.State
TONES = {
    State.BOOKED: "plain",
    State.DONE: "good",
    State.NO_SHOW: "caution",
    State.CANCELLED: "plain",
}
OPENS_BEFORE = timedelta(hours=12)
FORGOTTEN_AFTER = timedelta(hours=1)
"""A visit begun and not finished this long after its appointment was forgotten."""
LONGEST_VISIT = timedelta(hours=12)
"""How far before midnight a visit that still runs is looked for."""


def day_of(request: Request, on: date, everyone: bool, now: datetime, zone: ZoneInfo) -> Day:
    """The day for the asker: their own visits, or everybody's."""
    visits = list(_visits(request, on, zone, None if everyone else request.actor.staff, now))
    lengths = _lengths(request, visits)
    treats = _treated_by(request, visits)
    rows = [_row(visit, visit.pk in treats, lengths, now, zone) for visit in visits]
    live = tuple(
        row for row, visit in zip(rows, visits, strict=True) if visit.state != State.CANCELLED
    )
    gone = tuple(
        row for row, visit in zip(rows, visits, strict=True) if visit.state == State.CANCELLED
    )
    today = wall_time(now, zone).date()
    return Day(
        heading="Today" if on == today else say.day(on),
        lede=_lede(on, live, on == today),
        is_today=on == today,
        previous=Link("Earlier", _url(on - timedelta(days=1), everyone)),
        next=Link("Later", _url(on + timedelta(days=1), everyone)),
        today=None if on == today else Link("Today", _url(None, everyone)),
        who=_who(request, on, everyone),
        rows=live,
        cancelled=gone,
        empty=_empty(on == today, everyone),
        first_steps=() if live else _first_steps(request),
        shows_therapist=everyone,
    )


def _visits(
    request: Request, on: date, zone: ZoneInfo, staff: Staff | None, now: datetime
) -> Iterator[Appointment]:
    """The visits of the day, and on today's page first those that run over from yesterday."""
    span = whole_days(on, on, zone)
    found = [within(request, span)]
    if span.start <= now < span.end:
        found.insert(0, running_over(request, span, now))
    for visits in found:
        whole = visits.select_related("client", "staff", "room__location", "visit__note")
        of_staff = whole if staff is None else whole.filter(staff=staff)
        yield from of_staff.order_by("starts_at", "staff__name")


def within(request: Request, span: Interval) -> QuerySet[Appointment]:
    """The visits the asker may see that begin in that stretch.

    Naming the practice's staff changes nothing in what is found. It leads the database to the
    index by therapist and time, where it would otherwise walk through every client's history.
    """
    practice = request.actor.practice
    assert practice is not None
    return listing(Appointment, request).filter(
        staff__in=practice.staff.values("pk"),
        starts_at__gte=span.start,
        starts_at__lt=span.end,
    )


def running_over(request: Request, today: Interval, now: datetime) -> QuerySet[Appointment]:
    """The visits the asker may see that began before today and are in session still.

    One nobody finished leaves this list an hour after its appointment, when it is on the list of
    notes to write.
    """
    yesterday = Interval(today.start - LONGEST_VISIT, today.start)
    return within(request, yesterday).filter(
        state=State.BOOKED,
        ends_at__gt=now - FORGOTTEN_AFTER,
        visit__started_at__isnull=False,
        visit__finished_at=None,
    )


def _lengths(request: Request, visits: Iterable[Appointment]) -> dict[object, int]:
    """The number of the last visit of each series, in one query."""
    keys = {visit.series_id for visit in visits if visit.series_id}
    if not keys:
        return {}
    counted = (
        listing(Series, request).filter(pk__in=keys).annotate(length=Max("appointments__number"))
    )
    return dict(counted.values_list("pk", "length"))


def _row(
    visit: Appointment, treats: bool, lengths: dict[object, int], now: datetime, zone: ZoneInfo
) -> DayRow:
    state, tone = _state(visit, now)
    booked, note = visit.state == State.BOOKED, _note(visit) if treats else ""
    return DayRow(
        id=visit.pk,
        time=say.clock(wall_time(visit.starts_at, zone)),
        until=say.clock(wall_time(visit.ends_at, zone)),
        client=visit.client.name,
        client_url=address("client_show", visit.client_id),
        visit=_number(visit, lengths),
        therapist=visit.staff.name,
        room=f"{visit.room.name}, {visit.room.location.name}",
        state=state,
        tone=tone,
        is_review=visit.is_review,
        open_url=_open_url(visit) if treats else "",
        begin_url=_begin_url(visit, now) if treats else "",
        note=note,
        note_url=_note_url(visit, note),
        can_close=booked and visit.starts_at <= now,
        can_move=booked and visit.starts_at > now,
    )


def _number(visit: Appointment, lengths: dict[object, int]) -> str:
    length = lengths.get(visit.series_id)
    return f"Visit {visit.number} of {length}" if length else "Single visit"


def _state(visit: Appointment, now: datetime) -> tuple[str, str]:
    treatment = getattr(visit, "visit", None)
    if visit.state == State.BOOKED and treatment is not None and treatment.started_at:
        return ("Finished", "good") if treatment.finished_at else ("In the room", "now")
    if visit.state == State.BOOKED and visit.ends_at < now:
        return "Not closed", "caution"
    return say.STATES[State(visit.state)], TONES[State(visit.state)]


def _treated_by(request: Request, visits: Iterable[Appointment]) -> set[object]:
    """The keys of the visits the asker may open: the front desk none, as it does not see the
    record, a therapist those of the clients they treat. A cancelled visit has no record."""
    keys = [visit.pk for visit in visits if visit.state != State.CANCELLED]
    opens = listing(Appointment, request, "visit.open").filter(pk__in=keys)
    return set(opens.values_list("pk", flat=True))


def _open_url(visit: Appointment) -> str:
    """The brief of a visit that was opened."""
    treatment = getattr(visit, "visit", None)
    return "" if treatment is None else address("visit_brief", treatment.pk)


def _begin_url(visit: Appointment, now: datetime) -> str:
    """Where to open a visit that was not opened yet; from half a day before it on."""
    if visit.starts_at - now > OPENS_BEFORE:
        return ""
    if getattr(visit, "visit", None) is not None or visit.state != State.BOOKED:
        return ""
    return address("visit_open", visit.pk)


def _note_url(visit: Appointment, note: str) -> str:
    return address("note_show", visit.visit.pk) if note else ""


def _note(visit: Appointment) -> str:
    treatment = getattr(visit, "visit", None)
    if treatment is None or not treatment.finished_at:
        return ""
    note = getattr(treatment, "note", None)
    return "" if note is not None and note.state == Note.State.SIGNED else "Note to sign"


def _lede(on: date, rows: tuple[DayRow, ...], is_today: bool) -> str:
    if not rows:
        return say.day(on) if is_today else "Nothing is booked."
    notes = sum(1 for row in rows if row.note)
    words = say.capital(say.count(len(rows), "visit"))
    if notes:
        words += f", {say.count(notes, 'note')} to sign"
    return f"{say.day(on)}. {words}." if is_today else f"{words}."


def _empty(is_today: bool, everyone: bool) -> str:
    when = "today" if is_today else "on this day"
    if everyone:
        return f"Nobody is booked {when}. Open a client's plan to book a visit."
    return f"You have no visits {when}. The calendar shows the week."


def _first_steps(request: Request) -> tuple[Link, ...]:
    """Where a new practice begins."""
    if listing(Client, request).exists():
        return ()
    steps = [Link("Add a client", address("client_add"))]
    if request.actor.kind == "owner":
        steps.insert(0, Link("Set working hours", address("staff_list")))
    return tuple(steps)


def _who(request: Request, on: date, everyone: bool) -> tuple[Link, ...]:
    if request.actor.staff is None or not request.actor.staff.treats:
        return ()
    return (
        Link("My visits", _url(on, False), current=not everyone),
        Link("Everybody", _url(on, True), current=everyone),
    )


def _url(on: date | None, everyone: bool) -> str:
    query = [f"day={on}"] if on else []
    query += ["who=all"] if everyone else []
    return reverse("today") + ("?" + "&".join(query) if query else "")
