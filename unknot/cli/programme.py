"""``unknot programme``: the practice's published figures, in words, as JSON, or as a file."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._verb import WRONG, describe, json_option, one_line, print_json

if TYPE_CHECKING:
    from ..clinic.programme.pages import ProgrammePage
    from ..reasoning.outcomes.programme.published import Published

CODES = {
    0: "there are figures",
    1: "nothing has been published yet: too few people, or no fits (see unknot refit)",
    2: "there is no such practice, or the file cannot be written",
}
EXAMPLES = ("unknot programme", "unknot programme --out programme.csv", "unknot programme --json")
MORE = "Groups of fewer than ten people are hidden, as on the page. No therapist is a group."


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser("programme", help="what becomes of the people of a practice")
    parser.add_argument("--practice", help="its name, where there are several")
    parser.add_argument("--out", metavar="FILE", help="write FILE.csv or FILE.parquet instead")
    parser.add_argument("--publish", action="store_true", help="look for new figures first")
    json_option(parser)
    describe(parser, codes=CODES, examples=EXAMPLES, more=MORE)


def run(args: argparse.Namespace) -> int:
    """Prints the figures. Exit codes as in CODES."""
    from ._django import set_up

    set_up()
    from ..clinic.access import scope, system
    from ..clinic.models import Practice
    from ..clinic.programme import publish
    from ..clinic.programme.kept import latest
    from ..programme import ProgrammeMissing

    practices = list(scope(Practice, system(), "outcomes.refit").order_by("name"))
    chosen = [one for one in practices if args.practice in (None, one.name)]
    if len(chosen) != 1:
        names = ", ".join(one.name for one in practices) or "none yet"
        return _wrong(f"Name one practice with --practice. There are: {names}.")
    if args.publish:
        try:
            publish.publish(chosen[0], now=datetime.now(UTC))
        except ProgrammeMissing as error:
            return _wrong(str(error))
    found = latest(chosen[0])
    if found is None:
        print("No figures have been published yet.")
        return 1
    if args.out:
        return _write(args.out, found)
    _print(found, as_json=args.json)
    return 0


def _wrong(text: str) -> int:
    print(one_line(text), file=sys.stderr)
    return WRONG


def _write(name: str, found: Published) -> int:
    from ..programme import export

    kind = Path(name).suffix.lstrip(".")
    if kind not in export.FORMATS:
        return _wrong("Give the file a name that ends in .csv or .parquet.")
    try:
        Path(name).write_bytes(export.FORMATS[kind](found))
    except OSError as error:
        return _wrong(f"{name} cannot be written: {error.strerror}.")
    return 0


def _print(found: Published, *, as_json: bool) -> None:
    from ..reasoning import stored

    if as_json:
        print_json(stored.to_dict(found))
        return
    from ..clinic.programme.pages import programme_page

    print("\n".join(in_words(programme_page(found))))


def in_words(page: ProgrammePage) -> list[str]:
    """The page as lines of plain text."""
    lines = [page.headline, page.rest, "", page.published]
    lines += [f"{label}: {value}" for label, value in page.facts]
    for table in page.effects:
        lines += ["", table.title]
        for one in table.lines:
            told = (
                f"{one.value} points, {one.sure}, {one.people} people" if one.value else "hidden"
            )
            lines.append(f"  {one.name}: {told}")
    for section in page.sections:
        lines += ["", section.title]
        for row in section.lines:
            told = f"{row.people} people, {row.seen} ({row.seen_range})"
            told += f", expected {row.expected}" if section.compares else ""
            lines.append(f"  {row.group}: {told if row.people else 'hidden'}")
    return lines
