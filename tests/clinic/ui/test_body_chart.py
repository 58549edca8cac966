"""The body chart on a page: drawn by the server, readable without a script, answered by a list."""

from __future__ import annotations

import json
import re

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from unknot.clinic.ui.body_chart import GROUP_NAMES, body_chart, marks_from_post, say_mark
from unknot.clinic.ui.body_figure import read_figure
from unknot.clinic.ui.body_kinds import BY_ID, CLIENT, KINDS, THERAPIST
from unknot.clinic.ui.body_marks import badges, is_closed, paint, strength, stroke_path
from unknot.knowledge import load
from unknot.reasoning import marks as reasoning_marks
from unknot.reasoning.marks import Mark, MarksError, dump_marks

BACK = next(art for art in read_figure("neutral") if art.id == "back")
PALMS = next(art for art in read_figure("neutral") if art.id == "hands_palm")
LOW = Mark("low_back_right", "ache", 6, "back")
FINGER = Mark("little_finger_left", "numb", 5, "front")


def html(**options: object) -> str:
    chart = body_chart((LOW, FINGER), **options)  # type: ignore[arg-type]
    return render_to_string("ui/body_chart.html", {"chart": chart})


def post(**fields: object) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


# --- Words ------------------------------------------------------------------------------------


def test_every_kind_has_words_a_letter_and_a_pattern_of_its_own() -> None:
    assert tuple(kind.id for kind in CLIENT) == reasoning_marks.CLIENT_KINDS
    assert tuple(kind.id for kind in THERAPIST) == reasoning_marks.THERAPIST_KINDS
    for kinds in KINDS.values():
        assert len({kind.code for kind in kinds}) == len(kinds)
        assert len({(kind.hatch, kind.turn, kind.tile) for kind in kinds}) == len(kinds)
    assert len({kind.code for kind in BY_ID.values()}) == len(BY_ID)


def test_every_group_of_regions_is_in_the_list() -> None:
    assert set(GROUP_NAMES) == {region.group for region in load().regions.values()}
    listed = [row.region.id for part in body_chart(edit="client").sections for row in part.rows]
    assert sorted(listed) == sorted(load().regions)


def test_a_mark_is_said_in_words() -> None:
    assert say_mark(LOW) == "Low back, right: ache, 6 of 10"
    assert say_mark(Mark("jaw_left", "stiff")) == "Jaw, left: stiff"
    assert say_mark(Mark("jaw_left", "tenderness", 3, "front", "therapist")).endswith("3 of 4")


# --- Drawing ----------------------------------------------------------------------------------


def test_strength_has_eleven_steps_and_one_for_unknown() -> None:
    assert strength(LOW) == "pain-6"
    assert strength(Mark("jaw_left", "ache")) == "pain-none"
    assert strength(Mark("jaw_left", "tenderness", 4, layer="therapist")) == "pain-10"


def test_a_whole_region_is_washed_wherever_it_is_seen() -> None:
    washes = {art.id: paint(art, [FINGER]) for art in read_figure("neutral")}
    seen = {name for name, found in washes.items() if found}
    assert seen == {"front", "back", "hands_palm", "hands_back"}
    assert not washes["front"][0].is_line


def test_a_stroke_is_drawn_only_where_it_was_drawn_and_lettered_on_the_whole_figure_too() -> None:
    x, y = PALMS.x + 200, PALMS.y + 100
    drawn = Mark("palm_left", "ache", 3, "front", stroke=((x, y), (x + 30, y), (x + 60, y + 9)))
    assert [found.is_line for found in paint(PALMS, [drawn])] == [True]
    assert paint(BACK, [drawn]) == ()
    front = next(art for art in read_figure("neutral") if art.id == "front")
    assert paint(front, [drawn]) == ()
    assert [badge.text for badge in badges(front, [drawn])] == ["A3"]
    assert badges(BACK, [drawn]) == ()


def test_a_stroke_that_returns_means_the_area_inside() -> None:
    ring = ((700.0, 300.0), (740.0, 300.0), (740.0, 340.0), (700.0, 340.0), (700.0, 302.0))
    assert is_closed(ring)
    assert not is_closed(ring[:3])
    assert stroke_path(ring, closed=True).endswith("z")
    assert stroke_path(((1.0, 2.0),), closed=False) == "M1 2h.1"
    found = paint(BACK, [Mark("low_back_left", "ache", 2, "back", stroke=ring)])
    assert [wash.is_line for wash in found] == [False]


def test_letters_never_hide_each_other() -> None:
    fingers = ("thumb", "index_finger", "middle_finger", "ring_finger", "little_finger")
    many = [Mark(f"{name}_left", kind, 5) for name in fingers for kind in ("ache", "numb")]
    placed = badges(PALMS, many)
    assert len(placed) == 10
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            apart = (
                abs(one.y - other.y) >= one.height
                or abs(one.x - other.x) >= (one.width + other.width) / 2
            )
            assert apart, (one.text, other.text)


def test_a_small_region_has_its_letter_clear_of_the_figure_with_a_line_to_it() -> None:
    (badge,) = badges(PALMS, [FINGER])
    assert badge.leader.startswith("M")
    (large,) = badges(BACK, [LOW])
    assert large.leader == ""


# --- On the page ------------------------------------------------------------------------------


def test_the_page_reads_without_a_script() -> None:
    page = html()
    assert "Low back, right: ache, 6 of 10" in page
    assert "mark__wash" in page
    assert "A6" in page
    assert 'type="checkbox"' not in page
    assert "data-marks" not in page


def test_left_and_right_are_written_at_the_right_edges() -> None:
    page = html()
    front = page[page.index('data-panel="front"') : page.index('data-panel="back"')]
    assert re.search(r'side--left">R<', front)
    assert re.search(r'side--right">L<', front)
    assert "left is on the right of this picture" in front
    back = page[page.index('data-panel="back"') :]
    assert re.search(r'side--left">L<', back)


def test_nothing_inline_that_the_policy_forbids() -> None:
    for page in (html(), html(edit="client"), html(edit="therapist")):
        assert "style=" not in page
        assert "<style" not in page
        assert not re.search(r"\son[a-z]+=", page)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_a_note_is_escaped() -> None:
    chart = body_chart((Mark("jaw_left", "ache", 2, note="<b>left</b>"),))
    assert "&lt;b&gt;left" in render_to_string("ui/body_chart.html", {"chart": chart})


def test_every_control_of_the_list_has_a_name() -> None:
    page = html(edit="client")
    rows = re.findall(r'data-row="(\w+)".*?</div>', page, re.DOTALL)
    assert len(rows) == len(load().regions)
    assert page.count('class="visually-hidden">Kind, ') == len(rows)
    assert page.count('class="visually-hidden">How strong, 0 to 10, ') == len(rows)


def test_the_other_layer_is_shown_but_not_sent() -> None:
    found = Mark("neck_back_left", "taut_band", 4, "back", "therapist")
    chart = body_chart((LOW, found), edit="therapist")
    assert json.loads(chart.value) == json.loads(dump_marks([found]))
    assert json.loads(chart.fixed) == json.loads(dump_marks([LOW]))
    assert [line.badge for line in chart.lines] == ["A6", "TB4"]


def test_a_layer_may_be_left_out() -> None:
    found = Mark("neck_back_left", "taut_band", 4, "back", "therapist")
    assert body_chart((LOW, found), layers=("client",)).marks == (LOW,)


def test_an_empty_chart_says_so() -> None:
    assert body_chart().summary == "Nothing is marked."
    assert "Nothing is marked." in render_to_string("ui/body_chart.html", {"chart": body_chart()})
    assert body_chart((LOW,)).summary == "Low back, right: ache, 6 of 10."
    assert [kind.id for kind in body_chart((LOW,)).kinds] == ["ache"]


# --- What a form sends ------------------------------------------------------------------------


def test_the_drawing_is_read_when_the_list_did_not_come() -> None:
    assert marks_from_post(post(marks=dump_marks([LOW]))) == (LOW,)
    assert marks_from_post(post()) == ()


def test_a_browser_cannot_write_on_another_layer() -> None:
    found = Mark("neck_back_left", "taut_band", 4, "back", "therapist")
    assert marks_from_post(post(marks=dump_marks([LOW, found]))) == (LOW,)
    assert marks_from_post(post(marks=dump_marks([LOW, found])), layer="therapist") == (found,)


def test_the_list_adds_changes_and_removes() -> None:
    sent = post(
        marks=dump_marks([LOW, FINGER]),
        marks__list="1",
        marks__region=["low_back_right", "neck_back_left"],
        **{
            "marks-kind-low_back_right": "sharp",
            "marks-intensity-low_back_right": "8",
            "marks-kind-neck_back_left": "stiff",
            "marks-intensity-neck_back_left": "",
        },
    )
    assert marks_from_post(sent) == (
        Mark("low_back_right", "sharp", 8, "back"),
        Mark("neck_back_left", "stiff", None, "back"),
    )


def test_the_list_keeps_what_was_drawn_and_a_second_mark_of_a_region() -> None:
    drawn = Mark("low_back_right", "ache", 6, "back", stroke=((800, 400), (810, 410)))
    second = Mark("low_back_right", "numb", 2, "back")
    sent = post(marks=dump_marks([drawn, second]), marks__list="1", marks__region="low_back_right")
    sent["marks-kind-low_back_right"] = "ache"
    sent["marks-intensity-low_back_right"] = "7"
    first, other = marks_from_post(sent)
    assert (first.stroke, first.intensity) == (drawn.stroke, 7)
    assert other == second


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"marks__region": ["tail"]}, "region"),
        ({"marks__region": ["jaw_left"], "marks-kind-jaw_left": "itch"}, "kind"),
        ({"marks__region": ["jaw_left"], "marks-intensity-jaw_left": "11"}, "intensity"),
        ({"marks__region": ["jaw_left"], "marks-intensity-jaw_left": "-1"}, "intensity"),
        ({"marks__region": ["jaw_left"], "marks-intensity-jaw_left": "9" * 5000}, "intensity"),
        ({"marks__region": ["jaw_left"], "marks-intensity-jaw_left": "٣"}, ""),
    ],
)
def test_the_list_is_not_trusted_either(fields: dict[str, object], key: str) -> None:
    sent = post(marks__list="1", **fields)
    if not key:  # a digit of another script is a digit all the same
        assert marks_from_post(sent)[0].intensity == 3
        return
    with pytest.raises(MarksError) as caught:
        marks_from_post(sent)
    assert caught.value.key == key
