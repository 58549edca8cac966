"""The keys of every JSON document of the command line, as `json_keys.txt` holds them.

python -m tests.cli.keys      writes the file anew, after a key was added on purpose
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from unknot.cli import main

FILE = Path(__file__).with_name("json_keys.txt")
EXAMPLES = Path(__file__).parents[2] / "examples"
CALLS = (
    "questions --json",
    "questions --json --next",
    "screen --json typist_numb_fingers.toml",
    "screen --json low_back_two_years.toml",
    "screen --json emergency_saddle_numb.toml",
    "assess --json typist_numb_fingers.toml",
    "score --json",
    "score --json OM-PEG average=6 enjoyment=5 activity=7 --before 8",
    "plan --json low_back_two_years.toml",
    "plan --json emergency_saddle_numb.toml",
    "explain --json typist_numb_fingers.toml",
    "explain --json --plan low_back_two_years.toml",
    "outcomes --json diary_one_week.csv",
    "outcomes --json diary_ten_weeks.csv",
    "knowledge check --json",
    "knowledge due --json --on 2040-01-01",
)
OPEN = ("choices", "items", "records")
"""Keys whose own keys are ids of the knowledge, not part of the schema."""


def printed(call: str) -> Any:
    """The JSON one call prints."""
    words = [str(EXAMPLES / word) if "." in word else word for word in call.split()]
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main(words)
    return json.loads(out.getvalue())


def keys() -> list[str]:
    """Every key of every document as "schema key.inner[].key", sorted."""
    found = {
        f"{document['schema']} {path}"
        for document in map(printed, CALLS)
        for path in _paths(document)
    }
    return sorted(found)


def _paths(value: Any, begin: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{begin}{key}"
            if key not in OPEN:
                yield from _paths(inner, f"{begin}{key}.")
    elif isinstance(value, list):
        for inner in value:
            yield from _paths(inner, f"{begin.rstrip('.')}[].")


if __name__ == "__main__":
    FILE.write_text("\n".join(keys()) + "\n", encoding="utf-8")
