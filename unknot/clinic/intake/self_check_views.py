"""The public self-check: one decision a screen, nothing stored here unless the person keeps it.

Steps are numbered by how many screens this person has seen, so that an address tells nothing
about an answer. Every answer travels in the browser's own encrypted cookie (`state`).
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from ...reasoning.case import Case, write_case
from ...reasoning.interview import Screen, Section, minutes_left, needed, next_step, sections
from ...reasoning.screen import decide
from ..access import Request, view
from ..audit import once
from ..models import Consent
from ..ui.pdf import render_pdf
from ..ui.render import render
from ..ui.words import count
from . import state as carried
from .actions import keep_self_check, the_practice
from .answers import day_at, with_changes
from .consent import TEXTS
from .forms import AnswersForm, KeepForm
from .pages import EmergencyPage, KeepPage, KeptPage, StartPage, StepPage, TooMuchPage, asked
from .papers import letter_page
from .results import result_page
from .state import State
from .words import emergency, minutes_words

RESULT: Final = "result"
EMERGENCY: Final = "emergency"


@view("self_check.use")
@require_safe
def start(request: Request) -> HttpResponse:
    """What the self-check is, how long it takes and what happens to the answers."""
    state = _state(request)
    practice = the_practice()
    page = StartPage(
        minutes=count(minutes_left(Case({}, state.case.as_of)), "minute"),
        carry_on_url=_step_url(len(state.path)) if state.path else "",
        practice_name=practice.name if practice else "",
    )
    return render(request, "self_check/start.html", page)


@view("self_check.use")
@require_POST
def forget(request: Request) -> HttpResponseBase:
    """Takes every answer out of the browser and goes back to the start."""
    answer = redirect("self_check")
    carried.forget(answer)
    return answer


@view("self_check.use")
def step(request: Request, number: int) -> HttpResponseBase:
    """The screen somebody sees at this step: a question, the result, or the emergency page."""
    state = _state(request)
    if not state.path:
        state = replace(state, path=(_next(state),))
    if not 1 <= number <= len(state.path):
        return redirect(_step_url(len(state.path)))
    name = state.path[number - 1]
    if name in (RESULT, EMERGENCY):
        return _conclusion(request, state, number)
    found = _screen(state, name)
    if found is None:
        return _move_on(state, number - 1)
    if request.method == "POST":
        return _answered(request, state, number, *found)
    return _ask(request, state, number, *found, form=_form(state, found[1]))


def _answered(
    request: Request, state: State, number: int, section: Section, screen: Screen
) -> HttpResponseBase:
    going_back = "back" in request.POST and number > 1
    form = AnswersForm(
        screen.questions,
        request.POST,
        case=state.case,
        unsure=state.left_open,
        demand=not going_back,
    )
    if going_back:
        return _back(state, number, form)
    if not form.is_valid():
        return _ask(request, state, number, section, screen, form=form, status=422)
    case = with_changes(state.case, form.answers(), form.marks())
    left_open = (state.left_open | form.dealt_with()) - frozenset(case.answers)
    return _move_on(replace(state, case=case, left_open=left_open), number)


def _back(state: State, number: int, form: AnswersForm) -> HttpResponseBase:
    """One screen back; what was filled in so far is kept, what cannot be read is not."""
    form.is_valid()
    state = replace(state, case=with_changes(state.case, form.given(), form.marks()))
    answer = redirect(_step_url(number - 1))
    with contextlib.suppress(carried.TooLarge):
        carried.write(answer, state)
    return answer


def _move_on(state: State, number: int) -> HttpResponseBase:
    """To the first screen still to be asked; at once to the emergency page if it is one."""
    state = replace(state, path=(*state.path[:number], _next(state)))
    answer = redirect(_step_url(len(state.path)))
    try:
        carried.write(answer, state)
    except carried.TooLarge:
        return redirect("self_check_too_much")
    return answer


def _next(state: State) -> str:
    if state.case.answers and decide(state.case).is_emergency:
        return EMERGENCY
    step = next_step(state.case, answered=state.left_open)
    return step.screen.id if step else RESULT


def _ask(
    request: Request,
    state: State,
    number: int,
    section: Section,
    screen: Screen,
    *,
    form: AnswersForm,
    status: int = 200,
) -> HttpResponse:
    left = [step.screen.id for step in needed(state.case, answered=state.left_open)]
    alone = len(screen.questions) == 1
    page = StepPage(
        form=form,
        asked=asked(form),
        title=screen.title,
        section=section.title if section.title != screen.title else "",
        is_alone=alone,
        back_url=_step_url(number - 1) if number > 1 else "",
        minutes=minutes_words(minutes_left(state.case, answered=state.left_open)),
        done=number - 1,
        total=number - 1 + len({screen.id, *left}),
    )
    return render(request, "self_check/step.html", page, status=status)


def _conclusion(request: Request, state: State, number: int) -> HttpResponse:
    screening = decide(state.case)
    practice = the_practice()
    back = _step_url(number - 1)
    if screening.is_emergency:
        page = EmergencyPage(
            emergency=emergency(screening, practice),
            letter_url=reverse("self_check_letter"),
            back_url=back,
        )
        return render(request, "intake/emergency.html", page)
    steps = {name: _step_url(place) for place, name in enumerate(state.path, start=1)}
    return render(
        request,
        "self_check/result.html",
        result_page(
            state.case,
            screening,
            practice_name=practice.name if practice else "",
            back_url=back,
            step_urls=steps,
        ),
    )


@view("self_check.use")
@require_safe
def download(request: Request) -> HttpResponseBase:
    """The answers as one case document, made on the spot from what the browser brought."""
    state = _state(request)
    if not state.case.answers:
        return redirect("self_check")
    name = f"unknot-self-check-{state.case.as_of.isoformat()}.toml"
    return HttpResponse(
        write_case(state.case),
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


@view("self_check.use")
@require_safe
def letter(request: Request) -> HttpResponseBase:
    """The letter for a doctor, to print; `?as=pdf` for a file."""
    state = _state(request)
    if not state.case.answers:
        return redirect("self_check")
    page = letter_page(
        state.case,
        decide(state.case),
        practice=the_practice(),
        client_name="",
        back_url=_step_url(len(state.path)),
        pdf_url=f"{reverse('self_check_letter')}?as=pdf",
    )
    if request.GET.get("as") == "pdf":
        return render_pdf(request, "intake/letter.html", page, "letter.pdf")
    return render(request, "intake/letter.html", page)


@view("self_check.use")
@require_safe
def too_much(request: Request) -> HttpResponse:
    """More was drawn than the browser can carry; the answers before it are still there."""
    state = _state(request)
    page = TooMuchPage(carry_on_url=_step_url(max(1, len(state.path))))
    return render(request, "self_check/too_much.html", page)


@view("self_check.keep")
@once
def keep(request: Request) -> HttpResponseBase:
    """Name, e-mail and consent; then the answers are the start of a record."""
    state = _state(request)
    practice = the_practice()
    finished = bool(state.path) and state.path[-1] in (RESULT, EMERGENCY)
    if practice is None or not finished:
        return redirect("self_check")
    form = KeepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        keep_self_check(
            case=state.case,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            by=request.actor,
            now=datetime.now(UTC),
        )
        answer = redirect("self_check_kept")
        carried.forget(answer)
        return answer
    page = KeepPage(
        form=form,
        practice_name=practice.name,
        text=TEXTS[Consent.Kind.KEEPING].text,
        back_url=_step_url(len(state.path)),
    )
    return render(request, "self_check/keep.html", page, status=422 if form.errors else 200)


@view("self_check.use")
@require_safe
def kept(request: Request) -> HttpResponse:
    """The self-check is kept: what happens next."""
    practice = the_practice()
    page = KeptPage(practice_name=practice.name if practice else "")
    return render(request, "self_check/kept.html", page)


# --- Small helpers ------------------------------------------------------------------------------


def _state(request: Request) -> State:
    return carried.read(request, today=day_at(datetime.now(UTC), the_practice()))


def _form(state: State, screen: Screen) -> AnswersForm:
    return AnswersForm(screen.questions, case=state.case, unsure=state.left_open)


def _screen(state: State, name: str) -> tuple[Section, Screen] | None:
    for section in sections(state.case):
        for screen in section.screens:
            if screen.id == name:
                return section, screen
    return None


def _step_url(number: int) -> str:
    return reverse("self_check_step", args=[number])
