"""Files of the command line: text from a path or standard input, and the case in it."""

from __future__ import annotations

import argparse
import codecs
import sys
from pathlib import Path
from typing import Final

from ..knowledge import Knowledge, load, with_practice_rules
from ..reasoning.case import Case, read_case

LARGEST = 2_000_000
"""Characters read of any file: more than a case may have, so that it is refused as too long."""


class Unreadable(Exception):
    """A file that cannot be read: which, why, and what to do."""


def case_argument(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """Adds the case, a file or ``-``."""
    parser.add_argument(
        "case",
        metavar="CASE.toml",
        nargs="?" if optional else None,
        help="a case in TOML or JSON; - reads standard input",
    )


def read_case_file(path: str) -> Case:
    """The case in a file or on standard input. Raises Unreadable or CaseError."""
    return read_case(read_text(path), name=name_of(path))


def rules_option(parser: argparse.ArgumentParser) -> None:
    """Adds ``--rules FILE``."""
    parser.add_argument(
        "--rules",
        metavar="FILE",
        help="a practice's own rules (TOML): more of them, and shipped ones made stricter",
    )


def knowledge_with(path: str | None) -> Knowledge:
    """The shipped knowledge, with a practice's own rules when a file is named.

    Raises Unreadable or KnowledgeError.
    """
    known = load()
    return with_practice_rules(known, read_text(path), file=name_of(path)) if path else known


def name_of(path: str) -> str:
    """How errors name a file: never with the folders it lies in."""
    return "standard input" if path == "-" else Path(path).name or path


def read_text(path: str, *, save_as: str = "UTF-8") -> str:
    """The text of a file or of standard input, UTF-8 with or without its mark.

    `save_as` is how a program that writes such files calls UTF-8. Raises Unreadable.
    """
    try:
        if path == "-":
            binary = getattr(sys.stdin, "buffer", None)
            raw = binary.read(4 * LARGEST) if binary else sys.stdin.read()
            text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
        else:
            with Path(path).open(encoding="utf-8-sig") as file:
                text = file.read(LARGEST)
    except UnicodeDecodeError as error:
        kind = "UTF-16 text, not UTF-8" if error.object.startswith(_UTF_16) else "not UTF-8 text"
        raise _unreadable(path, f"it is {kind}", f"Save it as {save_as}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "that is no name of a file"
        raise _unreadable(path, reason, _cure(error)) from None
    if "\0" in text[:LOOKED_AT]:  # UTF-16 without its mark: every other byte is empty
        raise _unreadable(path, "it is not UTF-8 text", f"Save it as {save_as}")
    return text.removeprefix("\ufeff")


_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LOOKED_AT: Final = 1_000
"""Characters looked at to tell text from anything else."""


def _unreadable(path: str, why: str, cure: str) -> Unreadable:
    return Unreadable(f"{name_of(path)}: cannot be read: {why}. {cure}.")


def _cure(error: Exception) -> str:
    if isinstance(error, IsADirectoryError):
        return "Name a file in it"
    if isinstance(error, PermissionError):
        return "Allow yourself to read it"
    return "Check its name and its folder, or write - to read standard input"
