"""What each page of findings shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ..ui.body_chart import BodyChart
from ..ui.rail import EpisodeRail
from .forms import FindingsForm, MeasuresForm


@dataclass(frozen=True)
class SourceLine:
    """One muscle that could refer pain to the drawing."""

    name: str
    share: int
    explains: str
    leaves: str
    found: bool
    lookalikes: str


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
