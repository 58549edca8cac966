"""Forms of findings: motion in degrees, and the questionnaires whose wording may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from ...knowledge import load
from ...knowledge.imported import LARGEST_BYTES
from ...knowledge.instruments import Instrument, Item
from ...knowledge.motions import Motion
from ...reasoning.assess import rom

STEPS = [(str(number), str(number)) for number in range(11)]
OWN = 3
"""Activities asked for by the PSFS: with fewer there is no score."""


class FindingsForm(forms.Form):
    """Motion and words; the marks come from the chart."""

    words = forms.CharField(
        label="In a sentence",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, motions: Sequence[tuple[Motion, str]] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.keys = {_key(motion.id, side): (motion.id, side) for motion, side in motions}
        for motion, side in motions:
            self.fields[_key(motion.id, side)] = forms.DecimalField(
                label=f"{motion.name}, {side}" if side else motion.name,
                help_text=motion.tell,
                required=False,
                max_digits=4,
                decimal_places=1,
                min_value=Decimal(int(rom.LOWEST)),
                max_value=Decimal(int(rom.HIGHEST)),
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "1"}),
            )

    def motions(self) -> dict[tuple[str, str], Decimal]:
        """The readings that were entered, by motion and side."""
        return {
            pair: self.cleaned_data[key]
            for key, pair in self.keys.items()
            if self.cleaned_data.get(key) is not None
        }

    @property
    def motion_fields(self) -> list[forms.BoundField]:
        """The fields for degrees, in order."""
        return [self[key] for key in self.keys]


class MeasuresForm(forms.Form):
    """Pain, PEG and the client's own activities, each 0 to 10 and each may be left out."""

    def __init__(
        self,
        *args: Any,
        activities: Sequence[str] = (),
        brought: Sequence[Instrument] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.brought = tuple(brought)
        known = load().instruments
        for name in ("OM-NPRS", "OM-PEG"):
            for item in known[name].items:
                self.fields[f"{name}.{item.id}"] = _scale(item.text)
        for place in range(OWN):
            named = activities[place] if place < len(activities) else ""
            self.fields[f"activity.{place}"] = forms.CharField(
                label=f"Activity {place + 1}", required=False, max_length=80, initial=named
            )
            self.fields[f"OM-PSFS.{place}"] = _scale("How well can you do it today?")
        for one in self.brought:
            for number, item in enumerate(one.items):
                self.fields[f"{one.id}.{number}"] = _brought(item, one)

    def answers(self) -> dict[str, dict[str, int | None]]:
        """Answers by instrument and item; the PSFS by the activity's name."""
        data = self.cleaned_data
        found: dict[str, dict[str, int | None]] = {"OM-NPRS": {}, "OM-PEG": {}, "OM-PSFS": {}}
        for name in ("OM-NPRS", "OM-PEG"):
            for item in load().instruments[name].items:
                found[name][item.id] = data[f"{name}.{item.id}"]
        for place in range(OWN):
            activity = " ".join(data[f"activity.{place}"].split())
            if activity:
                found["OM-PSFS"][activity] = data[f"OM-PSFS.{place}"]
        for one in self.brought:
            given = {item.id: data[f"{one.id}.{n}"] for n, item in enumerate(one.items)}
            found[one.id] = given
        return found

    def clean(self) -> dict[str, Any]:
        """A rating needs the name of what is rated."""
        data = super().clean() or {}
        for place in range(OWN):
            rated = data.get(f"OM-PSFS.{place}") is not None
            if rated and not (data.get(f"activity.{place}") or "").strip():
                self.add_error(f"activity.{place}", "Name the activity you rated")
        return data

    @property
    def scales(self) -> list[tuple[forms.BoundField, str, str]]:
        """The questions of NPRS and PEG with the words at their ends."""
        known = load().instruments
        return [
            (self[f"{name}.{item.id}"], item.low_means, item.high_means)
            for name in ("OM-NPRS", "OM-PEG")
            for item in known[name].items
        ]

    @property
    def more(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Questionnaires the practice brought: name, licence and fields of each."""
        return [
            (one.name, one.licence, [self[f"{one.id}.{n}"] for n in range(len(one.items))])
            for one in self.brought
        ]

    @property
    def own(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each activity's name and its rating."""
        return [(self[f"activity.{n}"], self[f"OM-PSFS.{n}"]) for n in range(OWN)]


class BringForm(forms.Form):
    """Which listed questionnaire, and its file."""

    instrument = forms.ChoiceField(label="Which questionnaire")
    file = forms.FileField(
        label="Your licensed form",
        help_text="A FHIR R4 Questionnaire (.json) or a .toml file.",
        max_length=120,
    )

    def __init__(self, *args: Any, of: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["instrument"] = forms.ChoiceField(label="Which questionnaire", choices=of)

    def clean_file(self) -> Any:
        """A file small enough to be a questionnaire."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(f"Choose a file of at most {LARGEST_BYTES // 1000} kB")
        return file


def _brought(item: Item, instrument: Instrument) -> forms.TypedChoiceField:
    """One question of a form the practice brought, with its own answers in words."""
    options = [(str(option.value), option.text) for option in item.options] or [
        (str(step), str(step)) for step in range(instrument.item_low, instrument.item_high + 1)
    ]
    return forms.TypedChoiceField(
        label=item.text,
        choices=options,
        coerce=int,
        empty_value=None,
        required=False,
        help_text="" if item.options else f"From {item.low_means} to {item.high_means}.",
        widget=forms.RadioSelect,
    )


def _scale(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=STEPS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "scale"}),
    )


def _key(motion: str, side: str) -> str:
    return f"{motion}-{side}" if side else motion
