"""A practice may add rules and make shipped ones stricter, never milder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.cases import PEOPLE, case_of
from unknot.cli import main
from unknot.knowledge import KnowledgeError, load, with_practice_rules
from unknot.knowledge.vocabulary import Disposition, Urgency
from unknot.reasoning.scale import severity
from unknot.reasoning.screen import decide

EXAMPLE = Path(__file__).parents[2] / "examples" / "practice_rules.toml"
STRICTER = '[[stricter]]\non = 2026-11-22\nbecause = "So."\n'
MAN = "man_with_low_back_pain"


def stricter(record: str, line: str) -> str:
    return f'{STRICTER}record = "{record}"\n{line}\n'


def own(**changes: str) -> str:
    text = EXAMPLE.read_text("utf-8").partition("[[rule]]")[2]
    for key, value in changes.items():
        lines = [line for line in text.splitlines() if not line.startswith(f"{key} =")]
        text = "\n".join([*lines, f"{key} = {value}" if value else ""])
    return "[[rule]]" + text


def test_the_example_tightens_one_rule_and_adds_one() -> None:
    known = with_practice_rules(load(), EXAMPLE.read_text("utf-8"))
    before = decide(case_of(MAN, {"osteoporosis": True, "typing_hours_per_day": 10}))
    after = decide(
        case_of(MAN, {"osteoporosis": True, "typing_hours_per_day": 10}), knowledge=known
    )
    assert (before.pressure_ceiling, after.pressure_ceiling) == (2, 1)
    assert set(after.positions) - set(before.positions) == {"prone"}
    assert (before.most_minutes, after.most_minutes) == (None, 60)
    old, new = before.finding("SR-009"), after.finding("SR-009")
    assert old is not None
    assert new is not None
    assert old.version != new.version
    assert new.because.endswith("This practice: The table cannot be lowered far enough to help "
                                "people on and off.")  # fmt: skip
    assert after.knowledge_version.startswith(f"{before.knowledge_version}+")
    assert load().rules["SR-009"].pressure_ceiling == 2


@pytest.mark.parametrize(
    ("record", "line"),
    [
        ("SR-005", 'disposition = "medical_clearance"'),
        ("SR-005", 'urgency = "gp_soon"'),
        ("SR-005", "pressure_ceiling = 2"),
        ("SR-005", "pain_cap = 2"),
        ("SR-041", "most_minutes = 20"),
        ("SR-005", "most_minutes = 20"),
        ("SR-003", "clearance_days = 0"),
        ("SR-005", "overridable = false"),
        ("SR-005", 'exclude_groups = ["abdomen"]'),
        ("SR-005", 'ban_techniques = ["TEC-SWE"]'),
        ("SR-005", 'also_when = { question = "age_years", at_least = 80 }'),
        ("RF-NECK-03", 'urgency = "emergency_now"'),
        ("RF-NECK-03", "clearance_days = 7"),
    ],
)
def test_what_is_as_strict_or_stricter_is_taken(record: str, line: str) -> None:
    known = with_practice_rules(load(), stricter(record, line))
    shipped = load().rules.get(record) or load().red_flags[record]
    now = known.rules.get(record) or known.red_flags[record]
    assert now.version != shipped.version
    assert len(known.rules) == len(load().rules)


@pytest.mark.parametrize(
    ("record", "line", "key"),
    [
        ("SR-001", 'disposition = "adapt"', "disposition"),
        ("SR-004", 'urgency = "gp_soon"', "urgency"),
        ("SR-005", "pressure_ceiling = 3", "pressure_ceiling"),
        ("SR-058", "pain_cap = 4", "pain_cap"),
        ("SR-041", "most_minutes = 31", "most_minutes"),
        ("SR-003", "clearance_days = 181", "clearance_days"),
        ("SR-001", "clearance_days = 1", "clearance_days"),
        ("SR-001", "overridable = true", "overridable"),
        ("RF-LUM-01", 'urgency = "same_day"', "urgency"),
    ],
)
def test_what_would_be_milder_is_refused_with_its_place_and_the_cure(
    record: str, line: str, key: str
) -> None:
    with pytest.raises(KnowledgeError) as refusal:
        with_practice_rules(load(), stricter(record, line), file="ours.toml")
    assert str(refusal.value).startswith(
        f"ours.toml, record {record}, key {key}: would be milder than what is shipped"
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("stricter = 3", "stricter is not a list"),
        ("[stricter", "is not TOML"),
        ("stricter = [3]", "is a whole number"),
        (stricter("SR-999", ""), "is no shipped record"),
        (stricter("SR-005", "colour = 1"), "is not a key of this record"),
        (stricter("SR-005", "pressure_ceiling = 0"), "out of range"),
        (stricter("SR-005", 'ban_techniques = ["TEC-XYZ"]'), "is not among the techniques"),
        (stricter("SR-005", 'exclude_groups = ["tail"]'), 'has no group "tail"'),
        (stricter("RF-NECK-03", "pain_cap = 2"), "is nothing a red flag has"),
        (
            stricter("SR-051", 'also_when = { question = "age_years", at_least = 80 }'),
            "widens a record without a condition",
        ),
        (
            stricter("SR-005", 'also_when = { question = "shoe_size", at_least = 80 }'),
            "reads shoe_size, which is no question",
        ),
        (stricter("SR-005", 'disposition = "total_contraindication"'), "Write false"),
        (own(id='"SR-005"'), "is taken"),
        (own(id='"RF-LUM-01"'), "is taken"),
        (own(when="", for_red_flags='["same_day"]'), "is missing"),
        ("[[rules]]\nid = 1", "unknown table rules"),
    ],
)
def test_what_is_not_understood_is_refused(text: str, what: str) -> None:
    with pytest.raises(KnowledgeError, match="practice rules") as refusal:
        with_practice_rules(load(), text)
    assert what in str(refusal.value)


def test_a_condition_that_is_added_makes_the_rule_fire_too() -> None:
    text = stricter("SR-005", 'also_when = { question = "age_years", at_least = 40 }')
    known = with_practice_rules(load(), text)
    assert decide(case_of(MAN, {}), knowledge=known).finding("SR-005") is not None
    assert decide(case_of(MAN, {})).finding("SR-005") is None


WISHES: dict[str, st.SearchStrategy[Any]] = {
    "disposition": st.sampled_from([f'"{word}"' for word in Disposition]),
    "urgency": st.sampled_from([f'"{word}"' for word in Urgency]),
    "pressure_ceiling": st.integers(1, 5),
    "pain_cap": st.integers(0, 10),
    "most_minutes": st.integers(1, 240),
    "clearance_days": st.integers(0, 400),
    "overridable": st.sampled_from(["true", "false"]),
}


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    record=st.sampled_from([name for name, rule in load().rules.items() if rule.when]),
    wish=st.sampled_from(sorted(WISHES)).flatmap(lambda key: st.tuples(st.just(key), WISHES[key])),
    person=st.sampled_from(sorted(PEOPLE)),
)
def test_whatever_a_practice_writes_nothing_becomes_milder(
    record: str, wish: tuple[str, Any], person: str
) -> None:
    try:
        known = with_practice_rules(load(), stricter(record, f"{wish[0]} = {wish[1]}"))
    except KnowledgeError:
        return
    before, after = (decide(case_of(person, {}), knowledge=one) for one in (load(), known))
    assert severity(after.disposition) >= severity(before.disposition)
    assert severity(after.urgency) >= severity(before.urgency)
    assert after.pressure_ceiling <= before.pressure_ceiling
    assert after.pain_cap <= before.pain_cap


def test_the_command_line_takes_rules_and_names_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = str(EXAMPLE.parent / "low_back_two_years.toml")
    assert main(["screen", case, "--rules", str(EXAMPLE)]) in (0, 3)
    assert "+" in capsys.readouterr().out.partition("Knowledge ")[2]
    assert main(["plan", case, "--rules", str(EXAMPLE)]) in (0, 1)
    bad = tmp_path / "bad.toml"
    bad.write_text(stricter("SR-005", "pressure_ceiling = 4"))
    assert main(["screen", case, "--rules", str(bad)]) == 2
    assert "bad.toml, record SR-005, key pressure_ceiling" in capsys.readouterr().err
