"""Plans, scores, changes, muscles and verdicts are explained too, and every result can be kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.reasoning.explain.things import (
    EMERGENCY,
    EXAMPLES,
    KNOWN,
    THINNER,
    changed,
    without,
)
from tests.reasoning.plan.people import TODAY, otherwise_well
from unknot.reasoning import assess, outcomes, stored
from unknot.reasoning import plan as plans
from unknot.reasoning.explain import explain, in_words
from unknot.reasoning.marks import Mark
from unknot.reasoning.screen import decide

# --- Plans ---------------------------------------------------------------------------------------


def planned() -> plans.Plan:
    return plans.propose(THINNER, decide(THINNER), today=TODAY, price_cents_per_visit=9000)


def test_a_plan_is_explained_by_the_records_it_was_made_from() -> None:
    plan = planned()
    found = explain(plan)
    assert {one.topic for one in found.reasons} == {
        "conditions", "doses", "techniques", "home_care", "stop_rules",
    }  # fmt: skip
    dose = next(one for one in found.reasons if one.topic == "doses")
    assert plan.dose.says in dose.decided
    assert dose.sources[0].cites
    assert any("was not answered" in line for line in found.would_change)
    assert any("would be open without the finding" in line for line in found.would_change)
    assert "Rules that counted: SR-" in in_words(found)
    assert "Pressure at most" in in_words(found)


def test_a_stored_plan_is_explained_after_its_records_have_changed() -> None:
    plan = plans.from_dict(json.loads(json.dumps(plans.to_dict(planned(), whole=True))))
    later = changed("doses", plan.dose.dose_id, because="Another trial.")
    found = explain(plan, knowledge=later)
    dose = next(one for one in found.reasons if one.topic == "doses")
    assert dose.since.state == "changed"
    assert "Another trial." in dose.since.says
    assert dose.because == KNOWN.doses[plan.dose.dose_id].because
    gone = explain(plan, knowledge=without("techniques", plan.techniques[0].technique_id))
    assert "1 removed" in gone.today


def test_every_limit_of_a_plan_is_written_out() -> None:
    plan = planned()
    screening = replace(
        plan.screening, most_minutes=60, excluded_groups=("thigh",), gentle_groups=("hand",)
    )
    text = in_words(explain(replace(plan, screening=screening, facts=())))
    for line in ("Visits of at most 60 minutes.", "Left out: thigh.", "Gentle: hand."):
        assert line in text


def test_a_plan_without_limits_names_none() -> None:
    case = otherwise_well(main_area="low_back", age_years=51, pain_weeks=104)
    plan = plans.propose(case, decide(case), today=TODAY, price_cents_per_visit=9000)
    assert "Limits of the safety check" not in {part.title for part in explain(plan).parts}


def test_a_plan_of_the_first_schema_says_that_its_version_was_not_kept() -> None:
    bare = replace(planned(), grounds=(), facts=(), knowledge_version="")
    found = explain(bare)
    assert found.reasons == ()
    assert "was not kept" in found.today


# --- Scores, changes, muscles, verdicts ----------------------------------------------------------


def test_a_score_names_its_instrument_and_what_was_left_out() -> None:
    found = explain(assess.score("OM-PEG", {"average": 6, "enjoyment": 5}))
    assert found.reasons[0].id == "OM-PEG"
    assert len(found.facts) == 3
    assert len(found.would_change) == 1
    assert "no score" in found.decided
    whole = explain(assess.score("OM-PEG", {"average": 6, "enjoyment": 5, "activity": 7}))
    assert whole.would_change == ()
    assert "Knowledge" not in in_words(whole)
    assert ": 6, from 0 to 10" in whole.decided


def test_a_score_of_an_instrument_that_is_gone_keeps_its_answers() -> None:
    score = assess.score("OM-PEG", {"average": 6})
    found = explain(score, knowledge=without("instruments", "OM-PEG"))
    assert found.facts[0].asked == "average"
    assert "not in use any more" in found.today


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (6, 3, "A difference of less than"),
        (6, 5.8, "points or more would have counted"),
        (6, None, "There is no score after."),
        (None, 6, "There is no score before."),
    ],
)
def test_a_change_says_how_large_it_would_have_to_be(
    before: float | None, after: float | None, line: str
) -> None:
    change = assess.change("OM-NPRS", before, after)
    found = explain(change)
    assert any(line in text for text in found.would_change)
    assert explain(replace(change, ground=None)).today.endswith("was not kept.")


def test_a_muscle_says_what_its_map_covers_and_what_it_leaves() -> None:
    marks = (
        Mark("neck_back_left", "ache", 6, view="back"),
        Mark("thigh_front_left", "ache", 5, view="front"),
    )
    ranked = assess.rank_sources(marks)
    for one in ranked:
        found = explain(one)
        assert found.reasons[0].id == one.muscle_id
        assert "a place to look and not a diagnosis" in found.decided
        assert {fact.answered for fact in found.facts} <= {"covered by its map", "not covered"}
    gone = explain(ranked[0], knowledge=without("muscles", ranked[0].muscle_id))
    assert gone.would_change == ()
    bare = explain(
        replace(ranked[0], lookalikes=""), knowledge=without("regions", "neck_back_left")
    )
    assert any(fact.asked == "neck_back_left" for fact in bare.facts)


@pytest.mark.parametrize("name", ["diary_one_week", "diary_ten_weeks"])
def test_a_verdict_names_the_rule_of_its_next_step(name: str) -> None:
    diary = outcomes.read_diary((EXAMPLES / f"{name}.csv").read_text("utf-8"))
    verdict = outcomes.verdict(outcomes.fit(diary))
    found = explain(verdict)
    assert found.reasons[0].id == verdict.next_step.rule_id
    assert found.would_change == ((verdict.needs.says,) if verdict.needs else ())
    assert "has not changed since" in found.today


def test_a_whole_report_is_explained_by_its_verdict() -> None:
    diary = outcomes.read_diary((EXAMPLES / "diary_one_week.csv").read_text("utf-8"))
    reading = outcomes.interpret(diary)
    assert explain(reading) == explain(reading.verdict)


def test_what_is_no_result_is_refused() -> None:
    with pytest.raises(TypeError, match="Case is not a result"):
        explain(EMERGENCY)  # type: ignore[arg-type]


def test_an_explanation_is_plain_json_with_a_schema() -> None:
    found = explain(decide(EMERGENCY)).to_dict()
    assert found["schema"] == "unknot-explanation-1"
    assert json.loads(json.dumps(found)) == found


# --- Kept as JSON --------------------------------------------------------------------------------


def results() -> list[Any]:
    diary = outcomes.read_diary((EXAMPLES / "diary_one_week.csv").read_text("utf-8"))
    return [
        decide(EMERGENCY),
        planned(),
        assess.score("OM-PEG", {"average": 6}),
        assess.change("OM-NPRS", 6, 3),
        assess.rank_sources((Mark("neck_back_left", "ache", 6, view="back"),))[0],
        outcomes.verdict(outcomes.fit(diary)),
    ]


@pytest.mark.parametrize("number", range(6))
def test_every_result_can_be_kept_and_read_back(number: int) -> None:
    result = results()[number]
    kept = json.loads(json.dumps(stored.to_dict(result)))
    assert stored.from_dict(kept) == result
    if kept["schema"] in stored.SCHEMAS:
        assert stored.from_dict({**kept, "read_at": "2026-11-22T10:00:00Z"}) == result


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"schema": 3},
        {"schema": "unknot-score-9"},
        {"schema": "unknot-score-1"},
        {"schema": "unknot-screening-2"},
        {"schema": "unknot-plan-2"},
        {"schema": "unknot-score-1", "instrument": 3},
        {"schema": "unknot-score-1", "direction": "up"},
        {"schema": "unknot-score-1", "answers": "all"},
        {"schema": "unknot-score-1", "answers": [["a"]]},
        {"schema": "unknot-verdict-2", "kind": "splendid"},
    ],
)
def test_what_is_no_stored_result_is_refused_in_one_sentence(bad: dict[str, Any]) -> None:
    with pytest.raises(stored.StoredError, match=r"^This is no "):
        stored.from_dict(bad)


def test_a_stored_plan_that_may_not_be_is_refused_as_such() -> None:
    bad = plans.to_dict(planned(), whole=True)
    bad["price_cents_per_visit"] = -1
    with pytest.raises(plans.PlanError):
        stored.from_dict(bad)
