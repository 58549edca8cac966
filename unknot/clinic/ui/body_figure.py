"""The drawn figures, read once from our own SVG files.

The files are written by tools/build_body_chart.py and shipped with the program, so their path
data may be put into a page as it is. Nothing a person typed ever passes through here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Literal
from xml.etree.ElementTree import Element, fromstring

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Figure = Literal["neutral", "female", "male"]

FIGURES: Final = ("neutral", "female", "male")
FOLDER: Final = Path(__file__).resolve().parent.parent / "static/unknot/body"

_SVG: Final = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Stroke:
    """One drawn path: its class and its path data."""

    css: str
    path: str


@dataclass(frozen=True)
class Shape:
    """One region on one panel: path data and its middle, in user units.

    A region too small to carry a letter has `outside`: the nearest point clear of the figure.
    """

    region: str
    path: str
    x: float
    y: float
    outside: tuple[float, float] | None = None

    @property
    def middle(self) -> str:
        """The middle as the map carries it."""
        return f"{self.x:g} {self.y:g}"

    @property
    def way_out(self) -> str:
        """`outside` as the map carries it, or empty."""
        return f"{self.outside[0]:g} {self.outside[1]:g}" if self.outside else ""


@dataclass(frozen=True)
class PanelArt:
    """One window of the sheet. `left_at` is the side of the panel the person's left is on,
    empty in side views."""

    id: str
    title: str
    view: Literal["front", "back"]
    left_at: str
    x: float
    y: float
    width: float
    height: float
    tones: tuple[Stroke, ...]
    ink: tuple[Stroke, ...]
    shapes: tuple[Shape, ...]
    """From top to bottom, as they are read out."""

    @cached_property
    def drawing(self) -> SafeString:
        """The tones and lines as SVG, written once. All of it comes from our own file."""
        paths = [(stroke.css, stroke.path) for stroke in (*self.tones, *self.ink)]
        return format_html_join("", '<path class="{}" d="{}"/>', paths)

    @property
    def box(self) -> str:
        """The view box."""
        return f"{self.x:g} {self.y:g} {self.width:g} {self.height:g}"

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the sheet lies on this panel."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@cache
def read_figure(name: Figure) -> tuple[PanelArt, ...]:
    """The panels of a figure, in the order of the sheet. Raises KeyError for a name that is
    none of ours."""
    if name not in FIGURES:
        raise KeyError(name)
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    sheet = fromstring(text)  # noqa: S314  # our own file, shipped with the program
    return tuple(
        _panel(element) for element in sheet.iter(f"{_SVG}svg") if element.get("class") == "panel"
    )


def _panel(element: Element) -> PanelArt:
    tones, ink, regions = (list(group) for group in element.findall(f"{_SVG}g"))
    return PanelArt(
        id=element.attrib["data-panel"],
        title=element.attrib["data-title"],
        view="front" if element.attrib["data-view"] == "front" else "back",
        left_at=element.get("data-left", ""),
        x=float(element.attrib["x"]),
        y=float(element.attrib["y"]),
        width=float(element.attrib["width"]),
        height=float(element.attrib["height"]),
        tones=tuple(Stroke(path.attrib["class"], path.attrib["d"]) for path in tones),
        ink=tuple(Stroke(path.attrib["class"], path.attrib["d"]) for path in ink),
        shapes=tuple(sorted(map(_shape, regions), key=lambda shape: (shape.y // 24, shape.x))),
    )


def _shape(path: Element) -> Shape:
    x, y = path.attrib["data-middle"].split()
    away = path.get("data-outside", "").split()
    outside = (float(away[0]), float(away[1])) if away else None
    return Shape(path.attrib["data-region"], path.attrib["d"], float(x), float(y), outside)
