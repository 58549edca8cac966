"""What is past its review stops a release, and only that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import run


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[Any]]:
    """What the release would have called; everything is well unless a test says otherwise."""
    made: list[list[Any]] = []
    monkeypatch.setattr(run, "check", lambda arguments: 0)
    monkeypatch.setattr(run, "call", lambda command: made.append(command) or 0)
    return made


def test_a_release_asks_what_is_due_and_whether_the_reference_is_fresh(
    calls: list[list[Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["release", "--on", "2028-12-01"]) == 0
    assert [command[1:] for command in calls] == [
        ["-m", "unknot", "knowledge", "due", "--on", "2028-12-01"],
        ["tools/build_reference.py", "--check"],
    ]
    assert "May be released" in capsys.readouterr().out


@pytest.mark.parametrize(("word", "named"), [("due", "knowledge due"), ("--check", "reference")])
def test_what_stands_in_the_way_is_named(
    word: str, named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "check", lambda arguments: 0)
    monkeypatch.setattr(run, "call", lambda command: int(word in command))
    assert run.main(["release"]) == 1
    assert f"Not to be released: {named}." in capsys.readouterr().out


def test_a_failed_check_stops_it_too(
    calls: list[list[Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "check", lambda arguments: 1)
    assert run.main(["release"]) == 1
    assert "Not to be released: check." in capsys.readouterr().out


def test_a_build_does_not_ask_what_is_due() -> None:
    ci = (Path(__file__).parents[1] / ".ci" / "run").read_text("utf-8")
    assert "release" not in ci
    assert "due" not in ci
