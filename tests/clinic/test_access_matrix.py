"""Every address, every role, one's own and other people's objects: nobody sees what is not theirs.

The expectation is worked out here from who the actor is to the object, not by asking the code
that is under test. The demo clinic is the first practice; Maple, from the cast, is the second.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from tests.support.cast import House, house, user
from tests.support.records import one_of_each
from unknot.clinic import models as m
from unknot.clinic.access.policy import POLICY, PUBLIC
from unknot.clinic.demo import load

pytestmark = pytest.mark.django_db

# What each part of an address stands for. A new kind of key must be added here.
KEYS: dict[str, type[Any]] = {
    "episode_id": m.Episode,
    "client_id": m.Client,
    "staff_id": m.Staff,
    "appointment_id": m.Appointment,
    "visit_id": m.Visit,
    "plan_id": m.PlanVersion,
    "note_id": m.Note,
    "alert_id": m.Alert,
    "screening_id": m.Screening,
    "consent_id": m.Consent,
    "link_id": m.CheckInLink,
    "entry_id": m.TreatmentEntry,
    "room_id": m.Room,
    "bedside_id": m.Bedside,
    "assessment_id": m.Assessment,
    "feed_id": m.CalendarFeed,
    "questionnaire_id": m.Questionnaire,
    "mail_id": m.Outbox,
}
PLAIN = {
    "token": "x" * 43,
    "section": "where",
    "rule_id": "RF-LUM-01",
    "figure": "neutral",
    "kind": "general",
    "name": "today",
    "number": 1,
    "day": "2026-01-05",
    "stage": "plan",
    "instrument": "OM-PEG",
    "area": "low_back",
}
SHARED = {m.Staff, m.Room, m.Questionnaire, m.Bedside}
METHODS = ("get", "head", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Address:
    """One address of the clinic."""

    route: str
    action: str
    keys: tuple[str, ...]

    def fill(self, rows: dict[str, Any], only_last_from: dict[str, Any] | None = None) -> str:
        path = self.route
        for place, key in enumerate(self.keys):
            source = only_last_from if only_last_from and place == len(self.keys) - 1 else rows
            path = path.replace(f"<uuid:{key}>", str(source[key]))
        for name, value in PLAIN.items():
            for kind in ("str", "slug", "int", "path", "token"):
                path = path.replace(f"<{kind}:{name}>", str(value))
            path = path.replace(f"<{name}>", str(value))
        assert "<" not in path, f"say in KEYS or PLAIN what {path} holds"
        return "/" + path


def addresses() -> list[Address]:
    """Every address but the auth library's, which guards its own."""
    return [
        Address(route, view.access_action, tuple(key for key in KEYS if f"<uuid:{key}>" in route))
        for route, view in _walk(get_resolver().url_patterns, "")
        if not route.startswith("accounts/")
    ]


def _walk(patterns: list[Any], before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


@dataclass(frozen=True)
class Somebody:
    """An actor and what they are to the object: on its care team, its own client, or neither."""

    who: str
    kind: str
    here: bool
    browser: Browser
    on_team: bool = False
    self_client: bool = False


def _signed_in(user: Any) -> Browser:
    browser = Browser(raise_request_exception=False)
    browser.force_login(user)
    return browser


def _cast(episode: m.Episode, maple: House) -> list[Somebody]:
    client, therapist = episode.client, episode.therapist
    assert therapist is not None
    practice = client.practice
    team = set(client.care_team.values_list("staff_id", flat=True))
    owner = m.Staff.everything.get(practice=practice, role="owner")
    desk = m.Staff.everything.filter(practice=practice, role="front_desk").first()
    other = (
        m.Staff.everything.filter(practice=practice, role="therapist").exclude(pk__in=team).first()
    )
    other_client = m.Client.everything.filter(practice=practice).exclude(pk=client.pk).first()
    assert desk is not None
    assert other is not None
    assert other_client is not None
    _can_sign_in(other_client)
    return [
        Somebody("nobody", "anonymous", True, Browser(raise_request_exception=False)),
        Somebody("the owner", "owner", True, _signed_in(owner.user)),
        Somebody("the therapist", "therapist", True, _signed_in(therapist.user), on_team=True),
        Somebody("another therapist", "therapist", True, _signed_in(other.user)),
        Somebody("the front desk", "front_desk", True, _signed_in(desk.user)),
        Somebody("the client", "client", True, _signed_in(client.user), self_client=True),
        Somebody("another client", "client", True, _signed_in(other_client.user)),
        Somebody("Maple's owner", "owner", False, _signed_in(maple.owner.user)),
        Somebody("Maple's therapist", "therapist", False, _signed_in(maple.ann.user)),
        Somebody("Maple's front desk", "front_desk", False, _signed_in(maple.desk.user)),
        Somebody("Maple's client", "client", False, _signed_in(maple.cora.user)),
    ]


def _expected(address: Address, who: Somebody) -> str:
    """``open``, ``hidden`` (404), ``refused`` (403) or ``sign in``."""
    reach = POLICY[address.action].get(who.kind)  # type: ignore[call-overload]
    if reach is None:
        return "sign in" if who.kind == "anonymous" else "refused"
    if not address.keys:
        return "open"
    if not who.here:
        return "hidden"
    if all(KEYS[key] in SHARED for key in address.keys):
        return "open"
    sees = {
        "any": who.kind != "client" or who.self_client,
        "practice": True,
        "team": who.on_team,
        "own": who.self_client,
        "link": False,
    }
    return "open" if sees[reach] else "hidden"


def _fits(expected: str, status: int, method: str) -> bool:
    if status == 405:  # said of the address, before any object was looked at
        return True
    return {
        "open": status < 500 and status not in (403,),
        "hidden": status in (404, 403),
        "refused": status == 403,
        "sign in": status == 302,
    }[expected]


def _episode_with_everything() -> m.Episode:
    """An episode of the demo clinic that has a row of as many kinds as can be."""
    episodes = m.Episode.everything.filter(
        client__practice__is_demo=True,
        appointments__isnull=False,
        therapist__isnull=False,
        state="open",
    ).distinct()
    episode = max(
        episodes.select_related("client__practice", "therapist__user"),
        key=lambda one: sum(_row_of(model, one) is not None for model in KEYS.values()),
    )
    _can_sign_in(episode.client)
    m.Questionnaire.everything.create(  # the demo clinic has no licence for any
        practice=episode.client.practice,
        instrument="OM-ODI",
        file_name="form.json",
        content="{}",
        brought_at=datetime.now(UTC),
    )
    return episode


def _can_sign_in(client: m.Client) -> m.Client:
    if client.user is None:
        client.user = user(f"{client.pk}@demo.invalid", client.name)
        client.save(update_fields=["user"])
    return client


def _row_of(model: type[Any], episode: m.Episode) -> UUID | None:
    from unknot.clinic.access.paths import PATHS

    if model is m.Staff:
        return episode.therapist_id
    if model is m.Bedside:
        here = {"room__location__practice": episode.client.practice}
        return m.Bedside.everything.filter(**here).first().pk  # type: ignore[union-attr]
    if model is m.Room:
        return m.Room.everything.filter(location__practice=episode.client.practice).first().pk  # type: ignore[union-attr]
    paths = PATHS[model]
    if paths.episode is not None:
        where = {paths.episode or "pk": episode.pk}
    elif paths.client is not None:
        where = {paths.client or "pk": episode.client_id}
    elif model in (m.Questionnaire, m.Outbox):
        where = {"practice": episode.client.practice.pk}
    else:
        where = {"staff": episode.therapist_id}
    row = model.everything.filter(**where).order_by("-pk").first()
    return row.pk if row else None


@pytest.fixture(scope="module")
def both(kept_for_the_module: None) -> tuple[UUID, dict[str, Any], dict[str, Any], House]:
    """The demo clinic and Maple: the episode, a key of each kind here and there, and Maple."""
    load.load(today=load.day_there(datetime.now(UTC)))
    maple = house("Maple", zone="Europe/Berlin")
    theirs = one_of_each(maple)
    episode = _episode_with_everything()
    mine = {key: _row_of(model, episode) or theirs[key] for key, model in KEYS.items()}
    return episode.pk, mine, theirs, maple


@pytest.fixture
def everybody(
    db: None, both: Any
) -> tuple[m.Episode, dict[str, Any], dict[str, Any], list[Somebody]]:
    """What ``both`` holds, with everybody signed in anew."""
    key, mine, theirs, maple = both
    episode = m.Episode.everything.select_related("client__practice", "therapist__user").get(
        pk=key
    )
    return episode, mine, theirs, _cast(episode, maple)


def test_nobody_reaches_what_is_not_theirs(
    everybody: Any, record_property: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    episode, mine, theirs, cast = everybody
    absent = {key for key in KEYS if mine[key] == theirs[key]}
    leaks, cells, refusals = [], 0, 0
    for address, who in itertools.product(addresses(), cast):
        expected = _expected(address, who)
        if expected == "open" and absent & set(address.keys):
            continue
        path = address.fill(mine)
        methods = ("get",) if expected == "open" else METHODS
        for method in methods:
            answer = getattr(who.browser, method)(path)
            cells += 1
            refusals += expected != "open"
            body = b"" if answer.streaming else answer.content
            named = expected != "open" and episode.client.name.encode() in body
            if named or not _fits(expected, answer.status_code, method):
                leaks.append((method, path, who.who, address.action, expected, answer.status_code))
    with capsys.disabled():
        print(  # noqa: T201  # the figures are the point of the walk
            f"\naccess: {len(addresses())} addresses, {len(cast)} people, {cells} tries, "
            f"{refusals} refusals expected, {len(leaks)} leaks"
        )
    assert not leaks, "\n".join(map(str, leaks))


def test_a_child_of_another_practice_under_ones_own_parent_is_hidden(everybody: Any) -> None:
    _, mine, theirs, cast = everybody
    leaks = []
    for address, who in itertools.product(addresses(), cast):
        if len(address.keys) < 2 or who.kind == "anonymous":
            continue
        for method in METHODS:
            path = address.fill(mine, only_last_from=theirs)
            status = getattr(who.browser, method)(path).status_code
            if status not in (403, 404, 405):
                leaks.append((method, path, who.who, status))
    assert not leaks, "\n".join(map(str, leaks))


def test_another_practice_s_objects_are_hidden_from_everybody_here(everybody: Any) -> None:
    _, _, theirs, cast = everybody
    leaks = []
    for address, who in itertools.product(addresses(), cast):
        if not address.keys or not who.here:
            continue
        for method in METHODS:
            status = getattr(who.browser, method)(address.fill(theirs)).status_code
            fine = (302, 403, 404, 405) if who.kind == "anonymous" else (403, 404, 405)
            if status not in fine and POLICY[address.action] != PUBLIC:
                leaks.append((method, address.fill(theirs), who.who, status))
    assert not leaks, "\n".join(map(str, leaks))


def test_other_spellings_of_an_address_open_nothing(everybody: Any) -> None:
    episode, _, _, cast = everybody
    outsider = next(who for who in cast if who.who == "Maple's owner")
    key = str(episode.pk)
    for spelling in (key.upper(), key.replace("-", ""), f"{{{key}}}", f"{key}%20", f"{key}.json"):
        for path in (
            f"/episodes/{spelling}/",
            f"//episodes/{spelling}/",
            f"/episodes/./{spelling}/",
        ):
            assert outsider.browser.get(path).status_code in (302, 403, 404)


def test_somebody_who_leaves_is_out_at_once(everybody: Any) -> None:
    episode, _, _, cast = everybody
    therapist = next(who for who in cast if who.who == "the therapist")
    path = f"/episodes/{episode.pk}/"
    assert therapist.browser.get(path).status_code == 200
    m.CareTeam.everything.filter(client=episode.client, staff=episode.therapist).delete()
    assert therapist.browser.get(path).status_code == 404
    m.Staff.everything.filter(pk=episode.therapist_id).update(active=False)
    assert therapist.browser.get("/clients/").status_code in (302, 403)
    get_user_model().objects.filter(pk=episode.therapist.user_id).update(is_active=False)
    assert therapist.browser.get("/clients/").status_code == 302


def test_the_matrix_can_fail(everybody: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: with one grant too many, the walk finds the leak."""
    episode, _, _, cast = everybody
    outsider = next(who for who in cast if who.who == "another therapist")
    assert outsider.browser.get(f"/episodes/{episode.pk}/").status_code == 404
    spoiled = {**POLICY, "episode.read": {**POLICY["episode.read"], "therapist": "practice"}}
    monkeypatch.setattr("unknot.clinic.access.policy.POLICY", spoiled)
    assert outsider.browser.get(f"/episodes/{episode.pk}/").status_code == 200
