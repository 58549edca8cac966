"""Marks on the body chart: what hurts where, how, and how much.

A mark is data: a region, a kind, an intensity and, when drawn by hand, the stroke.
`parse_marks` reads the JSON a browser sends and trusts nothing in it; `dump_marks` writes the
same JSON back. The first thing wrong is reported with the place, the key and the cure, never
with the value, because a mark is health data.

Exceptions: `MarksError` (a `ValueError`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, NoReturn, cast

from unknot.knowledge import load

View = Literal["front", "back"]
Layer = Literal["client", "therapist"]
Point = tuple[float, float]

VIEWS: Final = ("front", "back")
LAYERS: Final = ("client", "therapist")
CLIENT_KINDS: Final = ("ache", "sharp", "burning", "tingling", "numb", "stiff")
THERAPIST_KINDS: Final = (
    "trigger_point_active",
    "trigger_point_latent",
    "taut_band",
    "hypertonic",
    "spasm",
    "adhesion",
    "swelling",
    "heat",
    "tenderness",
    "guarding",
    "numbness",
)
KINDS: Final = {"client": CLIENT_KINDS, "therapist": THERAPIST_KINDS}

# Tenderness to touch is graded 0-4; every other intensity is the person's own 0-10.
HIGHEST: Final = 10
HIGHEST_TENDERNESS: Final = 4

MOST_MARKS: Final = 200
MOST_POINTS: Final = 2_000
MOST_CHARACTERS: Final = 400_000
LONGEST_NOTE: Final = 500
LARGEST_COORDINATE: Final = 10_000.0

_KEYS: Final = frozenset({"region", "kind", "intensity", "view", "layer", "stroke", "note"})


@dataclass(frozen=True)
class Mark:
    """One mark on the chart.

    `region` is a region id and always means the person's own left or right. `intensity` is 0 to
    10 (0 to 4 for tenderness), or None when nobody said. `stroke` holds x and y in the user
    units of the chart's drawing and is empty when the whole region was marked.
    """

    region: str
    kind: str
    intensity: int | None = None
    view: View = "front"
    layer: Layer = "client"
    stroke: tuple[Point, ...] = ()
    note: str = ""


class MarksError(ValueError):
    """The marks cannot be read: says which one (`index`, from 1; 0 for the list itself), which
    `key`, and the cure."""

    def __init__(self, index: int, key: str, cure: str) -> None:
        """Build the sentence from the place and the cure; no value of the mark is repeated."""
        self.index, self.key, self.cure = index, key, cure
        place = f"mark {index}, {key}" if index else key
        super().__init__(f"{place}: {cure}")


def parse_marks(text: str, *, regions: Collection[str] | None = None) -> tuple[Mark, ...]:
    """Every mark in `text`, a JSON list, in order; an empty text is no marks.

    `regions` are the region ids allowed (default: those of the chart). Raises `MarksError` for
    anything that is not exactly a list of marks within the limits: 200 marks and 2,000 points
    in all.
    """
    if not text.strip():
        return ()
    if len(text) > MOST_CHARACTERS:
        raise MarksError(0, "marks", f"send at most {MOST_CHARACTERS} characters")
    rows = _read_json(text)
    if not isinstance(rows, list):
        raise MarksError(0, "marks", "send a list of marks")
    if len(rows) > MOST_MARKS:
        raise MarksError(0, "marks", f"send at most {MOST_MARKS} marks")
    known = load().regions if regions is None else regions
    marks = tuple(_read_mark(row, index, known) for index, row in enumerate(rows, start=1))
    if sum(len(mark.stroke) for mark in marks) > MOST_POINTS:
        raise MarksError(
            0,
            "marks",
            f"draw at most {MOST_POINTS} points in all; remove or shorten some strokes",
        )
    return marks


def dump_marks(marks: Iterable[Mark]) -> str:
    """The marks as compact JSON that `parse_marks` reads back to the same marks; coordinates
    keep one decimal."""
    rows: list[dict[str, object]] = []
    for mark in marks:
        row: dict[str, object] = {
            "region": mark.region,
            "kind": mark.kind,
            "view": mark.view,
            "layer": mark.layer,
        }
        if mark.intensity is not None:
            row["intensity"] = mark.intensity
        if mark.stroke:
            row["stroke"] = [[round(x, 1), round(y, 1)] for x, y in mark.stroke]
        if mark.note:
            row["note"] = mark.note
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def highest_intensity(kind: str) -> int:
    """The top of the intensity scale of a kind: 4 for tenderness, else 10."""
    return HIGHEST_TENDERNESS if kind == "tenderness" else HIGHEST


def _read_json(text: str) -> object:
    def refuse_constant(_name: str) -> NoReturn:
        raise MarksError(0, "marks", "use ordinary numbers; NaN and Infinity are not numbers here")

    def refuse_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        row = dict(pairs)
        if len(row) != len(pairs):
            raise MarksError(0, "marks", "name each key of a mark once")
        return row

    try:
        return json.loads(text, parse_constant=refuse_constant, object_pairs_hook=refuse_repeats)
    except MarksError:
        raise
    except (ValueError, RecursionError):
        # Broken syntax, integers of thousands of digits and endless nesting all end here.
        raise MarksError(0, "marks", "send valid JSON: a list of marks") from None


def _read_mark(row: object, index: int, regions: Collection[str]) -> Mark:
    if not isinstance(row, dict):
        raise MarksError(index, "mark", "send an object with region, kind and view")
    if not row.keys() <= _KEYS:
        raise MarksError(index, "mark", f"use only the keys {', '.join(sorted(_KEYS))}")
    layer = cast("Layer", _one_of(row.get("layer", "client"), LAYERS, index, "layer"))
    kind = _one_of(row.get("kind"), KINDS[layer], index, "kind")
    region = row.get("region")
    if not isinstance(region, str) or region not in regions:
        raise MarksError(index, "region", "use the id of a region of the chart")
    return Mark(
        region=region,
        kind=kind,
        intensity=_read_intensity(row.get("intensity"), kind, index),
        view=cast("View", _one_of(row.get("view"), VIEWS, index, "view")),
        layer=layer,
        stroke=_read_stroke(row.get("stroke", []), index),
        note=_read_note(row.get("note", ""), index),
    )


def _one_of(value: object, allowed: tuple[str, ...], index: int, key: str) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise MarksError(index, key, f"use one of {', '.join(allowed)}")
    return value


def _read_intensity(value: object, kind: str, index: int) -> int | None:
    top = highest_intensity(kind)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= top:
        raise MarksError(
            index, "intensity", f"use a whole number from 0 to {top}, or leave it out"
        )
    return value


def _read_stroke(value: object, index: int) -> tuple[Point, ...]:
    if not isinstance(value, list):
        raise MarksError(index, "stroke", "send a list of points, each [x, y]")
    if len(value) > MOST_POINTS:
        raise MarksError(index, "stroke", f"draw at most {MOST_POINTS} points")
    return tuple(_read_point(point, index) for point in value)


def _read_point(value: object, index: int) -> Point:
    if not isinstance(value, list) or len(value) != 2:
        raise MarksError(index, "stroke", "give each point as [x, y]")
    x, y = value
    return _read_coordinate(x, index), _read_coordinate(y, index)


def _read_coordinate(value: object, index: int) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not _on_the_chart(value):
        raise MarksError(index, "stroke", "give coordinates as numbers on the chart")
    return round(float(value), 1)


def _on_the_chart(value: float) -> bool:
    """True for a number of the drawing's plane; an integer too large for a float compares
    safely too."""
    return -LARGEST_COORDINATE <= value <= LARGEST_COORDINATE and math.isfinite(value)


def _read_note(value: object, index: int) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_NOTE:
        raise MarksError(index, "note", f"write at most {LONGEST_NOTE} characters")
    if any(character < " " and character != "\n" for character in value) or _has_surrogate(value):
        raise MarksError(index, "note", "use plain text without control characters")
    return value


def _has_surrogate(value: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in value)
