"""Forms of the plan: changing it within its limits, and agreeing to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ...reasoning.plan import Candidate, Plan, PlanError, home_options, options
from ...reasoning.words import PRESSURE_WORDS

FIELDS = {"price": "minutes", "groups": "techniques", "review_weeks": "weeks", "": "minutes"}
"""Where to show a fault of a part of the plan that the form does not have."""


class ProposeForm(forms.Form):
    """What the plan is for. What the answers lead to stands first; a diagnosis is only chosen."""

    condition = forms.ChoiceField(label="What the plan is for", required=False)

    def __init__(self, *args: Any, offered: Sequence[Candidate], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["condition"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (name, [(one.condition_id, one.name) for one in part])
            for name, part in _parts(offered)
            if part
        ]


def _parts(offered: Sequence[Candidate]) -> tuple[tuple[str, list[Candidate]], ...]:
    """The candidates by how one comes to choose them."""
    return (
        ("From the answers", [one for one in offered if one.is_default]),
        ("Other places", [o for o in offered if not o.is_default and not o.is_diagnosis]),
        (
            "Only when a clinician has named it",
            [one for one in offered if one.is_diagnosis and not one.is_default],
        ),
    )


class ChangeForm(forms.Form):
    """Dose, start, techniques and home care. The plan itself says what is allowed."""

    minutes = forms.IntegerField(label="Minutes a visit")
    per_week = forms.IntegerField(label="Visits a week")
    weeks = forms.IntegerField(label="Weeks")
    starts_on = forms.DateField(
        label="First visit", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    pressure_start = forms.TypedChoiceField(
        label="Pressure to begin with", coerce=int, widget=forms.RadioSelect
    )
    techniques = forms.MultipleChoiceField(
        label="Techniques",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Up to three. What the safety check rules out is not offered.",
    )
    home_care = forms.MultipleChoiceField(
        label="At home",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Up to three.",
    )

    def __init__(self, *args: Any, plan: Plan, **more: Any) -> None:
        more.setdefault("initial", _initial(plan))
        super().__init__(*args, **more)
        self._offer("techniques", [(one.technique_id, one.name) for one in options(plan)])
        self._offer("home_care", [(one.id, one.name) for one in home_options(plan)])
        tops = range(1, plan.pressure_ceiling + 1)
        self._offer("pressure_start", [(str(n), f"{n} {PRESSURE_WORDS[n]}") for n in tops])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def changes(self) -> dict[str, Any]:
        """What to change, by the names of the plan."""
        data = dict(self.cleaned_data)
        data["technique_ids"] = tuple(data.pop("techniques"))
        data["home_care_ids"] = tuple(data.pop("home_care"))
        return data

    def refuse(self, error: PlanError) -> None:
        """Shows every fault at the field it belongs to."""
        for fault in error.faults:
            self.add_error(FIELDS.get(fault.field, fault.field), fault.says)


class AgreeForm(forms.Form):
    """The client's name as a signature."""

    signed_name = forms.CharField(
        label="Your full name, as a signature",
        max_length=120,
        error_messages={"required": "Type your full name to agree"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agrees = forms.BooleanField(
        label="I have read this plan and had my questions answered. I can stop at any time.",
        error_messages={"required": "Tick the box to agree"},
    )


def _initial(plan: Plan) -> dict[str, Any]:
    return {
        "minutes": plan.dose.minutes,
        "per_week": plan.dose.per_week,
        "weeks": plan.dose.weeks,
        "starts_on": plan.starts_on,
        "pressure_start": plan.pressure_start,
        "techniques": [one.technique_id for one in plan.techniques],
        "home_care": [one.id for one in plan.home_care],
    }
