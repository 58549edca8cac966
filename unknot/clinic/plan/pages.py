"""What each page of the plan shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ..ui.rail import EpisodeRail
from .forms import AgreeForm, ChangeForm, ProposeForm
from .home.board import Board
from .letter import Letter


@dataclass(frozen=True)
class VersionLine:
    """One version in the list: its number, state and who made it when."""

    number: int
    state: str
    tone: str
    says: str
    changed: tuple[str, ...]


@dataclass(frozen=True)
class RankedLine:
    """One technique of the ranking: chosen or ruled out, with every reason and rule."""

    name: str
    place: str
    tone: str
    says: str
    evidence: str
    reasons: tuple[str, ...]
    rules: str


@dataclass(frozen=True)
class PlanPage:
    """The plan of an episode: the letter, what stands in its way, and who agreed."""

    episode: EpisodeRail
    episode_id: UUID
    plan_id: UUID | None
    letter: Letter | None
    client_name: str
    practice: str
    made: str
    state: str
    agreed: str
    changed: tuple[str, ...]
    objections: tuple[str, ...]
    refused: str
    history_note: str
    form: AgreeForm | None
    may_propose: bool
    """Whether this person makes plans, whatever the screening says."""
    propose: ProposeForm | None
    """None while the screening allows no plan, or for somebody who makes none."""
    blocked: str
    """Why no plan can be proposed now, for the therapist."""
    may_change: bool
    """Whether there is a plan that this person may change within the safety check."""
    screen_url: str
    ranked: tuple[RankedLine, ...]
    """Chosen techniques in order with everything that moved them; for the therapist only."""
    ruled_out: tuple[RankedLine, ...]
    is_client: bool
    book_url: str
    """Where to book; "" once every visit of the plan is booked or over."""
    book_word: str
    versions: tuple[VersionLine, ...]
    board: Board | None
    """Home care from day to day, for the therapist."""


@dataclass(frozen=True)
class ChangePage:
    """Changing a plan within its limits."""

    episode: EpisodeRail
    episode_id: UUID
    form: ChangeForm
    says: str
    cost: str
    reviews: str
    tested: str
    ruled_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LetterPage:
    """The plan on paper."""

    letter: Letter
    client_name: str
    practice: str
    made: str
    agreed: str
