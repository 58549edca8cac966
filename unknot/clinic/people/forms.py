"""Forms about people. They validate and nothing else."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password

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

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


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
        choices=[("neck_upper_back", "Neck and upper back"), ("low_back", "Low back")],
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
    price_60_minutes_cents = forms.IntegerField(
        label="Price of 60 minutes, in cents", min_value=0, max_value=1_000_000
    )
    turnover_minutes = forms.IntegerField(
        label="Minutes between clients", min_value=0, max_value=60
    )
    notice_hours = forms.IntegerField(
        label="Shortest notice for a booking, in hours", min_value=0, max_value=336
    )
