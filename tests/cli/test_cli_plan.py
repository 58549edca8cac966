"""The command line: plan, score and assess, as a person would call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.reasoning.plan.people import otherwise_well
from tests.reasoning.plan.test_real_people import CAUDA, MAN, TYPIST
from unknot.cli import main
from unknot.reasoning.case import Case, write_case
from unknot.reasoning.marks import Mark


def file_of(case: Case, folder: Path) -> str:
    path = folder / "case.toml"
    path.write_text(write_case(case), encoding="utf-8")
    return str(path)


def test_the_plan_of_the_man_of_51_reads_as_a_letter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", file_of(otherwise_well(**MAN), tmp_path), "--from", "2026-11-23"]) == 0
    said = capsys.readouterr().out
    assert "60 minutes, once a week, for 10 weeks (CHE11)." in said
    assert "reviews on 2026-12-21, 2027-02-01" in said
    assert "10 visits at 90, 900 in all." in said
    assert "Clinician review: pending." in said
    assert max(map(len, said.splitlines())) <= 88


def test_a_plan_can_be_read_by_a_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", file_of(otherwise_well(**MAN), tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dose"]["visits"] == 10


@pytest.mark.parametrize("person", [TYPIST, CAUDA])
def test_no_plan_is_printed_for_somebody_who_must_be_seen_first(
    person: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", file_of(otherwise_well(**person), tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("No plan: The safety check")


def test_a_file_that_is_no_case_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(b"\xff\xfe")
    for verb in ("plan", "assess"):
        assert main([verb, str(path)]) == 2
        assert "UTF-8" in capsys.readouterr().err
    assert main(["plan", str(tmp_path / "none.toml")]) == 2


def test_a_score_says_whether_it_changed(capsys: pytest.CaptureFixture[str]) -> None:
    answers = ["average=4", "enjoyment=3", "activity=2"]
    assert main(["score", "OM-PEG", *answers, "--before", "6"]) == 0
    said = capsys.readouterr().out
    assert "Pain and daily life 0 to 10: 3" in said
    assert "Better by 3 points" in said


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        ([], 0, "OM-NPRS"),
        (["OM-PEG"], 0, "enjoyment:"),
        (["OM-NDI"], 0, "Licence needed"),
        (["OM-PEG", "average=4", "activity"], 1, "no score"),
        (["OM-PEG", "average=x"], 2, "not a whole number"),
        (["OM-XYZ"], 2, "is not an instrument"),
    ],
)
def test_score_explains_itself(
    call: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", *call]) == code
    said = capsys.readouterr()
    assert words in said.out + said.err


def test_where_pain_could_come_from_is_called_a_place_to_look(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marks = (
        Mark("neck_back_left", "ache", 6, view="back"),
        Mark("shoulder_blade_left", "ache", 5, view="back"),
        Mark("little_finger_left", "numb", None),
    )
    case = otherwise_well(**MAN)
    path = file_of(Case(case.answers, case.as_of, marks), tmp_path)
    assert main(["assess", path]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Numbness or tingling is drawn.")
    assert "A place to look, not a diagnosis." in said
    assert "levator scapulae, left" in said
    assert main(["assess", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["muscles"]


def test_an_empty_drawing_suggests_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["assess", file_of(otherwise_well(**MAN), tmp_path)]) == 0
    assert capsys.readouterr().out == "Nothing drawn that a muscle explains.\n"
