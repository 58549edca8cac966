"""What every verb does alike: its help, its exit codes, and what it says to a wrong input.

Exit codes mean the same everywhere, and each verb lists those it can give:

0    done; nothing stands in the way
1    done, and the answer is no: no plan, no score, records are due, a fault was found
2    the call or its input is wrong; one message on standard error says what and how to mend it
3    nothing may be booked: a contraindication, a clearance to get, or missing answers
4    an emergency: medical help now
130  stopped with Ctrl-C
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ..knowledge import KnowledgeError
from ..reasoning.case import CaseError
from ._read import Unreadable

Run: TypeAlias = Callable[[argparse.Namespace], int]
WRONG = 2


def describe(
    parser: argparse.ArgumentParser,
    *,
    codes: Mapping[int, str],
    examples: tuple[str, ...],
    more: str = "",
) -> None:
    """Puts examples and exit codes below the help of a verb."""
    parts = [more] if more else []
    parts.append("\n".join(("examples:", *(f"  {example}" for example in examples))))
    parts.append(
        "\n".join(("exit codes:", *(f"  {code}  {text}" for code, text in codes.items())))
    )
    parser.epilog = "\n\n".join(parts)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter


def json_option(parser: argparse.ArgumentParser) -> None:
    """Adds ``--json``."""
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def refusing(*errors: type[Exception]) -> Callable[[Run], Run]:
    """Turns these errors, and a case or file that cannot be read, into one message and a 2."""
    caught: tuple[type[Exception], ...] = (Unreadable, CaseError, KnowledgeError, *errors)

    def wrap(run: Run) -> Run:
        @functools.wraps(run)
        def safely(args: argparse.Namespace) -> int:
            try:
                return run(args)
            except caught as error:
                print(one_line(str(error)), file=sys.stderr)
                return WRONG

        return safely

    return wrap


def one_line(text: str) -> str:
    """The text on one line; what a terminal might obey, such as an escape, becomes "?"."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def print_json(value: Any) -> None:
    """The value as JSON, readable by people too."""
    print(json.dumps(value, indent=2))
