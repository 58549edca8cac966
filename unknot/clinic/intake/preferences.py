"""How a client likes a session: asked in the intake, changed at any time on a page of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ...knowledge import load
from ...knowledge.questions import NONE, Question
from ...reasoning.case import Answer, Case
from ..access import Actor
from ..audit import action, record
from ..models import Client, Intake, Preferences
from .answers import day_at
from .forms import AnswersForm

ASKED: Final = ("pressure_wish", "room_wishes", "avoid")


@dataclass(frozen=True)
class Liked:
    """What holds now: pressure 1-5 (None: not said), ids of `room_wishes`, and in the client's
    own words where they do not want to be touched."""

    pressure: int | None = None
    room: tuple[str, ...] = ()
    avoid: str = ""

    @property
    def room_words(self) -> tuple[str, ...]:
        """The wishes for the room, as the question puts them; none when there are none."""
        said = {one.id: one.text for one in load().questions["room_wishes"].choices}
        return tuple(said[one] for one in self.room if one in said and one != NONE)


def questions() -> tuple[Question, ...]:
    """The questions of the page, which are those of the intake."""
    return tuple(load().questions[name] for name in ASKED)


def liked(client: Client) -> Liked:
    """What was said last: on the page, else in the newest intake; empty when nothing was said."""
    said = client.preferences.first()
    if said is not None:
        return Liked(said.pressure, tuple(said.room), said.avoid)
    told = client.episodes.filter(intakes__isnull=False).order_by("-intakes__saved_at").first()
    intake = told.intakes.order_by("-version").first() if told else None
    return from_answers(intake.answers) if intake else Liked()


def as_answers(client: Client) -> dict[str, Any]:
    """What was said on the page, as a new version of the intake begins with it; empty when
    nothing was."""
    said = client.preferences.first()
    if said is None:
        return {}
    return {"pressure_wish": said.pressure, "room_wishes": said.room, "avoid": said.avoid}


def follow(intake: Intake, asked: Collection[str], now: datetime) -> None:
    """An intake that asked again is newer than what was said on the page."""
    said = intake.episode.client.preferences.first()
    if said is None or not set(ASKED) & set(asked):
        return
    likes = from_answers(intake.answers)
    said.pressure, said.room, said.avoid = likes.pressure, list(likes.room), likes.avoid
    said.said_at = now
    said.save(update_fields=["pressure", "room", "avoid", "said_at"])


def from_answers(answers: dict[str, Any]) -> Liked:
    """What an intake's stored answers say about it."""
    pressure, room = answers.get("pressure_wish"), answers.get("room_wishes")
    return Liked(
        pressure=pressure if type(pressure) is int and 1 <= pressure <= 5 else None,
        room=tuple(str(one) for one in room) if isinstance(room, list) else (),
        avoid=str(answers.get("avoid") or "").strip(),
    )


def form_for(client: Client, now: datetime, data: Any = None) -> AnswersForm:
    """The form with what holds now filled in; nothing has to be answered."""
    known = liked(client)
    answers: dict[str, Answer] = {"room_wishes": known.room} if known.room else {}
    if known.pressure is not None:
        answers["pressure_wish"] = known.pressure
    if known.avoid:
        answers["avoid"] = known.avoid
    case = Case(answers, day_at(now, client.practice), ())
    return AnswersForm(questions(), data, case=case, demand=False)


@action("preferences.set")
def set_preferences(*, client: Client, likes: Liked, by: Actor, now: datetime) -> Preferences:
    """Keeps how the client likes a session, in place of what was said before."""
    values = {"pressure": likes.pressure, "room": list(likes.room), "avoid": likes.avoid}
    kept, _ = client.preferences.update_or_create(defaults={**values, "said_at": now})
    record(kept, changed=[*values, "said_at"])
    return kept
