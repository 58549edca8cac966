"""One week: everybody at a glance, or the days of one therapist or room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from unknot.clinic.access import Request, listing
from unknot.clinic.book import diary, say
from unknot.clinic.book.choose import treating, whole_days
from unknot.clinic.book.day import TONES, within
from unknot.clinic.book.forms import day_asked
from unknot.clinic.book.pages import (
    Block,
    CalendarPage,
    DayColumn,
    HourMark,
    Link,
    OverviewCell,
    OverviewRow,
)
from unknot.clinic.models import Appointment, Room
from unknot.clinic.ui.nav import address
from unknot.reasoning.book import Interval, wall_time

QUARTERS = 4 * 24
EARLIEST_HOUR, LATEST_HOUR = 8, 18
FULL_DAY_EIGHTH = 45  # minutes; six hours of hands-on work fill a day


@dataclass(frozen=True)
class Asked:
    """Which week, by therapist or by room, and which one; no `who` means everybody."""

    monday: date
    by: Literal["therapist", "room"]
    who: UUID | None

    @classmethod
    def read(cls, request: Request, today: date) -> Asked:
        """What the address asks for; a therapist begins with their own week."""
        on = day_asked(request.GET, "week", today)
        by: Literal["therapist", "room"] = (
            "room" if request.GET.get("by") == "room" else "therapist"
        )
        given, staff = request.GET.get("who"), request.actor.staff
        who: UUID | None = None
        if given is None and by == "therapist" and staff is not None and staff.treats:
            who = staff.pk
        elif given:
            try:
                who = UUID(given)
            except ValueError:
                who = None
        return cls(on - timedelta(days=on.weekday()), by, who)

    def url(
        self, *, monday: date | None = None, by: str | None = None, who: UUID | str | None = ""
    ) -> str:
        """The address of another week, side or person."""
        chosen = self.who if who == "" else who
        if by is not None and by != self.by:
            chosen = None
        query = f"week={monday or self.monday}&by={by or self.by}&who={chosen or 'all'}"
        return f"{reverse('calendar')}?{query}"


def page_of(request: Request, asked: Asked, now: datetime, zone: ZoneInfo) -> CalendarPage:
    """The week asked for, seven days from Monday."""
    named = _named(request, asked)
    asked = asked if asked.who in named else Asked(asked.monday, asked.by, None)
    days = [asked.monday + timedelta(days=number) for number in range(7)]
    today = wall_time(now, zone).date()
    visits = _visits(request, asked, days, zone)
    by_day = _by_day(visits, zone)
    columns, hours = (
        ((), ()) if asked.who is None else _columns(request, asked, days, by_day, today, zone)
    )
    this_monday = today - timedelta(days=today.weekday())
    return CalendarPage(
        heading=f"Week of {say.month_day(asked.monday)}",
        lede=_lede(asked, named, visits),
        previous=Link("Earlier", asked.url(monday=asked.monday - timedelta(days=7))),
        next=Link("Later", asked.url(monday=asked.monday + timedelta(days=7))),
        this_week=None
        if asked.monday == this_monday
        else Link("This week", asked.url(monday=this_monday)),
        by=(
            Link("Therapists", asked.url(by="therapist"), asked.by == "therapist"),
            Link("Rooms", asked.url(by="room"), asked.by == "room"),
        ),
        who=(
            Link(
                "Everybody" if asked.by == "therapist" else "All rooms",
                asked.url(who=None),
                asked.who is None,
            ),
            *(Link(words, asked.url(who=key), key == asked.who) for key, words in named.items()),
        ),
        days=columns,
        hours=hours,
        overview=() if asked.who else _overview(asked, named, days, visits, zone),
        overview_days=tuple(say.short_day(on) for on in days),
        may_make_feed=bool(request.actor.staff and request.actor.staff.treats),
        feed_url=reverse("calendar_feed_make"),
    )


def _named(request: Request, asked: Asked) -> dict[UUID, str]:
    assert request.actor.practice is not None
    if asked.by == "therapist":
        return {staff.pk: staff.name for staff in treating(request.actor.practice)}
    rooms = listing(Room, request).select_related("location").order_by("location__name", "name")
    return {room.pk: f"{room.name}, {room.location.name}" for room in rooms}


def _visits(
    request: Request, asked: Asked, days: Sequence[date], zone: ZoneInfo
) -> list[Appointment]:
    span = whole_days(days[0], days[-1], zone)
    visits = (
        within(request, span)
        .exclude(state=Appointment.State.CANCELLED)
        .select_related("client", "staff", "room__location")
        .order_by("starts_at")
    )
    if asked.who is not None:
        visits = visits.filter(**{"staff" if asked.by == "therapist" else "room": asked.who})
    return list(visits)


def _by_day(visits: Iterable[Appointment], zone: ZoneInfo) -> Mapping[date, list[Appointment]]:
    found: dict[date, list[Appointment]] = defaultdict(list)
    for visit in visits:
        found[wall_time(visit.starts_at, zone).date()].append(visit)
    return found


def _columns(
    request: Request,
    asked: Asked,
    days: Sequence[date],
    by_day: Mapping[date, list[Appointment]],
    today: date,
    zone: ZoneInfo,
) -> tuple[tuple[DayColumn, ...], tuple[HourMark, ...]]:
    """The days as columns on a scale of quarter hours that begins with the earliest of the
    week.
    """
    worked = _worked(request, asked, days, zone)
    walls = [
        (wall_time(stretch.start, zone), wall_time(stretch.end, zone))
        for stretch in [*worked, *(_span(visit) for on in days for visit in by_day.get(on, ()))]
    ]
    first = min([EARLIEST_HOUR, *(start.hour for start, _ in walls)])
    last = max(
        [
            LATEST_HOUR,
            *(end.hour + (end.minute > 0) for start, end in walls if end.date() == start.date()),
        ]
    )
    columns = tuple(
        DayColumn(
            words=say.short_day(on),
            is_today=on == today,
            url=f"{reverse('today')}?day={on}&who=all",
            blocks=tuple(
                _block(request, visit, asked, first, zone) for visit in by_day.get(on, ())
            ),
            open_places=tuple(
                _place(stretch, first, zone)
                for stretch in worked
                if wall_time(stretch.start, zone).date() == on
            ),
            summary=say.capital(say.count(len(by_day.get(on, ())), "visit")),
        )
        for on in days
    )
    marks = tuple(
        HourMark(say.clock(datetime(2000, 1, 1, hour)), f"from-{(hour - first) * 4 + 1} for-4")
        for hour in range(first, last)
    )
    return columns, marks


def _worked(
    request: Request, asked: Asked, days: Sequence[date], zone: ZoneInfo
) -> list[Interval]:
    """When the therapist works that week; rooms are always open."""
    if asked.by == "room" or asked.who is None:
        return []
    return diary.worked(asked.who, whole_days(days[0], days[-1], zone), zone)


def _span(visit: Appointment) -> Interval:
    return Interval(visit.starts_at, visit.ends_at)


def _place(stretch: Interval, first_hour: int, zone: ZoneInfo) -> str:
    """Row and length on the quarter-hour scale, as class names of the style sheet."""
    start = wall_time(stretch.start, zone)
    row = (start.hour - first_hour) * 4 + start.minute // 15 + 1
    length = max(1, min(-(-stretch.minutes // 15), QUARTERS - row + 1))
    return f"from-{row} for-{length}"


def _block(
    request: Request,
    visit: Appointment,
    asked: Asked,
    first_hour: int,
    zone: ZoneInfo,
) -> Block:
    other = visit.room.name if asked.by == "therapist" else visit.staff.name
    return Block(
        time=say.clock(wall_time(visit.starts_at, zone)),
        words=visit.client.name,
        detail=other,
        url=address("client_show", visit.client_id),
        state=""
        if visit.state == Appointment.State.BOOKED
        else say.STATES[Appointment.State(visit.state)],
        tone=TONES[Appointment.State(visit.state)],
        place=_place(_span(visit), first_hour, zone),
    )


def _overview(
    asked: Asked,
    named: Mapping[UUID, str],
    days: Sequence[date],
    visits: Iterable[Appointment],
    zone: ZoneInfo,
) -> tuple[OverviewRow, ...]:
    cells: dict[tuple[UUID, date], list[Appointment]] = defaultdict(list)
    for visit in visits:
        key = visit.staff_id if asked.by == "therapist" else visit.room_id
        cells[key, wall_time(visit.starts_at, zone).date()].append(visit)
    return tuple(
        OverviewRow(
            words=words,
            url=asked.url(who=key),
            cells=tuple(
                _cell(on, cells.get((key, on), []), asked.url(who=key), zone) for on in days
            ),
        )
        for key, words in named.items()
    )


def _cell(on: date, visits: Sequence[Appointment], url: str, zone: ZoneInfo) -> OverviewCell:
    if not visits:
        return OverviewCell(say.short_day(on), "", "", url, "none")
    first, last = visits[0].starts_at, max(visit.ends_at for visit in visits)
    begin, end = (
        say.clock(wall_time(at, zone)).replace(" ", "\N{NO-BREAK SPACE}") for at in (first, last)
    )
    minutes = sum(_span(visit).minutes for visit in visits)
    tone = f"load-{min(8, -(-minutes // FULL_DAY_EIGHTH))}"
    words = f"{len(visits)} {'visit' if len(visits) == 1 else 'visits'}"
    return OverviewCell(say.short_day(on), words, f"{begin} to {end}", url, tone)


def _lede(asked: Asked, named: Mapping[UUID, str], visits: Sequence[Appointment]) -> str:
    booked = say.capital(say.count(len(visits), "visit"))
    if asked.who is None:
        return f"{booked} in the practice."
    return f"{booked}. {named[asked.who]}."
