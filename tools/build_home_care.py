"""Draws the pictures of home care: run it after changing a posture or the grammar.

python tools/build_home_care.py            writes the drawings
python tools/build_home_care.py --check    exits with 1 and names those that are stale
python tools/build_home_care.py --sheet FILE   writes all of them on one page, to look at
"""

from __future__ import annotations

import argparse
import sys
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools.home_care.drawings import DRAWINGS
from unknot.knowledge import load

FOLDER = Path(__file__).parents[1] / "unknot" / "clinic" / "templates" / "home_care"
MOST_BYTES = 9_000  # four people in one picture are the most there are


def drawn() -> dict[str, str]:
    """Every drawing by its file name."""
    return {f"{name}.svg": svg(name) for name in DRAWINGS}


def svg(name: str) -> str:
    """One drawing; its label is the record's own words of what it shows."""
    drawing = DRAWINGS[name]
    box = " ".join(map(str, drawing.paper))
    label = escape(load().home_care[name].picture)
    return (
        f'<svg class="drawing" xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        f'role="img" aria-label="{label}" fill="none" stroke-linecap="round" '
        f'stroke-linejoin="round">{drawing.draw()}</svg>\n'
    )


def stale() -> list[str]:
    """Names of drawings that are missing, left over, or not what the grammar draws."""
    due = drawn()
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.svg")}
    return sorted(name for name in {*due, *there} if due.get(name) != there.get(name))


def write() -> None:
    """Writes every drawing and takes away what is none any more."""
    due = drawn()
    for path in FOLDER.glob("*.svg"):
        if path.name not in due:
            path.unlink()
    for name, text in due.items():
        (FOLDER / name).write_text(text, "utf-8")


def main() -> int:
    """Writes, checks, or makes the contact sheet."""
    parser = argparse.ArgumentParser(description="The drawings of home care.")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--sheet", type=Path)
    told = parser.parse_args()
    if told.check:
        for name in stale():
            print(f"{name} is stale: run python tools/build_home_care.py")
        return int(bool(stale()))
    if told.sheet:
        told.sheet.write_text(_sheet(), "utf-8")
        return 0
    write()
    return 0


def _sheet() -> str:
    known = load().home_care
    cells = "".join(
        f"<figure>{text}<figcaption>{name[:-4]} {escape(known[name[:-4]].name)}: "
        f"{escape(known[name[:-4]].tell)} ({len(text)} B)</figcaption></figure>"
        for name, text in drawn().items()
    )
    look = (
        "body{display:grid;grid-template-columns:repeat(2,1fr);gap:16px;font:13px sans-serif;"
        "background:#f5efe6;margin:12px}figure{margin:0;background:#fffdf8;padding:8px}"
    )
    return f"<!doctype html><meta charset=utf-8><style>{look}</style>{cells}"


if __name__ == "__main__":
    sys.exit(main())
