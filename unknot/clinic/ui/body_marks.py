"""Draws marks on the panels: a wash or a stroke in the colour of its strength, a pattern and a
letter for its kind.

static/unknot/js/body-chart.js draws the same way while a chart is being edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from unknot.reasoning.marks import Mark, Point

from .body_figure import PanelArt, Shape
from .body_kinds import BY_ID

MAIN_PANELS: Final = ("front", "back")
BADGE_WIDTH: Final = {True: 46.0, False: 34.0}
"""Width of the letter's plate on the whole figures (True) and on the enlarged parts, in user
units."""
BADGE_HEIGHT: Final = {True: 28.0, False: 21.0}


@dataclass(frozen=True)
class Paint:
    """One mark on one panel. `is_line` is a drawn stroke; otherwise the path is filled."""

    kind: str
    strength: str
    """`pain-0` to `pain-10`, or `pain-none` when nobody said how strong."""
    layer: str
    path: str
    is_line: bool


@dataclass(frozen=True)
class Badge:
    """The plate with a mark's letter and number; x and y are its middle."""

    text: str
    strength: str
    layer: str
    x: float
    y: float
    width: float
    height: float
    pointing: Point | None = None
    """The middle of a region too small to carry the plate."""

    @property
    def leader(self) -> str:
        """Path data of the line from the plate to its small region, or empty."""
        return (
            f"M{self.x:g} {self.y:g}L{self.pointing[0]:g} {self.pointing[1]:g}"
            if self.pointing
            else ""
        )

    @property
    def size(self) -> float:
        """Size of the letters."""
        return round(self.height * 0.75, 1)

    @property
    def left(self) -> float:
        """x of the plate's left edge."""
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        """y of the plate's upper edge."""
        return round(self.y - self.height / 2, 1)


def paint(panel: PanelArt, marks: Iterable[Mark]) -> tuple[Paint, ...]:
    """What is drawn on this panel, in the order of the marks."""
    shapes = {shape.region: shape for shape in panel.shapes}
    found = []
    for mark in marks:
        if mark.stroke and panel.holds(*mark.stroke[0]):
            closed = is_closed(mark.stroke)
            found.append(_paint(mark, stroke_path(mark.stroke, closed=closed), is_line=not closed))
        elif not mark.stroke and mark.region in shapes:
            found.append(_paint(mark, shapes[mark.region].path, is_line=False))
    return tuple(found)


def badges(panel: PanelArt, marks: Iterable[Mark]) -> tuple[Badge, ...]:
    """The letters on this panel, moved apart so that none hides another.

    A mark drawn on an enlarged part has its letter there and on the whole figure too.
    """
    shapes = {shape.region: shape for shape in panel.shapes}
    placed: list[Badge] = []
    for mark in marks:
        badge = _badge(panel, mark, shapes.get(mark.region))
        if badge:
            placed.append(_free(badge, placed))
    return tuple(placed)


def strength(mark: Mark) -> str:
    """The step of the ramp a mark is painted with; tenderness 0-4 uses the whole ramp."""
    if mark.intensity is None:
        return "pain-none"
    return f"pain-{round(mark.intensity * 10 / BY_ID[mark.kind].top)}"


def is_closed(stroke: Sequence[Point]) -> bool:
    """Whether a stroke comes back to where it began, so that it means the area inside."""
    (x0, y0), (x1, y1) = stroke[0], stroke[-1]
    xs, ys = [x for x, _ in stroke], [y for _, y in stroke]
    size = max(max(xs) - min(xs), max(ys) - min(ys))
    return (
        len(stroke) > 4
        and size > 16
        and float((x1 - x0) ** 2 + (y1 - y0) ** 2) < (0.3 * size) ** 2
    )


def stroke_path(stroke: Sequence[Point], *, closed: bool) -> str:
    """A soft curve through the middle of a stroke's steps."""
    x, y = stroke[0]
    words = [f"M{x:g} {y:g}"]
    for (x0, y0), (x1, y1) in pairwise(stroke[1:]):
        words.append(f"Q{x0:g} {y0:g} {(x0 + x1) / 2:g} {(y0 + y1) / 2:g}")
    x, y = stroke[-1]
    words.append(f"L{x:g} {y:g}" if len(stroke) > 1 else "h.1")
    return "".join(words) + ("z" if closed else "")


def _paint(mark: Mark, path: str, *, is_line: bool) -> Paint:
    return Paint(mark.kind, strength(mark), mark.layer, path, is_line)


def _badge(panel: PanelArt, mark: Mark, shape: Shape | None) -> Badge | None:
    main = panel.id in MAIN_PANELS
    here = bool(mark.stroke) and panel.holds(*mark.stroke[0])
    if not here and (shape is None or (mark.stroke and not (main and panel.view == mark.view))):
        return None
    text = BY_ID[mark.kind].code + ("" if mark.intensity is None else str(mark.intensity))
    width = round(BADGE_WIDTH[main] * (0.55 + 0.15 * len(text)), 1)
    badge = Badge(text, strength(mark), mark.layer, 0, 0, width, BADGE_HEIGHT[main])
    if here:
        return _at_stroke(panel, badge, mark.stroke)
    assert shape is not None  # said above
    if shape.outside is None:
        return _inside(panel, badge, shape.x, shape.y)
    return _beside(panel, badge, shape, shape.outside)


def _at_stroke(panel: PanelArt, badge: Badge, stroke: Sequence[Point]) -> Badge:
    """The badge inside a drawn area, or beside a drawn line on the side away from the midline."""
    xs, ys = [x for x, _ in stroke], [y for _, y in stroke]
    if is_closed(stroke):
        return _inside(panel, badge, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    outward = 1 if sum(xs) / len(xs) >= panel.x + panel.width / 2 else -1
    edge = max(xs) if outward > 0 else min(xs)
    return _inside(panel, badge, edge + outward * (badge.width / 2 + 9), ys[xs.index(edge)])


def _inside(panel: PanelArt, badge: Badge, x: float, y: float) -> Badge:
    """The badge at a point, or as near as the panel's edges allow."""
    half_width, half_height = badge.width / 2, badge.height / 2
    x = min(max(x, panel.x + half_width), panel.x + panel.width - half_width)
    y = min(max(y, panel.y + half_height), panel.y + panel.height - half_height)
    return replace(badge, x=round(x, 1), y=round(y, 1))


def _beside(panel: PanelArt, badge: Badge, shape: Shape, outside: Point) -> Badge:
    """The badge clear of the figure, with a line to the middle of its small region."""
    dx, dy = outside[0] - shape.x, outside[1] - shape.y
    length = max(1.0, (dx**2 + dy**2) ** 0.5)
    x = outside[0] + dx / length * (badge.width / 2 + 4)
    y = outside[1] + dy / length * (badge.height / 2 + 4)
    return replace(_inside(panel, badge, x, y), pointing=(shape.x, shape.y))


def _free(badge: Badge, placed: Sequence[Badge]) -> Badge:
    """The badge, moved by whole heights down or up until it is clear of the others."""
    for step in (0, 1, -1, 2, -2, 3, -3, 4, -4):
        moved = replace(badge, y=round(badge.y + step * (badge.height + 2), 1))
        if not any(_touch(moved, other) for other in placed):
            return moved
    return badge


def _touch(one: Badge, other: Badge) -> bool:
    return (
        abs(one.x - other.x) < (one.width + other.width) / 2 and abs(one.y - other.y) < one.height
    )
