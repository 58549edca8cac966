"""What would be booked, moved or cancelled, shown before the one tap that does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from unknot.clinic.access import Request
from unknot.clinic.book import choose, forms, say
from unknot.clinic.book.actions import Slot, rest_of
from unknot.clinic.book.course import rest_of_course
from unknot.clinic.book.frame import base_of, rail_of
from unknot.clinic.book.pages import CancelPage, PreviewPage, PreviewRow
from unknot.clinic.models import Appointment, Episode, PlanVersion, Staff
from unknot.clinic.ui.words import local_day
from unknot.reasoning.book import Opening, Placement, wall_time, zone_named

REASONS = (
    "The client asked",
    "The client is ill",
    "The therapist is away",
    "A safety question came up",
    "Booked by mistake",
)


@dataclass(frozen=True)
class _Words:
    """What a preview says around its rows."""

    title: str
    heading: str
    lede: str
    button: str


def of_course(
    request: Request, episode: Episode, plan: PlanVersion, now: datetime, *, error: str = ""
) -> PreviewPage:
    """The whole course around the first time asked for, with what had to give."""
    course = rest_of_course(plan)
    back = reverse("book_series", args=[episode.pk])
    first = _asked(request)
    practice = episode.client.practice
    today = local_day(now, practice.zone)
    therapists = choose.fitting(choose.treating(practice), course, today)
    chosen = (
        first
        and course
        and choose.course_around(first, course, episode, therapists, by=request.actor, now=now)
    )
    if not first or not course or not chosen:
        return _page(
            request, episode, (), _Words("", "", "", ""), back=back, post_url=back, error=error
        )
    rows = _rows(episode, chosen.slots, chosen.placement, therapists)
    lost = tuple(say.unplaced(visit, course.before) for visit in chosen.placement.unplaced)
    visits = say.count(len(rows), "visit")
    words = _Words(
        title="The whole course",
        heading=f"{say.capital(visits)}, {say.every(course.gaps)}",
        lede=_lede(rows, episode, therapists, chosen.slots, course.minutes),
        button=f"Book {visits}" if not lost else f"Book the {visits} that fit",
    )
    moved = (
        error
        if error or chosen.slots[0].starts_at == first.at
        else ("The first time is no longer open. This is the nearest course that is.")
    )
    return _page(
        request,
        episode,
        rows,
        words,
        back=back,
        post_url=f"{reverse('book_course', args=[episode.pk])}?{request.GET.urlencode()}",
        error=moved,
        changes=_changes(chosen.placement),
        unplaced=lost,
    )


def of_one(request: Request, episode: Episode, now: datetime) -> PreviewPage:
    """One visit at the time asked for."""
    back = reverse("book_series", args=[episode.pk])
    opening, minutes = _asked(request), forms.minutes_asked(request.GET, 60)
    if opening is None:
        return _page(request, episode, (), _Words("", "", "", ""), back=back, post_url=back)
    therapists = choose.treating(episode.client.practice)
    slot = Slot(UUID(opening.therapist), opening.at)
    rows = _rows(episode, (slot,), None, therapists)
    words = _Words(
        "One visit",
        "Book this visit",
        f"{minutes} minutes with {rows[0].therapist}.",
        "Book this visit",
    )
    return _page(
        request,
        episode,
        rows,
        words,
        back=f"{back}?{urlencode({'visits': 'one', 'minutes': minutes})}",
        post_url=reverse("book_one", args=[episode.pk]),
        fields=(("minutes", str(minutes)),),
    )


def of_move(request: Request, visit: Appointment, now: datetime) -> PreviewPage:
    """The visit, or it and the rest of its series, at the new time."""
    episode, here = visit.episode, reverse("book_move", args=[visit.pk])
    opening, rest = _asked(request), request.GET.get("scope") == "rest"
    if opening is None:
        return _page(request, episode, (), _Words("", "", "", ""), back=here, post_url=here)
    therapists = choose.treating(episode.client.practice)
    if not rest:
        slot = Slot(UUID(opening.therapist), opening.at, visit.number, visit.is_review)
        rows = _rows(episode, (slot,), None, therapists)
        words = _Words("Move", "Move this visit", f"It was {_when(visit)}.", "Move the visit")
        return _page(
            request, episode, rows, words, back=here, post_url=here, fields=(("scope", "one"),)
        )
    chosen = choose.rest_around(
        opening,
        rest_of(visit),
        episode,
        choose.fitting(therapists, None, local_day(now, episode.client.practice.zone)),
        by=request.actor,
        now=now,
    )
    if chosen is None:
        return _page(request, episode, (), _Words("", "", "", ""), back=here, post_url=here)
    rows = _rows(episode, chosen.slots, chosen.placement, therapists)
    visits = say.count(len(rows), "visit")
    words = _Words(
        "Move", "Move this visit and the rest", f"The first was {_when(visit)}.", f"Move {visits}"
    )
    return _page(
        request,
        episode,
        rows,
        words,
        back=f"{here}?scope=rest",
        post_url=here,
        changes=_changes(chosen.placement),
        unplaced=tuple(
            f"{say.unplaced(lost)}. It stays where it is" for lost in chosen.placement.unplaced
        ),
        fields=(("scope", "rest"),),
    )


def of_cancel(request: Request, visit: Appointment, *, error: str = "") -> CancelPage:
    """The question before one visit, or it and the rest, is cancelled."""
    rest = len(rest_of(visit)) if visit.series_id else 1
    return CancelPage(
        base=base_of(request, visit.episode),
        episode=rail_of(request, visit.episode),
        when=_when(visit),
        therapist=visit.staff.name,
        rest=say.count(rest, "visit") if rest > 1 else "",
        error=error,
        reasons=REASONS,
        back=reverse("book_series", args=[visit.episode_id]),
    )


def _asked(request: Request) -> Opening | None:
    try:
        return forms.opening_asked(request.GET)
    except forms.FormError:
        return None


def _rows(
    episode: Episode,
    slots: Sequence[Slot],
    placement: Placement | None,
    therapists: Sequence[Staff],
) -> tuple[PreviewRow, ...]:
    practice = episode.client.practice
    zone, names = zone_named(practice.zone), {staff.pk: staff.name for staff in therapists}
    changed: Mapping[int, str] = {}
    if placement is not None:
        places = {number: slot for (number, _), slot in zip(placement.visits, slots, strict=True)}
        changed = {
            places[made.number].number: say.change(
                made, names.get(places[made.number].therapist, "")
            )
            for made in placement.changed
        }
    return tuple(
        PreviewRow(
            number=slot.number,
            day=say.day(wall_time(slot.starts_at, zone).date()),
            time=say.clock(wall_time(slot.starts_at, zone)),
            therapist=names.get(slot.therapist, ""),
            change=changed.get(slot.number, ""),
            is_review=slot.is_review,
            value=forms.slot_value(slot),
        )
        for slot in slots
    )


def _lede(
    rows: Sequence[PreviewRow],
    episode: Episode,
    therapists: Sequence[Staff],
    slots: Sequence[Slot],
    minutes: int,
) -> str:
    return f"{minutes} minutes with {rows[0].therapist}, from {rows[0].day} to {rows[-1].day}."


def _changes(placement: Placement) -> str:
    if not placement.changed:
        same = "Same weekday, same time and same therapist throughout."
        return same if len(placement.visits) > 1 else ""
    visits = say.capital(say.count(len(placement.changed), "visit"))
    differ = "differs" if len(placement.changed) == 1 else "differ"
    return f"{visits} {differ} from the first, as it says beside."


def _when(visit: Appointment) -> str:
    practice = visit.episode.client.practice
    wall = wall_time(visit.starts_at, zone_named(practice.zone))
    return f"{say.day(wall.date())} at {say.clock(wall)}"


def _page(
    request: Request,
    episode: Episode,
    rows: tuple[PreviewRow, ...],
    words: _Words,
    *,
    back: str,
    post_url: str,
    error: str = "",
    changes: str = "",
    unplaced: tuple[str, ...] = (),
    fields: tuple[tuple[str, str], ...] = (),
) -> PreviewPage:
    return PreviewPage(
        base=base_of(request, episode),
        episode=rail_of(request, episode),
        title=words.title,
        heading=words.heading,
        lede=words.lede,
        error=error,
        rows=rows,
        changes=changes,
        unplaced=unplaced,
        button=words.button,
        post_url=post_url,
        back=back,
        fields=fields,
    )
