"""The reference says what the knowledge says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import reference
from unknot.knowledge import load

ROOT = Path(__file__).parents[2]


def test_the_reference_is_not_stale() -> None:
    assert reference.stale() == [], "run python tools/build_reference.py"


def test_a_changed_page_is_noticed(tmp_path: Path) -> None:
    reference.write(tmp_path)
    assert reference.stale(tmp_path) == []
    (tmp_path / "sources.md").write_text("old", encoding="utf-8")
    (tmp_path / "questions.md").unlink()
    (tmp_path / "left_over.md").write_text("old", encoding="utf-8")
    assert reference.stale(tmp_path) == ["left_over.md", "questions.md", "sources.md"]
    reference.write(tmp_path)
    assert reference.stale(tmp_path) == []


def test_the_index_names_every_page() -> None:
    index = (reference.FOLDER / reference.INDEX).read_text("utf-8")
    files = {path.name for path in reference.FOLDER.glob("*.md")} - {reference.INDEX}
    assert [name for name in files if f"({name})" not in index] == []


PLACES = {
    "screening.md": ("rules", "red_flags"),
    "questions.md": ("questions",),
    "sources.md": ("sources",),
    "claims.md": ("claims",),
    "treating.md": ("conditions", "techniques", "doses", "stop_rules", "not_promised"),
    "measuring.md": ("instruments", "measurement_errors"),
    "around-a-visit.md": ("home_care", "visit_advice", "harms", "adverse_events"),
    "muscles.md": ("muscles",),
    "home-ladder.md": ("home_ladder",),
    "abbreviations.md": ("abbreviations",),
}


@pytest.mark.parametrize("name", PLACES)
def test_every_record_has_its_place(name: str) -> None:
    page = (ROOT / "docs" / "reference" / name).read_text("utf-8")
    ids = [record for topic in PLACES[name] for record in getattr(load(), topic)]
    assert [record for record in ids if record not in page] == []


def test_every_segment_of_the_other_body_map_has_its_row() -> None:
    page = (ROOT / "docs" / "reference" / "body-map-choir.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith(("| 1", "| 2"))]
    assert len(rows) == len(load().body_map_choir)


def test_the_command_checks() -> None:
    done = subprocess.run(
        [sys.executable, "tools/build_reference.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
