"""One tap of the session room, carried out by the action it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ...access import Actor
from ...models import Visit
from ..actions import ahead, findings, spoken, undo, visit
from ..errors import VisitRefused


def tap(on: Visit, data: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Carries out the one thing that was sent. Raises VisitRefused for none, or for several."""
    if data["entry"]:
        return _entry(on, data, by, now)
    if data["planned"]:
        return _planned(on, data, by, now)
    if data["motion"]:
        return _motion(on, data, by, now)
    if data["words"] is not None and data["keep_words"]:
        visit.keep_words(visit=on, words=data["words"], by=by, now=now)
        return None
    who: dict[str, Any] = {"visit": on, "by": by, "now": now}
    taps: dict[str, Callable[[Any], Any]] = {
        "area": lambda area: visit.take_up(area=area, **who),
        "technique": lambda one: visit.change_work(technique=one, **who),
        "pressure": lambda one: visit.change_work(pressure=one, **who),
        "response": lambda one: visit.note_response(response=one, **who),
        "pain_before": lambda n: visit.set_pain(when="before", pain=n, **who),
        "pain_after": lambda n: visit.set_pain(when="after", pain=n, **who),
        "agreed": lambda area: spoken.agree(area=area, **who),
        "pause": lambda _: visit.pause_work(**who),
        "copy_all": lambda _: ahead.copy_forward(**who),
        "copy": lambda n: ahead.copy_forward(number=n, **who),
        "tender": lambda text: _tender(text, who),
        "trigger": lambda text: _trigger(text, who),
        "undo": lambda step: undo.undo(step=step, **who),
    }
    sent = [name for name in taps if _is_given(data[name])]
    if len(sent) != 1:
        raise VisitRefused("Tap one thing at a time.")
    taps[sent[0]](data[sent[0]])
    return None


def _is_given(value: Any) -> bool:
    """Whether something was sent; a pain of 0 was."""
    return value is not None and value is not False and value != ""


def _entry(on: Visit, data: Mapping[str, Any], by: Actor, now: datetime) -> None:
    entry = on.entries.filter(pk=data["entry"]).first()
    if entry is None:
        raise VisitRefused("This entry is gone already.")
    if data["remove"]:
        visit.remove_entry(entry=entry, by=by, now=now)
    else:
        visit.change_minutes(entry=entry, by_minutes=data["minutes"] or 0, by=by, now=now)


def _planned(on: Visit, data: Mapping[str, Any], by: Actor, now: datetime) -> None:
    planned = on.planned.filter(pk=data["planned"]).first()
    if planned is None:
        raise VisitRefused("This is off the list already.")
    if data["remove"]:
        ahead.drop_planned(planned=planned, by=by, now=now)
    else:
        visit.begin_planned(visit=on, planned=planned, by=by, now=now)


def _motion(on: Visit, data: Mapping[str, Any], by: Actor, now: datetime) -> None:
    motion, _, side = data["motion"].rpartition(".")
    findings.note_motion(
        visit=on, motion=motion, side=side, degrees=data["degrees"], by=by, now=now
    )


def _tender(text: str, who: dict[str, Any]) -> None:
    """A region and its grade, as "low_back_left:3"; no grade takes it back."""
    region, _, grade = text.partition(":")
    if grade and not grade.isdecimal():
        raise VisitRefused("This cannot be entered here.")
    findings.note_tenderness(region=region, grade=int(grade) if grade else None, **who)


def _trigger(text: str, who: dict[str, Any]) -> None:
    """A region and its kind of trigger point, as "low_back_left:active"; no kind takes it back."""
    region, _, kind = text.partition(":")
    findings.note_trigger(region=region, kind=kind, **who)
