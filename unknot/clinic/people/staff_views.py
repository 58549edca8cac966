"""Staff, the practice's settings, and the menu of what does not fit in the bar."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ..access import Request, find, listing, view
from ..audit import once
from ..models import Practice, Staff
from ..ui.render import render
from . import actions
from .forms import PracticeForm, StaffForm
from .pages import FormPage, MorePage, StaffListPage, StaffRow


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
        licence = f"valid until {until:%-d %B %Y}" if until else "no licence on record"
        rows.append(
            StaffRow(
                id=staff.pk,
                name=staff.name,
                role=staff.get_role_display(),
                licence=licence if staff.treats else "",
                licence_ok=licence_ok,
                active=staff.active,
            )
        )
    return render(request, "people/staff_list.html", StaffListPage(rows=tuple(rows)))


@view("staff.add")
@once
def staff_add(request: Request) -> HttpResponseBase:
    """Somebody new. They sign in with a one-time link and may then set a password."""
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_staff(
            practice=_practice(request), password=None, by=request.actor, **form.cleaned_data
        )
        return redirect("staff_list")
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


@view("practice.change")
@once
def practice_change(request: Request) -> HttpResponseBase:
    """The practice's settings."""
    practice = _practice(request)
    initial = {field: getattr(practice, field) for field in actions.PRACTICE_FIELDS}
    form = PracticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_practice(practice=practice, changes=form.cleaned_data, by=request.actor)
        return redirect("more")
    page = FormPage("The practice", "", form, "Save", "/more/")
    return render(request, "people/form.html", page, status=422 if form.errors else 200)
