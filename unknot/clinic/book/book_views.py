"""Booking a course or one visit, moving and cancelling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from unknot.clinic.access import Request, find, view
from unknot.clinic.audit import once
from unknot.clinic.book import actions, forms, offer, permit, preview, say
from unknot.clinic.book.contest import Undone, contested
from unknot.clinic.book.course import agreed_plan
from unknot.clinic.book.occupy import TimeTaken
from unknot.clinic.book.pages import ChoosePage, PreviewPage
from unknot.clinic.book.permit import BookingRefused
from unknot.clinic.models import Appointment, Episode, PlanVersion
from unknot.clinic.ui.render import render

TAKEN = "That time was just taken by somebody else. Nothing was booked. These are still open."
TAKEN_COURSE = (
    "One of these times was just taken by somebody else. Nothing was booked. "
    "This is the nearest course that is still open."
)
CHANGED = "This visit was changed or cancelled meanwhile. This is how it stands now."


@view("book.read")
@require_safe
def series(request: Request, episode_id: UUID) -> HttpResponse:
    """What is booked for an episode, and open times for its course or for one visit."""
    episode = find(Episode, episode_id, request)
    return _choose(request, offer.to_book(request, episode, datetime.now(UTC)))


@view("book.series")
@require_http_methods(["GET", "POST"])
@contested
@once
def course(request: Request, episode_id: UUID) -> HttpResponse:
    """The whole course: the preview around a first time, then one tap."""
    episode, now = find(Episode, episode_id, request), datetime.now(UTC)
    plan = agreed_plan(episode)
    if plan is None:
        return redirect("book_series", episode.pk)
    if request.method == "GET":
        return _preview(request, preview.of_course(request, episode, plan, now))

    def write() -> str:
        slots = forms.slots_sent(request.POST.getlist("slot"))
        actions.book_series(episode=episode, plan=plan, slots=slots, by=request.actor, now=now)
        return f"{len(slots)} visits are booked." if len(slots) > 1 else "The visit is booked."

    return _write(
        request,
        episode,
        write,
        taken=lambda: _course_taken(request, episode, plan, now),
    )


@view("book.appointment")
@require_http_methods(["GET", "POST"])
@contested
@once
def one(request: Request, episode_id: UUID) -> HttpResponse:
    """One visit: the preview of a chosen time, then one tap."""
    episode, now = find(Episode, episode_id, request), datetime.now(UTC)
    if request.method == "GET":
        return _preview(request, preview.of_one(request, episode, now))

    def write() -> str:
        (slot,) = forms.slots_sent(request.POST.getlist("slot"))[:1]
        minutes = forms.minutes_asked(request.POST, 60)
        by = request.actor
        made = actions.book(episode=episode, slot=slot, minutes=minutes, by=by, now=now)
        when = f"{say.day(made.wall_start.date())}, {say.clock(made.wall_start)}"
        return f"The visit is booked: {when}, with {made.staff.name}."

    return _write(
        request,
        episode,
        write,
        taken=lambda: _choose(
            request, offer.to_book(request, episode, now, error=TAKEN), status=409
        ),
    )


@view("book.move")
@require_http_methods(["GET", "POST"])
@contested
@once
def move(request: Request, appointment_id: UUID) -> HttpResponse:
    """Another time for one visit, or for it and the rest of its series."""
    visit, now = find(Appointment, appointment_id, request), datetime.now(UTC)
    if request.method == "GET":
        if request.GET.get("at"):
            return _preview(request, preview.of_move(request, visit, now))
        return _choose(request, offer.to_move(request, visit, now))

    def write() -> str:
        slots = forms.slots_sent(request.POST.getlist("slot"))
        if request.POST.get("scope") == "rest":
            moved = actions.move_rest(
                appointment=visit,
                slots={slot.number: slot for slot in slots},
                by=request.actor,
                now=now,
            )
            return f"{len(moved)} visits are moved."
        actions.move(appointment=visit, slot=slots[0], by=request.actor, now=now)
        return "The visit is moved."

    return _write(
        request,
        visit.episode,
        write,
        taken=lambda: _choose(
            request, offer.to_move(request, visit, now, error=TAKEN), status=409
        ),
    )


@view("book.cancel")
@require_http_methods(["GET", "POST"])
@contested
@once
def cancel(request: Request, appointment_id: UUID) -> HttpResponse:
    """Cancel one visit, or it and the rest of its series, with a reason."""
    visit, now = find(Appointment, appointment_id, request), datetime.now(UTC)
    if request.method == "GET":
        return render(request, "book/cancel.html", preview.of_cancel(request, visit))
    reason = request.POST.get("reason", "").replace("\0", "").strip()
    if not reason:
        page = preview.of_cancel(request, visit, error="Choose why the visit is cancelled.")
        return render(request, "book/cancel.html", page, status=422)

    def write() -> str:
        if request.POST.get("scope") == "rest":
            gone = actions.cancel_rest(appointment=visit, reason=reason, by=request.actor, now=now)
            return f"{len(gone)} visits are cancelled. Their times are free again."
        actions.cancel(appointment=visit, reason=reason, by=request.actor, now=now)
        return "The visit is cancelled. Its time is free again."

    return _write(
        request, visit.episode, write, taken=lambda: redirect("book_series", visit.episode_id)
    )


def _write(
    request: Request,
    episode: Episode,
    write: Callable[[], str],
    *,
    taken: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do it and go to the episode's bookings; or say why not, with what can be chosen now."""

    def why(error: str, status: int) -> Undone:
        now = datetime.now(UTC)
        return Undone(
            lambda: _choose(request, offer.to_book(request, episode, now, error=error), status)
        )

    try:
        messages.success(request, write())
    except TimeTaken:
        raise Undone(taken) from None
    except BookingRefused as refused:
        words = " ".join(permit.told(request.actor, episode, one) for one in refused.obstacles)
        raise why(words, 422) from None
    except actions.NotBooked:
        raise why(CHANGED, 409) from None
    except forms.FormError as fault:
        raise why(str(fault), 422) from None
    return redirect("book_series", episode.pk)


def _course_taken(
    request: Request, episode: Episode, plan: PlanVersion, now: datetime
) -> HttpResponse:
    """The nearest course that is still open, or the page of open times."""
    page = preview.of_course(request, episode, plan, now, error=TAKEN_COURSE)
    if page.rows:
        return render(request, "book/preview.html", page, status=409)
    return _choose(request, offer.to_book(request, episode, now, error=TAKEN), status=409)


def _choose(request: Request, page: ChoosePage, status: int = 200) -> HttpResponse:
    return render(request, "book/choose.html", page, status=status)


def _preview(request: Request, page: PreviewPage) -> HttpResponse:
    """The preview; where nothing can be shown, the page with open times says why."""
    return render(request, "book/preview.html", page) if page.rows else redirect(page.back)
