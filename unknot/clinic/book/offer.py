"""The page of open times: for a course, for one visit, or for a visit that moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from unknot.clinic.access import Request
from unknot.clinic.book import choose, diary, forms, permit, say
from unknot.clinic.book.course import Course, agreed_plan, course_behind, rest_of_course
from unknot.clinic.book.day import TONES
from unknot.clinic.book.frame import base_of, rail_of
from unknot.clinic.book.pages import BookedRow, ChoosePage, Link, ObstacleLine, TimesOfDay
from unknot.clinic.models import Appointment, Episode, PlanVersion, Staff
from unknot.clinic.ui.nav import address
from unknot.reasoning.book import Interval, Opening, wall_time, zone_named

State = Appointment.State
SHOWN_DAYS = 7
LOOK_AHEAD_DAYS = 42


@dataclass(frozen=True)
class Search:
    """Which open times a page shows, and where its links lead."""

    episode: Episode
    therapists: tuple[Staff, ...]
    chosen: Staff | None
    minutes: int
    start: date
    here: str
    there: str
    keep: tuple[tuple[str, str], ...]
    moving: tuple[Appointment, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        return zone_named(self.episode.client.practice.zone)

    def url(self, **changed: object) -> str:
        """This page with other choices."""
        query = {
            "from": str(self.start),
            "with": str(self.chosen.pk) if self.chosen else "any",
            **dict(self.keep),
        } | {name: str(value) for name, value in changed.items()}
        return f"{self.here}?{urlencode(query)}"

    def time_url(self, opening: Opening) -> str:
        """The preview of one opening."""
        query = {"at": forms.at_value(opening.at), "with": opening.therapist, **dict(self.keep)}
        return f"{self.there}?{urlencode(query)}"


def to_book(request: Request, episode: Episode, now: datetime, *, error: str = "") -> ChoosePage:
    """Open times for the agreed course, or for one visit when there is none or one is asked
    for.
    """
    plan = agreed_plan(episode)
    course = rest_of_course(plan) if plan else None
    single = course is None or request.GET.get("visits") == "one"
    minutes = forms.minutes_asked(request.GET, course.minutes if course else 60)
    search = _search(
        request,
        episode,
        now,
        course=None if single else course,
        minutes=minutes if single or course is None else course.minutes,
        here=reverse("book_series", args=[episode.pk]),
        there=reverse("book_one" if single else "book_course", args=[episode.pk]),
        keep=(("visits", "one"), ("minutes", str(minutes)))
        if single and course
        else (("minutes", str(minutes)),)
        if single
        else (),
    )
    obstacles = _obstacles(request, episode, search, now)
    page = _page(request, search, now, obstacles=obstacles, error=error)
    return replace(
        page,
        title="Book",
        heading=_heading(single, course),
        lede=_lede(plan, single, course, obstacles),
        booked=_booked(episode, now, search),
        past=_past(episode),
        modes=_modes(search, course, single),
        lengths=_lengths(search, minutes) if single else (),
    )


def to_move(request: Request, visit: Appointment, now: datetime, *, error: str = "") -> ChoosePage:
    """Open times to move a visit to; its own present time counts as free."""
    scope = (
        "rest"
        if request.GET.get("scope") == "rest" or request.POST.get("scope") == "rest"
        else "one"
    )
    here = reverse("book_move", args=[visit.pk])
    zone = zone_named(visit.episode.client.practice.zone)
    wall = wall_time(visit.starts_at, zone)
    search = _search(
        request,
        visit.episode,
        now,
        course=course_behind(visit),
        minutes=Interval(visit.starts_at, visit.ends_at).minutes,
        here=here,
        there=here,
        keep=(("scope", scope),),
        usual=visit.staff_id,
        moving=(visit,),
        first_day=wall.date(),
    )
    page = _page(request, search, now, error=error)
    return replace(
        page,
        title="Move",
        heading="Move this visit" if scope == "one" else "Move this visit and the rest",
        lede=f"It is on {say.day(wall.date())} at {say.clock(wall)}.",
        modes=()
        if visit.series_id is None
        else (
            Link("Only this visit", search.url(scope="one"), scope == "one"),
            Link("This and the rest", search.url(scope="rest"), scope == "rest"),
        ),
    )


def _search(
    request: Request,
    episode: Episode,
    now: datetime,
    *,
    course: Course | None,
    minutes: int,
    here: str,
    there: str,
    keep: tuple[tuple[str, str], ...],
    usual: UUID | None = None,
    moving: tuple[Appointment, ...] = (),
    first_day: date | None = None,
) -> Search:
    zone = zone_named(episode.client.practice.zone)
    today = wall_time(now, zone).date()
    start = max(today, forms.day_asked(request.GET, "from", first_day or today))
    fitting = choose.fitting(choose.treating(episode.client.practice), course, start)
    asked = forms.therapist_asked(request.GET)
    if "with" not in request.GET:
        asked = usual or episode.therapist_id
    chosen = next((staff for staff in fitting if staff.pk == asked), None)
    return Search(episode, tuple(fitting), chosen, minutes, start, here, there, keep, moving)


def _page(
    request: Request,
    search: Search,
    now: datetime,
    *,
    obstacles: tuple[ObstacleLine, ...] = (),
    error: str = "",
) -> ChoosePage:
    days, next_open = ((), None) if obstacles else _days(request, search, now)
    week_after = search.start + timedelta(days=SHOWN_DAYS)
    today = wall_time(now, search.zone).date()
    before = max(today, search.start - timedelta(days=SHOWN_DAYS))
    return ChoosePage(
        base=base_of(request, search.episode),
        episode=rail_of(request, search.episode),
        title="",
        heading="",
        lede="",
        error=error,
        obstacles=obstacles,
        booked=(),
        past="",
        modes=(),
        lengths=(),
        therapists=(
            *(
                Link(staff.name, search.url(**{"with": staff.pk}), staff == search.chosen)
                for staff in search.therapists
            ),
            Link("Anyone", search.url(**{"with": "any"}), search.chosen is None),
        ),
        week=f"{say.short_day(search.start)} to {say.short_day(week_after - timedelta(days=1))}",
        previous=Link("Earlier", search.url(**{"from": before})) if search.start > today else None,
        next=Link("Later", search.url(**{"from": week_after})),
        days=days,
        empty="" if days or obstacles else _nothing(search),
        next_open=next_open,
    )


def _days(
    request: Request, search: Search, now: datetime
) -> tuple[tuple[TimesOfDay, ...], Link | None]:
    """The open times of a week by day; when there are none, a link to the first week that has
    some.
    """
    shown = _open(request, search, search.start, SHOWN_DAYS, now)
    if shown:
        return tuple(_by_day(search, shown)), None
    later = _open(request, search, search.start + timedelta(days=SHOWN_DAYS), LOOK_AHEAD_DAYS, now)
    if not later:
        return (), None
    on = wall_time(later[0].at, search.zone).date()
    return (), Link(f"The next open day is {say.day(on)}", search.url(**{"from": on}))


def _open(
    request: Request, search: Search, start: date, days: int, now: datetime
) -> list[Opening]:
    found = choose.open_times(
        search.episode,
        [search.chosen] if search.chosen else search.therapists,
        minutes=search.minutes,
        days=(start, start + timedelta(days=days - 1)),
        by=request.actor,
        now=now,
        moving=search.moving,
    )
    return _thinned(_one_each(found, search.episode.therapist_id), search.zone)


def _one_each(openings: Iterable[Opening], usual: UUID | None) -> list[Opening]:
    """One opening for each moment: with the episode's own therapist where they are free."""
    by_time = groupby(openings, key=lambda opening: opening.at)
    return [
        min(same, key=lambda opening: (opening.therapist != str(usual), opening))
        for _, same in by_time
    ]


def _thinned(openings: Sequence[Opening], zone: ZoneInfo) -> list[Opening]:
    """Fewer to read: of each stretch of open time its first and last start, and the full hours.

    A last start within the half hour after one that is shown is left out.
    """
    times = {opening.at for opening in openings}
    quarter = timedelta(minutes=diary.STEP_MINUTES)
    shown: list[Opening] = []
    for opening in openings:
        first, last = opening.at - quarter not in times, opening.at + quarter not in times
        apart = not shown or opening.at - shown[-1].at >= 2 * quarter
        if first or wall_time(opening.at, zone).minute == 0 or (last and apart):
            shown.append(opening)
    return shown


def _by_day(search: Search, openings: Iterable[Opening]) -> Iterable[TimesOfDay]:
    walls = [(wall_time(opening.at, search.zone), opening) for opening in openings]
    for on, same in groupby(walls, key=lambda pair: pair[0].date()):
        yield TimesOfDay(
            say.day(on),
            tuple(Link(say.clock(wall), search.time_url(opening)) for wall, opening in same),
        )


def _obstacles(
    request: Request, episode: Episode, search: Search, now: datetime
) -> tuple[ObstacleLine, ...]:
    where = {
        "screen": ("screen_show", "See the safety check"),
        "consent": ("intake_show", "Open the intake"),
    }
    if not permit.may_read_screen(request.actor, episode):
        where = {}
    found = []
    for obstacle in permit.for_episode(episode, on=permit.local_day(now, episode)):
        name, words = where.get(obstacle.kind, ("", ""))
        found.append(
            ObstacleLine(
                permit.told(request.actor, episode, obstacle), address(name, episode.pk), words
            )
        )
    if not found and not search.therapists:
        found.append(
            ObstacleLine("No therapist here has the licence and training this plan needs.", "", "")
        )
    return tuple(found)


def _heading(single: bool, course: Course | None) -> str:
    if single or course is None:
        return "Book a visit"
    if course.before:
        return "Book the rest of the course"
    return "Book the whole course" if course.visits > 1 else "Book the visit"


def _lede(
    plan: PlanVersion | None,
    single: bool,
    course: Course | None,
    obstacles: tuple[ObstacleLine, ...],
) -> str:
    if obstacles:
        return "This cannot be booked now."
    if plan is None:
        return "There is no agreed plan yet, so visits are booked one at a time."
    if course is None:
        return "Every visit of the plan is booked or over. This books one more."
    if single:
        return "One visit beside the plan."
    visits = say.capital(say.count(course.visits, "visit"))
    how = f"{visits} of {course.minutes} minutes, {say.every(course.gaps)}."
    return f"{how} Choose the first time; the rest follow."


def _modes(search: Search, course: Course | None, single: bool) -> tuple[Link, ...]:
    if course is None:
        return ()
    how_much = "Rest of the course" if course.before else "Whole course"
    return (
        Link(f"{how_much}, {say.count(course.visits, 'visit')}", search.here, not single),
        Link("One visit", f"{search.here}?visits=one", single),
    )


def _lengths(search: Search, minutes: int) -> tuple[Link, ...]:
    return tuple(
        Link(f"{length} min", search.url(minutes=length), length == minutes)
        for length in forms.MINUTES
    )


def _booked(episode: Episode, now: datetime, search: Search) -> tuple[BookedRow, ...]:
    visits = (
        episode.appointments.filter(ends_at__gte=now, state=State.BOOKED)
        .select_related("staff", "room")
        .order_by("starts_at")
    )
    rows = []
    for visit in visits:
        wall = wall_time(visit.starts_at, search.zone)
        detail = [f"Visit {visit.number}"] if visit.series_id else []
        detail += ["review"] if visit.is_review else []
        detail += [visit.staff.name, visit.room.name]
        rows.append(
            BookedRow(
                id=visit.pk,
                when=f"{say.short_day(wall.date())}, {say.clock(wall)}",
                detail=", ".join(detail),
                state=say.STATES[State(visit.state)],
                tone=TONES[State(visit.state)],
                may_change=visit.starts_at > now,
                in_series=visit.series_id is not None,
            )
        )
    return tuple(rows)


def _past(episode: Episode) -> str:
    states = list(episode.appointments.exclude(state=State.BOOKED).values_list("state", flat=True))
    parts = [
        say.count(states.count(state), "visit") + f" {words}"
        for state, words in (
            (State.DONE, "done"),
            (State.NO_SHOW, "missed"),
            (State.CANCELLED, "cancelled"),
        )
        if states.count(state)
    ]
    return say.capital(", ".join(parts)) + "." if parts else ""


def _nothing(search: Search) -> str:
    who = search.chosen.name if search.chosen else "Nobody"
    has = "has no" if search.chosen else "has an"
    return f"{who} {has} open time of {search.minutes} minutes in these seven days."
