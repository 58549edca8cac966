"""What scripts may rely on: help, exit codes and the keys of the JSON."""

from __future__ import annotations

import argparse
import importlib
import pkgutil

import pytest

from tests.cli.keys import CALLS, FILE, keys, printed
from unknot import cli

VERBS = sorted(
    module.name for module in pkgutil.iter_modules(cli.__path__) if not module.name.startswith("_")
)


def test_no_key_of_the_json_goes_away_unnoticed() -> None:
    written = FILE.read_text("utf-8").splitlines()
    assert keys() == written, "if this is meant, run: python -m tests.cli.keys"


@pytest.mark.parametrize("call", CALLS)
def test_every_document_names_its_schema(call: str) -> None:
    assert printed(call)["schema"].startswith("unknot-")


@pytest.mark.parametrize("verb", VERBS)
def test_help_shows_an_example_and_every_exit_code(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main([verb, "--help"])
    assert stop.value.code == 0
    said = capsys.readouterr().out
    module = importlib.import_module(f"unknot.cli.{verb}")
    assert f"unknot {verb}" in said.partition("examples:")[2]
    for code, text in module.CODES.items():
        assert f"  {code}  {text}" in said


@pytest.mark.parametrize("verb", VERBS)
def test_examples_are_calls_the_parser_understands(verb: str) -> None:
    module = importlib.import_module(f"unknot.cli.{verb}")
    for example in module.EXAMPLES:
        for call in example.split(";"):
            words = call.split(" > ")[0].split()
            assert words[0] == "unknot"
            assert isinstance(cli.parser().parse_args(words[1:]), argparse.Namespace)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("screen low_back_two_years.toml", 0),
        ("screen typist_numb_fingers.toml", 3),
        ("screen emergency_saddle_numb.toml", 4),
        ("plan low_back_two_years.toml", 0),
        ("plan emergency_saddle_numb.toml", 1),
        ("explain emergency_saddle_numb.toml", 0),
        ("explain --plan emergency_saddle_numb.toml", 1),
        ("explain diary_ten_weeks.csv", 2),
        ("outcomes low_back_two_years.toml", 2),
        ("score OM-PEG average=6", 1),
        ("questions --next low_back_two_years.toml", 0),
        ("knowledge due --on 2026-11-23", 0),
        ("knowledge due --on 2040-01-01", 1),
    ],
)
def test_the_exit_code_says_what_a_script_must_know(
    words: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = FILE.parents[2] / "examples"
    call = [str(examples / word) if "." in word else word for word in words.split()]
    assert cli.main(call) == code
    capsys.readouterr()
