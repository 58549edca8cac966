"""What a result keeps of the records and answers it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.reasoning.plan.people import TODAY, otherwise_well
from unknot.knowledge import load
from unknot.knowledge.errors import Place
from unknot.knowledge.when import When
from unknot.reasoning import grounds
from unknot.reasoning import plan as plans
from unknot.reasoning.case import Answer, Case, NotingCase
from unknot.reasoning.conditions import by_words, in_words
from unknot.reasoning.marks import Mark
from unknot.reasoning.plan import Plan
from unknot.reasoning.plan.basis import grounds_of
from unknot.reasoning.screen import Screening, decide

KNOWN = load()
MAN = otherwise_well(age_years=51, main_area="low_back", pain_weeks=104, activities=("lifting",))


def planned() -> Plan:
    return plans.propose(MAN, decide(MAN), today=TODAY, price_cents_per_visit=9000)


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("saddle_numb", True, "Yes"),
        ("saddle_numb", False, "No"),
        ("pain_weeks", 104, "104 weeks"),
        ("pain_now", 4, "4 of 10"),
        ("pain_now", "4", "4"),
        ("main_area", "low_back", "Low back"),
        ("worse_by", ("sitting",), "Sitting"),
        ("cleared_on", date(2026, 11, 2), "2 November 2026"),
        ("goals", "to garden", "to garden"),
    ],
)
def test_an_answer_is_written_in_words(name: str, answer: Answer, words: str) -> None:
    assert grounds.said(name, answer, KNOWN) == words


def test_a_fact_has_its_day_and_an_unknown_one_says_so() -> None:
    case = Case({"saddle_numb": True}, TODAY)
    known, unknown = grounds.facts(("saddle_numb", "drawn_numb", "saddle_numb"), case, KNOWN)
    assert (known.answered, known.on, known.is_known) == ("Yes", TODAY, True)
    assert known.asked == KNOWN.questions["saddle_numb"].text
    assert (unknown.answered, unknown.on) == (grounds.NOT_ASKED, None)


def test_a_citation_is_written_in_full() -> None:
    for source in KNOWN.sources.values():
        text = grounds.in_full(source)
        assert text.startswith(source.authors)
        assert text.endswith(".")
        for number in (source.doi, source.pmid, source.pmc, source.isbn, source.web):
            assert number is None or number in text


def test_every_condition_can_be_said_in_words_and_by_id() -> None:
    for record in (*KNOWN.rules.values(), *KNOWN.red_flags.values()):
        if record.when:
            assert f"`{record.when.questions[0]}`" in in_words(record.when, KNOWN.questions)
            assert "“" in in_words(record.when, KNOWN.questions, by_words)


def test_groups_of_conditions_are_told_apart() -> None:
    fever, saddle, bowel = (
        {"question": name, "is": True} for name in ("fever", "saddle_numb", "bowel_change")
    )

    def said(part: dict[str, object]) -> str:
        return in_words(When.from_toml(part, Place("x")), KNOWN.questions)

    assert said({"all": [fever, saddle]}) == "`fever` yes and `saddle_numb` yes"
    assert said({"any": [fever, {"all": [saddle, bowel]}]}) == (
        "`fever` yes or (`saddle_numb` yes and `bowel_change` yes)"
    )
    assert said({"none": [fever, saddle]}) == "none of (`fever` yes; `saddle_numb` yes)"
    assert said({"at_least": 2, "of": [fever, saddle, bowel]}).startswith("at least 2 of (")
    assert said({"all": [fever]}) == "`fever` yes"
    assert said({"question": "age_years", "at_least": 50}) == "`age_years` at least 50 years"


def test_a_screening_keeps_condition_facts_and_whole_citations() -> None:
    found = decide(Case({"saddle_numb": True}, TODAY))
    flag = found.findings[0]
    assert "yes" in flag.fires_when
    assert [fact.answered for fact in flag.facts if fact.is_known] == ["Yes"]
    assert all(source.cites for source in flag.sources)
    assert Screening.from_dict(found.to_dict()) == found


def test_a_screening_kept_under_the_first_schema_can_still_be_read() -> None:
    old = decide(Case({"saddle_numb": True}, TODAY)).to_dict()
    old["schema"] = "unknot-screening-1"
    for finding in old["findings"]:
        for key in ("fires_when", "facts"):
            del finding[key]
        for source in finding["sources"]:
            del source["cites"]
    flag = Screening.from_dict(old).findings[0]
    assert (flag.fires_when, flag.facts) == ("", ())
    assert flag.sources[0].cites == ""


def test_a_plan_keeps_the_records_and_the_answers_it_was_made_from() -> None:
    plan = planned()
    topics = {one.topic for one in plan.grounds}
    assert {"conditions", "doses", "techniques", "home_care", "stop_rules"} <= topics
    read = {fact.question: fact.answered for fact in plan.facts}
    assert read["pain_weeks"] == "104 weeks"
    assert read["pressure_wish"] == grounds.NOT_ASKED
    assert plans.from_dict(plans.to_dict(plan, whole=True)) == plan


def test_a_plan_kept_under_the_first_schema_can_still_be_read() -> None:
    old = plans.to_dict(planned(), whole=True)
    old["schema"] = "unknot-plan-1"
    del old["grounds"], old["facts"]
    assert plans.from_dict(old).grounds == ()


def test_a_changed_plan_keeps_old_grounds_as_they_read_and_adds_new_ones() -> None:
    plan = planned()
    first = next(one for one in plan.grounds if one.topic == "techniques")
    reworded = replace(first, because="As it read then.")
    kept = replace(plan, grounds=tuple(reworded if one == first else one for one in plan.grounds))
    added = next(one.technique_id for one in plans.options(plan) if one not in plan.techniques)
    ids = [first.id, added]
    changed = plans.adjust(kept, technique_ids=ids)
    held = {one.id: one for one in changed.grounds if one.topic == "techniques"}
    assert list(held) == ids
    assert held[first.id].because == "As it read then."


def test_a_record_that_is_gone_and_was_never_kept_is_left_out() -> None:
    bare = replace(planned(), grounds=())
    without = replace(KNOWN, home_care={})
    assert "home_care" not in {one.topic for one in grounds_of(bare, without)}


def test_a_noting_case_tells_what_was_read_of_it() -> None:
    case = NotingCase.of(MAN)
    assert (case.answer("pain_weeks"), case.answer("goals")) == (104, None)
    assert list(case.read) == ["pain_weeks", "goals"]
    assert case.with_answers(goals="to garden").answer("goals") == "to garden"


def test_what_was_drawn_is_among_the_facts_where_it_was_read() -> None:
    marks = tuple(Mark(f"little_finger_{side}", "numb", 3, "front") for side in ("left", "right"))
    drawn = Case(otherwise_well(main_area="neck_upper_back", age_years=38).answers, TODAY, marks)
    flag = decide(drawn).finding("RF-NECK-03")
    assert flag is not None
    assert "Both little fingers drawn as numb or tingling" in {f.answered for f in flag.facts}
    assert dict(flag.facts_read)["drawn_numb"] == ("little_fingers_both",)


def test_a_fact_of_another_day_keeps_its_day() -> None:
    day = date(2026, 11, 20)
    case = Case({"saddle_numb": True, "main_area": "low_back"}, TODAY, on={"saddle_numb": day})
    flag = decide(case).findings[0]
    assert {fact.question: fact.on for fact in flag.facts}["saddle_numb"] == day
