"""The decision about the next step."""

from __future__ import annotations

from django import forms

from ..models import Decision


class DecisionForm(forms.Form):
    """One of the six next steps, and why."""

    kind = forms.ChoiceField(
        label="What happens next?",
        choices=Decision.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens next."},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="One or two sentences. They are kept with the decision.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why, in a sentence."},
    )
