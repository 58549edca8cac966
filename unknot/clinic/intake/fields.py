"""One form field for each kind of question: it reads what was typed into an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict

from ...knowledge.questions import NONE, UNSURE, Question
from ...reasoning.case import NOT_SURE
from ...reasoning.marks import MarksError, dump_marks, parse_marks
from ..ui.body_chart import marks_from_post

NOT_SURE_WORDS: Final = "I am not sure"
YES_NO: Final = (("yes", "Yes"), ("no", "No"))
SPANS: Final[Mapping[str, float]] = {"days": 1 / 7, "weeks": 1, "months": 52 / 12, "years": 52}
"""How many weeks each unit holds; a month is a twelfth of 52 weeks."""


def field_for(question: Question, *, required: bool) -> forms.Field:
    """The field that asks this question."""
    field: forms.Field = _FIELDS[question.kind](question, required)
    return field


class YesNoField(forms.ChoiceField):
    """Yes is True, no is False, not sure is None."""

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))


class ChoiceAnswer(forms.ChoiceField):
    """The id of the choice; not sure and no answer are None."""

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return None if chosen in ("", NOT_SURE) else chosen


class LevelAnswer(ChoiceAnswer):
    """A choice whose ids are numbers."""

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return None if chosen is None else int(chosen)


class SeveralField(forms.MultipleChoiceField):
    """A tuple of ids; "none of these" and "not sure" stand alone; not sure is None."""

    def clean(self, value: Any) -> Any:
        chosen = tuple(super().clean(value))
        for alone in (NONE, NOT_SURE):
            if alone in chosen and len(chosen) > 1:
                words = dict(self.choices)[alone]  # type: ignore[arg-type]
                raise forms.ValidationError(
                    f"“{words}” stands alone. Take it away, or take the others away."
                )
        return None if not chosen or chosen == (NOT_SURE,) else chosen


class NumberAnswer(forms.CharField):
    """A number within its limits; a comma counts as a point; whole numbers stay whole."""

    def __init__(self, question: Question, **options: Any) -> None:
        super().__init__(**options)
        self.low, self.high = question.low or 0, question.high or 0
        self.unit = question.unit

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        number = _number(text)
        if number is None or not self.low <= number <= self.high:
            limits = f"Enter a number from {self.low} to {self.high}"
            raise forms.ValidationError(f"{limits} ({self.unit})" if self.unit else limits)
        return number


class SpanWidget(forms.MultiWidget):
    """A number and its unit of time, side by side."""

    template_name = "intake/span.html"

    def __init__(self) -> None:
        units = [(unit, unit) for unit in SPANS]
        amount = forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "aria-label": "How many"}
        )
        unit = forms.Select(choices=units, attrs={"aria-label": "Days, weeks, months or years"})
        super().__init__([amount, unit])

    def decompress(self, value: Any) -> list[Any]:
        """The largest unit in which the weeks are a whole number."""
        if value is None:
            return ["", "months"]
        for unit in ("years", "months", "weeks"):
            amount = float(value) / SPANS[unit]
            if amount >= 1 and abs(amount - round(amount)) < 0.01:
                return [round(amount), unit]
        return [round(float(value) / SPANS["days"]), "days"]


class SpanField(forms.MultiValueField):
    """A length of time in weeks, given in days, weeks, months or years."""

    def __init__(self, question: Question, **options: Any) -> None:
        self.high = question.high or 0
        parts = (
            forms.CharField(max_length=8, required=options["required"]),
            forms.ChoiceField(choices=[(unit, unit) for unit in SPANS]),
        )
        super().__init__(parts, widget=SpanWidget(), require_all_fields=False, **options)

    def compress(self, data_list: list[Any]) -> Any:
        if not data_list or not data_list[0]:
            return None
        amount = _number(data_list[0])
        weeks = None if amount is None else amount * SPANS[data_list[1]]
        if weeks is None or not 0 <= weeks <= self.high:
            raise forms.ValidationError("Enter a number, such as 3, and choose its unit")
        return round(weeks) if weeks >= 1 else round(weeks, 2)


class LinesWidget(forms.MultiWidget):
    """A few short lines of text, one under the other."""

    template_name = "intake/lines.html"

    def __init__(self, lines: int, longest: int) -> None:
        super().__init__(
            [
                forms.TextInput(attrs={"maxlength": longest, "aria-label": f"Number {number}"})
                for number in range(1, lines + 1)
            ]
        )
        self.lines = lines

    def decompress(self, value: Any) -> list[str]:
        given = list(value or ())
        return [*given, *[""] * (self.lines - len(given))]


class LinesField(forms.MultiValueField):
    """A tuple of the lines that were filled in; None for none."""

    def __init__(self, question: Question, **options: Any) -> None:
        longest = question.high or 80
        parts = [forms.CharField(max_length=longest, required=False)] * question.lines
        super().__init__(
            parts,
            widget=LinesWidget(question.lines, longest),
            require_all_fields=False,
            **options,
        )

    def compress(self, data_list: list[Any]) -> Any:
        return tuple(line.strip() for line in data_list or () if line.strip()) or None


class TextAnswer(forms.CharField):
    """Text, or None when nothing was written."""

    def clean(self, value: Any) -> Any:
        return super().clean(value).strip() or None


class DayAnswer(forms.DateField):
    """A day, or None."""


class MarksInput(forms.HiddenInput):
    """Reads the body chart: what was drawn or, without a script, chosen from its list."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if not isinstance(data, QueryDict):
            return super().value_from_datadict(data, files, name)
        try:
            return dump_marks(marks_from_post(data, layer="client", name=name))
        except MarksError:
            return UNREADABLE


UNREADABLE: Final = "unreadable"
"""Stands for marks nobody can read; it is no marks, so the field says so."""


class MarksField(forms.CharField):
    """Marks on the body chart as the chart's JSON, in the client's layer only."""

    def clean(self, value: Any) -> Any:
        try:
            marks = parse_marks(super().clean(value) or "[]")
        except MarksError as error:
            raise forms.ValidationError(
                "The drawing could not be read. Mark the places again."
            ) from error
        if any(mark.layer != "client" for mark in marks):
            raise forms.ValidationError("The drawing could not be read. Mark the places again.")
        if self.required and not marks:
            raise forms.ValidationError("Mark at least one place, or choose one from the list")
        return marks


def _number(text: str) -> int | float | None:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() else round(number, 2)


def _options(question: Question, required: bool, ask: str) -> dict[str, Any]:
    return {
        "label": question.text,
        "help_text": question.help,
        "required": required,
        "error_messages": {"required": ask, "invalid_choice": "Choose one of the answers below"},
    }


def _unsure(question: Question) -> list[tuple[str, str]]:
    return [(NOT_SURE, NOT_SURE_WORDS)] if question.unsure else []


def _yes_no(question: Question, required: bool) -> forms.Field:
    return YesNoField(
        choices=[*YES_NO, *_unsure(question)],
        widget=forms.RadioSelect(),
        **_options(question, required, "Choose yes, no or “I am not sure”"),
    )


def _choice(question: Question, required: bool) -> forms.Field:
    return ChoiceAnswer(
        choices=[*((c.id, c.text) for c in question.choices), *_unsure(question)],
        widget=forms.RadioSelect(),
        **_options(question, required, "Choose the answer that fits best"),
    )


_LAST: Final[Mapping[str, int]] = {NONE: 1, UNSURE: 2}
"""Choices shown after all others, "none of these" before "not sure"."""


def _several(question: Question, required: bool) -> forms.Field:
    none = next((choice.text for choice in question.choices if choice.id == NONE), "")
    ask = f"Choose all that are true, or “{none}”" if none else "Choose all that are true"
    ordered = sorted(question.choices, key=lambda choice: _LAST.get(choice.id, 0))
    return SeveralField(
        choices=[*((c.id, c.text) for c in ordered), *_unsure(question)],
        widget=forms.CheckboxSelectMultiple(),
        **_options(question, required, ask),
    )


def _number_field(question: Question, required: bool) -> forms.Field:
    if question.choices:
        return LevelAnswer(
            choices=[(c.id, c.text) for c in question.choices],
            widget=forms.RadioSelect(),
            **_options(question, required, "Choose the answer that fits best"),
        )
    if question.unit == "weeks":
        return SpanField(question, **_options(question, required, "Enter how long, roughly"))
    return NumberAnswer(
        question,
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        **_options(question, required, "Enter a number"),
    )


def _scale(question: Question, required: bool) -> forms.Field:
    return LevelAnswer(
        choices=[(str(step), str(step)) for step in range(11)],
        widget=forms.RadioSelect(attrs={"data-look": "scale"}),
        **_options(question, required, "Choose a number from 0 to 10"),
    )


def _text(question: Question, required: bool) -> forms.Field:
    options = _options(question, required, "Write a few words")
    if question.lines > 1:
        return LinesField(question, **options)
    return TextAnswer(
        max_length=question.high, widget=forms.Textarea(attrs={"rows": 3}), **options
    )


def _day(question: Question, required: bool) -> forms.Field:
    return DayAnswer(
        widget=forms.DateInput(attrs={"type": "date"}),
        **_options(question, required, "Enter the day"),
    )


def _marks(question: Question, required: bool) -> forms.Field:
    return MarksField(
        max_length=400_000,
        widget=MarksInput(),
        **_options(question, required, "Mark at least one place, or choose one from the list"),
    )


_FIELDS: Final[Mapping[str, Any]] = {
    "yes_no": _yes_no,
    "choice": _choice,
    "several": _several,
    "number": _number_field,
    "scale_0_10": _scale,
    "text": _text,
    "date": _day,
    "marks": _marks,
}
