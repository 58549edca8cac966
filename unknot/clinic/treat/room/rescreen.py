"""Is anything new? Asked before every visit, with the last answers filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from unknot.knowledge.questions import Question
from unknot.reasoning.ageing import aged
from unknot.reasoning.case import Answer, Case
from unknot.reasoning.interview import rescreen_questions, said_last
from unknot.reasoning.treat.note import day_words

from ...intake.answers import case_of
from ...intake.forms import AnswersForm
from ...intake.pages import asked
from ...models import Episode, Intake, Visit
from ...ui.episode_states import rail_of
from .. import words
from ..pages import RescreenPage
from . import briefing


def newest_intake(episode: Episode) -> Intake | None:
    """The client's answers in their last version."""
    return episode.intakes.order_by("-version").first()


def form_for(intake: Intake, today: date, data: Any = None) -> AnswersForm:
    """Only what can have changed between those answers and today.

    None has to be answered, so that a warning sign is kept at once; what stays unanswered is
    unknown, and unknown does not pass.
    """
    case = aged(case_of(intake), today)
    questions = rescreen_questions(case, since=intake.as_of)
    return AnswersForm(questions, data, case=case, demand=False)


def page(visit: Visit, intake: Intake, form: AnswersForm, now: datetime) -> RescreenPage:
    """The page to ask on."""
    episode = visit.appointment.episode
    return RescreenPage(
        visit_id=visit.pk,
        episode=rail_of(episode, "treat"),
        who=words.called(episode.client),
        since=briefing.since_words(visit) or day_words(intake.as_of),
        form=form,
        asked=asked(form),
    )


def news(form: AnswersForm, before: Case) -> tuple[str, ...]:
    """What changed, in words for the note: each question with its new answer."""
    changes: Mapping[str, Answer | None] = form.answers()
    return tuple(
        f"{question.text.rstrip('?:. ')}: {_said(question, changes[question.id])}"
        for question in form.questions
        if question.id in changes and changes[question.id] != said_last(question, before)
    )


def _said(question: Question, answer: Answer | None) -> str:
    if answer is None:
        return "not sure"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    texts = {choice.id: choice.text for choice in question.choices}
    if isinstance(answer, tuple):
        return ", ".join(texts.get(one, one) for one in answer) or "none"
    said = texts.get(str(answer), str(answer))
    return f"{said} {question.unit}" if question.unit and not question.choices else said
