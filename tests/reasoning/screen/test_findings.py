"""What a finding says of its record, which facts it shows, and how findings are ordered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest

from tests.support.cases import TODAY, case_of, records, screened, written
from unknot.knowledge import load
from unknot.knowledge.vocabulary import Disposition, Urgency
from unknot.reasoning.case import Case
from unknot.reasoning.grounds import NOT_ASKED, Fact
from unknot.reasoning.screen import Finding, Screening, decide

MAN, WOMAN = "man_with_low_back_pain", "woman_with_neck_pain"
NUMB_THUMB = {"region": "thumb_left", "kind": "numb"}
ACHING_NECK = {"region": "neck_back_left", "kind": "ache"}
CASES = [screened(entry) for entry in written("vignettes", "rules", "red_flags")]


def tables() -> list[Screening]:
    """The screening of every case of the tables."""
    return [decide(case) for case in CASES]


def _finding(found: Screening, rule_id: str) -> Finding:
    finding = found.finding(rule_id)
    assert finding is not None
    return finding


def _thinner(**given: Any) -> Finding:
    answers = {"anticoagulant": True, "anticoagulant_unstable": False, **given}
    return _finding(decide(case_of(MAN, answers)), "SR-005")


def _fact(finding: Finding, question: str) -> Fact:
    (fact,) = [fact for fact in finding.facts if fact.question == question]
    return fact


# --- What it says ------------------------------------------------------------------------------


def test_a_finding_says_what_its_record_says() -> None:
    kept = (
        "title", "because", "adapt", "evidence", "confidence", "clinician_review", "review_by",
    )  # fmt: skip
    for finding in (finding for found in tables() for finding in found.findings):
        record = records()[finding.rule_id]
        for name in kept:
            assert getattr(finding, name) == getattr(record, name), (finding.rule_id, name)
        if finding.state == "fired":
            assert (finding.tell, finding.do) == (record.tell, record.do), finding.rule_id


def test_a_finding_says_in_words_when_its_rule_fires() -> None:
    assert _thinner().fires_when == "“Do you take a blood thinner?” yes"


def test_an_open_finding_asks_for_the_answer_and_sends_nobody_to_a_doctor() -> None:
    open_ones = [f for found in tables() for f in found.findings if f.state == "unknown"]
    assert len(open_ones) > 100
    for finding in open_ones:
        assert finding.tell.startswith("One more answer is needed"), finding.rule_id
        assert finding.do.startswith("Please answer the question"), finding.rule_id
        assert finding.tell_doctor == "", finding.rule_id


def test_an_open_finding_leaves_no_area_out_yet() -> None:
    found = decide(case_of(MAN, {}, not_asked=["illnesses"]))
    finding = _finding(found, "SR-048")
    assert finding.state == "unknown"
    assert finding.excluded_groups == ()


def test_a_cleared_finding_still_says_to_tell_us_when_it_changes() -> None:
    given = {"numb_areas": ["little_fingers_both"], "numb_since": "years", "cord_fast": False}
    word = {"cleared_by_clinician": ["RF-NECK-03"], "cleared_on": TODAY - timedelta(days=3)}
    finding = _finding(decide(case_of(WOMAN, {**given, **word})), "RF-NECK-03")
    assert finding.do == "Tell us at once if it gets worse or changes."
    assert finding.tell_doctor == ""


def test_a_word_about_one_finding_is_not_read_as_a_word_about_another() -> None:
    word = {"cleared_by_clinician": ["RF-NECK-03"], "cleared_on": TODAY}
    finding = _thinner(**word)
    assert (finding.state, finding.cleared_on) == ("fired", None)
    assert finding.tell == load().rules["SR-005"].tell


@pytest.mark.parametrize(
    "change",
    [
        {"disposition": Disposition.TOTAL_CONTRAINDICATION},
        {"urgency": Urgency.EMERGENCY_NOW},
    ],
)
def test_no_record_lets_a_therapist_set_aside_a_total_ban_or_an_emergency(
    change: dict[str, Any],
) -> None:
    rule = replace(load().rules["SR-005"], overridable=True, worse_when=(), **change)
    other = replace(load(), rules=MappingProxyType({**load().rules, rule.id: rule}))
    case = case_of(MAN, {"anticoagulant": True, "anticoagulant_unstable": False})
    assert _finding(decide(case), "SR-005").overridable
    assert not _finding(decide(case, knowledge=other), "SR-005").overridable


# --- The headline ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "not_asked", "headline"),
    [
        ({"saddle_numb": True}, [], "Get medical help now"),
        ({"fever": True, "infection_risks": ["none"]}, [], "No massage for now"),
        (
            {"anticoagulant": True, "anticoagulant_unstable": True, "bleeding_now": True},
            [],
            "Please see a doctor today",
        ),
        ({"heart_and_blood": ["heart_stable"]}, [], "Please see a doctor first"),
        ({"decides_for_self": False}, [], "Something must be agreed first"),
        ({"anticoagulant": True}, ["steroid_long_term"], "Massage is possible, with some changes"),
        ({}, ["anticoagulant"], "A few answers are still missing"),
        (
            {"skin": ["patch"], "skin_where": ["elbow"]},
            [],
            "Massage is possible, and some areas are left out",
        ),
        ({}, [], "Nothing you told us speaks against massage"),
    ],
)
def test_the_headline_says_what_is_to_be_done(
    given: dict[str, Any], not_asked: list[str], headline: str
) -> None:
    given = {"anticoagulant_unstable": False, **given}
    assert decide(case_of(MAN, given, not_asked)).headline == headline


# --- In which order ----------------------------------------------------------------------------


def test_what_fired_comes_first_and_the_worst_before_the_milder() -> None:
    dispositions, urgencies = tuple(Disposition), tuple(Urgency)
    mixed = 0
    for found in tables():
        order = [
            (f.state == "unknown", dispositions.index(f.disposition), urgencies.index(f.urgency))
            for f in found.findings
        ]
        assert order == sorted(order)
        mixed += len({one[0] for one in order}) > 1
    assert mixed > 20


# --- Which facts it shows ----------------------------------------------------------------------


def test_a_finding_shows_only_what_was_answered_drawn_or_is_waited_for() -> None:
    for case, found in zip(CASES, tables(), strict=True):
        for finding in found.findings:
            for name, answer in finding.facts_read:
                known = name in case.answers or name == "drawn_numb" or answer is not None
                assert known or name in finding.waits_for, (finding.rule_id, name)


def test_numbness_that_was_drawn_is_among_the_facts_in_words() -> None:
    found = decide(case_of(WOMAN, {}, drawn=[NUMB_THUMB]))
    finding = _finding(found, "SR-038")
    assert dict(finding.facts_read)["drawn_numb"] == ("hand_one",)
    fact = _fact(finding, "drawn_numb")
    assert (fact.answered, fact.on) == ("One hand drawn as numb or tingling", TODAY)


def test_a_chart_without_numbness_is_no_fact_of_numbness() -> None:
    given = {"illnesses": ["neuropathy"]}
    finding = _finding(decide(case_of(WOMAN, given, drawn=[ACHING_NECK])), "SR-038")
    assert "illnesses" in dict(finding.facts_read)
    assert "drawn_numb" not in dict(finding.facts_read)


def test_an_answer_in_part_shows_the_part_that_is_known() -> None:
    ill = {"illnesses": ["neuropathy"], "medicine_names": "Fooblux"}
    finding = _finding(decide(case_of(MAN, ill)), "SR-038")
    assert dict(finding.facts_read)["illnesses"] == ("neuropathy",)


def test_each_fact_has_the_day_it_is_true_of() -> None:
    case = case_of("man_with_high_blood_pressure", {})
    before = TODAY - timedelta(days=5)
    dated = Case(case.answers, TODAY, (), {"bp_systolic": before})
    finding = _finding(decide(dated), "SR-014")
    assert _fact(finding, "bp_systolic").on == before
    assert _fact(finding, "bp_diastolic").on == TODAY


def test_what_a_name_tells_counts_over_what_was_ticked_and_says_both() -> None:
    finding = _thinner(anticoagulant=False, medicine_names="Xarelto")
    fact = _fact(finding, "anticoagulant")
    assert fact.answered == (
        "Yes, by the medicines named: xarelto, read as rivaroxaban (answered: No)"
    )
    assert fact.on == TODAY


def test_a_name_nobody_can_read_makes_the_answer_uncertain_and_undated() -> None:
    finding = _thinner(anticoagulant=False, medicine_names="Fooblux")
    fact = _fact(finding, "anticoagulant")
    assert fact.answered == "Not certain, by a medicine we do not know: fooblux (answered: No)"
    assert not fact.is_known
    assert _fact(finding, "medicine_kinds").answered == NOT_ASKED


# --- How it is kept ----------------------------------------------------------------------------


def test_a_screening_kept_before_facts_were_written_out_is_still_read() -> None:
    found = decide(case_of(MAN, {"anticoagulant": True, "anticoagulant_unstable": False}))
    old = {**found.to_dict(), "schema": "unknot-screening-1"}
    old["findings"] = [
        {key: value for key, value in finding.items() if key != "facts"}
        for finding in old["findings"]
    ]
    read = Screening.from_dict(old)
    assert [finding.facts for finding in read.findings] == [()]
    assert read.findings[0].facts_read == found.findings[0].facts_read


def test_what_is_no_screening_is_refused_in_plain_words() -> None:
    with pytest.raises(ValueError, match=r"^not a screening snapshot$"):
        Screening.from_dict({})
