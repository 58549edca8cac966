"""Every record there must be, by kind: its number and its ids. None missing, none more."""

import re

import pytest

from unknot.cli import main
from unknot.knowledge import cited, load, topics

KNOWN = load()


def _named(prefix: str, names: str) -> set[str]:
    return {f"{prefix}-{name}" for name in names.split()}


def _run(prefix: str, last: int, *, width: int = 2, first: int = 1) -> set[str]:
    return {f"{prefix}-{number:0{width}}" for number in range(first, last + 1)}


RED_FLAGS = {
    "LUM": (1, 2, 6, 7, 9),
    "SPN": (3, 4, 5, 8),
    "NECK": (1, 2, 3, 4, 5),
    "HEAD": (1, 2, 3, 4, 5, 6, 7, 8, 9),
    "CHE": (1, 2, 3, 4),
    "THO": (1,),
    "SHO": (1, 2, 3),
    "ABD": (1,),
    "LIM": (1, 2, 3, 4, 5, 6),
    "HIP": (1,),
    "HAN": (1,),
    "JAW": (1,),
    "WID": (1,),
    "ANY": (1, 2, 3),
}
IDS: dict[str, set[str]] = {
    "rules": _run("SR", 68, width=3),
    "red_flags": {f"RF-{place}-{n:02}" for place, all_n in RED_FLAGS.items() for n in all_n},
    "muscles": _run("MUS", 53),
    "conditions": _run("CND", 15) | {"CND-00"},  # our own, for pain anywhere else
    "stop_rules": _run("STP", 8),
    "home_care": _run("HC", 30),
    "home_ladder": _run("LAD", 11),
    "harms": _run("AE", 14),
    "claims": _run("CLM", 210, width=3),
    "measurement_errors": _run("ERR", 9),
    "not_promised": _run("LIM", 10),
    "visit_advice": _run("PRE", 8) | _run("DUR", 2) | _run("AFT", 10),
    "techniques": _named("TEC", "SWE DTM TRP MFR NMT SPO ORT MED CHA PRE ACU CUP IAS MLD"),
    "doses": _named(
        "DOS",
        "SHE14 COO15 SHE09 CHE11 ELD17 PER12 PER19 MOR15 LAW06 LI14 MORCTS KAL12 REN11 PREG "
        "ART SHORT STIFF BACK ELSE SPORT",
    ),
    "instruments": _named(
        "OM",
        "NPRS VAS PEG PSFS RMDQ PI4 PI6 SD4 PF4 PF6 G10 PSS4 PSS10 PGIC HIT6 NDI ODI LEFS QD "
        "GROC WOMAC",
    ),
}
COUNTS = {
    "sources": 131,
    "rules": 68,
    "red_flags": 45,
    "medicine_classes": 16,
    "regions": 116,
    "muscles": 53,
    "body_map_choir": 80,
    "instruments": 21,
    "motions": 34,
    "measurement_errors": 9,
    "conditions": 16,
    "techniques": 14,
    "doses": 20,
    "stop_rules": 8,
    "home_care": 30,
    "home_ladder": 11,
    "not_promised": 10,
    "adverse_events": 30,
    "harms": 14,
    "visit_advice": 20,
    "claims": 210,
}
FREE = {"sections", "questions", "medicines", "abbreviations"}
"""Topics that grow with the interview, the trade and the language: they have their own tests."""


@pytest.mark.parametrize("topic", COUNTS)
def test_no_record_is_missing_and_none_is_new_unnoticed(topic: str) -> None:
    assert len(getattr(KNOWN, topic)) == COUNTS[topic]


@pytest.mark.parametrize("topic", IDS)
def test_public_ids_are_kept(topic: str) -> None:
    assert set(getattr(KNOWN, topic)) == IDS[topic]


def test_every_topic_is_counted() -> None:
    assert {topic.name for topic in topics()} - FREE == set(COUNTS)


def test_every_cited_record_is_pending_until_a_clinician_signs() -> None:
    assert {record.clinician_review for _, record in cited(KNOWN)} == {"pending"}


def test_the_command_line_prints_the_same_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["knowledge", "check"]) == 0
    shown = capsys.readouterr().out
    lines = re.findall(r"^ *(\d+) {2}([a-z ]+)$", shown, re.M)
    printed = {name: int(count) for count, name in lines}
    for topic in topics():
        assert printed[topic.name.replace("_", " ")] == len(getattr(KNOWN, topic.name))
    waiting = len(cited(KNOWN))
    assert f"{waiting}  of them wait for a clinician's signature" in shown
