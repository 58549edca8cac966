"""The result of a self-check as a page: what it means, why, from where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from ...knowledge import load
from ...reasoning import medicine_words
from ...reasoning.case import Case
from ...reasoning.interview import checklist_of
from ...reasoning.screen import Screening
from .pages import ResultPage, ToAsk
from .words import (
    asks,
    can_do,
    cannot_do,
    consequences,
    finding_words,
    letter,
    question_text,
    verdict,
)


def result_page(
    case: Case,
    screening: Screening,
    *,
    practice_name: str,
    back_url: str,
    step_urls: Mapping[str, str],
) -> ResultPage:
    """The page; `step_urls` gives by screen where an open question can be answered."""
    fired = [finding for finding in screening.findings if finding.state != "unknown"]
    return ResultPage(
        verdict=verdict(screening),
        say=screening.say,
        findings=tuple(finding_words(finding) for finding in fired),
        to_ask=tuple(_to_ask(name, step_urls) for name in screening.missing),
        tell_doctor=asks(fired),
        answered=letter(case, screening).facts,
        medicines=medicine_words.as_read(case),
        limits=()
        if screening.blocks_booking
        else consequences(screening.pressure_ceiling, screening.excluded_groups),
        can=can_do(case),
        cannot=cannot_do(),
        is_yes=not screening.blocks_booking,
        can_keep=bool(practice_name),
        practice_name=practice_name,
        back_url=back_url,
    )


def _to_ask(question_id: str, step_urls: Mapping[str, str]) -> ToAsk:
    question = load().questions[question_id]
    names = (question.screen or question_id, checklist_of(load()).get(question_id, ""))
    url = next((step_urls[name] for name in names if name in step_urls), "")
    return ToAsk(question_text(question_id), url)
