"""The body chart of the session room: the client's marks, and every region to take up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

from unknot.knowledge import load
from unknot.reasoning.marks import Mark, MarksError, parse_marks

from ...models import Visit
from ...ui.body_chart import BodyChart, Panel, body_chart
from ...ui.body_figure import FIGURES, Figure
from ..limits import Limits

SHOWN = ("back", "front")


@dataclass(frozen=True)
class RoomRegion:
    """One region: shape, name and state ("excluded", "gentle", "done", "work" or "")."""

    id: str
    path: str
    name: str
    state: str


@dataclass(frozen=True)
class RoomPanel:
    """One picture with its regions."""

    panel: Panel
    regions: tuple[RoomRegion, ...]


@dataclass(frozen=True)
class RoomChart:
    """Back and front, with what was marked and where one may work."""

    chart: BodyChart
    panels: tuple[RoomPanel, ...]


def room_chart(visit: Visit, limits: Limits) -> RoomChart:
    """The chart as of now."""
    client = visit.appointment.client
    figure = cast(Figure, client.figure if client.figure in FIGURES else FIGURES[0])
    chart = body_chart(_marks(visit), figure=figure, layers=("client",))
    done = set(visit.entries.values_list("area", flat=True))
    by_id = {panel.art.id: panel for panel in chart.panels}
    return RoomChart(
        chart=chart,
        panels=tuple(
            RoomPanel(
                by_id[name],
                tuple(
                    RoomRegion(
                        id=shape.region,
                        path=shape.path,
                        name=load().regions[shape.region].name,
                        state=_state(shape.region, visit, limits, done),
                    )
                    for shape in by_id[name].art.shapes
                ),
            )
            for name in SHOWN
        ),
    )


def _state(region: str, visit: Visit, limits: Limits, done: set[str]) -> str:
    group = load().regions[region].group
    if limits.why_not_area(region):
        return "excluded"
    if visit.area_in_work in (region, group):
        return "work"
    if done & {region, group}:
        return "done"
    return "gentle" if group in limits.gentle_groups else ""


def _marks(visit: Visit) -> tuple[Mark, ...]:
    """The client's own marks in their last version; none when they cannot be read any more."""
    intake = visit.appointment.episode.intakes.order_by("-version").first()
    try:
        return parse_marks(json.dumps(intake.marks)) if intake else ()
    except MarksError:
        return ()
