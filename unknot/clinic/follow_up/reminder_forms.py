"""What a client can choose about reminders. Forms only check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any, Final
from zoneinfo import available_timezones

from django import forms

from unknot.reasoning.follow_up.remind import in_quiet

from ..models import Channel, ReminderChoice, ReminderPlan
from .actions.reminders import Wish

NOT_AT_ALL: Final = ""
HOURS: Final = range(6, 23)
DAYS_BETWEEN: Final = (
    (1, "every day"),
    (2, "every second day"),
    (3, "every third day"),
    (7, "once a week"),
)
DAYS_BEFORE: Final = ((0, "on the day"), (1, "the day before"), (2, "two days before"))
PAUSES: Final = ((0, "No pause"), (7, "One week"), (14, "Two weeks"), (28, "Four weeks"))
AS_IT_IS: Final = -1
"""The pause that runs goes on: whoever changes an hour does not end it."""
PLACES: Final = (
    "Africa",
    "America",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
Kind = ReminderChoice.Kind


def clock_words(hour: int) -> str:
    """An hour as people say it: 8 am, 12 noon, 9 pm."""
    if hour == 12:
        return "12 noon"
    return f"{hour % 12 or 12} {'am' if hour % 24 < 12 else 'pm'}"


def zones() -> list[tuple[str, str]]:
    """Every place with a clock of its own, by its name."""
    names = (name for name in available_timezones() if name.split("/")[0] in PLACES)
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in sorted(names))]


class RemindersForm(forms.Form):
    """For each kind: how, at which hour, how often; then quiet hours, the place, and a pause."""

    zone = forms.ChoiceField(label="Your time zone")
    quiet_from = forms.TypedChoiceField(label="Nothing after", coerce=int)
    quiet_until = forms.TypedChoiceField(label="and nothing before", coerce=int)
    pause = forms.TypedChoiceField(
        label="Pause everything", choices=PAUSES, coerce=int, widget=forms.RadioSelect
    )

    def __init__(
        self,
        data: Any,
        *,
        plan: ReminderPlan,
        wishes: Mapping[str, Wish],
        ways: Sequence[str],
        paused: str = "",
    ) -> None:
        """`paused` is the day until which a pause runs, in words; "" without one."""
        super().__init__(data, initial=_begun_with(plan, wishes))
        self.until = plan.paused_until
        if paused:
            as_it_is = (AS_IT_IS, f"As it is, until {paused}")
            self.fields["pause"].choices = (as_it_is, *PAUSES)  # type: ignore[attr-defined]
            self.initial["pause"] = AS_IT_IS
        self.fields["zone"].choices = zones()  # type: ignore[attr-defined]
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].choices = _hours(range(24))  # type: ignore[attr-defined]
        how = [(NOT_AT_ALL, "Not at all"), *((way, Channel(way).label) for way in ways)]
        for kind in Kind:
            self._add(kind, how)

    def _add(self, kind: Kind, how: Sequence[tuple[str, str]]) -> None:
        self.fields[f"{kind}-channel"] = forms.ChoiceField(
            label=kind.label,
            choices=how,
            required=False,
            widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        )
        if kind is Kind.AFTER_VISIT:  # one to three days after, outside the quiet hours
            return
        self.fields[f"{kind}-at"] = forms.TypedChoiceField(
            label="At", choices=_hours(HOURS), coerce=int
        )
        often = DAYS_BEFORE if kind is Kind.APPOINTMENT else DAYS_BETWEEN
        self.fields[f"{kind}-days"] = forms.TypedChoiceField(
            label="How often" if often is DAYS_BETWEEN else "When", choices=often, coerce=int
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "quiet_from" not in found or "quiet_until" not in found:
            return found
        quiet = (time(found["quiet_from"]), time(found["quiet_until"]))
        for kind in Kind:
            hour = found.get(f"{kind}-at")
            if hour is None or not found.get(f"{kind}-channel"):
                continue
            if in_quiet(time(hour), *quiet):
                words = f"{clock_words(hour)} is in your quiet hours. Choose another hour."
                self.add_error(f"{kind}-at", words)
        return found

    def wishes(self, before: Mapping[str, Wish]) -> dict[str, Wish]:
        """Every kind as it was chosen."""
        data = self.cleaned_data
        return {
            kind: Wish(
                kind,
                data[f"{kind}-channel"],
                time(data[f"{kind}-at"]) if f"{kind}-at" in data else before[kind].at,
                data.get(f"{kind}-days", before[kind].every_days),
            )
            for kind in Kind
        }

    def quiet(self) -> tuple[time, time]:
        """From and until."""
        return time(self.cleaned_data["quiet_from"]), time(self.cleaned_data["quiet_until"])

    def paused_until(self, today: date) -> date | None:
        """The first day with messages again, None without a pause."""
        days: int = self.cleaned_data["pause"]
        if days == AS_IT_IS:
            return self.until
        return today + timedelta(days=days) if days else None


def _hours(hours: Sequence[int]) -> list[tuple[int, str]]:
    return [(hour, clock_words(hour)) for hour in hours]


def _begun_with(plan: ReminderPlan, wishes: Mapping[str, Wish]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "zone": plan.zone,
        "quiet_from": plan.quiet_from.hour,
        "quiet_until": plan.quiet_until.hour,
        "pause": 0,
    }
    for kind, wish in wishes.items():
        told |= {
            f"{kind}-channel": wish.channel,
            f"{kind}-at": wish.at.hour,
            f"{kind}-days": wish.every_days,
        }
    return told
