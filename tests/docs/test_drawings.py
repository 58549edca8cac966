"""The drawings of home care: made by the script, small, safe to put into a page, and in words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tools import build_home_care
from tools.home_care.drawings import DRAWINGS
from unknot.knowledge import load

KNOWN = load().home_care
FILES = sorted(build_home_care.FOLDER.glob("*.svg"))
CSS = Path(__file__).parents[2] / "unknot/clinic/static/unknot/css/home-care.css"
ELEMENTS = {"svg", "g", "path", "circle"}


def test_they_are_what_the_script_draws() -> None:
    assert build_home_care.stale() == []


def test_a_stale_drawing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_home_care, "FOLDER", tmp_path)
    build_home_care.write()
    (tmp_path / "HC-01.svg").write_text("old", "utf-8")
    (tmp_path / "HC-99.svg").write_text("left over", "utf-8")
    assert build_home_care.stale() == ["HC-01.svg", "HC-99.svg"]
    build_home_care.write()
    assert build_home_care.stale() == []


def test_each_drawing_has_its_words_and_no_words_go_without_a_drawing() -> None:
    assert {name for name, record in KNOWN.items() if record.picture} == set(DRAWINGS)


def test_everything_that_is_done_is_drawn() -> None:
    done = {"move", "strength", "relax", "rest", "self_massage", "warmth", "cold"}
    assert {n for n, one in KNOWN.items() if one.kind in done and n not in DRAWINGS} == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_is_small_plain_and_labelled(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.encode()) < build_home_care.MOST_BYTES
    root = ET.fromstring(text)  # our own file
    names = {re.sub(r"\{.*\}", "", node.tag) for node in root.iter()}
    assert names <= ELEMENTS
    attributes = {name for node in root.iter() for name in node.attrib}
    assert not {"style", "href", "id", "onload"} & attributes
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == KNOWN[path.stem].picture


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_colour_follows_the_theme_of_the_page(path: Path) -> None:
    css, text = CSS.read_text("utf-8"), path.read_text("utf-8")
    used = {name for names in re.findall(r'class="([^"]+)"', text) for name in names.split()}
    assert [name for name in used - {"drawing"} if f".drawing .{name}" not in css] == []


def test_the_words_of_a_drawing_suffice_alone() -> None:
    for name in DRAWINGS:
        words = KNOWN[name].picture
        assert len(words.split()) >= 10, name
        assert not re.search(r"\b(see|picture|drawing|image)\b", words, re.I), name
