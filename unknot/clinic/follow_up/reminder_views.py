"""The client's page of visits and reminders, reached from every message without a password."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from ..access import Request, for_client, view
from ..audit import once
from ..models import Appointment, Channel, Client, ReminderChoice, ReminderPlan
from ..ui.render import render
from ..ui.words import day, when
from .actions import reminders as actions
from .channels import address
from .ended import ended
from .errors import FollowUpRefused
from .pages import ReminderRow, RemindersPage, StopPage
from .reminder_forms import RemindersForm

SHOWN_VISITS = 5
SAYS = {
    ReminderChoice.Kind.CHECK_IN: "A few taps show whether the treatment works for you.",
    ReminderChoice.Kind.AFTER_VISIT: "Once, a day or so after each visit.",
    ReminderChoice.Kind.APPOINTMENT: "The message holds a link; the time stands on this page.",
    ReminderChoice.Kind.HOME_CARE: "A nudge for what your plan gives you to do at home.",
}


@view("reminder.read")
@require_safe
def my_reminders(request: Request) -> HttpResponseBase:
    """Leads a client who is signed in to their page."""
    client = request.actor.client
    assert client is not None
    return redirect("reminders", actions.token_for(client, datetime.now(UTC)))


@view("reminder.use")
@once
def reminders(request: Request, token: str) -> HttpResponseBase:
    """The next visits, and what one is reminded of: chosen, paused, changed here."""
    holder, now = _holder(token), datetime.now(UTC)
    client = holder.client
    if holder.has_ended(now):
        return ended(
            request, client.practice.name, stop_url=reverse("reminders_stop", args=[token])
        )
    plan = actions.plan_of(client) or ReminderPlan(client=client, zone=client.practice.zone)
    wishes = actions.wishes_of(plan if plan.made_at else None)
    ways = [way for way in Channel.values if address(way, client.email, client.phone)]
    sent = request.POST if request.method == "POST" else None
    paused = _paused(plan, now)
    form = RemindersForm(sent, plan=plan, wishes=wishes, ways=ways, paused=paused)
    if request.method == "POST" and form.is_valid():
        return _keep(request, client, form, token, now)
    mine = request.actor.client is not None and request.actor.client.pk == client.pk
    page = _page(client, token, form, plan, bool(ways), now, back=reverse("me") if mine else "")
    return render(request, "follow_up/reminders.html", page, status=422 if form.errors else 200)


def _keep(
    request: Request, client: Client, form: RemindersForm, token: str, now: datetime
) -> HttpResponseBase:
    zone = form.cleaned_data["zone"]
    try:
        actions.choose(
            client=client,
            wishes=form.wishes(actions.wishes_of(actions.plan_of(client))),
            zone=zone,
            quiet=form.quiet(),
            paused_until=form.paused_until(now.astimezone(ZoneInfo(zone)).date()),
            by=for_client(client, request_id=request.request_id),
            now=now,
        )
        messages.success(request, "Your choices are saved.")
    except FollowUpRefused as refused:
        messages.error(request, str(refused))
    return redirect("reminders", token)


@csrf_exempt  # a mail program posts here for its reader (RFC 8058); the token is the permission
@view("reminder.use")
@once
def reminders_stop(request: Request, token: str) -> HttpResponseBase:
    """One button, and nothing is sent any more. Mail programs press it by a POST."""
    client = _holder(token).client
    if request.method == "POST":
        by = for_client(client, request_id=request.request_id)
        actions.stop(client=client, by=by, now=datetime.now(UTC))
    plan = actions.plan_of(client)
    page = StopPage(
        practice=client.practice.name,
        token=token,
        stopped=plan is not None and plan.stopped_at is not None,
    )
    return render(request, "follow_up/reminders_stop.html", page)


def _holder(token: str) -> actions.Holder:
    holder = actions.holder_of(token)
    if holder is None:
        raise Http404
    return holder


def _page(
    client: Client,
    token: str,
    form: RemindersForm,
    plan: ReminderPlan,
    can_reach: bool,  # one fact among others of this page
    now: datetime,
    *,
    back: str,
) -> RemindersPage:
    coming = client.appointments.filter(
        state=Appointment.State.BOOKED, starts_at__gt=now
    ).select_related("staff", "room__location")[:SHOWN_VISITS]
    return RemindersPage(
        practice=client.practice.name,
        called=client.called or client.name.split()[0],
        token=token,
        visits=tuple(
            f"{when(one.starts_at, one.zone, now=now)}, {one.staff.name}, {one.room.location.name}"
            for one in coming
        ),
        form=form,
        rows=tuple(_row(form, kind) for kind in ReminderChoice.Kind),
        can_reach=can_reach,
        is_stopped=plan.stopped_at is not None,
        paused_until=_paused(plan, now),
        stop_url=reverse("reminders_stop", args=[token]),
        back=back,
    )


def _paused(plan: ReminderPlan, now: datetime) -> str:
    """The day until which everything is paused, in words; "" without a pause."""
    today = now.astimezone(ZoneInfo(plan.zone)).date()
    if plan.paused_until is None or plan.paused_until <= today:
        return ""
    return day(plan.paused_until, today=today)


def _row(form: RemindersForm, kind: ReminderChoice.Kind) -> ReminderRow:
    def named(part: str) -> Any:
        name = f"{kind}-{part}"
        return form[name] if name in form.fields else None

    return ReminderRow(named("channel"), named("at"), named("days"), SAYS[kind])
