"""Marks from a browser: what is read, what is refused, and in which words."""

import json
from dataclasses import replace

import pytest

from unknot.reasoning.marks import (
    CLIENT_KINDS,
    KINDS,
    MOST_CHARACTERS,
    MOST_MARKS,
    MOST_POINTS,
    THERAPIST_KINDS,
    Mark,
    MarksError,
    dump_marks,
    highest_intensity,
    parse_marks,
)

REGIONS = frozenset({"low_back_left", "low_back_right", "little_finger_left"})
GOOD: dict[str, object] = {"region": "low_back_right", "kind": "ache", "view": "back"}


def read(*rows: object) -> tuple[Mark, ...]:
    return parse_marks(json.dumps(list(rows)), regions=REGIONS)


def refused(text: str) -> MarksError:
    with pytest.raises(MarksError) as caught:
        parse_marks(text, regions=REGIONS)
    return caught.value


def refused_row(**changes: object) -> MarksError:
    return refused(json.dumps([GOOD | changes]))


def test_it_reads_a_mark_with_nothing_but_a_place_and_a_kind() -> None:
    assert read(GOOD) == (Mark("low_back_right", "ache", None, "back"),)


def test_it_reads_a_full_mark_of_the_therapist() -> None:
    row = GOOD | {
        "kind": "tenderness",
        "layer": "therapist",
        "intensity": 4,
        "stroke": [[1, 2.25], [3.5, 4]],
        "note": "beside the spine\nleft more",
    }
    mark = Mark(
        "low_back_right",
        "tenderness",
        4,
        "back",
        "therapist",
        ((1.0, 2.2), (3.5, 4.0)),
        str(row["note"]),
    )
    assert read(row) == (mark,)


def test_no_text_is_no_marks() -> None:
    assert parse_marks("") == parse_marks(" \n") == ()


def test_writing_and_reading_gives_the_same_marks() -> None:
    marks = read(
        GOOD,
        GOOD | {"intensity": 0},
        GOOD
        | {
            "kind": "numb",
            "region": "little_finger_left",
            "view": "front",
            "stroke": [[0, -3.1]],
            "note": "ü",
        },
    )
    assert parse_marks(dump_marks(marks), regions=REGIONS) == marks


def test_writing_rounds_what_nobody_can_see() -> None:
    mark = replace(read(GOOD)[0], stroke=((1.23456, 2.0),))
    assert '"stroke":[[1.2,2.0]]' in dump_marks([mark])


def test_it_knows_the_regions_of_the_chart_itself() -> None:
    assert (
        parse_marks('[{"region":"low_back_left","kind":"numb","view":"back"}]')[0].region
        == "low_back_left"
    )
    with pytest.raises(MarksError, match="mark 1, region: use the id of a region of the chart"):
        parse_marks('[{"region":"tail","kind":"numb","view":"back"}]')


@pytest.mark.parametrize("layer", ["client", "therapist"])
def test_each_layer_has_its_own_kinds(layer: str) -> None:
    for kind in KINDS[layer]:
        assert read(GOOD | {"layer": layer, "kind": kind})[0].kind == kind
    other = THERAPIST_KINDS if layer == "client" else CLIENT_KINDS
    assert refused_row(layer=layer, kind=other[0]).key == "kind"


def test_tenderness_is_graded_to_four_and_all_else_to_ten() -> None:
    assert highest_intensity("tenderness") == 4
    assert highest_intensity("ache") == 10
    assert refused_row(layer="therapist", kind="tenderness", intensity=5).cure.startswith(
        "use a whole number from 0 to 4"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[" * 200_000,
        "[" + "9" * 10_000 + "]",
        '[{"region":"low_back_left","kind":"ache","view":"back","intensity":' + "9" * 5_000 + "}]",
        "nul",
        "\x00",
    ],
)
def test_it_refuses_what_is_not_json_it_can_hold(text: str) -> None:
    assert str(refused(text)) == "marks: send valid JSON: a list of marks"


@pytest.mark.parametrize("text", ["{}", "7", '"marks"', "null"])
def test_it_refuses_anything_but_a_list(text: str) -> None:
    assert refused(text).cure == "send a list of marks"


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_it_refuses_numbers_that_are_none(constant: str) -> None:
    assert "NaN and Infinity" in refused(f'[{{"intensity":{constant}}}]').cure


def test_it_refuses_a_key_named_twice() -> None:
    assert refused('[{"kind":"ache","kind":"numb"}]').cure == "name each key of a mark once"


def test_it_refuses_a_million_points_before_reading_them() -> None:
    text = json.dumps([GOOD | {"stroke": [[1, 1]] * 1_000_000}])
    assert refused(text).cure == f"send at most {MOST_CHARACTERS} characters"


def test_it_holds_the_limits_on_both_sides() -> None:
    assert len(read(*[GOOD] * MOST_MARKS)) == MOST_MARKS
    assert (
        refused(json.dumps([GOOD] * (MOST_MARKS + 1))).cure == f"send at most {MOST_MARKS} marks"
    )
    whole = GOOD | {"stroke": [[1, 1]] * MOST_POINTS}
    assert len(read(whole)[0].stroke) == MOST_POINTS
    assert refused_row(stroke=[[1, 1]] * (MOST_POINTS + 1)).key == "stroke"
    assert refused(json.dumps([whole, GOOD | {"stroke": [[1, 1]]}])).key == "marks"


@pytest.mark.parametrize("row", [7, [], "mark", None])
def test_it_refuses_a_mark_that_is_no_object(row: object) -> None:
    assert str(refused(json.dumps([GOOD, row]))).startswith("mark 2, mark: send an object")


def test_it_refuses_a_key_it_does_not_know() -> None:
    error = refused_row(colour="red")
    assert (error.index, error.key) == (1, "mark")
    assert "colour" not in str(error)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("region", "tail"),
        ("region", None),
        ("region", ["low_back_left"]),
        ("kind", "itch"),
        ("kind", 3),
        ("view", "side"),
        ("view", None),
        ("layer", "nurse"),
        ("layer", {}),
        ("intensity", 11),
        ("intensity", -1),
        ("intensity", 4.5),
        ("intensity", True),
        ("intensity", "5"),
        ("intensity", 10**400),
        ("stroke", "M0 0"),
        ("stroke", {"x": 1}),
        ("stroke", [3]),
        ("stroke", [[1]]),
        ("stroke", [[1, 2, 3]]),
        ("stroke", [["1", 2]]),
        ("stroke", [[True, 2]]),
        ("stroke", [[1, 1e5]]),
        ("stroke", [[-(10**400), 1]]),
        ("note", 5),
        ("note", "x" * 501),
        ("note", "bell \x07"),
        ("note", "\ud800"),
    ],
)
def test_it_names_the_key_that_is_wrong_and_never_the_value(key: str, value: object) -> None:
    error = refused_row(**{key: value})
    assert error.key == key
    assert str(error).startswith(f"mark 1, {key}: ")
    assert "tail" not in str(error)
    assert "itch" not in str(error)


def test_it_refuses_a_number_too_large_for_any_float() -> None:
    row = '[{"region":"low_back_left","kind":"ache","view":"back","stroke":[[1e999,0]]}]'
    assert refused(row).key == "stroke"
