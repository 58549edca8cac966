"""Builds what a client sees behind a check-in link: the questions, and what to read after."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.urls import reverse

from unknot.knowledge.adverse_events import AdverseEvent
from unknot.reasoning.follow_up.act import Triage, worth_saying
from unknot.reasoning.follow_up.soreness import is_graded
from unknot.reasoning.scale import Urgency

from ..models import Appointment, CheckIn, CheckInLink, Episode
from ..plan import home
from ..ui.words import day, relative_day, when
from .actions import answers, judged, reminders
from .forms import DiaryForm, RecalledForm, SignsForm, SorenessForm, grade_name, home_name
from .pages import AnsweredPage, Asked, CheckInPage, SignRow

GAP_DAYS: Final = 4
"""From this many days without an entry on, the days between may be told from memory."""
LAST_KEYS: Final = ("sleep", "stress", "load_hours")


def form_for(link: CheckInLink, sent: Any, now: datetime, *, correct: bool = False) -> SignsForm:
    """The form of this link; a correction begins with what was said."""
    episode = link.episode
    if link.kind == CheckInLink.Kind.SORENESS:
        hours = answers.hours_since(link.visit.finished_at, now) if link.visit else None
        return SorenessForm(sent, signs=judged.signs_after_visit(episode), hours=hours)
    watched = judged.signs_on_watch(episode, now)
    worse = judged.signs_when_worse(episode, now)
    today = answers.entries_of_day(episode, now) if correct else []
    return DiaryForm(
        sent,
        areas=judged.areas_of(episode),
        signs=tuple(dict.fromkeys((*watched, *worse))),
        home_care=_home_care(episode, now, every=correct or sent is not None),
        asks=lambda told: judged.must_ask(episode, told, now),
        initial=_said(today[-1]) if today else None,
    )


def _home_care(episode: Episode, now: datetime, *, every: bool) -> dict[str, str]:
    """The names of what is to be done at home, by item; unless `every`, those not told today."""
    return {
        one.id: one.name
        for one in home.items(episode, now)
        if one.state == "open" and (every or not one.done_today)
    }


def _said(entry: CheckIn) -> dict[str, Any]:
    """An entry as the fields of its form."""
    told = dict(entry.answers)
    told |= {f"area-{area}": pain for area, pain in (told.get("areas") or {}).items()}
    told |= {home_name(item): done for item, done in (told.get("home_care") or {}).items()}
    if told.get("flare") is not None:
        told["flare"] = "yes" if told["flare"] else "no"
    if told.get("signs_asked"):
        told["signs"] = told.get("signs") or ["unsure" if told.get("unsure") else "none"]
    return told


def check_in_page(
    link: CheckInLink, token: str, form: SignsForm, now: datetime, *, correct: bool = False
) -> CheckInPage:
    """The screen to answer on."""
    episode, practice = link.episode, link.episode.client.practice
    is_diary = link.kind == CheckInLink.Kind.DIARY
    last = judged.last_time(episode, now) if is_diary and not correct else None
    usual = judged.usual(episode, now) if is_diary else None
    watched = judged.signs_on_watch(episode, now) if is_diary else ()
    return CheckInPage(
        token=token,
        called=episode.client.called or episode.client.name.split()[0],
        practice=practice.name,
        is_diary=is_diary,
        is_correction=correct,
        visited=_visited(link),
        form=form,
        pains=_pains(form, last),
        rest=_asked(form, LAST_KEYS, last.answers if last else {}) if is_diary else (),
        home_care=tuple(form[name] for name in form.home) if isinstance(form, DiaryForm) else (),
        several=isinstance(form, DiaryForm) and bool(form.areas),
        last_day=_last_day(last, now),
        signs=_signs(form, {event.id for event in watched}),
        signs_shown=_shown(form, is_diary=is_diary, on_watch=bool(watched)),
        usuals=json.dumps(_usuals(form, episode, now)),
        usual="" if usual is None else f"{usual:g}",
        emergency_number=practice.emergency_number,
    )


def _usuals(form: SignsForm, episode: Episode, now: datetime) -> dict[str, float]:
    """By field the usual pain of its area, where several areas are asked."""
    if not isinstance(form, DiaryForm):
        return {}
    own = judged.own_usual(episode, now)
    return {name: own[area] for name, area in form.areas.items() if area in own}


def _shown(form: SignsForm, *, is_diary: bool, on_watch: bool) -> str:
    if not is_diary or form.initial.get("signs") or "signs" in form.errors:
        return "all"
    return "watch" if on_watch else ""


def _pains(form: SignsForm, last: CheckIn | None) -> tuple[Asked, ...]:
    if not isinstance(form, DiaryForm):
        return ()
    if not form.areas:
        return _asked(form, ("pain",), {"pain": last.pain if last else None})
    given = (last.answers.get("areas") or {}) if last else {}
    return _asked(form, tuple(form.areas), {f"area-{area}": pain for area, pain in given.items()})


def _asked(form: SignsForm, names: Sequence[str], last: Any) -> tuple[Asked, ...]:
    return tuple(Asked(form[name], _mark(last.get(name))) for name in names)


def _mark(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else ""


def _last_day(last: CheckIn | None, now: datetime) -> str:
    if last is None:
        return ""
    zone = ZoneInfo(last.zone)
    on = relative_day(last.at.astimezone(zone).date(), today=now.astimezone(zone).date())
    return {"Today": "earlier today", "Yesterday": "yesterday"}.get(on, f"on {on}")


def _signs(form: SignsForm, watched: Collection[str]) -> tuple[SignRow, ...]:
    boxes = [(form.asked.get(str(box.data["value"])), box) for box in form["signs"]]
    return tuple(
        _row(form, event, box, always=event is None or event.id in watched) for event, box in boxes
    )


def _row(form: SignsForm, event: AdverseEvent | None, box: Any, *, always: bool) -> SignRow:
    """One sign, or one of the two ways to say that there is none or that one is not sure."""
    cannot_wait = event is not None and not is_graded(event)
    name = grade_name(event.id) if event else ""
    return SignRow(
        box=box,
        cannot_wait=cannot_wait,
        tell=event.tell if event and cannot_wait else "",
        do=event.do if event and cannot_wait else "",
        is_emergency=event is not None and event.urgency is Urgency.EMERGENCY_NOW,
        grade=form[name] if name in form.fields else None,
        always=always,
    )


def answered_page(link: CheckInLink, token: str, now: datetime) -> AnsweredPage | None:
    """What to read after answering; None while there is something to answer."""
    if link.kind == CheckInLink.Kind.DIARY:
        today = answers.entries_of_day(link.episode, now)
        last = today[-1] if today else None
        found = judged.diary_triage(last) if last else None
    else:
        last = link.check_ins.order_by("-at").first()
        found = judged.soreness_triage(last) if last else None
    if last is None or found is None:
        return None
    return _answered(link, token, last, found, now)


def _answered(
    link: CheckInLink, token: str, last: CheckIn, found: Triage, now: datetime
) -> AnsweredPage:
    practice = link.episode.client.practice
    is_diary = link.kind == CheckInLink.Kind.DIARY
    gap = gap_before(last) if is_diary else 0
    offers = gap > GAP_DAYS and answers.recalled_lately(link.episode, now) is None
    return AnsweredPage(
        token=token,
        tell=found.tell,
        do=found.do,
        also=tuple(f"{event.tell} {event.do}" for event in worth_saying(found)),
        is_emergency=found.urgency is Urgency.EMERGENCY_NOW,
        is_urgent=found.urgency in (Urgency.SAME_DAY, Urgency.GP_SOON),
        emergency_number=practice.emergency_number,
        practice=practice.name,
        next_words=_next(link.episode, found, now),
        is_diary=is_diary,
        recall=RecalledForm() if offers else None,
        recall_words=f"Your entry before this one was {gap} days ago, and that is fine."
        if offers
        else "",
        reminders_url=reverse("reminders", args=[reminders.token_for(link.episode.client, now)]),
        home_care=home.items(link.episode, now)
        if is_diary and found.urgency is Urgency.NONE
        else (),
    )


def gap_before(entry: CheckIn) -> int:
    """Days between this entry and the one before; 0 when it is the first."""
    before = entry.episode.check_ins.filter(kind=CheckIn.Kind.DIARY, at__lt=entry.at)
    latest = before.order_by("-at").values_list("at", flat=True).first()
    return (entry.at - latest).days if latest else 0


def _next(episode: Episode, found: Triage, now: datetime) -> str:
    """What happens next: who reads this, and when one sees each other."""
    if found.stops:
        return "No visit is given until your therapist has spoken with you."
    coming = episode.appointments.filter(state=Appointment.State.BOOKED, starts_at__gt=now).first()
    if coming is None:
        return "Your therapist reads what you write."
    at = when(coming.starts_at, coming.zone, now=now)
    return f"Your therapist reads this before your next visit: {at}."


def _visited(link: CheckInLink) -> str:
    if link.visit is None:
        return ""
    at = link.visit.started_at or link.visit.opened_at
    local = at.astimezone(ZoneInfo(link.visit.appointment.zone))
    return day(local.date(), today=local.date())
