"""``unknot screen CASE.toml``: may this person be treated, and who must look first."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from pathlib import Path
from typing import Any

from ..knowledge import load
from ..knowledge.safety import POSITIONS
from ..reasoning.case import CaseError, read_case
from ..reasoning.screen import Finding, Screening, decide

WIDTH = 88
LARGEST = 2_000_000
CODES = """exit codes:
  0  massage may go ahead, as it is, adapted, or with areas left out
  2  the case cannot be read
  3  nothing may be booked: a contraindication, a clearance, or missing answers
  4  an emergency: medical help now
"""
_WORDS = {
    "total_contraindication": "no massage now",
    "medical_clearance": "a clinician agrees first",
    "local_contraindication": "leave areas out",
    "adapt": "adapt",
    "proceed": "proceed",
}
_WHEN = {
    "emergency_now": "now, emergency",
    "same_day": "today",
    "gp_soon": "within two weeks",
    "gp_routine": "at the next visit to the doctor",
}


def add(verbs: Any) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "screen",
        help="may this person be treated? the screening of a case",
        description="Reads a case (as the self-check saves it) and screens it.",
        epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("case", metavar="CASE.toml", help="TOML or JSON; - reads standard input")
    parser.add_argument("--json", action="store_true", help="the whole screening as JSON")


def run(args: argparse.Namespace) -> int:
    """Prints the screening. Exit codes as in CODES."""
    name = "standard input" if args.case == "-" else Path(args.case).name
    try:
        case = read_case(_read(args.case), name=name)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        print(f"{name}: cannot be read: {reason}.", file=sys.stderr)
        return 2
    except CaseError as error:
        print(error, file=sys.stderr)
        return 2
    found = decide(case)
    print(json.dumps(found.to_dict(), indent=2) if args.json else in_words(found))
    return code(found)


def _read(path: str) -> str:
    """The text of a file or of standard input; never more than a case can be long."""
    if path == "-":
        return sys.stdin.read(LARGEST)
    with Path(path).open(encoding="utf-8-sig") as file:
        return file.read(LARGEST)


def code(found: Screening) -> int:
    """The exit code of a screening."""
    if found.is_emergency:
        return 4
    return 3 if found.blocks_booking else 0


def in_words(found: Screening) -> str:
    """The screening as plain text of at most 88 columns."""
    lines = [found.headline.upper(), _wrap(found.say), ""]
    lines += _limits(found)
    for finding in found.findings:
        if finding.state != "unknown":
            lines += ["", *_finding(finding)]
    if found.missing:
        questions = load().questions
        lines += ["", f"Still to ask ({len(found.missing)}):"]
        lines += [_item(f"{questions[name].text} [{name}]") for name in found.missing]
    lines += ["", f"As of {found.as_of}. Knowledge {found.knowledge_version}."]
    lines.append("No clinician has reviewed these rules yet. This is not a diagnosis.")
    return "\n".join(lines)


def _limits(found: Screening) -> list[str]:
    rows = [("result", _WORDS[found.disposition])]
    if found.urgency in _WHEN:
        rows.append(("see a doctor", _WHEN[found.urgency]))
    if found.pressure_ceiling < 5:
        rows.append(("pressure", f"{found.pressure_ceiling} of 5 at most"))
    if found.most_minutes:
        rows.append(("time", f"{found.most_minutes} minutes at most"))
    named = (
        ("left out", found.excluded_groups),
        ("gentle", found.gentle_groups),
        ("not used", found.banned_techniques),
        ("not lying", tuple(POSITIONS[position] for position in found.positions)),
    )
    rows += [(label, ", ".join(names).replace("_", " ")) for label, names in named if names]
    return [
        textwrap.fill(text, WIDTH, initial_indent=f"{label:<14}", subsequent_indent=" " * 14)
        for label, text in rows
    ]


def _finding(finding: Finding) -> list[str]:
    ids = ", ".join((finding.rule_id, *finding.also))
    lines = [_wrap(f"{finding.title}: {_WORDS[finding.disposition]} [{ids}]")]
    lines += [_wrap(finding.tell, "  "), _wrap(finding.do, "  ")]
    if finding.tell_doctor:
        lines.append(_wrap(f"Tell the doctor: “{finding.tell_doctor}”", "  "))
    sources = "; ".join(source.short for source in finding.sources)
    lines.append(_wrap(f"{sources} ({finding.confidence} confidence)", "  "))
    if finding.is_overdue:
        lines.append(f"  This rule should have been reviewed by {finding.review_by}.")
    return lines


def _wrap(text: str, indent: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _item(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="- ", subsequent_indent="  ")
