"""Check-ins by link, and the page of an episode's follow-up."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ..access import Request, find, for_link, view
from ..audit import once
from ..models import Alert, CheckInLink, Episode, Visit
from ..ui.render import render
from .actions import alerts, answers, links, mail
from .build import answered_page, check_in_page, show_page
from .errors import AlreadyAnswered, FollowUpRefused
from .forms import DiaryForm, HandleForm, SorenessForm
from .pages import AnsweredPage


@view("check_in.use")
@once
def check_in(request: Request, token: str) -> HttpResponseBase:
    """One screen, no password: today's entry, or the check after a visit; then the answer."""
    now = datetime.now(UTC)
    link = links.link_for_token(token, now)
    if link is None:
        raise Http404
    answered = answered_page(link, now)
    if answered is not None:
        return _answered(request, answered)
    is_diary = link.kind == CheckInLink.Kind.DIARY
    sent = request.POST if request.method == "POST" else None
    form: DiaryForm | SorenessForm = DiaryForm(sent) if is_diary else SorenessForm(sent)
    if request.method == "POST" and form.is_valid():
        return _keep(request, link, form, token, now)
    page = check_in_page(link, token, form)
    return render(request, "follow_up/check_in.html", page, status=422 if form.errors else 200)


def _answered(request: Request, page: AnsweredPage) -> HttpResponse:
    if page.is_emergency:
        return render(request, "follow_up/emergency.html", page)
    return render(request, "follow_up/answered.html", page)


def _keep(
    request: Request,
    link: CheckInLink,
    form: DiaryForm | SorenessForm,
    token: str,
    now: datetime,
) -> HttpResponseBase:
    by = for_link(link.episode, request_id=request.request_id)
    try:
        if isinstance(form, SorenessForm):
            answers.answer_soreness(link=link, answers=form.answers(), by=by, now=now)
        else:
            answers.answer_diary(link=link, answers=form.cleaned_data, by=by, now=now)
    except AlreadyAnswered:
        pass  # the page it leads to shows what was answered
    return redirect("check_in", token)


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
    visits = (one.visit for one in episode.appointments.filter(visit__finished_at__isnull=False))
    found = next((one for one in visits if str(one.pk) == request.POST["visit"]), None)
    if found is None:
        raise Http404
    return found


@view("alert.handle")
@require_POST
@once
def alert_handle(request: Request, alert_id: UUID) -> HttpResponseBase:
    """Closes an alert with words about what was done."""
    alert = find(Alert, alert_id, request)
    form = HandleForm(request.POST)
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            alerts.handle(alert=alert, words=words, by=request.actor, now=datetime.now(UTC))
            return redirect("follow_up_show", alert.episode_id)
        except FollowUpRefused as refused:
            form.add_error("words", str(refused))
    page = show_page(request, alert.episode, datetime.now(UTC), handle_form=form)
    return render(request, "follow_up/show.html", page, status=422)
