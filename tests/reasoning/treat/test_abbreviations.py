"""Short forms are written out as words of their own, once, and nothing else is touched."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.knowledge import load
from unknot.reasoning.treat.abbreviations import expand, pieces, unclear

KNOWN = tuple(load().abbreviations.values())
SHORTS = [one.short for one in KNOWN] + [f"{one.short}s" for one in KNOWN if one.plural]
NAMES = ("Cora Linden", "Ut Pham", "UT", "Rom-Quinn Tx", "O’Hara")
WORDS = st.one_of(
    st.sampled_from(SHORTS),
    st.sampled_from([short.upper() for short in SHORTS] + [short.lower() for short in SHORTS]),
    st.sampled_from(NAMES),
    st.integers(0, 9999).map(str),
    st.sampled_from(
        ["pain", "6/10", "L4", "4-6", "20", "the", "und", "é", "(", ")", "[", "x@y.z"]
    ),
)
TEXTS = st.lists(
    st.tuples(WORDS, st.sampled_from([" ", "\n", ". ", ", ", "/", "-", "", "’s ", " ("])),
    max_size=12,
).map(lambda found: "".join(word + gap for word, gap in found))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("c/o LBP s/p fall", "Reports low back pain after fall"),
        ("ROM 45/60, w/o NPRS.", "Range of motion 45/60, without numeric pain rating."),
        ("Two TrPs (R), QL b/l", "Two trigger points (right), quadratus lumborum on both sides"),
        ("UT/QL guarding", "Upper trapezius/quadratus lumborum guarding"),
        (
            "LBP/c/o since, ACJ/w/ pain",
            "Low back pain/reports since, acromioclavicular joint/with pain",
        ),
        ("Eased. ROM better.", "Eased. Range of motion better."),
        ("Eased\nROM better", "Eased\nRange of motion better"),
        ("HX of falls, tx 3", "History of falls, treatment 3"),
    ],
)
def test_a_short_form_is_written_out(written: str, printed: str) -> None:
    assert expand(written, KNOWN) == printed


@pytest.mark.parametrize(
    "text",
    ["ut rom Qlt", "UT-like", "T.ROM", "mail@UT.org", "ROM2", "5ROM", "A/ROM", "L4-L5 left", ""],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert expand(text, KNOWN) == text


def test_one_with_several_meanings_stays_and_is_marked_once() -> None:
    text = "PT said SI, then PT again"
    assert expand(text, KNOWN) == text
    found = unclear(text, KNOWN)
    assert [piece.text for piece in found] == ["PT", "SI"]
    assert found[1].says == "sacroiliac or suicidal ideation"


def test_without_a_table_nothing_is_written_out() -> None:
    assert expand("LBP", ()) == "LBP"


@given(TEXTS)
def test_writing_out_twice_changes_nothing_more(text: str) -> None:
    once = expand(text, KNOWN, keep=NAMES)
    assert expand(once, KNOWN, keep=NAMES) == once


def test_it_comes_to_an_end_though_a_short_form_stands_for_itself() -> None:
    loops = replace(KNOWN[0], short="XQ", long="the XQ", plural="", case="exact")
    assert expand("XQ", [loops]).endswith("the XQ")


@given(TEXTS)
def test_numbers_are_never_touched(text: str) -> None:
    assert re.findall(r"\d+", expand(text, KNOWN)) == re.findall(r"\d+", text)


@given(TEXTS)
def test_names_are_never_touched(text: str) -> None:
    printed = expand(text, KNOWN, keep=NAMES)
    for name in NAMES:
        assert len(_alone(name, printed)) >= len(_alone(name, text))


def _alone(name: str, text: str) -> list[str]:
    return re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)


@given(TEXTS)
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text, KNOWN, keep=NAMES)) == text


def test_no_words_of_the_table_hold_a_short_form_again() -> None:
    for one in KNOWN:
        for words in filter(None, (one.long, one.plural, *one.meanings)):
            for text in (words, words[0].upper() + words[1:]):
                assert [piece.kind for piece in pieces(text, KNOWN)] == ["plain"], one.id


def test_every_short_form_is_in_the_table_once() -> None:
    forms = [one.short if one.case == "exact" else one.short.lower() for one in KNOWN]
    assert len(forms) == len(set(forms))
    loose = {one.short.lower() for one in KNOWN if one.case == "any"}
    strict = {one.short.lower() for one in KNOWN if one.case == "exact"}
    assert loose & strict == set()
