"""The body chart by itself, to be looked at and tested: edited by the client, by the therapist,
and read only."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from unknot.reasoning.marks import Mark, MarksError

from ..access import Request, view
from ..ui import render
from ..ui.body_chart import BodyChart, body_chart, marks_from_post
from ..ui.body_figure import FIGURES, Figure

EXAMPLE = (
    Mark("neck_back_left", "stiff", 4, "back"),
    Mark(
        "upper_back_right",
        "ache",
        7,
        "back",
        stroke=((790, 215), (800, 240), (795, 262), (804, 290)),
    ),
    Mark("low_back_right", "sharp", 8, "back"),
    Mark("low_back_left", "ache", 3, "back"),
    Mark("buttock_right", "burning", 6, "back"),
    Mark("little_finger_left", "numb", 5, "front"),
    Mark("little_finger_right", "tingling", 2, "front"),
    Mark("shoulder_top_right", "trigger_point_active", 6, "back", "therapist"),
)


@dataclass(frozen=True)
class GalleryChartPage:
    """A chart and what the last form said."""

    chart: BodyChart
    problem: str
    sent: str


@view("gallery.read")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: Request) -> HttpResponse:
    """The chart; `edit`, `figure` and `empty` in the address choose what is shown."""
    asked = request.GET
    edit = {"client": "client", "therapist": "therapist"}.get(asked.get("edit", "client"), "")
    figure: Figure = next((name for name in FIGURES if name == asked.get("figure")), "neutral")
    marks: tuple[Mark, ...] = () if "empty" in asked else EXAMPLE
    problem = sent = ""
    if request.method == "POST" and edit:
        try:
            marks = marks_from_post(
                request.POST, layer="therapist" if edit == "therapist" else "client"
            )
            sent = f"{len(marks)} marks"
        except MarksError as error:
            problem = str(error)
    chart = body_chart(marks, figure=figure, edit=edit)  # type: ignore[arg-type]
    return render(request, "gallery/body_chart.html", GalleryChartPage(chart, problem, sent))
