"""Staff, the practice's settings, and the menu of what does not fit in the bar."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ..access import Request, find, listing, view
from ..audit import once
from ..models import Location, Practice, Staff
from ..ui.render import render
from ..ui.words import long_day
from . import actions
from .forms import WEEKDAYS, HoursForm, PracticeForm, RoomForm, StaffForm
from .pages import (
    FormPage,
    HoursDay,
    HoursPage,
    LocationLine,
    MorePage,
    RoomsPage,
    StaffListPage,
    StaffRow,
)


def _practice(request: Request) -> Practice:
    assert request.actor.practice is not None
    return request.actor.practice


@view("more.read")
@require_safe
def more(request: Request) -> HttpResponse:
    """The rest of the menu: settings, theme, sign out."""
    actor = request.actor
    page = MorePage(
        name=actor.name,
        role=actor.staff.get_role_display() if actor.staff else "Client",
        practice=_practice(request).name,
        is_staff=actor.is_staff,
        is_owner=actor.kind == "owner",
    )
    return render(request, "people/more.html", page)


@view("staff.list")
@require_safe
def staff_list(request: Request) -> HttpResponse:
    """Everybody who works here, with the state of their licence."""
    today = datetime.now(ZoneInfo(_practice(request).zone)).date()
    rows = []
    for staff in listing(Staff, request).order_by("name"):
        until = staff.licence_valid_until
        licence_ok = not staff.treats or (until is not None and until >= today)
        licence = f"valid until {long_day(until)}" if until else "no licence on record"
        rows.append(
            StaffRow(
                id=staff.pk,
                name=staff.name,
                role=staff.get_role_display(),
                licence=licence if staff.treats else "",
                licence_ok=licence_ok,
                active=staff.active,
                treats=staff.treats,
            )
        )
    return render(request, "people/staff_list.html", StaffListPage(rows=tuple(rows)))


@view("staff.add")
@once
def staff_add(request: Request) -> HttpResponseBase:
    """Somebody new. They sign in with a one-time link and may then set a password."""
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            staff = actions.add_staff(
                practice=_practice(request), password=None, by=request.actor, **form.cleaned_data
            )
        except actions.AddressInUse:
            form.add_error("email", "Somebody signs in with this e-mail already. Use another.")
        else:
            return redirect("staff_hours", staff.pk) if staff.treats else redirect("staff_list")
    lede = "They can sign in with a one-time link sent to their e-mail."
    page = FormPage("Somebody new", lede, form, "Add", "/staff/")
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


@view("staff.change")
@once
def staff_change(request: Request, staff_id: UUID) -> HttpResponseBase:
    """Change a member of staff."""
    staff = find(Staff, staff_id, request)
    initial = {field: getattr(staff, field) for field in actions.STAFF_FIELDS}
    form = StaffForm(request.POST or None, initial={**initial, "email": staff.user.email})
    form.fields["email"].disabled = True
    if request.method == "POST" and form.is_valid():
        changes = {key: value for key, value in form.cleaned_data.items() if key != "email"}
        actions.change_staff(staff=staff, changes=changes, by=request.actor)
        return redirect("staff_list")
    page = FormPage(staff.name, "", form, "Save", "/staff/")
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


@view("staff.hours")
@once
def staff_hours(request: Request, staff_id: UUID) -> HttpResponseBase:
    """The weekly hours of a therapist, at the location they work in."""
    staff = find(Staff, staff_id, request)
    location = staff.location or _locations(request)[0]
    today = datetime.now(ZoneInfo(_practice(request).zone)).date()
    form = HoursForm(request.POST or None, initial=_week_of(staff, location, today))
    if request.method == "POST" and form.is_valid():
        actions.set_hours(
            staff=staff, location=location, week=form.week(), by=request.actor, today=today
        )
        return redirect("staff_list")
    days = tuple(
        HoursDay(name, form[f"starts_{number}"], form[f"ends_{number}"])
        for number, name in enumerate(WEEKDAYS)
    )
    page = HoursPage(staff.name, location.name, form, days)
    return render(request, "people/hours.html", page, status=422 if form.errors else 200)


def _week_of(staff: Staff, location: Location, today: date) -> dict[str, time]:
    """The hours that hold today, as the form's values; the usual week for somebody new."""
    rows = staff.working_hours.filter(location=location)
    holds = rows.filter(valid_from__lte=today).exclude(valid_until__lt=today)
    week: actions.Week = [(row.weekday, row.starts, row.ends) for row in holds]
    if not rows.exists():
        week = actions.USUAL_WEEK
    times: dict[str, time] = {}
    for weekday, starts, ends in week:
        times[f"starts_{weekday}"], times[f"ends_{weekday}"] = starts, ends
    return times


def _locations(request: Request) -> list[Location]:
    return list(listing(Location, request).order_by("name", "pk"))


@view("room.add")
@once
def rooms(request: Request) -> HttpResponseBase:
    """Where the practice treats: its locations and rooms, and one more."""
    locations = _locations(request)
    form = RoomForm(
        request.POST or None, locations=[(str(place.pk), place.name) for place in locations]
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.add_room(
            practice=_practice(request),
            name=data["name"],
            location=next((p for p in locations if str(p.pk) == data["location"]), None),
            new_location=data["new_location"],
            by=request.actor,
        )
        return redirect("practice_rooms")
    page = RoomsPage(
        locations=tuple(
            LocationLine(place.name, tuple(room.name for room in place.rooms.order_by("name")))
            for place in locations
        ),
        form=form,
    )
    return render(request, "people/rooms.html", page, status=422 if form.errors else 200)


@view("practice.change")
@once
def practice_change(request: Request) -> HttpResponseBase:
    """The practice's settings."""
    practice = _practice(request)
    initial = {field: getattr(practice, field) for field in actions.PRACTICE_FIELDS}
    price = Decimal(practice.price_60_minutes_cents) / 100
    form = PracticeForm(request.POST or None, initial={**initial, "price": f"{price:.2f}"})
    if request.method == "POST" and form.is_valid():
        changes = dict(form.cleaned_data)
        changes["price_60_minutes_cents"] = int(changes.pop("price") * 100)
        actions.change_practice(practice=practice, changes=changes, by=request.actor)
        return redirect("more")
    page = FormPage("The practice", "", form, "Save", "/more/")
    return render(request, "people/form.html", page, status=422 if form.errors else 200)
