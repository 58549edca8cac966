"""The command line screens a case, and its exit code says what a script must know."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.support.cases import case_of
from unknot.cli import main
from unknot.reasoning.case import write_case
from unknot.reasoning.screen import Screening

EMERGENCY = """format = "unknot-case-1"
as_of = 2026-11-22
[answers]
saddle_numb = true
"""


def _save(tmp_path: Path, text: str) -> str:
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_emergency_exits_with_four(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", _save(tmp_path, EMERGENCY)]) == 4
    said = capsys.readouterr().out
    assert said.startswith("GET MEDICAL HELP NOW")
    assert "RF-LUM-01" in said
    assert max(map(len, said.splitlines())) <= 88


def test_missing_answers_exit_with_three_and_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", _save(tmp_path, EMERGENCY.replace("true", "false"))]) == 3
    assert "[bladder_change]" in capsys.readouterr().out


def test_limits_are_written_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = EMERGENCY.replace("saddle_numb = true", 'heart_and_blood = ["heart_stable"]')
    assert main(["screen", _save(tmp_path, text)]) == 3
    said = capsys.readouterr().out
    assert "2 of 5 at most" in said
    assert "30 minutes at most" in said
    assert "lying flat on the back" in said
    assert "Tell the doctor" in said


def test_the_json_is_a_screening_that_can_be_read_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["screen", "--json", _save(tmp_path, EMERGENCY)])
    assert Screening.from_dict(json.loads(capsys.readouterr().out)).is_emergency


def test_it_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(EMERGENCY))
    assert main(["screen", "-"]) == 4
    capsys.readouterr()


def test_a_bad_case_exits_with_two_and_a_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", _save(tmp_path, "nonsense")]) == 2
    assert "case.toml, line 1: is not TOML" in capsys.readouterr().err
    assert main(["screen", str(tmp_path / "none.toml")]) == 2
    assert capsys.readouterr().err == (
        "none.toml: cannot be read: No such file or directory. "
        "Check its name and its folder, or write - to read standard input.\n"
    )
    assert main(["screen", str(tmp_path)]) == 2
    assert "Name a file in it." in capsys.readouterr().err
    (tmp_path / "raw").write_bytes(b"\x81\xfe")
    assert main(["screen", str(tmp_path / "raw")]) == 2
    assert "not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_case_saved_as_utf_16_says_how_to_save_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(EMERGENCY.encode(encoding))
    assert main(["screen", str(path)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("case.toml: cannot be read: it is ")
    assert ("UTF-16" in said) is (encoding == "utf-16")
    assert said.endswith("Save it as UTF-8.\n")


def test_missing_answers_are_not_called_a_clinicians_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = EMERGENCY.split("[answers]", maxsplit=1)[0]
    assert main(["screen", _save(tmp_path, nobody)]) == 3
    said = capsys.readouterr().out
    assert said.startswith("A FEW ANSWERS ARE STILL MISSING")
    assert "not known until the open questions are answered" in said
    assert "clinician agrees" not in said


def test_a_minor_needs_the_word_of_a_guardian_and_not_of_a_clinician(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    well = case_of("man_with_low_back_pain", {"decides_for_self": False})
    assert main(["screen", _save(tmp_path, write_case(well))]) == 3
    said = capsys.readouterr().out
    assert said.count("somebody else agrees first") == 2
    assert "clinician agrees" not in said


def test_an_overdue_rule_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = EMERGENCY.replace("2026-11-22", "2040-01-01")
    main(["screen", _save(tmp_path, late)])
    assert "should have been reviewed by" in capsys.readouterr().out


def test_questions_lists_all_or_those_still_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["questions"]) == 0
    everything = capsys.readouterr().out
    assert "saddle_numb = true or false" in everything
    assert main(["questions", "--json", _save(tmp_path, EMERGENCY)]) == 0
    left = [question["id"] for question in json.loads(capsys.readouterr().out)["questions"]]
    assert "age_years" in left
    assert "saddle_numb" not in left
    assert main(["questions", _save(tmp_path, "nonsense")]) == 2
    assert "is not TOML" in capsys.readouterr().err


def test_knowledge_is_checked_and_what_is_due_or_pending_is_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["knowledge", "check"]) == 0
    assert "68  rules" in capsys.readouterr().out
    assert main(["knowledge", "due", "--on", "2026-11-23"]) == 0
    assert "0 records are due" in capsys.readouterr().out
    assert main(["knowledge", "due", "--on", "2040-01-01"]) == 1
    assert "SR-001" in capsys.readouterr().out
    assert main(["knowledge", "pending"]) == 0
    assert "wait for a clinician" in capsys.readouterr().out
