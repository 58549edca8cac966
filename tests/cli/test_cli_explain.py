"""``unknot explain``: a case, or a result that was kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unknot.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
TYPIST = str(EXAMPLES / "typist_numb_fingers.toml")
LOW_BACK = str(EXAMPLES / "low_back_two_years.toml")


def kept(words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    main([*words, "--json"])
    path = folder / "kept.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return str(path)


def test_a_case_is_explained_with_rule_version_facts_and_source(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", TYPIST]) == 0
    said = capsys.readouterr().out
    assert "RF-NECK-03" in said
    assert "Source: FIN20" in said
    assert "clinician review pending" in said
    assert max(map(len, said.splitlines())) <= 88


def test_a_kept_screening_is_explained_with_and_without_its_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = kept(["screen", TYPIST], tmp_path, capsys)
    assert main(["explain", path]) == 0
    alone = capsys.readouterr().out
    assert main(["explain", path, "--case", TYPIST]) == 0
    assert capsys.readouterr().out == alone  # nothing has changed since


def test_a_kept_screening_of_another_day_says_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(kept(["screen", TYPIST], tmp_path, capsys))
    old = json.loads(path.read_text("utf-8"))
    old["knowledge_version"] = "older"
    old["findings"][0] |= {"because": "An older reason.", "version": "2020-01-01.0"}
    path.write_text(json.dumps(old), encoding="utf-8")
    assert main(["explain", str(path), "--case", TYPIST]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "An older reason." in said
    assert "It has changed since: 2020-01-01.0 then" in said
    assert "The same answers give the same result today." in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["plan", LOW_BACK], "DOS-CHE11"),
        (["score", "OM-PEG", "average=6", "enjoyment=5", "activity=7"], "OM-PEG"),
        (["assess", TYPIST], "a place to look".upper()),
        (["outcomes", str(EXAMPLES / "diary_ten_weeks.csv")], "STP-"),
    ],
)
def test_every_kind_of_kept_result_is_explained(
    words: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = kept(words, tmp_path, capsys)
    assert main(["explain", path]) == 0
    assert says in capsys.readouterr().out
    assert main(["explain", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "unknot-explanation-1"


def test_a_practices_own_rule_is_explained_with_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = ["--rules", str(EXAMPLES / "practice_rules.toml")]
    path = kept(["screen", TYPIST, *own], tmp_path, capsys)
    assert main(["explain", path, *own]) == 0
    said = capsys.readouterr().out
    assert "PR-001 Ten hours of typing" in said
    assert "The knowledge has not changed since." in said
    assert main(["explain", TYPIST, *own]) == 0
    assert "PR-001" in capsys.readouterr().out
    assert main(["explain", LOW_BACK, "--plan", *own]) == 0
    assert "DOS-CHE11" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"schema": "other-1"}', "This is no result with one of the schemas"),
        ('{"schema": "unknot-ranking-1", "muscles": []}', "names no muscle"),
        ('{"schema": ', "is not JSON"),
        ('{"format": 1}', "format: is missing or unknown"),
    ],
)
def test_what_is_neither_case_nor_result_is_refused(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "kept.json"
    path.write_text(text, encoding="utf-8")
    assert main(["explain", str(path)]) == 2
    assert says in capsys.readouterr().err
