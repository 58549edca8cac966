"""What can be sent to this stage's pages. Forms only check; actions do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from django import forms

from unknot.knowledge import load
from unknot.reasoning.marks import HIGHEST_TENDERNESS
from unknot.reasoning.treat.note import Response

from ..models import TreatmentEntry
from ..ui import words as ui_words
from ..ui.lines import LinesField
from .areas import name_of
from .note.facts import LONGEST_ENTRY_MINUTES, Correction, Facts
from .words import LONGEST_PART, PART_NAMES

GRADES: Final = frozenset(str(grade) for grade in range(HIGHEST_TENDERNESS + 1))
KINDS: Final = frozenset({"active", "latent"})
SIDES: Final = frozenset({"left", "right"})


class TapForm(forms.Form):
    """One tap of the session room. Exactly one thing is sent, besides the entry it is about, or
    the area it is meant for (`on`)."""

    area = forms.CharField(required=False, max_length=40)
    technique = forms.CharField(required=False, max_length=40)
    pressure = forms.IntegerField(required=False, min_value=1, max_value=5)
    response = forms.CharField(required=False, max_length=40)
    pain_before = forms.IntegerField(required=False, min_value=0, max_value=10)
    pain_after = forms.IntegerField(required=False, min_value=0, max_value=10)
    on = forms.CharField(required=False, max_length=40)
    agreed = forms.CharField(required=False, max_length=40)
    pause = forms.BooleanField(required=False)
    entry = forms.UUIDField(required=False)
    minutes = forms.IntegerField(required=False, min_value=-60, max_value=60)
    remove = forms.BooleanField(required=False)
    copy_all = forms.BooleanField(required=False)
    copy = forms.IntegerField(required=False, min_value=1, max_value=200)
    planned = forms.UUIDField(required=False)
    begin = forms.BooleanField(required=False)
    undo = forms.CharField(required=False, max_length=20)
    keep_words = forms.BooleanField(required=False)
    words = LinesField(required=False, max_length=4000)
    tender = forms.CharField(required=False, max_length=48)
    trigger = forms.CharField(required=False, max_length=48)
    motion = forms.CharField(required=False, max_length=64)
    degrees = forms.DecimalField(
        required=False, max_digits=4, decimal_places=1, min_value=-30, max_value=220
    )

    def clean_technique(self) -> str:
        """One that is known: a tap may be kept beside another without being carried out."""
        return _one_of(self.cleaned_data["technique"], load().techniques)

    def clean_response(self) -> str:
        return _one_of(self.cleaned_data["response"], set(Response))

    def clean_tender(self) -> str:
        """A region and a grade, as "low_back_left:3"; no grade takes it back."""
        return _of_region(self.cleaned_data["tender"], GRADES)

    def clean_trigger(self) -> str:
        """A region and a kind, as "low_back_left:active"; no kind takes it back."""
        return _of_region(self.cleaned_data["trigger"], KINDS)

    def clean_motion(self) -> str:
        """A motion and its side, as "neck_rotation.left"."""
        said: str = self.cleaned_data["motion"]
        motion, _, side = said.rpartition(".")
        _one_of(motion, load().motions)
        _one_of(side, SIDES)
        return said


def _one_of(said: str, known: Collection[str]) -> str:
    if said and said not in known:
        raise forms.ValidationError("This is not known.")
    return said


def _of_region(said: str, known: Collection[str]) -> str:
    region, _, value = said.partition(":")
    _one_of(region, load().regions)
    _one_of(value, known)
    return said


class WishForm(forms.Form):
    """What the client wants today."""

    wish = forms.CharField(required=False, max_length=300)
    wish_quick = forms.CharField(required=False, max_length=100)
    wish_was = forms.CharField(required=False, max_length=300)

    def said(self) -> str | None:
        """What was typed, else what was tapped; None for a field left as it was, "" for one that
        was emptied."""
        wish, was = self.cleaned_data["wish"], self.cleaned_data["wish_was"]
        typed = "" if wish == was else wish
        said = str(typed or self.cleaned_data["wish_quick"]).strip()
        return said if said or wish != was else None


class DialForm(forms.Form):
    """One tap of the client: a word, a number, or the last tap taken back."""

    kind = forms.CharField(required=False, max_length=5)
    pain = forms.IntegerField(required=False, min_value=0, max_value=10)
    back = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        sent = (bool(found.get("kind")), found.get("pain") is not None, bool(found.get("back")))
        if sum(sent) != 1:
            raise forms.ValidationError("Tap one word or one number.")
        return found


class DialCodeForm(forms.Form):
    """The short code, as it was typed."""

    code = forms.CharField(max_length=40)


class SeenForm(forms.Form):
    """The number of the alert that was seen."""

    seq = forms.IntegerField(min_value=1, max_value=2**62)


class NoteForm(forms.Form):
    """The parts of a note as the author wants them."""

    subjective = LinesField(required=False, max_length=LONGEST_PART)
    objective = LinesField(required=False, max_length=LONGEST_PART)
    assessment = LinesField(required=False, max_length=LONGEST_PART)
    plan = LinesField(required=False, max_length=LONGEST_PART)
    client_summary = LinesField(required=False, max_length=LONGEST_PART)
    private = LinesField(required=False, max_length=LONGEST_PART)

    def typed(self) -> dict[str, str]:
        """The parts as they were sent, however long."""
        return {
            name: str(field.to_python(self.data[name]))
            for name, field in self.fields.items()
            if name in self.data
        }

    def problem(self) -> str:
        """Which parts are too long, and by how much; "" when none is."""
        over = {part: len(text) - LONGEST_PART for part, text in self.typed().items()}
        said = [
            f"{PART_NAMES[part].split(':')[0]}: shorten it by {ui_words.count(more, 'letter')}."
            for part, more in over.items()
            if more > 0
        ]
        if not said:
            return ""
        return f"{' '.join(said)} A part holds {LONGEST_PART:,}."


class FactsForm(forms.Form):
    """The facts of a finished visit as they should be: pains, and each entry's minutes and
    answer. `shown` says what each field held on the page: what still does was not touched."""

    pain_before = forms.IntegerField(required=False, min_value=0, max_value=10)
    pain_after = forms.IntegerField(required=False, min_value=0, max_value=10)
    shown = forms.JSONField(required=False)

    def __init__(self, entries: Sequence[TreatmentEntry], data: Any) -> None:
        super().__init__(data)
        self.entries = {
            one.pk: name_of(one.area) for one in entries if f"minutes-{one.pk}" in data
        }
        for key, area in self.entries.items():
            limits = f"{area}: minutes are a whole number from 1 to {LONGEST_ENTRY_MINUTES}."
            self.fields[f"minutes-{key}"] = forms.IntegerField(
                min_value=1,
                max_value=LONGEST_ENTRY_MINUTES,
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), limits
                ),
            )
            self.fields[f"response-{key}"] = forms.CharField(required=False, max_length=40)

    def told(self) -> Facts:
        """What was touched, once the form is valid."""
        return Facts(
            pains={
                name: self.cleaned_data[name]
                for name in ("pain_before", "pain_after")
                if self._is_touched(name)
            },
            entries={
                key: Correction(self._touched(f"minutes-{key}"), self._touched(f"response-{key}"))
                for key in self.entries
            },
        )

    def problem(self) -> str:
        """What cannot be, and where; "" for nothing."""
        return " ".join(dict.fromkeys(str(one) for found in self.errors.values() for one in found))

    def _touched(self, name: str) -> Any:
        return self.cleaned_data[name] if self._is_touched(name) else None

    def _is_touched(self, name: str) -> bool:
        shown = self.cleaned_data["shown"]
        before = shown.get(name) if isinstance(shown, dict) else None
        return name in self.data and self.data[name] != before


class PrivateForm(forms.Form):
    """Why the private part is opened by somebody else than its author."""

    reason = forms.CharField(
        label="Why the law asks for it",
        max_length=200,
        help_text="For example: order of a court, with its number.",
        error_messages={"required": "Say why it is opened. The reason is kept."},
    )


class SignForm(forms.Form):
    """The signature: who is asking proves it once more."""

    def __init__(self, proof: str, data: Any = None) -> None:
        super().__init__(data)
        is_password = proof == "password"
        self.fields["proof"] = forms.CharField(
            label="Your password" if is_password else "Your name",
            max_length=200,
            strip=False,
            error_messages={
                "required": "Enter your password to sign."
                if is_password
                else "Type your name to sign."
            },
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
            if is_password
            else forms.TextInput(attrs={"autocomplete": "name"}),
        )


class AddendumForm(forms.Form):
    """What is added to a signed note, and why."""

    text = LinesField(
        label="What you add",
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what you add."},
    )
    reason = forms.CharField(
        label="Why it is added now",
        max_length=200,
        help_text="For example: asked later, corrected a side, result arrived.",
        error_messages={"required": "Say why it is added now."},
    )
    proof = forms.CharField(max_length=200, strip=False)

    def __init__(self, proof: str, data: Any = None) -> None:
        super().__init__(data)
        self.fields["proof"] = SignForm(proof).fields["proof"]
