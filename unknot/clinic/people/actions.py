"""Writes about people: the practice, its staff, its clients, their care teams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower

from ..access import Actor, Refused, cares_for, system
from ..audit import action, record
from ..models import (
    CareTeam,
    Client,
    Episode,
    Location,
    Practice,
    Room,
    Staff,
    User,
    WorkingHours,
)
from . import addresses
from .mail import post

RowT = TypeVar("RowT", Staff, Client, Practice)

CLIENT_FIELDS = ("name", "called", "email", "phone", "born_on", "sex", "figure")
STAFF_FIELDS = (
    "name",
    "role",
    "treats",
    "licence_number",
    "licence_valid_until",
    "skills",
    "active",
)
PRACTICE_FIELDS = (
    "name",
    "zone",
    "country",
    "emergency_number",
    "price_60_minutes_cents",
    "turnover_minutes",
    "notice_hours",
)


Week = Sequence[tuple[int, time, time]]
USUAL_WEEK: Week = [(weekday, time(9), time(17)) for weekday in range(5)]


class AlreadyStarted(Exception):
    """There is a practice already; the first-run page is closed."""


class AddressInUse(Exception):
    """Somebody signs in with this e-mail already; an invitation must not make them staff."""


@action("practice.make")
def make_practice(
    *,
    name: str,
    zone: str,
    country: str,
    emergency_number: str,
    owner_name: str,
    owner_email: str,
    password: str,
    owner_treats: bool,
    by: Actor,
    now: datetime,
    licence_number: str = "",
    licence_valid_until: date | None = None,
) -> Staff:
    """A practice with one location, one room and its owner. Only as the first one.

    Raises AlreadyStarted when any practice exists.
    """
    if Practice.everything.exists():
        raise AlreadyStarted
    practice = Practice.everything.create(
        name=name,
        zone=zone,
        country=country,
        emergency_number=emergency_number,
        created_at=now,
    )
    location = Location.everything.create(practice=practice, name=name)
    Room.everything.create(location=location, name="Room 1")
    owner = Staff.everything.create(
        user=User.objects.create_user(owner_email, password, name=owner_name),
        practice=practice,
        location=location,
        role=Staff.Role.OWNER,
        name=owner_name,
        treats=owner_treats,
        licence_number=licence_number,
        licence_valid_until=licence_valid_until,
    )
    if owner_treats:
        _new_week(owner, location, USUAL_WEEK, from_day=now.date() - timedelta(days=1))
    record(practice, changed=["name", "zone", "country"])
    record(owner, changed=["role", "name"])
    return owner


@action("staff.add")
def add_staff(
    *, practice: Practice, email: str, password: str | None, by: Actor, **fields: Any
) -> Staff:
    """A new member of staff with their own sign-in; without a password, by link only.

    Raises AddressInUse: a role is never given to a sign-in that somebody else made.
    """
    if _signs_in(email) is not None:
        raise AddressInUse
    user = User.objects.create_user(email, password, name=fields["name"])
    staff = Staff.everything.create(practice=practice, user=user, **fields)
    record(staff, changed=[*fields, "user"])
    return staff


@action("staff.change")
def change_staff(*, staff: Staff, changes: dict[str, Any], by: Actor) -> Staff:
    """The staff row with these fields changed; other fields cannot be."""
    return _change(staff, changes, STAFF_FIELDS)


@action("staff.hours")
def set_hours(*, staff: Staff, location: Location, week: Week, by: Actor, today: date) -> Staff:
    """The staff member's weekly hours from today on; what was before stays in the record."""
    rows = staff.working_hours.filter(location=location)
    rows.filter(valid_from__gte=today).delete()
    rows.filter(valid_until=None).update(valid_until=today - timedelta(days=1))
    _new_week(staff, location, week, from_day=today)
    record(staff, changed=["working_hours"])
    return staff


def _new_week(staff: Staff, location: Location, week: Week, *, from_day: date) -> None:
    for weekday, starts, ends in week:
        WorkingHours.everything.create(
            staff=staff,
            location=location,
            weekday=weekday,
            starts=starts,
            ends=ends,
            valid_from=from_day,
        )


@action("room.add")
def add_room(
    *, practice: Practice, name: str, location: Location | None, new_location: str, by: Actor
) -> Room:
    """A new room, at a location of the practice or at a new one."""
    if location is None:
        location = Location.everything.create(practice=practice, name=new_location)
        record(location, changed=["name"])
    room = Room.everything.create(location=location, name=name)
    record(room, changed=["name", "location"])
    return room


@action("practice.change")
def change_practice(*, practice: Practice, changes: dict[str, Any], by: Actor) -> Practice:
    """The practice with these settings changed."""
    return _change(practice, changes, PRACTICE_FIELDS)


@action("client.add")
def add_client(
    *, practice: Practice, name: str, by: Actor, now: datetime, **fields: Any
) -> Client:
    """A new client of the practice. Fields are those of CLIENT_FIELDS."""
    unknown = set(fields) - set(CLIENT_FIELDS)
    if unknown:
        raise TypeError(f"a client has no field {', '.join(sorted(unknown))}")
    client = Client.everything.create(practice=practice, name=name, created_at=now, **fields)
    record(client, changed=["name", *fields])
    return client


@action("client.change")
def change_client(
    *, client: Client, changes: dict[str, Any], by: Actor, now: datetime, origin: str = ""
) -> Client:
    """The client with these fields changed; a new e-mail address may have to wait (`addresses`).

    A client does not change their own date of birth once it is known: whether a guardian has to
    consent hangs on it. Raises Refused.
    """
    born = changes.get("born_on", client.born_on)
    if by.kind == "client" and client.born_on is not None and born != client.born_on:
        raise Refused("client.change", by.kind)
    if "email" in changes:
        addresses.change_email(
            client=client, email=changes["email"], by=by, now=now, origin=origin
        )
        changes = {**changes, "email": client.email}
    return _change(client, changes, CLIENT_FIELDS)


def _signs_in(email: str) -> User | None:
    """Who signs in with this address, compared as the database keeps addresses apart."""
    everybody = User.objects.annotate(lower=Lower("email"))
    return everybody.filter(lower=Lower(Value(email))).first()


INVITATION = (
    "Hello {name},\n\nYou can now read your plan, your visits and whether it is working:\n\n"
    "{address}\n\nType this e-mail address there, and a link that signs you in is sent to you. "
    "No password is needed.\n\n{practice}\n"
)


class CannotInvite(Exception):
    """Why a client cannot be given a sign-in; the words are for staff."""


@action("client.invite")
def invite(*, client: Client, address: str, by: Actor, now: datetime) -> Client:
    """Gives the client a sign-in by one-time link, and tells them by mail after commit.

    ``address`` is the page that sends such links. Raises CannotInvite without an e-mail address,
    and when the address already signs in somebody else: it is never handed over.
    """
    if not client.email:
        raise CannotInvite("Enter the client's e-mail address first.")
    user = _signs_in(client.email)
    if user is not None and user != client.user:
        raise CannotInvite("This e-mail address already signs in somebody else.")
    if user is None:
        user = User.objects.create_user(client.email, None, name=client.name)
    client.user = user
    client.save(update_fields=["user"])
    record(client, changed=["user"])
    body = INVITATION.format(
        name=client.called or client.name.split()[0],
        address=address,
        practice=client.practice.name,
    )
    subject = "Your page at your practice"
    transaction.on_commit(lambda: post(user.email, subject, body))
    return client


@action("client.care")
def join_care_team(*, client: Client, staff: Staff, by: Actor, now: datetime) -> CareTeam:
    """Makes the therapist part of the client's care team: from now on they see the record."""
    team, _ = CareTeam.everything.get_or_create(
        client=client, staff=staff, defaults={"since": now}
    )
    record(client, changed=["care_team"])
    return team


def may_bring_in(by: Actor, client: Client) -> bool:
    """Whether this actor may make a therapist part of the client's care team.

    A therapist opens a record, to themselves or a colleague, only where they care for the client
    or where nobody does yet.
    """
    return by.kind != "therapist" or cares_for(by, client) or not client.care_team.exists()


@action("episode.open")
def open_episode(
    *,
    client: Client,
    main_area: str,
    complaint: str,
    therapist: Staff | None,
    by: Actor,
    now: datetime,
) -> Episode:
    """A new episode of care for one complaint; the therapist joins the care team.

    Raises Refused when the actor may not bring a therapist in.
    """
    if therapist is not None and not may_bring_in(by, client):
        raise Refused("episode.open", by.kind)
    episode = Episode.everything.create(
        client=client,
        therapist=therapist,
        main_area=main_area,
        complaint=complaint,
        opened_at=now,
    )
    record(episode, changed=["main_area", "complaint", "therapist"])
    if therapist is not None:
        join_care_team(client=client, staff=therapist, by=system(client.practice), now=now)
    return episode


@action("episode.assign")
def assign(*, episode: Episode, therapist: Staff, by: Actor, now: datetime) -> Episode:
    """Gives the episode to a therapist, who joins the care team and may then read the record.

    A therapist may take on an episode that nobody has, for themselves only, of a client they
    care for or nobody does; giving it to somebody else, or away from somebody, is for the front
    desk and the owner.
    """
    takes_it_on = episode.therapist is None and therapist == by.staff
    if by.kind == "therapist" and not (takes_it_on and may_bring_in(by, episode.client)):
        raise Refused("episode.assign", by.kind)
    episode.therapist = therapist
    episode.save(update_fields=["therapist"])
    record(episode, changed=["therapist"])
    join_care_team(client=episode.client, staff=therapist, by=system(by.practice), now=now)
    return episode


@action("episode.close")
def close_episode(*, episode: Episode, state: str, by: Actor, now: datetime) -> Episode:
    """Ends the episode: discharged, or referred to somebody else."""
    episode.state = Episode.State(state)
    episode.closed_at = now
    episode.save(update_fields=["state", "closed_at"])
    record(episode, changed=["state", "closed_at"])
    return episode


def age_on(born_on: date | None, day: date) -> int | None:
    """Whole years at ``day``; ``None`` when the birth date is not known."""
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _change(row: RowT, changes: dict[str, Any], allowed: tuple[str, ...]) -> RowT:
    unknown = set(changes) - set(allowed)
    if unknown:
        raise TypeError(f"{', '.join(sorted(unknown))} cannot be changed here")
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(update_fields=list(changes))
    record(row, changed=list(changes))
    return row
