"""Python and commands shown in the documents run, and print what they say."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from unknot import cli

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "examples/README.md"]
WITH_PYTHON = [page for page in PAGES if "```python" in page.read_text("utf-8")]
REASONING = ("questions", "screen", "assess", "score", "plan", "explain", "outcomes", "knowledge")
COMMANDS = sorted(
    {
        (line.strip(), str(page.relative_to(ROOT)))
        for page in PAGES
        for block in re.findall(r"```[a-z]*\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
        for line in block.splitlines()
        if re.match(rf"\s*unknot ({'|'.join(REASONING)})\b", line) and ";" not in line
        if not {"FILE", "CASE.toml"} & set(line.split())  # a form, not a call
    }
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the files the documents speak of."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "case.toml").symlink_to(ROOT / "examples" / "low_back_two_years.toml")
    questions = [
        {
            "linkId": f"q{number}",
            "type": "choice",
            "text": f"Question {number}?",
            "answerOption": [{"valueInteger": step} for step in range(6)],
        }
        for number in range(1, 11)
    ]
    form = {
        "resourceType": "Questionnaire",
        "status": "active",
        "copyright": "Licensed to this practice.",
        "item": questions,
    }
    (tmp_path / "oswestry.json").write_text(json.dumps(form), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.name)
def test_the_python_of_a_page_runs_and_prints_what_it_says(page: Path, place: Path) -> None:
    code = "\n".join(re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-c", code],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = iter(done.stdout.splitlines())
    for promised in re.findall(r"^ *print\(.*\)  # (.+)$", code, re.MULTILINE):
        assert promised in said, f"{promised} is not printed, or not in this place"


@pytest.mark.parametrize(("command", "page"), COMMANDS)
def test_a_command_shown_is_understood_and_ends_as_its_verb_says(
    command: str, page: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = command.partition("#")[0].split()[1:]
    monkeypatch.chdir(place)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = cli.main(words)
    codes = importlib.import_module(f"unknot.cli.{words[0]}").CODES
    assert code in codes
    assert code != 2, "the input of an example is sound"


def test_there_are_examples_of_every_verb_of_the_reasoning() -> None:
    shown = {command.split()[1] for command, _ in COMMANDS}
    assert set(REASONING) <= shown
