"""How the names of medicines are read back to the one who wrote them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.cases import case_of
from unknot.reasoning.case import Case
from unknot.reasoning.medicine_words import about, as_read


def told(**given: Any) -> Case:
    return case_of("man_with_low_back_pain", given)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("Xarelto 20 mg", "Xarelto is rivaroxaban, a blood thinner."),
        ("warfarin", "Warfarin is a blood thinner."),
        ("Lantus", "Lantus is insulin glargine, insulin."),
        ("ibuprofen", "Ibuprofen is an ordinary painkiller."),
        ("blood thinners", "Blood thinners: a blood thinner."),
        ("moonflower", "We do not know “moonflower”."),
        (
            "asprin",
            "We read “asprin” as aspirin, a medicine that keeps platelets from clumping and"
            " an ordinary painkiller. Is that right?",
        ),
    ],
)
def test_each_name_is_read_back_in_a_sentence(names: str, sentence: str) -> None:
    assert as_read(told(medicine_names=names)) == (sentence,)


def test_nothing_is_read_back_where_nothing_was_named() -> None:
    assert as_read(told()) == ()


def test_a_confirmed_spelling_is_no_longer_asked_about() -> None:
    (sentence,) = as_read(told(medicine_names="xarleto", medicine_spelling_right=True))
    assert sentence == "Xarleto is rivaroxaban, a blood thinner."


def test_each_question_gets_the_names_it_is_about() -> None:
    case = told(medicine_names="xarleto, moonflower, alendronic acid, ibuprofen")
    assert [line[:18] for line in about("medicine_spelling_right", case)] == ["We read “xarleto” "]
    assert about("medicine_kinds", case) == (
        "We do not know “moonflower”.",
        "Alendronic acid is a medicine for thin bones; nothing you told us is what it is mostly"
        " for.",
    )
    assert len(about("medicine_names", case)) == 4
    assert about("age_years", case) == ()


def test_a_spelling_read_wrongly_is_a_name_we_do_not_know() -> None:
    case = told(medicine_names="xarleto", medicine_spelling_right=False)
    assert about("medicine_kinds", case) == ("We do not know “xarleto”.",)
