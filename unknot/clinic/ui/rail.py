"""The eight stages of one episode, in order, each with its state in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from .nav import address

State = Literal["done", "now", "attention", "blocked", "waiting"]

# Stage word, what the page calls it, the name of its address.
STAGES: Final = (
    ("intake", "Intake", "intake_show"),
    ("screen", "Screen", "screen_show"),
    ("assess", "Assess", "assess_show"),
    ("plan", "Plan", "plan_show"),
    ("book", "Book", "book_series"),
    ("treat", "Treat", "visit_list"),
    ("follow_up", "Follow up", "follow_up_show"),
    ("outcomes", "Outcomes", "outcomes_show"),
)
STATE_WORDS: Final[dict[State, str]] = {
    "done": "Done",
    "now": "Next",
    "attention": "Look here",
    "blocked": "Stopped",
    "waiting": "Not yet",
}


@dataclass(frozen=True)
class Stage:
    """One stage of the rail. An empty ``url`` means there is no page to open yet."""

    word: str
    label: str
    number: int
    url: str
    state: State
    says: str
    is_current: bool


@dataclass(frozen=True)
class EpisodeRail:
    """Whose episode, for what, and how far it has come. ``here`` is ``None`` on the overview."""

    episode_id: UUID
    url: str
    client_name: str
    client_url: str
    complaint: str
    stages: tuple[Stage, ...]
    here: Stage | None


def episode_rail(
    *,
    episode_id: UUID,
    client_id: UUID,
    client_name: str,
    complaint: str,
    current: str = "",
    states: Mapping[str, tuple[State, str]] | None = None,
) -> EpisodeRail:
    """The rail from plain values.

    ``current`` is a stage word, or empty on the overview. ``states`` gives, by stage word, the
    state and a few words beside it; a stage left out is ``waiting``. Raises KeyError for a word
    that is no stage.
    """
    known = [word for word, _, _ in STAGES]
    for word in (*(states or {}), *((current,) if current else ())):
        if word not in known:
            raise KeyError(f"{word!r} is no stage; the stages are {', '.join(known)}")
    stages = tuple(
        _stage(number, word, label, name, episode_id, current, states or {})
        for number, (word, label, name) in enumerate(STAGES, start=1)
    )
    return EpisodeRail(
        episode_id=episode_id,
        url=address("episode_show", episode_id),
        client_name=client_name,
        client_url=address("client_show", client_id),
        complaint=complaint,
        stages=stages,
        here=next((stage for stage in stages if stage.is_current), None),
    )


def _stage(
    number: int,
    word: str,
    label: str,
    name: str,
    episode_id: UUID,
    current: str,
    states: Mapping[str, tuple[State, str]],
) -> Stage:
    state, says = states.get(word, ("waiting", ""))
    return Stage(
        word=word,
        label=label,
        number=number,
        url=address(name, episode_id),
        state=state,
        says=says or STATE_WORDS[state],
        is_current=word == current,
    )
