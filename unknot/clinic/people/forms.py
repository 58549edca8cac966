"""Forms about people. They validate and nothing else."""

from __future__ import annotations

from datetime import time
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password

from ...reasoning.words import AREA_NAMES
from ..models import Staff

EMERGENCY_NUMBERS = {"US": "911", "CA": "911", "GB": "999", "AU": "000", "NZ": "111"}
COUNTRIES = [
    ("US", "United States"),
    ("CA", "Canada"),
    ("GB", "United Kingdom"),
    ("IE", "Ireland"),
    ("AU", "Australia"),
    ("NZ", "New Zealand"),
    ("AT", "Austria"),
    ("CH", "Switzerland"),
    ("DE", "Germany"),
    ("ES", "Spain"),
    ("FR", "France"),
    ("IT", "Italy"),
    ("NL", "Netherlands"),
]
SEXES = [("", "Prefer not to say"), ("female", "Female"), ("male", "Male"), ("other", "Other")]
FIGURES = [("neutral", "Neutral"), ("female", "Female"), ("male", "Male")]


def zones() -> list[tuple[str, str]]:
    """The named zones of the world, without the aliases and abbreviations."""
    return [
        (name, name.replace("_", " "))
        for name in sorted(available_timezones())
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/", "US/"))
    ]


def emergency_number(country: str) -> str:
    """The number to call in an emergency; 112 where we know no other."""
    return EMERGENCY_NUMBERS.get(country, "112")


class StartForm(forms.Form):
    """The first practice and its owner."""

    practice_name = forms.CharField(label="Name of your practice", max_length=120)
    country = forms.ChoiceField(label="Country", choices=COUNTRIES)
    zone = forms.ChoiceField(label="Time zone", choices=zones, initial="America/New_York")
    owner_name = forms.CharField(label="Your name", max_length=120)
    owner_email = forms.EmailField(label="Your e-mail")
    password = forms.CharField(
        label="A password",
        min_length=12,
        max_length=200,
        help_text="At least 12 characters. Three or four words are easy to remember.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    owner_treats = forms.BooleanField(label="I treat clients myself", required=False, initial=True)
    licence_number = forms.CharField(
        label="Your licence number",
        max_length=40,
        required=False,
        help_text="Only if you treat. It stands on receipts and letters.",
    )
    licence_valid_until = forms.DateField(
        label="Licence valid until",
        required=False,
        help_text="Visits can be booked with you up to this day.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter the day as year-month-day, like 2027-05-31."},
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unsaid = not data.get("licence_valid_until") and "licence_valid_until" not in self.errors
        if data.get("owner_treats") and unsaid:
            self.add_error(
                "licence_valid_until",
                "Enter the last day your licence is valid, or say that you do not treat.",
            )
        return data


class EmailForm(forms.Form):
    """Where to send the one-time link."""

    email = forms.EmailField(
        label="Your e-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class ClientForm(forms.Form):
    """A client, as the front desk knows them."""

    name = forms.CharField(label="Full name", max_length=120)
    called = forms.CharField(label="Likes to be called", max_length=60, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    born_on = forms.DateField(
        label="Date of birth",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter the date of birth as year-month-day, like 1980-05-31."},
    )
    sex = forms.ChoiceField(label="Sex", choices=SEXES, required=False)
    figure = forms.ChoiceField(label="Body chart", choices=FIGURES, initial="neutral")


class EpisodeForm(forms.Form):
    """What a new episode is about."""

    main_area = forms.ChoiceField(
        label="Where the pain is",
        choices=list(AREA_NAMES.items()),
    )
    complaint = forms.CharField(
        label="In their own words", max_length=200, required=False, widget=forms.Textarea
    )
    therapist = forms.ChoiceField(label="Therapist", required=False)

    def __init__(self, *args: Any, therapists: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["therapist"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Nobody yet"), *therapists]


class StaffForm(forms.Form):
    """A member of staff."""

    name = forms.CharField(label="Full name", max_length=120)
    email = forms.EmailField(label="E-mail they sign in with")
    role = forms.ChoiceField(label="Role", choices=Staff.Role.choices)
    treats = forms.BooleanField(label="Sees clients", required=False)
    licence_number = forms.CharField(label="Licence number", max_length=40, required=False)
    licence_valid_until = forms.DateField(
        label="Licence valid until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class PracticeForm(forms.Form):
    """Settings of the practice."""

    name = forms.CharField(label="Name", max_length=120)
    country = forms.ChoiceField(label="Country", choices=COUNTRIES)
    zone = forms.ChoiceField(label="Time zone", choices=zones)
    emergency_number = forms.CharField(label="Emergency number", max_length=20)
    price = forms.DecimalField(
        label="Price of 60 minutes",
        min_value=0,
        max_value=10_000,
        decimal_places=2,
        error_messages={"invalid": "Enter the price like 95 or 95.50."},
    )
    turnover_minutes = forms.IntegerField(
        label="Minutes between clients", min_value=0, max_value=60
    )
    notice_hours = forms.IntegerField(
        label="Shortest notice for a booking, in hours", min_value=0, max_value=336
    )


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class HoursForm(forms.Form):
    """A week of working hours in wall time. A day without times is a day off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, day in enumerate(WEEKDAYS):
            for name, word in (("starts", "from"), ("ends", "until")):
                self.fields[f"{name}_{number}"] = forms.TimeField(
                    label=f"{day}, {word}",
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                    error_messages={"invalid": f"Enter the time on {day} like 09:00."},
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number, day in enumerate(WEEKDAYS):
            starts, ends = data.get(f"starts_{number}"), data.get(f"ends_{number}")
            if (starts is None) != (ends is None):
                self.add_error(
                    f"{'ends' if starts else 'starts'}_{number}",
                    f"Enter both times on {day}, or neither for a day off.",
                )
            elif starts is not None and ends <= starts:
                self.add_error(f"ends_{number}", f"{day} must end after it starts.")
        return data

    def week(self) -> list[tuple[int, time, time]]:
        """The days with hours: weekday (Monday is 0), start, end."""
        data = self.cleaned_data
        return [
            (number, data[f"starts_{number}"], data[f"ends_{number}"])
            for number in range(7)
            if data[f"starts_{number}"] is not None
        ]


class RoomForm(forms.Form):
    """A room, at a location that is there or a new one."""

    name = forms.CharField(label="Name of the room", max_length=80)
    location = forms.ChoiceField(label="Where it is")
    new_location = forms.CharField(
        label="Name of the new location", max_length=120, required=False
    )

    def __init__(self, *args: Any, locations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["location"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*locations, ("new", "A new location")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("location") == "new" and not data.get("new_location"):
            self.add_error("new_location", "Enter the name of the new location.")
        return data
