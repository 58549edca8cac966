"""Whatever file or words are given: a result, or one clear message and exit code 2."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unknot.cli import main

ROOT = Path(__file__).parents[2]
RULES = [(ROOT / "examples" / "practice_rules.toml").read_bytes()]
GOOD = [path for path in sorted((ROOT / "examples").glob("*.toml")) if "rules" not in path.name]
CASES = [path.read_bytes() for path in GOOD]
DIARIES = [path.read_bytes() for path in sorted((ROOT / "examples").glob("*.csv"))]
PIECES = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"{", b"}", b"[", b"]]", b'"', b"'''", b"=", b"\n",
    b"\r", b"nan", b"inf", b"-1", b"1e999", b"9" * 400, b"true", b"2026-13-45", b"0001-01-01",
    b"9999-12-31", b"2026-11-22T10:00:00+23:59", b'{"schema":', b'"unknot-screening-2"', b",",
    b"[[mark]]\n", b"[answers]\n", b"as_of", b"format", b'"2 years"', b"{ value = 1 }",
    "ᐩ²½é".encode(), b"\\ud800", b"# zone: ../../etc\n", b"null", b"# zone: Mars/Olympus\n",
]  # fmt: skip
LONG = int(os.environ.get("UNKNOT_FUZZ", "60"))
fuzzed = settings(
    max_examples=LONG,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def spoiled(draw: st.DrawFn, good: list[bytes]) -> bytes:
    """A good file with some stretches cut out or overwritten, or anything at all."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    text = draw(st.sampled_from(good))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 30))
        new = draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        text = text[:at] + new + text[at + gone :]
    return text


def called(words: list[str]) -> tuple[int, str, str]:
    """Exit code, output and errors of one call, as a shell would see them."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(words)
        except SystemExit as stop:
            code = int(stop.code or 0)
    return code, out.getvalue(), err.getvalue()


def check(words: list[str]) -> int:
    """Calls the command; it may end only as its verb says."""
    code, out, err = called(words)
    verb = importlib.import_module(f"unknot.cli.{words[0]}")
    assert code in verb.CODES
    assert "Traceback" not in err
    if code == 2:
        assert out == ""
        assert err.endswith("\n")
        assert len(err.strip().splitlines()) == 1 or err.startswith("usage: ")
    return code


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "given.toml"


@fuzzed
@given(spoiled(CASES), st.sampled_from(["screen", "plan", "assess", "questions", "explain"]))
def test_a_spoiled_case_is_refused_in_one_message(path: Path, text: bytes, verb: str) -> None:
    path.write_bytes(text)
    check([verb, str(path)])


@pytest.fixture(scope="module")
def kept() -> list[bytes]:
    good = [str(path) for path in GOOD]
    calls = [["screen", "--json", name] for name in good]
    calls += [["plan", "--json", good[-1]], ["plan", "--json", good[1]]]
    calls += [["score", "--json", "OM-PEG", "average=6"], ["assess", "--json", good[-1]]]
    diary = str(next(iter(sorted((ROOT / "examples").glob("*.csv")))))
    calls += [["outcomes", "--json", diary]]
    return [called(words)[1].encode() for words in calls]


@fuzzed
@given(data=st.data())
def test_a_spoiled_result_is_refused_in_one_message(
    path: Path, kept: list[bytes], data: st.DataObject
) -> None:
    path.write_bytes(data.draw(spoiled(kept)))
    check(["explain", str(path)])


@fuzzed
@given(spoiled(DIARIES), st.sampled_from(["UTC", "Europe/Berlin", "Mars", "../x", "", "\x00"]))
def test_a_spoiled_diary_is_refused_in_one_message(path: Path, text: bytes, zone: str) -> None:
    path.write_bytes(text)
    check(["outcomes", str(path), f"--zone={zone}"])


@fuzzed
@given(spoiled(RULES))
def test_a_spoiled_file_of_practice_rules_is_refused_in_one_message(
    path: Path, text: bytes
) -> None:
    path.write_bytes(text)
    check(["screen", str(GOOD[0]), "--rules", str(path)])


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["OM-PEG", "average=6", "average=²", "average=" + "9" * 5000, "average=-", "=", "enjoyment=5"]
)


@fuzzed
@given(st.lists(WORDS.filter(lambda word: not word.startswith("-")), max_size=4), st.floats())
def test_any_words_are_scored_or_refused(words: list[str], before: float) -> None:
    check(["score", *words])
    check(["score", "OM-PEG", "average=6", "enjoyment=5", "activity=4", f"--before={before}"])


@pytest.mark.parametrize("verb", ["screen", "plan", "assess", "questions", "explain", "outcomes"])
@pytest.mark.parametrize("name", ["", "none.toml", ".", "a\x00b", "x" * 5000, "caf\udce9"])
def test_a_file_that_is_not_there_is_refused(verb: str, name: str) -> None:
    if verb == "questions" and not name:
        return  # no name: all questions
    assert check([verb, name]) == 2


@pytest.mark.parametrize("verb", ["screen", "plan", "assess", "questions", "explain", "outcomes"])
def test_standard_input_that_is_no_text_is_refused(
    verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\x00")))
    assert check([verb, "-"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "x.toml", "--price", "nan"],
        ["plan", "x.toml", "--price", "much"],
        ["plan", "x.toml", "--from", "soon"],
        ["plan", "x.toml", "--from", "0001-01-01"],
        ["knowledge", "due", "--on", "soon"],
        ["knowledge", "burn"],
        ["screen"],
        ["explain"],
    ],
)
def test_a_wrong_option_says_what_to_write(words: list[str]) -> None:
    assert check(words) == 2
