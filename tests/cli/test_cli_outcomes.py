"""The verdict at the command line."""

import argparse
import io
import json

import pytest

from unknot.cli import outcomes

TABLE = "when,pain,kind\n" + "".join(f"2026-03-{day:02},{6},\n" for day in range(1, 8))


def call(*words: str) -> int:
    parser = argparse.ArgumentParser()
    outcomes.add(parser.add_subparsers(dest="verb"))
    return outcomes.run(parser.parse_args(["outcomes", *words]))


@pytest.fixture
def diary(tmp_path):
    path = tmp_path / "week.csv"
    path.write_text(TABLE, "utf-8")
    return str(path)


def test_a_week_of_scores_is_too_early_to_tell(diary, capsys):
    assert call(diary) == 0
    told = capsys.readouterr().out
    assert told.startswith("Too early to tell. You have 0 visits and 7 days with an answer.\n")
    assert "Next, for people to decide: continue (STP-01)" in told
    assert max(map(len, told.splitlines())) <= 88


def test_it_speaks_json(diary, capsys):
    assert call(diary, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["kind"] == "cannot_tell"
    assert told["model"]["known"] is None, "scores all the same promise no day"
    assert told["needs"]["visits"] == 3


def test_it_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(TABLE))
    assert call("-") == 0
    assert "7 days" in capsys.readouterr().out


def test_a_wrong_score_names_line_column_and_cure(tmp_path, capsys):
    path = tmp_path / "d.csv"
    path.write_text("when,pain\n2026-03-01,11\n", "utf-8")
    assert call(str(path)) == 2
    assert "line 2, column pain" in capsys.readouterr().err


def test_a_missing_file_says_so(tmp_path, capsys):
    assert call(str(tmp_path / "none.csv")) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_file_that_is_no_text_says_so(tmp_path, capsys):
    path = tmp_path / "d.csv"
    path.write_bytes(b"\x81\x00")
    assert call(str(path)) == 2
    assert "not UTF-8" in capsys.readouterr().err


def test_a_diary_saved_as_utf_16_says_how_to_save_it(tmp_path, capsys):
    path = tmp_path / "d.csv"
    path.write_bytes(TABLE.encode("utf-16"))
    assert call(str(path)) == 2
    said = "d.csv: cannot be read: it is UTF-16 text, not UTF-8. Save it as “CSV UTF-8”.\n"
    assert capsys.readouterr().err == said
