"""Whether the engine is installed, and what to say when it is not."""

from __future__ import annotations

from importlib.util import find_spec

NEEDED = ("ibis", "duckdb")
SAY = (
    "The programme's figures need two more packages, which this installation was made without."
    ' Install them with: pip install "unknot[programme]"'
)


class ProgrammeMissing(Exception):
    """The extra is not installed; the message says how to install it."""

    def __init__(self) -> None:
        super().__init__(SAY)


def is_installed() -> bool:
    """Whether the programme's figures can be worked out here. Imports nothing."""
    return all(find_spec(name) is not None for name in NEEDED)
