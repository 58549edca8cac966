"""The body chart as a page sees it: panels, marks, legend, and a list that does the same job
without drawing.

    page = IntakePage(chart=body_chart(marks, edit="client"))       # view
    {% include "ui/body_chart.html" with chart=page.chart %}        # template, inside the form
    marks = marks_from_post(request.POST, layer="client")            # view of the POST;
    MarksError when hostile

The template brings its own stylesheet and script. Without JavaScript the list is the way to
answer; with it the list and the drawing show the same marks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

from django.http import QueryDict

from unknot.knowledge import load
from unknot.knowledge.regions import Region
from unknot.reasoning.marks import Layer, Mark, MarksError, dump_marks, parse_marks

from .body_figure import Figure, PanelArt, Shape, read_figure
from .body_kinds import BY_ID, KINDS, Kind
from .body_marks import Badge, Paint, badges, paint, strength

Edit = Literal["", "client", "therapist"]

ENLARGED: Final = {"head": "head", "jaw": "head", "hand": "hands", "foot": "feet"}
"""The tab on which the regions of a group are shown larger."""

GROUP_NAMES: Final = {
    "head": "Head",
    "jaw": "Jaw and mouth",
    "neck": "Neck",
    "shoulder": "Shoulders",
    "upper_back": "Upper and middle back",
    "low_back": "Low back",
    "buttock": "Buttocks",
    "chest": "Chest and ribs",
    "abdomen": "Belly",
    "hip": "Hips and groin",
    "arm": "Upper arms",
    "elbow": "Elbows",
    "forearm": "Forearms",
    "wrist": "Wrists",
    "hand": "Hands and fingers",
    "thigh": "Thighs",
    "knee": "Knees",
    "lower_leg": "Lower legs",
    "ankle": "Ankles",
    "foot": "Feet and toes",
}


@dataclass(frozen=True)
class Panel:
    """One picture with its marks and the letters that say which side is which."""

    art: PanelArt
    tab: str
    """The tab it belongs to: front, back, head, hands or feet."""
    paints: tuple[Paint, ...]
    badges: tuple[Badge, ...]
    at_left: str
    """The letter at the picture's left edge: L or R, or empty in a side view."""
    at_right: str
    sides: str
    """The same in words, for screen readers."""
    shapes: tuple[tuple[Shape, str, str], ...]
    """The regions with their names and, for small ones, the tab that shows them enlarged."""


@dataclass(frozen=True)
class Row:
    """One region of the list."""

    region: Region
    is_marked: bool
    kind: str
    intensity: str


@dataclass(frozen=True)
class Section:
    """The regions of one part of the body."""

    id: str
    name: str
    rows: tuple[Row, ...]
    marked: int


@dataclass(frozen=True)
class Line:
    """One mark in words."""

    badge: str
    words: str
    note: str
    strength: str
    layer: str


@dataclass(frozen=True)
class BodyChart:
    """A chart ready to be shown. `edit` is the layer that may be changed, empty to only look."""

    id: str
    figure: Figure
    name: str
    edit: Edit
    layers: tuple[Layer, ...]
    marks: tuple[Mark, ...]

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """Every picture of the figure."""
        return tuple(_panel(art, self.marks) for art in read_figure(self.figure))

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of the layer being edited, or those the shown marks use."""
        if self.edit:
            return KINDS[self.edit]
        used = {mark.kind for mark in self.marks}
        return tuple(kind for kind in BY_ID.values() if kind.id in used)

    @property
    def patterns(self) -> tuple[Kind, ...]:
        """Every kind of the layers shown: each needs its pattern."""
        return tuple(kind for layer in self.layers for kind in KINDS[layer])

    @property
    def value(self) -> str:
        """The marks that may be edited, as the hidden field sends them."""
        return dump_marks(mark for mark in self.marks if mark.layer == self.edit)

    @property
    def fixed(self) -> str:
        """The marks that are shown but may not be edited."""
        return dump_marks(mark for mark in self.marks if mark.layer != self.edit)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The list, by part of the body."""
        first: dict[str, Mark] = {}
        for mark in self.marks:
            if mark.layer == self.edit:
                first.setdefault(mark.region, mark)
        regions = load().regions.values()
        return tuple(
            _section(group, name, [region for region in regions if region.group == group], first)
            for group, name in GROUP_NAMES.items()
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every mark in words, worst first."""
        ordered = sorted(
            self.marks, key=lambda mark: -(mark.intensity if mark.intensity is not None else -1)
        )
        return tuple(_line(mark) for mark in ordered)

    @property
    def summary(self) -> str:
        """The whole chart in one sentence, for the picture's text alternative."""
        if not self.marks:
            return "Nothing is marked."
        return "; ".join(line.words for line in self.lines) + "."


def body_chart(
    marks: Iterable[Mark] = (),
    *,
    figure: Figure = "neutral",
    edit: Edit = "",
    layers: tuple[Layer, ...] = ("client", "therapist"),
    name: str = "marks",
) -> BodyChart:
    """A chart of the marks in `layers`; `edit` names the layer that may be changed, `name` the
    form
    field; give each chart of a page its own name."""
    shown = tuple(mark for mark in marks if mark.layer in layers)
    return BodyChart(f"chart-{name}", figure, name, edit, layers, shown)


def say_mark(mark: Mark) -> str:
    """A mark in words: "Low back, right: ache, 6 of 10"."""
    kind = BY_ID[mark.kind]
    amount = "" if mark.intensity is None else f", {mark.intensity} of {kind.top}"
    return f"{load().regions[mark.region].name}: {kind.label.lower()}{amount}"


def marks_from_post(
    post: QueryDict, *, layer: Layer = "client", name: str = "marks"
) -> tuple[Mark, ...]:
    """The marks a form sent, from the drawing or, without JavaScript, from the list.

    Every mark gets the given layer, whatever the browser says. Raises `MarksError` for anything
    that is not a mark.
    """
    drawn = tuple(mark for mark in parse_marks(post.get(name, "")) if mark.layer == layer)
    if not post.get(f"{name}-list"):
        return drawn
    chosen = list(dict.fromkeys(post.getlist(f"{name}-region")))
    regions = load().regions
    kept = []
    for index, region in enumerate(chosen, start=1):
        if region not in regions:
            raise MarksError(index, "region", "use the id of a region of the chart")
        before = [mark for mark in drawn if mark.region == region]
        first = (
            before[0]
            if before
            else Mark(region, KINDS[layer][0].id, None, regions[region].view, layer)
        )
        kept += [_with_answers(first, post, name), *before[1:]]
    return parse_marks(dump_marks(kept))


def _with_answers(mark: Mark, post: QueryDict, name: str) -> Mark:
    kind = post.get(f"{name}-kind-{mark.region}") or mark.kind
    amount = (post.get(f"{name}-intensity-{mark.region}") or "").strip()
    if amount and not (amount.isdecimal() and len(amount) < 4):
        raise MarksError(0, "intensity", "use a whole number, or leave it out")
    return replace(mark, kind=kind, intensity=int(amount) if amount else None)


def _panel(art: PanelArt, marks: tuple[Mark, ...]) -> Panel:
    regions = load().regions
    at_left, at_right = {"left": ("L", "R"), "right": ("R", "L")}.get(art.left_at, ("", ""))
    words = {
        "left": "The person's left is on the left of this picture.",
        "right": "The person's left is on the right of this picture, as when they face you.",
    }
    return Panel(
        art=art,
        tab=art.id.split("_", maxsplit=1)[0],
        paints=paint(art, marks),
        badges=badges(art, marks),
        at_left=at_left,
        at_right=at_right,
        sides=words.get(art.left_at, ""),
        shapes=tuple(_named(shape, regions[shape.region]) for shape in art.shapes),
    )


def _named(shape: Shape, region: Region) -> tuple[Shape, str, str]:
    return shape, region.name, ENLARGED.get(region.group, "")


def _section(group: str, name: str, regions: list[Region], first: dict[str, Mark]) -> Section:
    rows = tuple(_row(region, first.get(region.id)) for region in regions)
    return Section(group, name, rows, sum(row.is_marked for row in rows))


def _row(region: Region, mark: Mark | None) -> Row:
    if mark is None:
        return Row(region, is_marked=False, kind="", intensity="")
    amount = "" if mark.intensity is None else str(mark.intensity)
    return Row(region, is_marked=True, kind=mark.kind, intensity=amount)


def _line(mark: Mark) -> Line:
    number = "" if mark.intensity is None else str(mark.intensity)
    return Line(
        BY_ID[mark.kind].code + number, say_mark(mark), mark.note, strength(mark), mark.layer
    )
