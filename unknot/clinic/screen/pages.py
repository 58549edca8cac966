"""What each page of the screening shows."""

from __future__ import annotations

from dataclasses import dataclass

from ..intake.forms import AnswersForm
from ..intake.pages import Asked
from ..intake.words import Claim, FindingWords, Verdict
from ..ui.rail import EpisodeRail
from .forms import ClearanceForm, OverrideForm


@dataclass(frozen=True)
class FindingCard:
    """One finding with what may be done about it by the one who looks."""

    words: FindingWords
    override: OverrideForm | None
    clearance: ClearanceForm | None
    set_aside: str
    is_open: bool
    override_url: str
    clear_url: str


@dataclass(frozen=True)
class Fact:
    """One line of what follows: pressure, areas, positions, techniques."""

    name: str
    value: str


@dataclass(frozen=True)
class ScreenPage:
    """The result of the screening, worst first, with everything that follows from it. `held` says
    that an answer given since holds visits back, empty when none does; `hold_leads` that the
    screening itself stops nothing, so that the hold is the first thing to say."""

    episode: EpisodeRail
    base: str
    for_client: bool
    verdict: Verdict
    headline: str
    say: str
    held: str
    hold_leads: bool
    decided: str
    cards: tuple[FindingCard, ...]
    facts: tuple[Fact, ...]
    medicines: tuple[str, ...]
    missing: AnswersForm | None
    asked: tuple[Asked, ...]
    answer_url: str
    again_url: str
    letter_url: str
    next_url: str
    next_word: str
    can: tuple[Claim, ...]
    cannot: tuple[Claim, ...]
    knowledge_version: str
    why_url: str
    earlier: tuple[str, ...]
    problems: tuple[OverrideForm | ClearanceForm, ...]


@dataclass(frozen=True)
class NoScreenPage:
    """There is nothing to decide on yet."""

    episode: EpisodeRail
    base: str
    intake_url: str


@dataclass(frozen=True)
class AgainLine:
    """One question with the last answer in words; `is_open` where it has to be looked at."""

    item: Asked
    said: str
    is_open: bool


@dataclass(frozen=True)
class AgainPage:
    """Before a visit: what may have changed since the last answers."""

    episode: EpisodeRail
    base: str
    form: AnswersForm
    lines: tuple[AgainLine, ...]
    since: str
    back_url: str
