"""Check-ins by link, and the page of an episode's follow-up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ..access import Request, find, for_link, sent_of, view
from ..audit import once
from ..models import Alert, CheckIn, CheckInLink, Episode, Visit
from ..plan import home
from ..ui.render import render
from . import asking
from .actions import alerts, answers, links, mail
from .build import show_page
from .ended import ended
from .errors import FollowUpRefused
from .forms import HandleForm, RecalledForm, VisitForm
from .pages import AnsweredPage


@view("check_in.use")
@once
def check_in(request: Request, token: str) -> HttpResponseBase:
    """One screen, no password: today's entry, or the check after a visit; then the answer.

    ``?again`` asks for one more entry, ``?correct`` for today's last one anew.
    """
    now = datetime.now(UTC)
    link = links.link_for_token(token, now)
    if link is None:
        return _gone(request, token)
    if request.method == "POST":
        return _take(request, link, token, now)
    answered = asking.answered_page(link, token, now)
    is_diary = link.kind == CheckInLink.Kind.DIARY
    if answered is not None and not (is_diary and {"again", "correct"} & set(request.GET)):
        return _answered(request, answered)
    correct = answered is not None and "correct" in request.GET
    form = asking.form_for(link, None, now, correct=correct)
    page = asking.check_in_page(link, token, form, now, correct=correct)
    return render(request, "follow_up/check_in.html", page)


def _gone(request: Request, token: str) -> HttpResponseBase:
    """A kind word for a link of ours that has ended; 404 for any other."""
    link = links.ended_link(token)
    if link is None:
        raise Http404
    if _wants_json(request):
        return JsonResponse(
            {"problem": "This link has ended. Open your newest message."}, status=410
        )
    return ended(request, link.episode.client.practice.name)


def _answered(request: Request, page: AnsweredPage, status: int = 200) -> HttpResponse:
    if page.is_emergency:
        return render(request, "follow_up/emergency.html", page)
    return render(request, "follow_up/answered.html", page, status=status)


def _take(request: Request, link: CheckInLink, token: str, now: datetime) -> HttpResponseBase:
    """Keeps what was sent, and leads to what to read; else the form with what to put right."""
    if "average" in request.POST:
        return _take_recalled(request, link, token, now)
    correct = request.POST.get("correct") == "1"
    form = asking.form_for(link, request.POST, now)
    if not form.is_valid():
        if _wants_json(request):
            return JsonResponse({"problem": "Some answers are missing."}, status=422)
        page = asking.check_in_page(link, token, form, now, correct=correct)
        return render(request, "follow_up/check_in.html", page, status=422)
    by = for_link(link.episode, request_id=request.request_id)
    keep = _action(link, correct=correct)
    with suppress(FollowUpRefused):  # the page it leads to shows what was answered
        at = links.moment(link, sent_of(request, now))
        keep(link=link, answers=form.answers(), by=by, now=at, received=now)
    if _wants_json(request):
        return JsonResponse({"next": reverse("check_in", args=[token])})
    return redirect("check_in", token)


def _wants_json(request: Request) -> bool:
    """Whether the script of the page sent this, which keeps it until it is here."""
    return request.headers.get("Accept") == "application/json"


def _action(link: CheckInLink, *, correct: bool) -> Callable[..., CheckIn]:
    if link.kind == CheckInLink.Kind.SORENESS:
        return answers.answer_soreness
    return answers.correct_diary if correct else answers.answer_diary


def _take_recalled(
    request: Request, link: CheckInLink, token: str, now: datetime
) -> HttpResponseBase:
    form = RecalledForm(request.POST)
    if form.is_valid() and link.kind == CheckInLink.Kind.DIARY:
        by = for_link(link.episode, request_id=request.request_id)
        with suppress(FollowUpRefused):
            average = form.cleaned_data["average"]
            answers.answer_recalled(link=link, average=average, by=by, now=now)
    return redirect("check_in", token)


@view("check_in.use")
@require_POST
@once
def home_care(request: Request, token: str) -> HttpResponseBase:
    """One tap about one piece of home care, after today's entry; leads back to it."""
    now = datetime.now(UTC)
    link = links.link_for_token(token, now)
    if link is None:
        raise Http404
    by = for_link(link.episode, request_id=request.request_id)
    tap = home.read_tap(request.POST)
    with suppress(home.HomeCareRefused):  # the page it leads to shows where the item stands
        if tap.on is not None:
            home.tell(
                episode=link.episode, item=tap.item, on=tap.on, told=tap.told, by=by, now=now
            )
    return redirect(f"{reverse('check_in', args=[token])}#at-home")


@view("follow_up.read")
@require_safe
def follow_up_show(request: Request, episode_id: UUID) -> HttpResponse:
    """What happened between visits, and what needs an answer."""
    episode = find(Episode, episode_id, request)
    page = show_page(request, episode, datetime.now(UTC))
    return render(request, "follow_up/show.html", page)


@view("check_in.send")
@require_POST
@once
def check_in_send(request: Request, episode_id: UUID) -> HttpResponseBase:
    """Makes a link and mails it; without an address the code on the page does."""
    episode, now = find(Episode, episode_id, request), datetime.now(UTC)
    kind, visit = CheckInLink.Kind.DIARY, None
    if request.POST.get("visit"):
        kind, visit = CheckInLink.Kind.SORENESS, _visit(request, episode)
    try:
        if request.POST.get("by") == "code" or not episode.client.email:
            links.make_link(episode=episode, kind=kind, visit=visit, by=request.actor, now=now)
            messages.success(request, "The link is ready below.")
        else:
            mail.send_link(
                episode=episode,
                kind=kind,
                visit=visit,
                origin=request.build_absolute_uri("/"),
                by=request.actor,
                now=now,
            )
            messages.success(request, "The link is on its way.")
    except FollowUpRefused as refused:
        messages.error(request, str(refused))
    return redirect("follow_up_show", episode.pk)


def _visit(request: Request, episode: Episode) -> Visit:
    """The finished visit of this episode that was sent; 404 for any other."""
    form = VisitForm(request.POST)
    if not form.is_valid():
        raise Http404
    booked = episode.appointments.select_related("visit").filter(
        visit=form.cleaned_data["visit"], visit__finished_at__isnull=False
    )
    found = booked.first()
    if found is None:
        raise Http404
    return found.visit


@view("alert.handle")
@require_POST
@once
def alert_handle(request: Request, alert_id: UUID) -> HttpResponseBase:
    """Closes an alert with words about what was done."""
    alert = find(Alert, alert_id, request)
    form = HandleForm(request.POST, auto_id=f"%s-{alert.pk}")
    if form.is_valid():
        try:
            alerts.handle(
                alert=alert, by=request.actor, now=datetime.now(UTC), **form.cleaned_data
            )
            alert.refresh_from_db()
            on_hold = alert.stops and alert.cleared_at is None
            messages.success(
                request, "Kept, with your words." + (" Visits stay on hold." if on_hold else "")
            )
            return redirect("follow_up_show", alert.episode_id)
        except FollowUpRefused as refused:
            form.add_error("words", str(refused))
    page = show_page(request, alert.episode, datetime.now(UTC), refused=(alert.pk, form))
    return render(request, "follow_up/show.html", page, status=422)


@view("alert.clear")
@require_POST
@once
def alert_clear(request: Request, alert_id: UUID) -> HttpResponseBase:
    """Lets visits go on after somebody has looked."""
    alert = find(Alert, alert_id, request)
    try:
        alerts.clear(alert=alert, by=request.actor, now=datetime.now(UTC))
        messages.success(request, "Visits can go on.")
    except FollowUpRefused as refused:
        messages.error(request, str(refused))
    return redirect("follow_up_show", alert.episode_id)
