"""What a client can send by link, and what staff answer. Forms only check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms

from unknot.knowledge.adverse_events import AdverseEvent
from unknot.reasoning.follow_up.soreness import is_graded
from unknot.reasoning.scale import Urgency

from ..plan.home import DONE
from ..ui.body_chart import GROUP_NAMES

NONE_OF_THESE: Final = "none"
NOT_SURE: Final = "unsure"
ASKED_AGAIN: Final = (
    "Please answer this too, because your pain is up: tick what is new, or “None of these”."
)
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
EFFECT_GRADES: Final = GRADES[1:]
STILL: Final = -1
RELIEF: Final = (
    ("0", "No relief"),
    ("6", "A few hours"),
    ("24", "About a day"),
    ("72", "Several days"),
    (str(STILL), "I am still better"),
)
STRAIN_HOURS: Final = (0, 1, 2, 4, 6, 8)


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


def done_at_home(label: str) -> forms.ChoiceField:
    """Whether one piece of home care was done today, or nothing said."""
    return forms.ChoiceField(
        label=label,
        choices=DONE,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
    )


def home_name(item: str) -> str:
    """The name of the field that asks about a piece of home care."""
    return f"home-{item}"


class SignsForm(forms.Form):
    """Warning signs as ticks: signs, or none of these, or not sure; never assumed."""

    signs = forms.MultipleChoiceField(
        label="Have you had any of these? Tick all that apply.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any, asked: Sequence[AdverseEvent], **rest: Any) -> None:
        super().__init__(data, **rest)
        self.asked = {event.id: event for event in asked}
        self.fields["signs"].choices = [  # type: ignore[attr-defined]
            *((event.id, event.ask) for event in asked),
            (NONE_OF_THESE, "None of these"),
            (NOT_SURE, "I am not sure"),
        ]

    def answers(self) -> dict[str, Any]:
        """The answers as they are kept; each form adds its own."""
        return {"signs": self.ticked(self.cleaned_data)}

    def ticked(self, found: dict[str, Any]) -> list[str]:
        """The signs themselves, without "none of these" and "not sure"."""
        return [one for one in found.get("signs") or [] if one in self.asked]

    def refuse_both(self, found: dict[str, Any]) -> None:
        """Adds the error of another tick beside "none of these"."""
        said = found.get("signs") or []
        if NONE_OF_THESE in said and len(said) > 1:
            self.add_error("signs", "Tick either signs or “None of these”, not both.")

    def cannot_wait(self, ticked: Sequence[str]) -> bool:
        """Whether a sign leads to help now or today: then nothing else has to be answered."""
        return any(self.asked[one].urgency is not Urgency.NONE for one in ticked)

    def excuse(self) -> None:
        """Takes back every error: what cannot wait is not held up by what is missing."""
        for name in list(self.errors):
            del self.errors[name]


class DiaryForm(SignsForm):
    """Twenty seconds: the pain of each area is needed, all else may be left out.

    `home_care` are the names of what is to be done at home, by item: each is asked by itself.
    `asks` says from the pain and a flare whether the warning signs have to be answered too.
    """

    sleep = scale("How well did you sleep?")
    stress = scale("How stressed are you?")
    load_hours = choice(
        "Hours of strain today: typing, lifting or standing?",
        [(str(n), f"{n}+" if n == STRAIN_HOURS[-1] else str(n)) for n in STRAIN_HOURS],
    )
    flare = yes_no("A flare?")
    note = forms.CharField(
        label="Anything your therapist should know?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Any,
        *,
        areas: Sequence[str],
        signs: Sequence[AdverseEvent],
        home_care: Mapping[str, str],
        asks: Callable[[dict[str, Any]], bool],
        **rest: Any,
    ) -> None:
        super().__init__(data, signs, **rest)
        self.asks = asks
        self.areas = {f"area-{area}": area for area in areas} if len(areas) > 1 else {}
        for name, words in self._pain_labels().items():
            where = f"{words}: tap" if self.areas else "Tap"
            self.fields[name] = scale(
                words, required=True, missing=f"{where} how much pain you have."
            )
        self.fields["load_hours"].widget.attrs["data-look"] = "scale"
        self.home = {home_name(item): item for item in home_care}
        for item, name in home_care.items():
            self.fields[home_name(item)] = done_at_home(name)

    def _pain_labels(self) -> dict[str, str]:
        if not self.areas:
            return {"pain": "How much pain do you have now?"}
        return {name: GROUP_NAMES[area] for name, area in self.areas.items()}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        ticked = self.ticked(found)
        if self.cannot_wait(ticked):
            self.excuse()
            return found
        told = self.answers()
        self.refuse_both(found)
        if "pain" in told and not found.get("signs") and self.asks(told):
            self.add_error("signs", ASKED_AGAIN)
        return found

    def answers(self) -> dict[str, Any]:
        """The answers as they are kept; the pain of the entry is that of the worst area."""
        data = self.cleaned_data
        areas = {
            area: data[name] for name, area in self.areas.items() if data.get(name) is not None
        }
        pain = max(areas.values(), default=None) if self.areas else data.get("pain")
        said = data.get("signs") or []
        plain = ("sleep", "stress", "load_hours", "flare", "note")
        told = {name: data.get(name) for name in plain} | {"pain": pain, "areas": areas or None}
        done = {item: data[name] for name, item in self.home.items() if data.get(name)}
        if done:
            told["home_care"] = done
            told["home_care_done"] = any(one != "not_today" for one in done.values())
        if said:
            told["signs_asked"] = True
            told["signs"] = [one for one in said if one in self.asked]
            told["unsure"] = NOT_SURE in said or None
        return {name: value for name, value in told.items() if value not in (None, "")}


class SorenessForm(SignsForm):
    """The check after a visit. The signs must be answered: unknown is not "none"."""

    something_new = yes_no("Anything else that is new?")
    note = forms.CharField(
        label="What is new?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
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

    def __init__(
        self, data: Any, *, signs: Sequence[AdverseEvent], hours: int | None = None
    ) -> None:
        super().__init__(data, signs)
        self.hours = hours
        self.fields["signs"].label = "Since your visit, have you had any of these?"
        self.fields["signs"].required = True
        self.fields["signs"].error_messages["required"] = (
            "Tick what you have had, or “None of these”."
        )
        for event in filter(is_graded, signs):
            self.fields[grade_name(event.id)] = choice("How much?", EFFECT_GRADES)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        ticked = self.ticked(found)
        if self.cannot_wait(ticked):
            self.excuse()
            return found
        self.refuse_both(found)
        for name, words in self._also_needed(found, ticked).items():
            if found.get(name) is None and name not in self.errors:
                self.add_error(name, words)
        return found

    def _also_needed(self, found: dict[str, Any], ticked: Sequence[str]) -> dict[str, str]:
        needed = {"something_new": "Say whether anything else is new."}
        if found.get("soreness"):
            needed["lasted_hours"] = "Say how long the soreness lasted."
            needed["grade"] = "Say how much it got in your way."
        for one in ticked:
            if grade_name(one) in self.fields:
                needed[grade_name(one)] = f"Say how much: {self.asked[one].name.lower()}."
        return needed

    def answers(self) -> dict[str, Any]:
        """The answers as they are kept: signs with their grades; "none of these" has none."""
        data = self.cleaned_data
        said = data.get("signs") or []
        told = {
            name: data[name]
            for name in data
            if name != "signs" and not name.startswith(GRADE) and data[name] not in (None, "")
        }
        signs = {one: data.get(grade_name(one)) for one in said if one in self.asked}
        if signs or NOT_SURE not in said:
            told["signs"] = signs
        if NOT_SURE in said:
            told["unsure"] = True
        if told.get("relief_hours") == STILL:
            told["relief_hours"], told["relief_still"] = self.hours or 0, True
        return told


GRADE: Final = "grade-"


def grade_name(sign: str) -> str:
    """The name of the field that grades a sign."""
    return f"{GRADE}{sign}"


class RecalledForm(forms.Form):
    """How the past seven days were, from memory."""

    average = scale(
        "Roughly, how much pain on average?",
        required=True,
        missing="Tap a number, or leave the days as they are.",
    )


class HandleForm(forms.Form):
    """What somebody did about an alert."""

    words = forms.CharField(
        label="What did you do?",
        max_length=300,
        error_messages={"required": "Write what you did."},
    )
    may_go_on = forms.BooleanField(label="Visits may go on", required=False)


class VisitForm(forms.Form):
    """The finished visit a check is about."""

    visit = forms.UUIDField()
