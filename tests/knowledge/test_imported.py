"""Instruments a practice brings itself: read strictly, scored as their record or file says.

The wording in here is invented; no licensed form is quoted.
"""

import contextlib
import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unknot.cli import main
from unknot.knowledge import KnowledgeError, load, read_instrument, with_instrument
from unknot.reasoning.assess import change, score

KNOWN = load()
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
OWN = """
[instrument]
id = "OWN-STAIRS"
name = "Stairs"
short = "Stairs 0 to 8"
tell = "Two questions about stairs."
licence = "Ours; written by the practice."
imported_on = 2026-11-20
scoring = "sum"
low = 0
high = 8
direction = "lower_better"
item_low = 0
item_high = 4
least_answered = 2
change_that_matters = 2
source = "our own sheet"
items = [
    { id = "up", text = "Going up?", low_means = "easy", high_means = "cannot" },
    { id = "down", text = "Going down?", options = [
        { value = 0, text = "easy" },
        { value = 4, text = "cannot" },
    ] },
]
"""


def _answer(value: float, text: str) -> dict[str, Any]:
    return {
        "valueCoding": {
            "display": text,
            "extension": [{"url": ORDINAL, "valueDecimal": value}],
        }
    }


def _form(count: int = 10, low: int = 0, high: int = 5) -> dict[str, Any]:
    """An invented Questionnaire with a group, a heading and `count` questions."""
    questions = [
        {
            "linkId": f"q{number}",
            "type": "choice",
            "text": f"Question {number}?",
            "answerOption": [_answer(step, f"step {step}") for step in range(low, high + 1)],
        }
        for number in range(1, count + 1)
    ]
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "copyright": "Licensed to this practice.",
        "item": [
            {"linkId": "head", "type": "display", "text": "Please answer all."},
            {"linkId": "all", "type": "group", "item": questions},
        ],
    }


def _write(folder: Path, form: Any, name: str = "form.json") -> Path:
    path = folder / name
    path.write_text(form if isinstance(form, str) else json.dumps(form), encoding="utf-8")
    return path


def _refused(path: Path, name: str) -> str:
    with pytest.raises(KnowledgeError) as caught:
        read_instrument(path, name, KNOWN)
    assert caught.value.place.file == path.name
    assert caught.value.cure
    return str(caught.value)


# --- What is read --------------------------------------------------------------------------------


def test_a_questionnaire_brings_the_wording_and_the_record_scores_it(tmp_path: Path) -> None:
    one = read_instrument(_write(tmp_path, _form()), "OM-ODI", KNOWN)
    assert [item.id for item in one.items] == [f"q{number}" for number in range(1, 11)]
    assert (one.items[0].low_means, one.items[0].high_means) == ("step 0", "step 5")
    assert one.licence == "Licensed to this practice."
    known = with_instrument(KNOWN, one)
    answers: dict[str, int | None] = {f"q{number}": 2 for number in range(1, 10)}
    found = score("OM-ODI", answers, knowledge=known)
    assert (found.value, found.missing) == (40.0, 1)
    assert change("OM-ODI", 40, 20, knowledge=known).verdict == "better"


def test_integer_items_and_item_weights_are_read(tmp_path: Path) -> None:
    form = _form(count=4, low=1)
    limits = [
        {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 1},
        {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 5},
    ]
    questions = form["item"][1]["item"]
    questions[0] = {"linkId": "n", "type": "integer", "text": "How?", "extension": limits}
    questions[1]["answerOption"] = [{"valueInteger": step} for step in range(1, 6)]
    for option in questions[2]["answerOption"]:
        weight = option["valueCoding"].pop("extension")[0]
        weight["url"] = ORDINAL.replace("ordinalValue", "itemWeight")
        option["extension"] = [weight]
    one = read_instrument(_write(tmp_path, form), "OM-PI4", KNOWN)
    known = with_instrument(KNOWN, one)
    assert score("OM-PI4", {"n": 5, "q2": 5, "q3": 5, "q4": 5}, knowledge=known).value == 75.6


def test_items_are_reversed_by_their_place_whatever_their_ids(tmp_path: Path) -> None:
    one = read_instrument(_write(tmp_path, _form(count=4, high=4)), "OM-PSS4", KNOWN)
    known = with_instrument(KNOWN, one)
    answers: dict[str, int | None] = {"q1": 4, "q2": 0, "q3": 0, "q4": 4}
    assert score("OM-PSS4", answers, knowledge=known).value == 16


def test_an_own_instrument_brings_its_scoring(tmp_path: Path) -> None:
    one = read_instrument(_write(tmp_path, OWN, "stairs.toml"), "OWN-STAIRS", KNOWN)
    assert (str(one.confidence), str(one.evidence)) == ("low", "convention")
    assert one.clinician_review == "pending"
    known = with_instrument(KNOWN, one)
    found = score("OWN-STAIRS", {"up": 3, "down": 4}, knowledge=known)
    assert (found.name, found.value) == ("Stairs 0 to 8", 7.0)


def test_toml_may_bring_wording_only(tmp_path: Path) -> None:
    items = "".join(
        f'[[instrument.items]]\nid = "s{n}"\ntext = "Section {n}"\n'
        'low_means = "none"\nhigh_means = "worst"\n'
        for n in range(1, 11)
    )
    text = f'[instrument]\nscored_as = "OM-NDI"\nlicence = "Ours."\n{items}'
    one = read_instrument(_write(tmp_path, text, "neck.toml"), "OM-NDI", KNOWN)
    answers: dict[str, int | None] = {f"s{number}": 1 for number in range(1, 10)}
    found = score("OM-NDI", answers, knowledge=with_instrument(KNOWN, one))
    assert found.value == 10.0


def test_knowledge_with_an_import_has_a_version_of_its_own_and_leaves_ours_alone(
    tmp_path: Path,
) -> None:
    one = read_instrument(_write(tmp_path, _form()), "OM-ODI", KNOWN)
    known = with_instrument(KNOWN, one)
    assert known.version.startswith(KNOWN.version + "+")
    assert not KNOWN.instruments["OM-ODI"].items
    with pytest.raises(TypeError):
        known.instruments["OM-ODI"] = one  # type: ignore[index]


# --- What is refused -----------------------------------------------------------------------------


def _first(form: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = form["item"][1]["item"][0]
    return found


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (
            lambda form: form.update(resourceType="Bundle"),
            "key resourceType: is not Questionnaire",
        ),
        (lambda form: form.pop("copyright"), "key copyright: is missing. Say there who licensed"),
        (lambda form: form.update(item={}), "key item: is not a list"),
        (lambda form: form.update(item=[]), "key item: has no question with a number"),
        (lambda form: form.update(item=[3]), "key item[1]: is a whole number. Write a table"),
        (lambda form: _first(form).pop("linkId"), "key item[1].linkId: is missing or blank"),
        (lambda form: _first(form).pop("text"), "record q1, key text: is missing or blank"),
        (lambda form: _first(form).update(linkId="q2"), "record q2, key linkId: is used twice"),
        (lambda form: _first(form).update(type="text"), "record q1, key type: is not a number"),
        (lambda form: _first(form).update(type="integer"), "record q1, key minValue: is missing"),
        (lambda form: _first(form).update(enableWhen=[]), "key enableWhen: is not understood"),
        (
            lambda form: _first(form).pop("answerOption"),
            "key answerOption: is missing. Write each",
        ),
        (
            lambda form: _first(form)["answerOption"][1]["valueCoding"].pop("extension"),
            "record q1, key answerOption[2]: carries no number to score",
        ),
        (
            lambda form: _first(form)["answerOption"].append(_answer(0.5, "half")),
            "record q1, key answerOption[7]: carries no number to score",
        ),
        (
            lambda form: _first(form)["answerOption"].append(_answer(5, "again")),
            "record q1, key answerOption: cannot be told apart",
        ),
        (
            lambda form: _first(form)["answerOption"].append(_answer(6, "more")),
            "key items[1]: has answers the scoring does not know. Number them 0, 1, 2, 3, 4, 5",
        ),
        (lambda form: _first(form).update(extension=3), "key extension: is not a list"),
        (
            lambda form: form["item"][1]["item"].pop(),
            "key items: has 9 questions. Give 10, in the order",
        ),
    ],
)
def test_a_questionnaire_that_could_score_wrongly_is_refused(
    tmp_path: Path, break_it: Callable[[dict[str, Any]], object], says: str
) -> None:
    form = _form()
    break_it(form)
    if "extension" in says:
        _first(form)["type"] = "integer"
    assert says in _refused(_write(tmp_path, form), "OM-ODI")


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [(None, 5, "key minValue: is missing"), (5, 1, "does not follow minValue"),
     (0, 500, "does not follow minValue"), (1.5, 5, "key minValue: is missing")],
)  # fmt: skip
def test_an_integer_item_needs_a_sensible_span(
    tmp_path: Path, low: object, high: object, says: str
) -> None:
    form = _form(count=4, low=1)
    base = "http://hl7.org/fhir/StructureDefinition/"
    ends = [("minValue", low), ("maxValue", high)]
    extension = [{"url": base + name, "valueInteger": value} for name, value in ends]
    _first(form).update(type="integer", extension=extension)
    assert says in _refused(_write(tmp_path, form), "OM-PI4")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("OM-XXX", '"OM-XXX" is not an instrument with a scoring here. Use one of: OM-NPRS'),
        ("OM-PEG", "OM-PEG is shipped with its wording. Use it as it is"),
        ("OM-G10", "OM-G10 has no single scoring here. Write a TOML file with its scoring"),
        ("OM-WOMAC", "OM-WOMAC has no single scoring here"),
    ],
)
def test_wording_needs_an_instrument_that_waits_for_it(
    tmp_path: Path, name: str, says: str
) -> None:
    assert says in _refused(_write(tmp_path, _form()), name)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "OWN-STAIRS"', 'id = "OM-ODI"', '"OM-ODI" is not what was asked for. Ask for OM-O'),
        ('scoring = "sum"', 'scoring = "magic"', '"magic" is not one of its words'),
        ("low = 0\n", "lwo = 0\n", "key lwo: is not a key of this record. Did you mean low"),
        ("high = 8", "high = 9", "key low: and high are not what the scoring gives. Use 0 to 8"),
        ("item_high = 4", "item_high = 0", "key item_low: is not below item_high"),
        ("least_answered = 2", "least_answered = 3", "key least_answered: cannot be reached"),
        ("least_answered = 2", "least_answered = 2\nreversed_items = [3]", "name an item there"),
        ("least_answered = 2", "least_answered = 2\nitem_values = [9]", "leave the range of an"),
        (
            "least_answered = 2",
            'least_answered = 2\nrecodes = [{ item = "side", scores = [1] }]',
            "key recodes: do not fit the items",
        ),
        ('scoring = "sum"', 'scoring = "table"', "key table: has not 9 scores"),
        ('scoring = "sum"', 'scoring = "value"', "key scoring: is value, with more than one item"),
        ('id = "down"', 'id = "up"', "key items[2].id: is used twice"),
        ('low_means = "easy", ', "", "key items[1]: does not say what its answers mean"),
        ("value = 4", "value = 5", "key items[2]: has answers the scoring does not know"),
        ("[instrument]", "[form]", "stairs.toml: has no [instrument] table. Begin"),
        ("\n]\n", "\n]\n[other]\n", "key other: is not a table of this file"),
        ("licence = ", "licence : ", "is not TOML"),
        ('licence = "Ours; written by the practice."\n', "", "key licence: is missing"),
    ],
)
def test_an_own_instrument_that_could_score_wrongly_is_refused(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in OWN
    path = _write(tmp_path, OWN.replace(old, new, 1), "stairs.toml")
    assert says in _refused(path, "OWN-STAIRS")


def test_an_own_instrument_may_not_take_a_shipped_id(tmp_path: Path) -> None:
    path = _write(tmp_path, OWN.replace("OWN-STAIRS", "OM-ODI"), "stairs.toml")
    assert "is the id of a shipped instrument. Write scored_as" in _refused(path, "OM-ODI")


def test_other_files_are_refused(tmp_path: Path) -> None:
    assert "is not a file that can be read" in _refused(tmp_path / "none.json", "OM-ODI")
    assert "is not a file that can be read" in _refused(tmp_path, "OM-ODI")
    assert "is of no kind" in _refused(_write(tmp_path, "x", "form.txt"), "OM-ODI")
    assert "is too large" in _refused(_write(tmp_path, " " * 200_001, "big.json"), "OM-ODI")
    assert "is not JSON" in _refused(_write(tmp_path, "{", "bad.json"), "OM-ODI")
    assert "is not JSON" in _refused(_write(tmp_path, "[NaN]", "bad.json"), "OM-ODI")
    assert "is not JSON" in _refused(_write(tmp_path, "[" * 100_000, "deep.json"), "OM-ODI")
    deep: dict[str, Any] = {"linkId": "end", "type": "display"}
    for _ in range(12):
        deep = {"linkId": "in", "type": "group", "item": [deep]}
    nested = _form() | {"item": [deep]}
    assert "is nested too deeply" in _refused(_write(tmp_path, nested), "OM-ODI")


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
ANY = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside the form that could be wrong."""
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(place for key, item in inside for place in _places(item, (*path, key)))]


@settings(
    max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.data())
def test_a_form_broken_anywhere_is_read_or_refused_but_never_crashes(
    tmp_path: Path, data: st.DataObject
) -> None:
    form: Any = copy.deepcopy(_form(count=4, low=1))
    *way, last = data.draw(st.sampled_from([place for place in _places(form) if place]))
    holder = form
    for key in way:
        holder = holder[key]
    holder[last] = data.draw(ANY)
    one = None
    with contextlib.suppress(KnowledgeError):
        one = read_instrument(_write(tmp_path, form), "OM-PI4", KNOWN)
    assert one is None or len(one.items) == 4


# --- In the guide and from the command line ------------------------------------------------------


def test_the_example_of_the_guide_can_be_read(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2] / "docs" / "how-to" / "bring-a-questionnaire.md"
    toml = guide.read_text("utf-8").split("```toml")
    own = _write(tmp_path, toml[1].split("```")[0], "own.toml")
    one = read_instrument(own, "OWN-STAIRS", KNOWN)
    answers: dict[str, int | None] = {"up": 1, "down": 2}
    assert score("OWN-STAIRS", answers, knowledge=with_instrument(KNOWN, one)).value == 3


def test_score_takes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(_write(tmp_path, OWN, "stairs.toml"))
    call = ["score", "OWN-STAIRS", "up=1", "down=1", "--instrument", path, "--before", "6"]
    assert main(call) == 0
    shown = capsys.readouterr().out
    assert "Stairs 0 to 8: 2" in shown
    assert "Better by 4 points" in shown
    assert main(["score", "OWN-STAIRS", "--instrument", path]) == 0
    assert "up: Going up? (0 to 4)" in capsys.readouterr().out


def test_a_file_that_cannot_be_used_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(_write(tmp_path, _form(count=9)))
    assert main(["score", "OM-ODI", "q1=1", "--instrument", path]) == 2
    assert "form.json, key items: has 9 questions. Give 10" in capsys.readouterr().err
    assert main(["score", "--instrument", path]) == 2
    assert "Name the instrument" in capsys.readouterr().err
