"""Writes what the drawing says about the regions into regions.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from body_chart.sheet import Seen


def update_regions(path: Path, regions: Mapping[str, Seen]) -> None:
    """Put x, y and adjacent of every record right; raises KeyError for a region that is not
    drawn."""
    head, *records = path.read_text(encoding="utf-8").split("[[region]]\n")
    path.write_text(
        "[[region]]\n".join([head, *(_updated(record, regions) for record in records)]),
        encoding="utf-8",
    )


def _updated(record: str, regions: Mapping[str, Seen]) -> str:
    name, view = (_value(record, key) for key in ("id", "view"))
    seen = regions[name]
    x, y = seen.middles.get(view) or next(iter(seen.middles.values()))
    kept = [
        line for line in record.rstrip().splitlines() if not re.match(r"(x|y|adjacent) = ", line)
    ]
    near = ", ".join(f'"{other}"' for other in sorted(seen.near))
    return "\n".join([*kept, f"adjacent = [{near}]", f"x = {x:.1f}", f"y = {y:.1f}"]) + "\n\n"


def _value(record: str, key: str) -> str:
    found = re.search(rf'^{key} = "(.*)"$', record, re.MULTILINE)
    if found is None:
        raise KeyError(f"regions.toml: a record has no {key}")
    return found[1]
