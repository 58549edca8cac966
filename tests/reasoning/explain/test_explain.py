"""A result can be explained, also after the knowledge behind it has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.reasoning.explain.things import (
    EMERGENCY,
    KNOWN,
    THINNER,
    TYPIST,
    changed,
    kept,
    reason,
    without,
)
from tests.reasoning.plan.people import TODAY, otherwise_well
from unknot.knowledge.errors import Place
from unknot.knowledge.loader import Citation
from unknot.knowledge.when import When
from unknot.reasoning import grounds
from unknot.reasoning.case import Case
from unknot.reasoning.explain import explain, in_words
from unknot.reasoning.explain.turning import turns_on
from unknot.reasoning.screen import Screening, decide, set_aside

# --- Screenings ----------------------------------------------------------------------------------


def test_an_emergency_is_explained_down_to_rule_version_facts_and_sources() -> None:
    found = explain(decide(EMERGENCY))
    flag = reason(found, "RF-LUM-01")
    record = KNOWN.red_flags["RF-LUM-01"]
    assert found.parts[0].title == "What decided it"
    assert flag in found.parts[0].reasons
    assert (flag.version, flag.because) == (record.version, record.because)
    assert {fact.answered for fact in flag.facts if fact.is_known} >= {"Yes"}
    assert [source.id for source in flag.sources] == [one.id for one in record.sources]
    assert all(KNOWN.sources[source.id].place in source.cites for source in flag.sources)
    assert flag.clinician_review == "pending"
    assert flag.since.state == "same"
    assert found.decided.startswith("No massage now; emergency care now")
    assert any("is lifted by no answer" in line for line in found.would_change)
    assert not found.has_changed


def test_it_names_the_answer_a_finding_turns_on() -> None:
    (line,) = reason(explain(decide(TYPIST)), "RF-NECK-03").would_change
    assert KNOWN.questions["numb_areas"].text in line
    assert line.startswith("it would not count if")


OLDER = {"question": "age_years", "at_least": 50}
LOW_BACK = {"question": "main_area", "is": "low_back"}
FEVER = {"question": "fever", "is": True}
NUMB = {"question": "numb_areas", "any_of": ["hands_both", "legs_both"]}


@pytest.mark.parametrize(
    ("condition", "answers", "named"),
    [
        (OLDER, {"age_years": 62}, [{"age_years"}]),
        (LOW_BACK, {"main_area": "low_back"}, [{"main_area"}]),
        (FEVER, {"fever": True}, [{"fever"}]),
        (NUMB, {"numb_areas": ("hands_both", "legs_both")}, [{"numb_areas"}]),
        ({"all": [FEVER, OLDER]}, {"fever": True, "age_years": 62}, [{"fever"}, {"age_years"}]),
        ({"any": [FEVER, OLDER]}, {"fever": True, "age_years": 62}, [{"fever", "age_years"}]),
        ({"any": [FEVER, OLDER]}, {"fever": True}, [{"fever"}]),
        ({"none": [FEVER, OLDER]}, {"fever": False, "age_years": 40}, [{"fever"}, {"age_years"}]),
        (FEVER, {"fever": False}, []),
        (FEVER, {}, []),
    ],
)
def test_the_smallest_difference_that_undoes_a_condition_is_found(
    condition: dict[str, Any], answers: dict[str, Any], named: list[set[str]]
) -> None:
    case = Case(answers, TODAY)
    facts = {fact.question: fact for fact in grounds.facts(answers, case, KNOWN)}
    lines = turns_on(When.from_toml(condition, Place("x")), answers, facts, KNOWN.questions)
    found = [{name for name in answers if KNOWN.questions[name].text in line} for line in lines]
    assert found == named


def test_where_many_answers_count_together_it_says_so() -> None:
    answers = {"fever": True, "age_years": 62, "main_area": "low_back"}
    case = Case(answers, TODAY)
    facts = {fact.question: fact for fact in grounds.facts(answers, case, KNOWN)}
    when = When.from_toml({"any": [FEVER, OLDER, LOW_BACK]}, Place("x"))
    (line,) = turns_on(when, answers, facts, KNOWN.questions)
    assert line.startswith("several of its answers count together")


def test_missing_answers_come_first_among_what_would_change_it() -> None:
    screening = decide(Case({"main_area": "low_back"}, TODAY))
    found = explain(screening)
    asked = [KNOWN.questions[name].text for name in screening.missing]
    for line, text in zip(found.would_change, asked, strict=False):
        assert text in line
    assert "answers are missing" in found.decided
    assert any(part.title == "Still open" for part in found.parts)
    assert "not asked" in in_words(found)


def test_each_limit_names_the_rules_that_set_it() -> None:
    found = explain(decide(THINNER))
    lines = next(part.lines for part in found.parts if part.title.startswith("Where each limit"))
    held = decide(THINNER)
    assert any(line.startswith(f"Pressure at most {held.pressure_ceiling} of 5") for line in lines)
    assert all("SR-" in line for line in lines)


def test_every_kind_of_limit_is_written_out() -> None:
    case = otherwise_well(
        main_area="low_back",
        age_years=30,
        sex="female",
        pregnant="yes",
        gestation_weeks=24,
        heart_and_blood=("heart_stable",),
        numb_areas=("hand_one",),
        numb_since="years",
        skin=("wound",),
        skin_where=("thigh",),
        anticoagulant=True,
    )
    text = in_words(explain(decide(case)))
    for begin in ("Pressure at most", "Visits of at most", "Left out, thigh", "Gentle, hand"):
        assert begin in text
    assert "Not used, TEC-" in text
    assert "Not lying" in text


def test_a_clean_screening_has_nothing_that_decided_it() -> None:
    found = explain(decide(otherwise_well(main_area="low_back", age_years=51, pain_weeks=104)))
    assert found.decided == "Treat as planned; no doctor needed"
    assert found.parts == ()
    assert found.would_change == ()
    assert "What" not in in_words(found).partition("\n\n")[2]


def test_what_was_cleared_or_set_aside_stays_visible() -> None:
    cleared = TYPIST.with_answers(cleared_by_clinician=("RF-NECK-03",), cleared_on=TODAY)
    found = explain(decide(cleared))
    assert reason(found, "RF-NECK-03").decided.startswith("cleared by a clinician on")
    aside = decide(THINNER)
    rule = next(one.rule_id for one in aside.findings if one.overridable)
    found = explain(set_aside(THINNER, {rule}))
    assert reason(found, rule).decided.startswith("set aside by a therapist")


def test_it_says_that_each_of_several_findings_would_be_enough() -> None:
    worse = EMERGENCY.with_answers(head_neck_signs=("thunderclap",), chest_signs=("pressure",))
    lines = explain(decide(worse)).would_change
    assert any("would be enough alone" in line for line in lines)


# --- After the knowledge has changed -------------------------------------------------------------


def test_a_reworded_rule_is_explained_as_it_was_with_what_it_would_say_today() -> None:
    old = kept(decide(EMERGENCY))
    record = KNOWN.red_flags["RF-LUM-01"]
    later = changed("red_flags", "RF-LUM-01", tell="Go now.", because="Newer reasons.")
    found = explain(old, case=EMERGENCY, knowledge=later)
    flag = reason(found, "RF-LUM-01")
    assert record.tell in flag.says
    assert flag.because == record.because
    assert flag.since.state == "changed"
    assert f"{record.version} then" in flag.since.says
    assert "2027-03-01: Said more plainly." in flag.since.says
    assert "Today its words to the client would read: “Go now.”" in flag.since.says
    assert "Today the reason would read: “Newer reasons.”" in flag.since.says
    assert flag.would_change == ()
    assert "1 changed" in found.today
    assert found.today.endswith("The same answers give the same result today.")
    assert found.has_changed


def test_a_rule_changed_without_a_new_version_is_noticed_by_its_words() -> None:
    records = dict(KNOWN.red_flags)
    records["RF-LUM-01"] = replace(records["RF-LUM-01"], title="Something else")
    later = replace(KNOWN, version="later", red_flags=records)
    since = reason(explain(kept(decide(EMERGENCY)), knowledge=later), "RF-LUM-01").since
    assert since.state == "changed"
    assert "history" not in since.says
    assert "Today the title would read: “Something else”." in since.says


def test_a_changed_condition_is_said_with_the_result_of_today() -> None:
    screening = kept(decide(TYPIST))
    condition = KNOWN.red_flags["RF-LUM-01"].when
    later = changed("red_flags", "RF-NECK-03", when=condition)
    found = explain(screening, case=TYPIST, knowledge=later)
    assert "Today its condition would read:" in reason(found, "RF-NECK-03").since.says
    assert "The same answers would give today: Treat with changes" in found.today
    assert "would give today" not in explain(screening, knowledge=later).today


def test_a_removed_rule_is_still_explained() -> None:
    old = kept(decide(TYPIST))
    found = explain(old, knowledge=without("red_flags", "RF-NECK-03"))
    flag = reason(found, "RF-NECK-03")
    assert flag.since.state == "removed"
    assert flag.since.now == ""
    assert "not in use any more" in flag.since.says
    assert flag.because
    assert flag.when
    assert flag.sources[0].cites
    assert "1 removed" in found.today
    assert "RF-NECK-03" in in_words(found)


def test_a_removed_source_is_still_cited_in_full() -> None:
    old = kept(decide(EMERGENCY))
    name = old.findings[0].sources[0].id
    found = explain(old, knowledge=without("sources", name))
    flag = reason(found, "RF-LUM-01")
    assert flag.sources[0].cites
    assert f"The source {name} has been taken out of the bibliography." in flag.since.says


def test_a_source_no_longer_cited_is_said() -> None:
    old = kept(decide(EMERGENCY))
    later = changed("red_flags", "RF-LUM-01", sources=(Citation(id="CONV"),))
    assert "It does not cite" in reason(explain(old, knowledge=later), "RF-LUM-01").since.says


def test_a_change_elsewhere_does_not_count_against_the_result() -> None:
    found = explain(kept(decide(EMERGENCY)), knowledge=replace(KNOWN, version="later"))
    assert found.today == "The knowledge has changed since, but no record behind this result."


def test_a_removed_question_leaves_its_words() -> None:
    screening = kept(decide(Case({"main_area": "low_back"}, TODAY)))
    name = screening.missing[0]
    gone = replace(KNOWN, version="later", questions=without("questions", name).questions)
    open_only = replace(screening, findings=())
    assert any(f"“{name}”" in line for line in explain(open_only, knowledge=gone).would_change)


def test_a_screening_of_the_first_schema_is_explained_from_what_it_kept() -> None:
    old = decide(EMERGENCY.with_answers(worse_by=("sitting",))).to_dict()
    old["schema"] = "unknot-screening-1"
    for finding in old["findings"]:
        del finding["fires_when"], finding["facts"]
        for source in finding["sources"]:
            del source["cites"]
    found = explain(Screening.from_dict(old))
    flag = reason(found, "RF-LUM-01")
    assert flag.since.state == "same"
    assert {"saddle_numb": "Yes"}.items() <= {f.question: f.answered for f in flag.facts}.items()
    assert KNOWN.sources[flag.sources[0].id].short in in_words(found)


def test_answers_of_the_first_schema_are_written_as_they_stand() -> None:
    bare = replace(
        decide(TYPIST).findings[0],
        facts=(),
        facts_read=(("numb_areas", ("hands_both",)), ("age_years", 38), ("bowel_change", None)),
    )
    found = explain(replace(decide(TYPIST), findings=(bare,)))
    assert [fact.answered for fact in found.facts] == [
        "hands_both",
        "38",
        "not asked, or not answered",
    ]
