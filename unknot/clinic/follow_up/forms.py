"""What a client can send by link, and what staff answer. Forms only check."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from unknot.knowledge import load
from unknot.reasoning.follow_up.soreness import signs

NONE_OF_THESE: Final = "none"
YES_NO: Final = (("yes", "Yes"), ("no", "No"))
GRADES: Final = (
    ("0", "Not at all"),
    ("1", "I noticed it, and did everything"),
    ("2", "I had to do less"),
    ("3", "I could not do my usual things"),
)
LASTED: Final = (
    ("12", "Less than half a day"),
    ("36", "Up to a day and a half"),
    ("72", "Up to three days"),
    ("96", "Longer, or it is still there after three days"),
)
RELIEF: Final = (
    ("0", "No relief"),
    ("6", "A few hours"),
    ("24", "About a day"),
    ("72", "Several days"),
)


def scale(label: str, *, required: bool = False, missing: str = "") -> forms.TypedChoiceField:
    """0 to 10 as eleven large radios."""
    return forms.TypedChoiceField(
        label=label,
        choices=[(str(n), str(n)) for n in range(11)],
        coerce=int,
        empty_value=None,
        required=required,
        widget=forms.RadioSelect(attrs={"data-look": "scale"}),
        error_messages={"required": missing},
    )


def choice(label: str, choices: Any, *, required: bool = False, missing: str = "") -> Any:
    """One of a few answers, a whole number behind each."""
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=int,
        empty_value=None,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


def yes_no(label: str) -> forms.TypedChoiceField:
    """Yes, no, or nothing said."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
    )


class DiaryForm(forms.Form):
    """Twenty seconds: one number is needed, all else may be left out."""

    pain = scale(
        "How much pain do you have now?", required=True, missing="Tap how much pain you have now."
    )
    sleep = scale("How well did you sleep?")
    stress = scale("How stressed are you?")
    load_hours = forms.FloatField(
        label="How many hours of typing, lifting or standing today?",
        required=False,
        min_value=0,
        max_value=24,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.5"}),
        error_messages={"max_value": "Enter hours from 0 to 24."},
    )
    flare = yes_no("A flare?")
    home_care_done = yes_no("Home care done?")
    note = forms.CharField(
        label="Anything your therapist should know?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SorenessForm(forms.Form):
    """The check after a visit. The signs must be answered: unknown is not "none"."""

    signs = forms.MultipleChoiceField(
        label="Since your visit, have you had any of these? Tick all that apply.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick what you have had, or “None of these”."},
    )
    soreness = scale(
        "How sore was the worst of it?", required=True, missing="Tap how sore it was, 0 for not."
    )
    lasted_hours = choice("How long did the soreness last?", LASTED)
    grade = choice("How much did it get in your way?", GRADES)
    pain_now = scale(
        "How much pain do you have now?", required=True, missing="Tap how much pain you have now."
    )
    relief_hours = choice("How long were you better after the visit?", RELIEF)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        asked = [(event.id, event.ask) for event in signs(load().adverse_events)]
        self.fields["signs"].choices = [*asked, (NONE_OF_THESE, "None of these")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        ticked = found.get("signs") or []
        if NONE_OF_THESE in ticked and len(ticked) > 1:
            self.add_error("signs", "Tick either signs or “None of these”, not both.")
        if found.get("soreness"):
            for name, words in (
                ("lasted_hours", "Say how long the soreness lasted."),
                ("grade", "Say how much it got in your way."),
            ):
                if found.get(name) is None and name not in self.errors:
                    self.add_error(name, words)
        return found

    def answers(self) -> dict[str, Any]:
        """The answers as they are kept; "none of these" is an empty list of signs."""
        data = self.cleaned_data
        ticked = [one for one in data["signs"] if one != NONE_OF_THESE]
        rest = {name: data[name] for name in data if name != "signs" and data[name] is not None}
        return {"signs": ticked, **rest}


class HandleForm(forms.Form):
    """What somebody did about an alert."""

    words = forms.CharField(
        label="What did you do?",
        max_length=300,
        error_messages={"required": "Write what you did."},
    )
