"""``unknot screen CASE.toml``: may this person be treated, and who must look first."""

from __future__ import annotations

import argparse
import textwrap
from typing import Any

from ..knowledge import load
from ..knowledge.safety import POSITIONS
from ..reasoning.scale import Disposition, Urgency
from ..reasoning.screen import Finding, Screening, decide
from ._read import case_argument, knowledge_with, read_case_file, rules_option
from ._verb import describe, json_option, print_json, refusing

WIDTH = 88
CODES = {
    0: "massage may go ahead, as it is, adapted, or with areas left out",
    2: "the case cannot be read",
    3: "nothing may be booked: a contraindication, a clearance, or missing answers",
    4: "an emergency: medical help now",
}
EXAMPLES = (
    "unknot screen examples/typist_numb_fingers.toml",
    "unknot screen --json examples/emergency_saddle_numb.toml",
    "unknot screen examples/low_back_two_years.toml --rules examples/practice_rules.toml",
)
_WORDS = {
    "total_contraindication": "no massage now",
    "medical_clearance": "a clinician agrees first",
    "local_contraindication": "leave areas out",
    "adapt": "adapt",
    "proceed": "proceed",
}
_AGREES = "somebody else agrees first"
"""A clearance that needs no doctor, such as that of a guardian."""
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
    )
    case_argument(parser)
    rules_option(parser)
    json_option(parser)
    describe(parser, codes=CODES, examples=EXAMPLES)


@refusing()
def run(args: argparse.Namespace) -> int:
    """Prints the screening. Exit codes as in CODES."""
    found = decide(read_case_file(args.case), knowledge=knowledge_with(args.rules))
    if args.json:
        print_json(found.to_dict())
    else:
        print(in_words(found))
    return code(found)


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
    rows = [("result", _result(found))]
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


def _result(found: Screening) -> str:
    """The disposition in words; where only an answer is missing, that, and no clinician."""
    if found.disposition != found.so_far:
        return "not known until the open questions are answered"
    return _said(found.disposition, found.urgency)


def _said(disposition: Disposition, urgency: Urgency) -> str:
    waits = disposition is Disposition.MEDICAL_CLEARANCE
    return _AGREES if waits and urgency is Urgency.NONE else _WORDS[disposition]


def _finding(finding: Finding) -> list[str]:
    ids = ", ".join((finding.rule_id, *finding.also))
    said = _said(finding.disposition, finding.urgency)
    lines = [_wrap(f"{finding.title}: {said} [{ids}]")]
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
