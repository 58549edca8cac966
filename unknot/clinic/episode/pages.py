"""What the page of an episode shows."""

from __future__ import annotations

from dataclasses import dataclass

from ..ui.rail import EpisodeRail, State


@dataclass(frozen=True)
class Chapter:
    """One part of the story. An empty ``url`` means there is nothing to open."""

    word: str
    heading: str
    state: State
    tone: str
    says: str
    quote: str
    lines: tuple[str, ...]
    url: str
    link: str

    @property
    def opens(self) -> bool:
        """Whether there is something behind the link."""
        return bool(self.url) and (self.state != "waiting" or bool(self.quote))


@dataclass(frozen=True)
class NextAction:
    """The one thing to do now."""

    heading: str
    text: str
    url: str
    link: str


@dataclass(frozen=True)
class EpisodePage:
    """Complaint, safety, findings, plan, visits, answer; and what to do next."""

    episode: EpisodeRail
    lede: str
    chapters: tuple[Chapter, ...]
    next_action: NextAction | None
    warnings: tuple[str, ...]
