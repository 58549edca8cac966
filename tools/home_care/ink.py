"""Strokes: everything in a drawing is a few soft lines on the page's own paper.

Angles are in degrees, 0 to the right and 90 up. Units are those of the drawing; a standing figure
is about 150 high. Colours are given twice: as an attribute, for paper and PDF, and as a class,
for the themes of the pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

Point = tuple[float, float]

OUTLINE = 2.2
COLOURS = {
    "ink": "#2b3440",
    "ghost": "#6f7378",
    "clay": "#9a4f2c",
    "thing": "#857b6d",
    "paper": "#fffdf8",
    "shirt": "#f1ddcf",
}


def reach(start: Point, angle: float, length: float) -> Point:
    """The point that lies this far from the start in this direction."""
    turn = math.radians(angle)
    return start[0] + length * math.cos(turn), start[1] - length * math.sin(turn)


def number(value: float) -> str:
    """One decimal at most, without a needless zero."""
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0")
        if abs(value) < 0.05
        else (f"{value:.1f}".removesuffix(".0"))
    )


def at(point: Point) -> str:
    """A point as it stands in a path."""
    return f"{number(point[0])} {number(point[1])}"


def line(*points: Point) -> str:
    """A path through the points."""
    return "M" + "L".join(at(point) for point in points)


def bow(start: Point, end: Point, bend: float) -> str:
    """A curve from start to end; `bend` is how far its middle lies to the left of the way."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    way = math.degrees(math.atan2(start[1] - end[1], end[0] - start[0]))
    return f"M{at(start)}Q{at(reach(middle, way + 90, 2 * bend))} {at(end)}"


def arc(centre: Point, radius: float, start: float, end: float) -> str:
    """Part of a circle from one direction to another; it runs counter-clockwise when end is
    greater.
    """
    a, b = reach(centre, start, radius), reach(centre, end, radius)
    large = int(abs(end - start) > 180)
    sweep = int(end < start)
    r = number(radius)
    return f"M{at(a)}A{r} {r} 0 {large} {sweep} {at(b)}"


@dataclass
class Layer:
    """Tubes that melt into one outline: all their ink first, then all their fill."""

    tubes: list[tuple[str, float, str]] = field(default_factory=list)

    def add(self, path: str, width: float, fill: str = "paper") -> None:
        """A tube along a path."""
        self.tubes.append((path, width, fill))

    def svg(self, ink: str = "ink") -> str:
        """The layer's outline and then its fill."""
        edge = [(path, width + OUTLINE * 2, ink) for path, width, _ in self.tubes]
        return strokes(edge) + strokes(self.tubes)


def strokes(tubes: Iterable[tuple[str, float, str]]) -> str:
    """Strokes in their order; neighbours of one colour and width share one path."""
    out: list[tuple[str, float, str]] = []
    for path, width, colour in tubes:
        if out and out[-1][1:] == (width, colour):
            out[-1] = (out[-1][0] + path, width, colour)
        else:
            out.append((path, width, colour))
    made = ""
    for colour, same in groupby(out, key=lambda tube: tube[2]):
        paths = "".join(f'<path stroke-width="{number(w)}" d="{d}"/>' for d, w, _ in same)
        made += f'<g class="{colour}" stroke="{COLOURS[colour]}">{paths}</g>'
    return made


def stroke(path: str, width: float = OUTLINE, colour: str = "ink") -> str:
    """One plain line."""
    return strokes([(path, width, colour)])


def dashed(path: str, colour: str = "ghost") -> str:
    """Where something was before, or a line of sight."""
    made = stroke(path, 1.8, colour)
    return made.replace("/>", ' stroke-dasharray="1 5"/>')


def blob(path: str, fill: str, colour: str = "ink", width: float = OUTLINE) -> str:
    """A filled shape with an outline."""
    return (
        f'<path class="{colour} f-{fill}" fill="{COLOURS[fill]}" stroke="{COLOURS[colour]}" '
        f'stroke-width="{number(width)}" d="{path}"/>'
    )


def disc(centre: Point, radius: float, fill: str = "paper", colour: str = "ink") -> str:
    """A circle with an outline."""
    return (
        f'<circle class="{colour} f-{fill}" fill="{COLOURS[fill]}" stroke="{COLOURS[colour]}" '
        f'stroke-width="{number(OUTLINE)}" cx="{number(centre[0])}" cy="{number(centre[1])}" '
        f'r="{number(radius)}"/>'
    )


def arrow(points: Sequence[Point], bend: float = 0) -> str:
    """The way something moves: a clay line with a head at its end."""
    start, end = points[0], points[-1]
    way = math.degrees(math.atan2(start[1] - end[1], end[0] - start[0]))
    length = math.dist(start, end)
    turn = math.degrees(math.atan2(4 * bend, length)) if bend else 0
    return stroke(bow(start, end, bend), 3, "clay") + head(end, way - turn)


def turning(centre: Point, radius: float, start: float, end: float) -> str:
    """An arrow along part of a circle."""
    tip = reach(centre, end, radius)
    way = end + 90 if end > start else end - 90
    bow_of_head = math.degrees(8 / (2 * radius)) * (1 if end > start else -1)
    return stroke(arc(centre, radius, start, end), 3, "clay") + head(tip, way - bow_of_head)


def head(tip: Point, way: float) -> str:
    """The head of an arrow that goes this way."""
    back = [reach(tip, way + turn, 8) for turn in (150, -150)]
    return stroke(line(back[0], tip, back[1]), 3, "clay")
