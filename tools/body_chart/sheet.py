"""Draws every panel of a figure and writes the sheet as SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, gaussian_filter

from body_chart import shade, trace
from body_chart.lines import Points, name_regions
from body_chart.mesh import PART_NAMES, Body, Floats
from body_chart.panels import Panel, Shot, panels_of
from body_chart.pencil import pencil_lines
from body_chart.raster import Picture, look

WIDTH, HEIGHT = 1040, 2040
LEVELS = (0.3, 0.4, 0.485, 0.56, 0.63, 0.69, 0.745, 0.795, 0.845, 0.89)
EASE = (0.0, 0.14, 0.28, 0.41, 0.53, 0.64, 0.74, 0.83, 0.9, 0.955, 1.0)
"""Lightness at which one tone gives way to the next; how light each tone is, gently at the top."""
SHADE, LIGHT, INK = (184, 153, 129), (248, 240, 229), "#5d483b"
"""Clay, linen and ink, when no stylesheet says otherwise."""


@dataclass
class Seen:
    """What the build learns about one region: its neighbours, and its middle in each panel."""

    near: set[str] = field(default_factory=set)
    middles: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """The SVG text and, per region, its middle in the front and back panel and its neighbours."""

    svg: str
    regions: Mapping[str, Seen]


def draw_sheet(name: str, body: Body, plan: Body) -> Sheet:
    """The sheet of one figure; `plan` is the neutral one, on which the region lines are drawn."""
    seen: dict[str, Seen] = defaultdict(Seen)
    groups = [_panel(panel, body, plan, seen) for panel in panels_of(body)]
    letters = "".join(_letters(panel) for panel in panels_of(body))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" '
        f'class="body-figure">\n<title>Body chart, {name} figure</title>\n'
        + "".join(groups)
        + letters
        + "</svg>\n"
    )
    return Sheet(svg, dict(sorted(seen.items())))


def _letters(panel: Panel) -> str:
    """Big L and R for a sheet seen on its own; outside the panels, as pages draw their own."""
    if not panel.left_at:
        return ""
    size = 64 if panel.height == 1000 else 34
    rows = []
    for letter, at in (
        ("L", panel.left_at),
        ("R", "left" if panel.left_at == "right" else "right"),
    ):
        x = panel.x + (panel.width - 14 if at == "right" else 14)
        anchor = "end" if at == "right" else "start"
        rows.append(
            f'<text class="letter" x="{x:g}" y="{panel.y + size:g}" font-size="{size}" '
            f'text-anchor="{anchor}" '
            f'font-family="sans-serif" fill="{INK}">{letter}</text>'
        )
    return "".join(rows) + "\n"


def _panel(panel: Panel, body: Body, plan: Body, seen: dict[str, Seen]) -> str:
    tones, ink, regions = [], [], []
    for shot in panel.shots:
        picture = _look(body, plan, shot)
        tones.append(_tones(picture, shot, panel))
        ink.append(_ink(body, picture, shot, panel))
        regions.append(_regions(picture, shot, panel, seen))
    box = f"{panel.x:g} {panel.y:g} {panel.width:g} {panel.height:g}"
    left = f' data-left="{panel.left_at}"' if panel.left_at else ""
    return (
        f'<svg class="panel" x="{panel.x:g}" y="{panel.y:g}" '
        f'width="{panel.width:g}" height="{panel.height:g}" viewBox="{box}" '
        f'data-panel="{panel.id}" data-title="{panel.title}" data-view="{panel.view}"{left}>\n'
        f'<g class="tones">{"".join(tones)}</g>\n'
        f'<g class="ink" fill="none" stroke="{INK}" stroke-width="1.3" stroke-linecap="round" '
        f'stroke-linejoin="round">{"".join(ink)}</g>\n'
        f'<g class="regions" fill="#000" fill-opacity="0" stroke="none">\n'
        f"{''.join(regions)}</g>\n</svg>\n"
    )


def _only(body: Body, shot: Shot) -> NDArray[np.bool_] | None:
    if not shot.parts:
        return None
    wanted = body.parts[:, [PART_NAMES.index(name) for name in shot.parts]].sum(axis=1) > 0.5
    wanted &= body.points[:, 1] < shot.below
    if shot.side:
        wanted &= (body.points[:, 0] > 0) == (shot.side == "left")
    return wanted


def _look(body: Body, plan: Body, shot: Shot) -> Picture:
    return look(body, shot.camera, only=_only(body, shot), plan=plan.points)


def _shift(shot: Shot) -> Floats:
    return np.array([shot.x, shot.y])


def _place(pixels: Floats, shot: Shot) -> Floats:
    return shot.camera.units(pixels) + _shift(shot)


def _tones(picture: Picture, shot: Shot, panel: Panel) -> str:
    fine = shot.camera.fine
    field_ = shade.lightness(picture, *((2.4, 7.0) if panel.height < 1000 else (1.6, 12.0)))
    outline = trace.Pen()
    for curve in trace.contours(_edge(picture.mask), 0.5, 1.5, 0.2 * fine, 30 * fine):
        outline.loop(_place(curve, shot))
    words = [
        f'<path class="outline" fill="{_mix(0)}" stroke="{INK}" stroke-width="2.6" '
        f'd="{outline.text()}"/>'
    ]
    for number, level in enumerate(LEVELS, start=1):
        pen = trace.Pen()
        for curve in trace.contours(
            field_, level, 5.0, (0.95 if panel.height < 1000 else 0.8) * fine, 36 * fine
        ):
            pen.loop(_place(curve, shot))
        if pen.words:
            words.append(
                f'<path class="tone-{number}" fill="{_mix(EASE[number])}" d="{pen.text()}"/>'
            )
    return "".join(words)


def _edge(mask: NDArray[np.bool_]) -> Floats:
    soft: Floats = gaussian_filter(mask.astype(float), 0.8)
    return soft


def _mix(share: float) -> str:
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(SHADE, LIGHT, strict=True)
    )


def _ink(body: Body, picture: Picture, shot: Shot, panel: Panel) -> str:
    close = panel.height < 1000
    step, shortest = (1.0, 10.0) if close else (2.5, 12.0)
    found = shade.inner_outlines(body, shot.camera, picture, step=step, shortest=shortest)
    pen, soft = trace.Pen(), trace.Pen()
    for run in found:
        pen.curve(trace.smooth(run, 1.0, 0.15) + _shift(shot))
    for line in pencil_lines(picture):
        soft.curve(_place(trace.smooth(line, 2.0, 0.3), shot))
    words = [f'<path class="ink" d="{pen.text()}"/>'] if pen.words else []
    if soft.words:
        words.append(f'<path class="pencil" stroke-opacity=".5" d="{soft.text()}"/>')
    return "".join(words)


def _regions(picture: Picture, shot: Shot, panel: Panel, seen: dict[str, Seen]) -> str:
    names, labels = _label(picture, shot)
    fine = shot.camera.fine
    arcs = []
    for left, right, points in trace.shared_arcs(labels):
        outer = 0 in (left, right)
        curve = trace.smooth(points, 2.0 if outer else 7.0, (0.4 if outer else 0.5) * fine)
        arcs.append((left, right, _place(curve, shot)))
        if not outer:
            seen[names[left]].near.add(names[right])
            seen[names[right]].near.add(names[left])
    rows = []
    around = _around(picture)
    for value, name in enumerate(names):
        if value == 0 or not (labels == value).any():
            continue
        pen = trace.Pen()
        for ring in trace.rings(value, arcs):
            for number, (arc, backwards) in enumerate(ring):
                pen.curve(arcs[arc][2][::-1] if backwards else arcs[arc][2], start=number == 0)
            pen.close()
        middle = _middle(labels == value)
        x, y = _place(middle, shot).tolist()
        rows.append(
            f'<path class="region" data-region="{name}" data-middle="{x:.1f} {y:.1f}"'
            f'{_way_out(labels == value, middle, around, shot, panel)} d="{pen.text()}"/>\n'
        )
        seen[name].middles.setdefault(
            panel.view if panel.id in ("front", "back") else panel.id, (x, y)
        )
    return "".join(rows)


def _around(picture: Picture) -> trace.Labels:
    """For each pixel, row and column of the nearest one clear of the figure.

    Gaps between fingers do not count as clear.
    """
    reach = round(14 * picture.camera.fine)
    near = distance_transform_edt(~picture.mask) < reach
    solid = distance_transform_edt(near) > reach
    index: trace.Labels = distance_transform_edt(
        solid | picture.mask, return_distances=False, return_indices=True
    )
    return index


def _way_out(
    shape: NDArray[np.bool_], middle: Floats, around: trace.Labels, shot: Shot, panel: Panel
) -> str:
    """Where to leave the figure for a region too small to carry its own letter."""
    room = distance_transform_edt(shape).max() / shot.camera.fine
    if room > (15 if panel.height == 1000 else 12):
        return ""
    column, row = middle.astype(int)
    x, y = _place(around[::-1, row, column].astype(float), shot).tolist()
    return f' data-outside="{x:.0f} {y:.0f}"'


def _middle(shape: NDArray[np.bool_]) -> Floats:
    """The mean pixel of a shape (column, row), or its innermost one when the mean lies outside."""
    row, column = np.nonzero(shape)
    if shape[round(row.mean()), round(column.mean())]:
        return np.array([column.mean(), row.mean()])
    inner = np.unravel_index(distance_transform_edt(shape).argmax(), shape.shape)
    return np.array([float(inner[1]), float(inner[0])])


def _label(picture: Picture, shot: Shot) -> tuple[list[str], trace.Labels]:
    mask = picture.mask
    place = picture.place[mask]
    toward = shot.camera.toward
    front = np.full(len(place), toward[2] > 0.5)
    if abs(toward[2]) <= 0.5:
        front = place[:, 2] > (0.02 if abs(toward[0]) > 0.5 else -9)
    below = np.full(len(place), toward[1] < -0.5)
    part = picture.parts[mask].argmax(axis=1)
    points = Points(np.abs(place[:, 0]), place[:, 1], place[:, 2], front, below, part)
    found = name_regions(points)
    sides = np.where(place[:, 0] > 0, "_left", "_right")
    full = np.where(
        np.char.endswith(found, "_mid") | (found == ""),
        found,
        np.char.add(found, sides),
    )
    names = ["", *sorted(set(full.tolist()) - {""})]
    numbers = {name: number for number, name in enumerate(names)}
    labels = np.zeros(mask.shape, dtype=np.int64)
    labels[mask] = [numbers[name] for name in full.tolist()]
    return names, trace.tidy(labels, mask, smallest=90)
