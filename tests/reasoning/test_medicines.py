"""Medicines by name: what is known, what is only guessed, and what that makes of the answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tests.support.cases import case_of
from unknot.knowledge import load
from unknot.reasoning.medicine_facts import summary
from unknot.reasoning.medicines import known_names, recognise
from unknot.reasoning.screen import Screening, decide

NAMES = known_names(load())
LONG_NAMES = sorted(name for name in NAMES if len(name) >= 8 and name.isalpha())
MAN = "man_with_low_back_pain"


def read(text: str) -> list[tuple[str, str]]:
    return [(item.how, item.name) for item in recognise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xarelto 20mg", [("brand", "Rivaroxaban")]),
        ("warfarin 3 mg once daily", [("exact", "Warfarin")]),
        ("acetylsalicylic acid", [("exact", "Aspirin")]),
        ("asprin", [("close", "Aspirin")]),
        ("blood thinners", [("class", "Blood thinners")]),
        ("Insulin lispro, insulin", [("exact", "Insulin lispro"), ("class", "Insulin")]),
        ("métoprolol succinate 47.5 mg XL", [("exact", "Metoprolol")]),
        ("Losec\nvitamin D", [("brand", "Omeprazole"), ("exact", "Colecalciferol")]),
        ("co-codamol 30/500", [("exact", "Codeine with paracetamol")]),
        ("warfarin; Coumadin", [("exact", "Warfarin")]),
        ("moonflower 5 ml", [("not_recognised", "")]),
        ("moonflower warfarin", [("not_recognised", ""), ("exact", "Warfarin")]),
        ("None.", []),
        ("500 mg, 2x daily", []),
        ("", []),
    ],
)
def test_a_text_is_read_name_by_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


def test_a_name_gives_its_class_and_its_code() -> None:
    (found,) = recognise("Eliquis")
    assert (found.classes, found.atc, found.medicine) == (
        ("anticoagulant",),
        ("B01AF02",),
        "apixaban",
    )


@pytest.mark.parametrize("text", ["yasmn", "soma1", "abcd", "lasvx"])
def test_short_words_and_words_between_two_classes_are_not_guessed(text: str) -> None:
    near = {
        NAMES[name].classes for name in NAMES if len(name) > 4 and OSA.distance(text, name) <= 1
    }
    assert [how for how, _ in read(text)] == (["close"] if len(near) == 1 else ["not_recognised"])


def test_a_word_as_near_to_two_classes_is_not_recognised() -> None:
    """Between Concor, for blood pressure, and Zocor, for cholesterol."""
    assert OSA.distance("concor", "zocor") == 2
    assert read("cocor") == [("not_recognised", "")]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(LONG_NAMES),
    place=st.integers(0, 40),
    letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
    slip=st.sampled_from(["drop", "add", "change", "swap"]),
)
def test_one_slip_of_the_pen_never_turns_a_medicine_into_one_of_another_class(
    name: str, place: int, letter: str, slip: str
) -> None:
    at = place % (len(name) - 1)
    wrong = {
        "drop": name[:at] + name[at + 1 :],
        "add": name[:at] + letter + name[at:],
        "change": name[:at] + letter + name[at + 1 :],
        "swap": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    }[slip]
    for item in recognise(wrong):
        assert item.how == "not_recognised" or item.classes == NAMES[name].classes, wrong


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for item in recognise(text):
        assert bool(item.name) == (item.how != "not_recognised")
        assert item.written


def test_no_two_names_of_different_classes_are_one_slip_apart() -> None:
    """A new name that breaks this must be asked about, not taken for the other one."""
    ordered = sorted(NAMES)
    close = [
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if NAMES[one].classes != NAMES[other].classes
        and OSA.distance(one, other, score_cutoff=1) <= 1
    ]
    assert close == []


def test_no_name_is_given_to_two_medicines_and_every_code_is_a_code() -> None:
    owners: dict[str, set[str]] = {}
    for drug in load().medicines.values():
        for name in (drug.name, *drug.also, *drug.brands):
            owners.setdefault(name.lower(), set()).add(drug.id)
        for code in drug.atc:
            assert code[0].isalpha(), code
            assert code[1:3].isdigit(), code
            assert len(code) in (4, 5, 7), code
    assert [name for name, ids in owners.items() if len(ids) > 1] == []


# --- What a name makes of the answers ----------------------------------------------------------


def screened(**given: Any) -> Screening:
    return decide(case_of(MAN, given))


def test_a_blood_thinner_by_name_counts_although_no_was_ticked_and_says_why() -> None:
    found = screened(anticoagulant=False, medicine_names="Xarelto 20 mg")
    finding = found.finding("SR-005")
    assert finding is not None
    assert finding.state == "fired"
    assert ("anticoagulant", True) in finding.facts_read
    assert ("medicine_names", "Xarelto 20 mg") in finding.facts_read
    assert finding.facts[0].answered == (
        "Yes, by the medicines named: xarelto, read as rivaroxaban (answered: No)"
    )
    assert found.missing == ("anticoagulant_unstable",)


@pytest.mark.parametrize(
    ("right", "missing", "fires"),
    [
        (None, ("medicine_spelling_right",), False),
        (True, ("anticoagulant_unstable",), True),
        (False, ("medicine_kinds",), False),
    ],
)
def test_a_close_spelling_is_unknown_until_it_is_confirmed(
    right: bool | None, missing: tuple[str, ...], fires: bool
) -> None:
    given = {} if right is None else {"medicine_spelling_right": right}
    found = screened(medicine_names="xarleto", **given)
    assert found.missing == missing
    fired = {finding.rule_id for finding in found.findings if finding.state == "fired"}
    assert ("SR-005" in fired) is fires
    assert found.blocks_booking


def test_a_close_spelling_of_a_medicine_no_rule_reads_stands_in_nobodys_way() -> None:
    assert not screened(medicine_names="omeprazol").blocks_booking


def test_a_name_nobody_can_read_is_unknown_for_every_rule_until_its_kind_is_said() -> None:
    found = screened(medicine_names="moonflower")
    assert found.missing == ("medicine_kinds",)
    open_rules = {finding.rule_id for finding in found.findings if finding.state == "unknown"}
    assert open_rules >= {"SR-005", "SR-009", "SR-014", "SR-022", "SR-037", "SR-041", "SR-057"}
    assert not screened(medicine_names="moonflower", medicine_kinds=["none"]).blocks_booking
    said = screened(medicine_names="moonflower", medicine_kinds=["opioid", "steroid"])
    assert {finding.rule_id for finding in said.findings} == {"SR-057", "SR-058"}


def test_kinds_count_in_the_order_they_were_said() -> None:
    given = {"medicine_kinds": ["blood_pressure", "opioid"], "medicines": ["none"]}
    facts = dict(fact for item in screened(**given).findings for fact in item.facts_read)
    assert facts["medicines"] == ("blood_pressure", "opioid_sedative")


def test_two_medicines_against_platelets_count_as_a_blood_thinner_and_one_does_not() -> None:
    both = screened(medicine_names="aspirin 75 mg, clopidogrel", anticoagulant_unstable=False)
    one = screened(medicine_names="clopidogrel, Plavix")
    guess = screened(medicine_names="aspirin, clopidogrell")
    assert both.finding("SR-005") is not None
    assert not one.findings
    assert guess.missing == ("medicine_spelling_right",)


def test_a_medicine_mostly_given_for_an_illness_that_was_denied_is_asked_about() -> None:
    found = screened(medicine_names="alendronate")
    assert found.missing == ("medicine_kinds",)
    assert found.finding("SR-009") is not None
    assert not screened(medicine_names="alendronate", medicine_kinds=["none"]).findings
    known = screened(medicine_names="alendronate", osteoporosis=True)
    assert not known.missing


@pytest.mark.parametrize(
    ("given", "open_about"),
    [
        ({}, ("none",)),
        ({"medicine_names": "aspirin"}, ("none",)),
        ({"medicine_names": "asprin, moonflower"}, ("close", "unread")),
        ({"medicine_names": "alendronate"}, ("denied",)),
        ({"medicine_names": "metformin", "illnesses": ["hernia"]}, ("denied",)),
        ({"medicine_names": "metformin", "illnesses": ["diabetes"]}, ("none",)),
        ({"medicine_names": "asprin", "medicine_spelling_right": False}, ("close", "unread")),
    ],
)
def test_what_is_open_about_the_names_is_summed_up(
    given: dict[str, Any], open_about: tuple[str, ...]
) -> None:
    assert summary(case_of(MAN, given).answers, load()) == open_about


def test_a_name_adds_to_what_was_ticked_and_takes_nothing_away() -> None:
    found = screened(medicines=["pain_patch"], medicine_names="ramipril")
    assert {finding.rule_id for finding in found.findings} == {"SR-014", "SR-058"}


def test_names_are_read_where_the_medicines_were_never_ticked() -> None:
    found = decide(case_of(MAN, {"medicine_names": "oxycodone"}, not_asked=["medicines"]))
    finding = found.finding("SR-058")
    assert finding is not None
    assert finding.state == "fired"
    assert "medicines" in found.missing
