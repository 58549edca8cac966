"""The command line, from its own parser."""

import argparse
import importlib
from collections.abc import Iterator
from typing import Any

from tools.reference.text import wrapped
from unknot import cli
from unknot.cli import _verb
from unknot.knowledge import Knowledge

TITLE = "Command line"
ABOUT = "every verb with its options, exit codes and an example."
SOURCE = "the parser"


def body(knowledge: Knowledge) -> Iterator[str]:
    """Exit codes once, then each verb."""
    top = cli.parser()
    _, _, codes = (_verb.__doc__ or "").partition("Exit codes")
    yield from wrapped(
        "`unknot VERB --help` says the same. A file named `-` is standard input. What a verb "
        "finds goes to standard output, what is wrong to standard error, on one line. `--json` "
        "prints the same as one document whose `schema` names its kind; see [JSON](json.md)."
    )
    yield ""
    yield f"Exit codes {codes.strip()}".replace("\n\n", "\n\n```\n", 1)
    yield "```"
    yield ""
    verbs = next(a for a in top._actions if isinstance(a, argparse._SubParsersAction))
    for name, parser in verbs.choices.items():
        yield from _verb_lines(name, parser)


def _verb_lines(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    module: Any = importlib.import_module(f"unknot.cli.{name}")
    yield f"## `unknot {name}`"
    yield ""
    first = (module.__doc__ or "").strip().split("\n")[0]
    yield from wrapped(parser.description or _begun(first.partition(": ")[2]))
    yield ""
    actions = [a for a in parser._actions if not isinstance(a, argparse._HelpAction)]
    for action in actions:
        about = f": {action.help}" if action.help else ""
        yield from wrapped(f"- `{_call(action)}`{about}", "  ")
    if actions:
        yield ""
    yield from ("```", *module.EXAMPLES, "```", "")
    for code, text in module.CODES.items():
        yield from wrapped(f"- exit code {code}: {text}", "  ")
    yield ""


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _call(action: argparse.Action) -> str:
    """How the option or argument is written."""
    value = action.metavar if isinstance(action.metavar, str) else ""
    if action.choices:
        value = "|".join(str(choice) for choice in action.choices)
    if not action.option_strings:
        optional = action.nargs in ("?", "*")
        return f"[{value or action.dest}]" if optional else value or action.dest
    takes = action.nargs != 0
    return (
        f"{action.option_strings[0]} {value or action.dest.upper()}"
        if takes
        else (action.option_strings[0])
    )
