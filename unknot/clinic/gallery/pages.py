"""What the gallery shows."""

from __future__ import annotations

from dataclasses import dataclass

from ..ui.rail import EpisodeRail
from .forms import Specimen


@dataclass(frozen=True)
class Swatch:
    """One colour by its role."""

    role: str


@dataclass(frozen=True)
class GalleryPage:
    """Forms filled, empty and wrong; the colours and icons by name."""

    empty: Specimen
    filled: Specimen
    wrong: Specimen
    icons: tuple[str, ...]
    swatches: tuple[Swatch, ...]
    times: tuple[str, ...]


@dataclass(frozen=True)
class GalleryEpisodePage:
    """An episode's frame with a stage in every state."""

    episode: EpisodeRail
