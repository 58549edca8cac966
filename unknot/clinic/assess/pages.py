"""What each page of findings shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ..ui.body_chart import BodyChart
from ..ui.rail import EpisodeRail
from .forms import BringForm, FindingsForm, MeasuresForm


@dataclass(frozen=True)
class PartLine:
    """One part of a muscle's score: what, how many points of how many, and why."""

    name: str
    points: int
    most: int
    says: str


@dataclass(frozen=True)
class AlikeLine:
    """Something else that makes the pattern."""

    kind: str
    name: str


@dataclass(frozen=True)
class CheckLine:
    """A red flag that asks for a look-alike, and what the safety check says of it."""

    rule_id: str
    title: str
    asks_for: str
    state: str
    tone: str


@dataclass(frozen=True)
class TenderLine:
    """Tenderness of one region, at the start and now."""

    name: str
    start: str
    now: str
    says: str


@dataclass(frozen=True)
class SourceLine:
    """One muscle that could refer pain to the drawing."""

    name: str
    share: int
    parts: tuple[PartLine, ...]
    explains: str
    leaves: str
    found: bool
    alike: tuple[AlikeLine, ...]
    careful: str
    """What looks alike and what to be careful of, in a sentence."""


@dataclass(frozen=True)
class MotionLine:
    """One motion: at the start, now, the change against its error, and what is normal."""

    name: str
    start: str
    now: str
    verdict: str
    tone: str
    says: str
    normal: str


@dataclass(frozen=True)
class ScoreLine:
    """One questionnaire: at the start, now, and whether the change matters."""

    name: str
    start: str
    now: str
    verdict: str
    tone: str
    says: str


@dataclass(frozen=True)
class DayLine:
    """One day of findings, to look at again."""

    url: str
    on: str
    who: str
    words: str
    is_shown: bool


@dataclass(frozen=True)
class FindingsPage:
    """Everything found in one episode."""

    episode: EpisodeRail
    episode_id: UUID
    chart: BodyChart
    chart_says: str
    caution: str
    sources: tuple[SourceLine, ...]
    checks: tuple[CheckLine, ...]
    tender: tuple[TenderLine, ...]
    tender_says: str
    motions: tuple[MotionLine, ...]
    scores: tuple[ScoreLine, ...]
    days: tuple[DayLine, ...]
    words: str
    may_record: bool
    may_measure: bool
    is_client: bool


@dataclass(frozen=True)
class RecordPage:
    """Entering a day's findings."""

    episode: EpisodeRail
    episode_id: UUID
    chart: BodyChart
    form: FindingsForm
    problem: str


@dataclass(frozen=True)
class MeasurePage:
    """Answering the questionnaires."""

    episode: EpisodeRail
    episode_id: UUID
    form: MeasuresForm
    is_client: bool
    problem: str


@dataclass(frozen=True)
class BroughtLine:
    """One questionnaire the practice brought."""

    id: UUID
    name: str
    file_name: str
    on: str


@dataclass(frozen=True)
class QuestionnairesPage:
    """Questionnaires of the practice's own licence."""

    forms: tuple[BroughtLine, ...]
    form: BringForm
