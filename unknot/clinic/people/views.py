"""Home, first run, the sign-in link, and the choice of theme."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from ..access import Request, system, view
from ..models import Practice
from ..ui.afterwards import afterwards
from ..ui.render import render
from ..ui.theme import ROOM_COOKIE, ROOM_LIGHTS, THEMES, YEAR
from . import actions, sign_in
from .forms import EmailForm, StartForm, emergency_number
from .pages import DemoLogin, DemoReadyPage, HomePage, LinkAskPage, LinkUsePage, StartPage


@view("home.read")
@require_safe
def home(request: Request) -> HttpResponseBase:
    """The front door: to first run, to the day's work, to one's own page, or the public page."""
    if request.actor.is_staff:
        return redirect("today")
    if request.actor.kind == "client":
        return redirect("me")
    practice = Practice.everything.order_by("created_at").first()
    if practice is None:
        return redirect("start")
    return render(request, "people/home.html", HomePage(practice_name=practice.name))


@view("health.read")
@require_safe
def health(request: Request) -> HttpResponse:
    """200 when the database answers."""
    Practice.everything.exists()
    return HttpResponse("ok", content_type="text/plain")


@view("start.read")
def start(request: Request) -> HttpResponseBase:
    """First run. Closed for good once there is a practice."""
    if Practice.everything.exists():
        return redirect("home")
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _make_practice(request, form.cleaned_data)
    page = StartPage(form=form, demo_minutes="about half a minute")
    return render(request, "people/start.html", page, status=422 if form.errors else 200)


def _make_practice(request: Request, data: dict[str, Any]) -> HttpResponseBase:
    owner = actions.make_practice(
        name=data["practice_name"],
        zone=data["zone"],
        country=data["country"],
        emergency_number=emergency_number(data["country"]),
        owner_name=data["owner_name"],
        owner_email=data["owner_email"],
        password=data["password"],
        owner_treats=data["owner_treats"],
        licence_number=data["licence_number"],
        licence_valid_until=data["licence_valid_until"],
        by=system(),
        now=datetime.now(UTC),
    )
    return sign_in.sign_in(request, owner.user)


@view("start.make")
@require_POST
def load_demo(request: Request) -> HttpResponseBase:
    """Loads the demo clinic into an empty installation and says who can sign in."""
    if Practice.everything.exists():
        return redirect("home")
    demo = import_module("unknot.clinic.demo.load")  # above us in the layers: called by name
    made = demo.load()
    page = DemoReadyPage(
        logins=tuple(DemoLogin(who=who, email=email) for who, email in made.logins),
        password=made.password,
    )
    return render(request, "people/demo_ready.html", page)


@view("sign_in_link.ask")
def link_ask(request: Request) -> HttpResponse:
    """Ask for a one-time link. The answer is the same whether the address is known or not, and has
    left before anybody looks for the address: how long it takes tells nothing either."""
    form = EmailForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    page = LinkAskPage(form=form, sent=sent)
    answer = render(request, "people/link_ask.html", page, status=422 if form.errors else 200)
    if not sent:
        return answer
    email, now, origin = form.cleaned_data["email"], datetime.now(UTC), _origin(request)
    return afterwards(answer, lambda: sign_in.send_link(email, origin=origin, now=now))


def _origin(request: Request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@view("sign_in_link.use")
def link_use(request: Request, token: str) -> HttpResponseBase:
    """Opening the link asks for one press, so that a mail scanner cannot spend it."""
    if request.method != "POST":
        return render(request, "people/link_use.html", LinkUsePage(token=token, spent=False))
    try:
        user = sign_in.use_link(token=token, by=request.actor, now=datetime.now(UTC))
    except sign_in.LinkSpent:
        page = LinkUsePage(token="", spent=True)
        return render(request, "people/link_use.html", page, status=410)
    return sign_in.sign_in(request, user)


@view("look.choose")
@require_POST
def choose_theme(request: Request) -> HttpResponse:
    """Keeps the chosen light, of all pages or of the session room, in a cookie and goes back."""
    theme, room = request.POST.get("theme", ""), request.POST.get("room", "")
    back = request.POST.get("back", "")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)):
        back = reverse("home")
    response = redirect(back)
    if room in ROOM_LIGHTS:
        response.set_cookie(ROOM_COOKIE, room, max_age=YEAR, samesite="Lax", httponly=True)
    elif theme in THEMES:
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", httponly=True)
    else:
        messages.error(request, "Choose day, night, or as your device.")
    return response
