"""Forms made from the questions in the knowledge: they check and tidy, and write nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ...knowledge import load
from ...knowledge.questions import Question
from ...reasoning.case import NOT_SURE, Answer, Case
from ...reasoning.interview import settle, ticks
from ...reasoning.marks import Mark, MarksError, dump_marks, parse_marks
from .consent import RELEASE_PARTS
from .fields import field_for


class AnswersForm(forms.Form):
    """The questions of one screen or section, with the case's answers filled in.

    `answers` and `marks` give what was answered once the form is valid.
    """

    def __init__(
        self,
        questions: Sequence[Question],
        data: Any = None,
        *,
        case: Case,
        unsure: frozenset[str] = frozenset(),
        demand: bool = True,
    ) -> None:
        """`unsure` names questions answered with "not sure"; with `demand` none may be skipped."""
        super().__init__(data, label_suffix="")
        self.questions = tuple(questions)
        self.case = case
        for question in self.questions:
            field = field_for(question, required=demand and not question.optional)
            field.initial = _initial(question, case, question.id in unsure)
            self.fields[question.id] = field

    @property
    def asked(self) -> list[tuple[Question, forms.BoundField]]:
        """Each question with its bound field, in order, for the template."""
        return [(question, self[question.id]) for question in self.questions]

    def shown_marks(self) -> tuple[Mark, ...]:
        """The marks to draw: those just sent if they can be read, else those known before."""
        sent = self["marks"].value() if self.is_bound else None
        try:
            return parse_marks(sent) if sent is not None else self.case.marks
        except MarksError:
            return self.case.marks

    def answers(self) -> dict[str, Answer | None]:
        """Every asked question's answer; None where it was left out or is not sure.

        A checklist also answers each of its questions, as far as its ticks settle them.
        """
        found: dict[str, Answer | None] = {}
        for question in self.questions:
            if question.kind != "marks":
                found[question.id] = self.cleaned_data.get(question.id)
            if question.is_checklist:
                found.update(self._settled(question))
        return found

    def given(self) -> dict[str, Answer | None]:
        """The answers without the questions that were left out or could not be read."""
        left_out = {q.id for q in self.questions if self.cleaned_data.get(q.id) is None}
        members = {name for q in self.questions if q.id in left_out for name in q.members}
        return {
            name: answer
            for name, answer in self.answers().items()
            if name not in left_out and name not in members
        }

    def _settled(self, checklist: Question) -> dict[str, Answer | None]:
        chosen = self.cleaned_data.get(checklist.id)
        if chosen is None:
            return dict.fromkeys(checklist.members)
        return settle(checklist, chosen, self.case, load())

    def marks(self) -> tuple[Mark, ...] | None:
        """The marks, or None when this form does not ask for them."""
        for question in self.questions:
            if question.kind == "marks" and question.id in self.cleaned_data:
                marks: tuple[Mark, ...] = self.cleaned_data[question.id]
                return marks
        return None

    def dealt_with(self) -> frozenset[str]:
        """The questions of this form, answered or knowingly left open."""
        return frozenset(question.id for question in self.questions)


def _initial(question: Question, case: Case, is_unsure: bool) -> Any:
    """What the field shows for the answer that is known already."""
    if question.kind == "marks":
        return dump_marks(case.marks)
    answer = case.answer(question.id)
    if question.is_checklist:
        answer = ticks(question, case) or answer
    if answer is None:
        if question.kind == "several":
            return [NOT_SURE] if is_unsure else None
        return NOT_SURE if is_unsure else None
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, date):
        return answer.isoformat()
    if question.kind == "several" and isinstance(answer, tuple):
        return list(answer)
    return answer if question.unit == "weeks" or question.lines > 1 else str(answer)


# --- Keeping the self-check ---------------------------------------------------------------------


class KeepForm(forms.Form):
    """Name, e-mail and consent: what turns a self-check into an intake."""

    name = forms.CharField(
        label="Your name", max_length=120, error_messages={"required": "Enter your name"}
    )
    email = forms.EmailField(
        label="Your e-mail",
        help_text="So that the practice can reach you.",
        error_messages={
            "required": "Enter your e-mail",
            "invalid": "Enter an e-mail address, such as name@example.org",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    agree = forms.BooleanField(
        label="I agree to this", error_messages={"required": "Tick the box if you agree"}
    )


class ConsentForm(forms.Form):
    """A typed signature under one text of consent."""

    signed_name = forms.CharField(
        label="Type your full name to sign",
        max_length=120,
        error_messages={"required": "Type your name to sign"},
    )


class SensitiveAreaForm(ConsentForm):
    """Consent for one sensitive area."""

    area = forms.ChoiceField(label="Which area", choices=())

    def __init__(self, areas: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["area"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(areas)


class ReleaseForm(ConsentForm):
    """Consent to a report: who may receive it, and which parts of it."""

    recipient = forms.CharField(
        label="Who may receive it",
        help_text="Name and practice, such as: Dr Ana Ruiz, Elm Street Surgery.",
        max_length=200,
        error_messages={"required": "Name the clinician who may receive it"},
    )
    scope = forms.MultipleChoiceField(
        label="What the report may hold",
        choices=tuple(RELEASE_PARTS.items()),
        initial=tuple(RELEASE_PARTS),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one"},
    )
