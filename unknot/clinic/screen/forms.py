"""Forms of the screening: setting a finding aside, and recording a clearance."""

from __future__ import annotations

from datetime import date

from django import forms


class OverrideForm(forms.Form):
    """A reason in words, and the name of the one who signs it."""

    rule = forms.CharField(max_length=40, widget=forms.HiddenInput())
    reason = forms.CharField(
        label="Why it is safe to treat all the same",
        min_length=15,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Write why it is safe to treat all the same",
            "min_length": "Write a full sentence, so that a colleague can follow it",
        },
    )
    signed_name = forms.CharField(
        label="Type your full name to sign",
        max_length=120,
        error_messages={"required": "Type your full name to sign"},
    )


class ClearanceForm(forms.Form):
    """Who cleared a finding, on which day, and what they said."""

    rule = forms.CharField(max_length=40, widget=forms.HiddenInput())
    clinician = forms.CharField(
        label="Who examined it (name and role)",
        max_length=160,
        error_messages={"required": "Enter who examined it"},
    )
    cleared_on = forms.DateField(
        label="On which day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Enter the day", "invalid": "Enter a day, such as 2026-03-02"},
    )
    words = forms.CharField(
        label="What they said, and any limits",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what they said"},
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.today = today

    def clean_cleared_on(self) -> date:
        day: date = self.cleaned_data["cleared_on"]
        if day > self.today:
            raise forms.ValidationError("Enter a day that has come already")
        return day
