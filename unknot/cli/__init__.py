"""The command line: one module a verb, each with ``add(subparsers)`` and ``run(args)``."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import pkgutil
import sys
from collections.abc import Sequence

ORDER = (
    "serve",
    "demo",
    "check",
    "backup",
    "audit",
    "questions",
    "screen",
    "assess",
    "score",
    "plan",
    "explain",
    "outcomes",
    "programme",
    "knowledge",
)


def parser() -> argparse.ArgumentParser:
    """The parser with every verb found in this package, in the order of ORDER."""
    top = argparse.ArgumentParser(
        prog="unknot",
        description="Massage therapy for people in pain: is it safe, will it help, is it working?",
    )
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    found = {module.name for module in pkgutil.iter_modules(__path__)}
    for name in sorted(found, key=lambda n: (ORDER.index(n) if n in ORDER else len(ORDER), n)):
        if not name.startswith("_"):
            importlib.import_module(f"{__name__}.{name}").add(verbs)
    return top


def _parsed(top: argparse.ArgumentParser, argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments; answers may also stand after an option, which argparse alone refuses."""
    args, left = top.parse_known_args(argv)
    if left and hasattr(args, "answers") and not any(word.startswith("-") for word in left):
        args.answers += left
    elif left:
        top.error(f"unrecognized arguments: {' '.join(left)}")
    return args


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one verb. Exit code 2 means the call or its input was wrong; each verb documents
    its others."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal of few letters gets escapes
            stream.reconfigure(errors="backslashreplace")
    args = _parsed(parser(), argv)
    module = importlib.import_module(f"{__name__}.{args.verb.replace('-', '_')}")
    try:
        return int(module.run(args))
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read has read enough; nothing more is written at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
