"""Clients: the list, one of them, their complaints."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ...reasoning.words import AREA_NAMES
from ..access import Request, find, listing, scope, view
from ..audit import once
from ..models import AddressChange, Appointment, Client, Episode, Practice, Staff
from ..ui import words
from ..ui.render import render
from . import actions, addresses
from .forms import ClientForm, EpisodeForm
from .pages import (
    AddressPage,
    ClientListPage,
    ClientPage,
    ClientRow,
    EpisodeLine,
    FormPage,
)

PER_PAGE = 30


@view("client.list")
def client_list(request: Request) -> HttpResponse:
    """Clients of the practice by name, with what they come for.

    A search is a POST that changes nothing, so that a name never stands in an address.
    """
    search = request.POST.get("q", "").replace("\0", "").strip()[:60]
    clients = listing(Client, request).order_by("name", "id")
    if search:
        clients = clients.filter(name__icontains=search)
    pages = Paginator(_with_latest(clients), PER_PAGE)
    page = pages.get_page(request.POST.get("page") or request.GET.get("page"))
    zone = _zone(request)
    return render(
        request,
        "people/client_list.html",
        ClientListPage(
            rows=tuple(_row(client, zone) for client in page),
            search=search,
            count=pages.count,
            page_number=page.number,
            has_next=page.has_next(),
            may_add=True,
        ),
    )


def _with_latest(clients: QuerySet[Client]) -> QuerySet[Client]:
    """Each client with the latest episode and the next appointment, in one query."""
    latest = Episode.everything.filter(client=OuterRef("pk")).order_by("-opened_at")
    coming = Appointment.everything.filter(
        client=OuterRef("pk"), state="booked", starts_at__gte=datetime.now(UTC)
    ).order_by("starts_at")
    return clients.annotate(
        latest_area=Subquery(latest.values("main_area")[:1]),
        latest_state=Subquery(latest.values("state")[:1]),
        latest_therapist=Subquery(latest.values("therapist__name")[:1]),
        next_visit=Subquery(coming.values("starts_at")[:1]),
    )


def _row(client: Client, zone: ZoneInfo) -> ClientRow:
    area = getattr(client, "latest_area", None)
    return ClientRow(
        id=client.pk,
        name=client.name,
        complaint=AREA_NAMES.get(area or "", "Nothing yet"),
        state=getattr(client, "latest_state", None) or "",
        therapist=getattr(client, "latest_therapist", None) or "",
        next_visit=_when(getattr(client, "next_visit", None), zone),
    )


def _when(at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else words.short_when(at, zone, now=datetime.now(UTC))


def _zone(request: Request) -> ZoneInfo:
    assert request.actor.practice is not None
    return ZoneInfo(request.actor.practice.zone)


@view("client.read")
@require_safe
def client_show(request: Request, client_id: UUID) -> HttpResponse:
    """One client. Episodes can be opened by those who care for the client."""
    client = find(Client, client_id, request)
    zone = _zone(request)
    readable = set(
        scope(Episode, request.actor, "episode.read")
        .filter(client=client)
        .values_list("pk", flat=True)
    )
    episodes = client.episodes.select_related("therapist").order_by("-opened_at")
    waits = addresses.waiting(client)
    coming = client.appointments.filter(state="booked", starts_at__gte=datetime.now(UTC))
    return render(
        request,
        "people/client_show.html",
        ClientPage(
            id=client.pk,
            name=client.name,
            called=client.called,
            email=client.email,
            new_email=waits.after if waits else "",
            new_email_by=_asked_by(waits, zone) if waits else "",
            may_agree=scope(Client, request.actor, "client.address").filter(pk=client.pk).exists(),
            phone=client.phone,
            born=words.long_day(client.born_on) if client.born_on else "",
            episodes=tuple(
                _line(episode, episode.pk in readable, zone, _may_be_given(request, episode))
                for episode in episodes
            ),
            signs_in=client.user_id is not None,
            may_invite=scope(Client, request.actor, "client.invite").filter(pk=client.pk).exists(),
            may_say_likes=scope(Client, request.actor, "preferences.set")
            .filter(pk=client.pk)
            .exists(),
            visits=tuple(_when(visit.starts_at, zone) for visit in coming[:12]),
        ),
    )


def _asked_by(waits: AddressChange, zone: ZoneInfo) -> str:
    day = words.long_day(words.local_day(waits.asked_at, zone))
    return f"typed by {waits.by_name} on {day}"


def _may_be_given(request: Request, episode: Episode) -> tuple[tuple[UUID, str], ...]:
    """Therapists the actor may give this episode to; empty when it has one."""
    if episode.therapist is not None or not request.actor.is_staff:
        return ()
    therapists = listing(Staff, request).filter(treats=True, active=True).order_by("name")
    if not actions.may_bring_in(request.actor, episode.client):
        return ()
    if request.actor.kind == "therapist":
        therapists = therapists.filter(user=request.actor.user)
    return tuple(therapists.values_list("pk", "name"))


def _line(
    episode: Episode, readable: bool, zone: ZoneInfo, therapists: tuple[tuple[UUID, str], ...]
) -> EpisodeLine:
    return EpisodeLine(
        key=episode.pk,
        may_be_given_to=therapists,
        id=episode.pk if readable else None,
        title=AREA_NAMES.get(episode.main_area, episode.main_area),
        opened=words.long_day(words.local_day(episode.opened_at, zone)),
        state=episode.get_state_display(),
        therapist=episode.therapist.name if episode.therapist else "nobody yet",
    )


@view("client.add")
@once
def client_add(request: Request) -> HttpResponseBase:
    """A new client."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        practice = request.actor.practice
        assert isinstance(practice, Practice)
        client = actions.add_client(
            practice=practice, by=request.actor, now=datetime.now(UTC), **form.cleaned_data
        )
        return redirect("client_show", client.pk)
    page = FormPage(
        "A new client", "Only the name is needed now.", form, "Add client", "/clients/"
    )
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


@view("client.change")
@once
def client_change(request: Request, client_id: UUID) -> HttpResponseBase:
    """Change how a client is reached."""
    client = find(Client, client_id, request)
    initial = {field: getattr(client, field) for field in actions.CLIENT_FIELDS}
    form = ClientForm(request.POST or None, initial=initial)
    form.fields["born_on"].disabled = request.actor.kind == "client" and client.born_on is not None
    if request.method == "POST" and form.is_valid():
        actions.change_client(
            client=client,
            changes=form.cleaned_data,
            by=request.actor,
            now=datetime.now(UTC),
            origin=request.build_absolute_uri("/"),
        )
        return redirect("client_show", client.pk)
    page = FormPage(f"{client.name}", "", form, "Save", f"/clients/{client.pk}/")
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


@view("episode.open")
@once
def episode_add(request: Request, client_id: UUID) -> HttpResponseBase:
    """A new episode for a client: one complaint, from intake to discharge."""
    client = find(Client, client_id, request)
    therapists = Staff.everything.filter(
        practice=request.actor.practice, treats=True, active=True
    ).order_by("name")
    if not actions.may_bring_in(request.actor, client):
        therapists = therapists.none()
    form = EpisodeForm(
        request.POST or None, therapists=[(str(staff.pk), staff.name) for staff in therapists]
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["therapist"]
        episode = actions.open_episode(
            client=client,
            main_area=form.cleaned_data["main_area"],
            complaint=form.cleaned_data["complaint"],
            therapist=therapists.filter(pk=chosen).first() if chosen else None,
            by=request.actor,
            now=datetime.now(UTC),
        )
        if scope(Episode, request.actor, "intake.read").filter(pk=episode.pk).exists():
            return redirect("intake_show", episode.pk)
        return redirect("client_show", client.pk)
    page = FormPage(
        "A new complaint", client.name, form, "Begin the intake", f"/clients/{client.pk}/"
    )
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


@view("client.invite")
@once
def client_invite(request: Request, client_id: UUID) -> HttpResponseBase:
    """Gives the client a sign-in of their own."""
    client = find(Client, client_id, request)
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("sign_in_link"))
        try:
            actions.invite(client=client, address=address, by=request.actor, now=datetime.now(UTC))
        except actions.CannotInvite as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, "Invited. They sign in with a link sent to their e-mail.")
    return redirect("client_show", client.pk)


@view("episode.assign")
@require_POST
@once
def episode_assign(request: Request, episode_id: UUID) -> HttpResponseBase:
    """Gives an episode to a therapist; they see the record from then on."""
    episode = find(Episode, episode_id, request)
    key = _key(request.POST.get("therapist", ""))
    therapists = listing(Staff, request).filter(treats=True, active=True)
    chosen = None if key is None else therapists.filter(pk=key).first()
    if chosen is None:
        messages.error(request, "Choose a therapist from the list.")
    else:
        actions.assign(episode=episode, therapist=chosen, by=request.actor, now=datetime.now(UTC))
    return redirect("client_show", episode.client_id)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@view("client.address")
@require_POST
@once
def address_agree(request: Request, client_id: UUID) -> HttpResponseBase:
    """Puts the new address that waits in force."""
    client = find(Client, client_id, request)
    try:
        addresses.agree(client=client, by=request.actor, now=datetime.now(UTC))
    except addresses.NothingWaits:
        messages.error(request, "No new address waits any more.")
    else:
        messages.success(request, "The new address counts from now on.")
    return redirect("client_show", client_id)


@view("address.use")
def address_use(request: Request, token: str) -> HttpResponseBase:
    """The link in a message to the old address: one press says that the new one is right."""
    row, now = addresses.change_for_token(token), datetime.now(UTC)
    if row is None:
        raise Http404
    state = "asks" if addresses.still_waits(row, now) else "ended"
    if request.method == "POST" and state == "asks":
        addresses.agree_by_link(row, now, request_id=request.request_id)
        state = "done"
    page = AddressPage(row.client.practice.name, addresses.masked(row.after), state)
    status = 410 if state == "ended" else 200
    return render(request, "people/address.html", page, status=status)
