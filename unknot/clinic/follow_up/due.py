"""What is due now: the question before a visit, the checks after, reminders, alerts, the outbox.

Safe to run often and in several processes at once: a visit is locked while it is asked, a
reminder has one row for its time, an alert is locked while it goes to the owner, and a message is
taken by one process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, QuerySet

from unknot.reasoning.follow_up.remind import (
    History,
    after_quiet,
    before_visit,
    due_on,
    is_time,
    moment_of,
)

from ..access import scope, system
from ..intake.consent import may_write_to
from ..models import (
    Alert,
    Appointment,
    CheckIn,
    CheckInLink,
    Client,
    Episode,
    ReminderChoice,
    ReminderPlan,
    Visit,
)
from ..treat.room import ask_due
from .actions import alerts, mail, outbox, reminders
from .actions.reminders import Wish
from .channels import address
from .errors import AlertRefused

CHECK_AFTER: Final = timedelta(hours=24)
CHECK_UNTIL: Final = timedelta(hours=72)
AHEAD: Final = timedelta(days=8)
Kind = ReminderChoice.Kind


@dataclass(frozen=True)
class Done:
    """How many links and reminders were made, brought to the owner, and sent."""

    checks: int
    reminders: int
    escalated: int
    mails: int


def run(*, origin: str, now: datetime) -> Done:
    """Does everything that is due. `origin` is the address of this site."""
    asked = sum(_ask(visit, origin, now) for visit in _visits_to_check(now))
    asked += ask_due.send_ahead(origin=origin, now=now)
    told = sum(_remind(one, origin, now) for one in (*_of_visits(now), *_of_days(now)))
    return Done(asked, told, _escalate(now), outbox.send_due(now))


# --- The check after a visit --------------------------------------------------------------


def _visits_to_check(now: datetime) -> QuerySet[Visit]:
    return (
        scope(Visit, system(), "check_in.send")
        .filter(finished_at__lte=now - CHECK_AFTER, finished_at__gt=now - CHECK_UNTIL)
        .exclude(check_in_links__kind=CheckInLink.Kind.SORENESS)
        .exclude(appointment__client__practice__is_demo=True)  # invented people get no mail
        .select_related("appointment__episode__client__practice")
    )


def _ask(visit: Visit, origin: str, now: datetime) -> bool:
    """Writes the check of one visit, unless it is not wanted, or another process did so a moment
    ago. In quiet hours the message waits."""
    client = visit.appointment.client
    plan = reminders.plan_of(client)
    wish = reminders.wishes_of(plan)[Kind.AFTER_VISIT]
    to = address(wish.channel, client.email, client.phone)
    if not to or not _is_on(plan, client, now):
        return False
    with transaction.atomic():
        scope(Visit, system(), "check_in.send").select_for_update(of=("self",)).get(pk=visit.pk)
        if visit.check_in_links.filter(kind=CheckInLink.Kind.SORENESS).exists():
            return False
        mail.send_link(
            episode=visit.appointment.episode,
            kind=CheckInLink.Kind.SORENESS,
            visit=visit,
            origin=origin,
            way=wish.channel,
            to=to,
            due_at=_after_quiet(plan, client, now),
            stop_address=reminders.stop_address(client, origin, now),
            by=system(client.practice),
            now=now,
        )
    return True


def _after_quiet(plan: ReminderPlan | None, client: Client, now: datetime) -> datetime:
    quiet = plan or ReminderPlan(client=client)
    return after_quiet(now, quiet.quiet_from, quiet.quiet_until, _zone(plan, client))


# --- Reminders ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """One reminder whose time has come."""

    client: Client
    wish: Wish
    about: Episode | Appointment
    at: datetime
    is_last: bool = False


def _remind(due: Due, origin: str, now: datetime) -> bool:
    try:
        reminders.remind(
            client=due.client,
            wish=due.wish,
            about=due.about,
            due_at=due.at,
            is_last=due.is_last,
            origin=origin,
            by=system(due.client.practice),
            now=now,
        )
    except reminders.AlreadySent:
        return False
    return True


def _of_visits(now: datetime) -> Iterator[Due]:
    """Booked visits whose reminder is due."""
    coming = (
        scope(Appointment, system(), "reminder.send")
        .filter(state=Appointment.State.BOOKED, starts_at__gt=now, starts_at__lt=now + AHEAD)
        .exclude(client__practice__is_demo=True)
        .select_related("client__practice", "client__reminder_plan", "series")
    )
    for visit in coming:
        client = visit.client
        plan: ReminderPlan | None = getattr(client, "reminder_plan", None)
        wish = reminders.wishes_of(plan)[Kind.APPOINTMENT]
        zone = _zone(plan, client)
        at = before_visit(visit.starts_at, wish.every_days, wish.at, zone)
        if is_time(at, now) and _may_send(plan, client, wish, now):
            yield Due(client, wish, visit, at)


def _of_days(now: datetime) -> Iterator[Due]:
    """Check-ins and home care whose hour has come, for clients who chose them."""
    chosen = (
        scope(ReminderChoice, system(), "reminder.send")
        .filter(kind__in=(Kind.CHECK_IN, Kind.HOME_CARE), plan__stopped_at=None)
        .exclude(channel="")
        .exclude(plan__client__practice__is_demo=True)
        .select_related("plan__client__practice")
    )
    for row in chosen:
        plan, client = row.plan, row.plan.client
        wish = Wish(row.kind, row.channel, row.at, row.every_days)
        zone = ZoneInfo(plan.zone)
        today = now.astimezone(zone).date()
        at = moment_of(today, wish.at, zone)
        if not is_time(at, now) or not _may_send(plan, client, wish, now):
            continue
        for episode in client.episodes.filter(state=Episode.State.OPEN):
            word = due_on(today, wish.every_days, _history(plan, wish.kind, episode, zone))
            if word:
                yield Due(client, wish, episode, at, is_last=word == "last")


def _history(plan: ReminderPlan, kind: str, episode: Episode, zone: ZoneInfo) -> History:
    """The reminders of this kind so far, and what came back."""
    told = [episode.check_ins.exclude(kind=CheckIn.Kind.SORENESS).aggregate(at=Max("at"))]
    if kind == Kind.HOME_CARE:  # which can be told without a check-in
        told.append(episode.home_days.aggregate(at=Max("told_at")))
    answered = max((one["at"] for one in told if one["at"] is not None), default=None)
    sent = plan.reminders.filter(kind=kind, about=episode.pk)
    last = sent.order_by("-due_at").values_list("due_at", flat=True).first()
    return History(
        last_sent=last.astimezone(zone).date() if last else None,
        last_answer=answered.astimezone(zone).date() if answered else None,
        unanswered=(sent.filter(due_at__gt=answered) if answered else sent).count(),
    )


def _may_send(plan: ReminderPlan | None, client: Client, wish: Wish, now: datetime) -> bool:
    """Whether the client wants this now, and can be reached that way."""
    if not address(wish.channel, client.email, client.phone) or not _is_on(plan, client, now):
        return False
    return _after_quiet(plan, client, now) == now


def _is_on(plan: ReminderPlan | None, client: Client, now: datetime) -> bool:
    """Whether messages are allowed, and neither stopped nor paused."""
    if not may_write_to(client):
        return False
    if plan is None:
        return True
    today = now.astimezone(_zone(plan, client)).date()
    paused = plan.paused_until is not None and today < plan.paused_until
    return plan.stopped_at is None and not paused


def _zone(plan: ReminderPlan | None, client: Client) -> ZoneInfo:
    return ZoneInfo(plan.zone if plan else client.practice.zone)


# --- What nobody has looked at ------------------------------------------------------------


def _escalate(now: datetime) -> int:
    """Brings to the owner what has waited past its time; how many."""
    late = scope(Alert, system(), "alert.escalate").filter(handled_at=None, look_by__lte=now)
    count = 0
    for alert in late.select_related("episode__client__practice")[: outbox.BATCH]:
        try:
            alerts.escalate(alert=alert, by=system(alert.episode.client.practice), now=now)
            count += 1
        except AlertRefused:
            pass  # answered, or brought to the owner, a moment ago
    return count
