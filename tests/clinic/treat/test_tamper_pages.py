"""No page, no address and no action of the clinic changes what was signed, whoever asks."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from tests.support import tamper
from tests.support.cast import PASSWORD, House, house
from tests.support.tamper import LATER, Scene
from unknot.clinic import models as m
from unknot.clinic.access import Actor, for_link, system
from unknot.clinic.audit import ACTIONS
from unknot.clinic.treat.actions import notes

pytestmark = pytest.mark.django_db
WHO = ("nobody", "cora", "dan", "desk", "ann", "ben", "owner", "maple's ann")
FORMS: tuple[dict[str, str], ...] = (
    {},
    {"subjective": "x", "objective": "x", "assessment": "x", "plan": "x", "client_summary": "x"},
    {"plan": "x", "private": "x", "proof": PASSWORD, "bases": "{}", "shown": "{}"},
    {"anew": "plan", "state": "draft", "signed_by": "", "content": "{}", "seal": ""},
    {"text": "x", "reason": "x", "proof": "not it"},
    {"pain_before": "0", "pain_after": "0", "wish": "x", "nothing_changed": "yes"},
    {"pain_after": "1"},
    {"area": "neck"},
    {"technique": "TEC-SWE"},
    {"pressure": "1"},
    {"response": "eased"},
    {"pause": "1"},
    {"check_below": "saddle"},
    {"undo": "1"},
    {"words": "x", "room_words": "x"},
    {"kind": "stop", "code": "x", "seen": "1", "about": "1"},
    {"day": "2026-03-09", "time": "10:00", "reason": "x", "late": "1"},
)


@pytest.fixture
def scene(linden: House) -> Scene:
    return tamper.scene(linden)


def browser_of(who: str, of: House, other: House) -> Browser:
    browser = Browser(raise_request_exception=False)
    if who != "nobody":
        row = other.ann if who.startswith("maple") else getattr(of, who)
        browser.force_login(row.user)
    return browser


def addresses(on: Scene) -> Iterator[str]:
    """Every address of the clinic that a visit, its appointment or its rows are part of."""
    entry = on.visit.entries.order_by("pk")[0]
    keys = {
        "visit_id": on.visit.pk,
        "appointment_id": on.visit.appointment_id,
        "entry_id": entry.pk,
        "note_id": on.note.pk,
    }
    for route in routes(get_resolver().url_patterns):
        if not any(f"<uuid:{key}>" in route for key in keys):
            continue
        for key, value in {**keys, "episode_id": on.house.episode.pk}.items():
            route = route.replace(f"<uuid:{key}>", str(value))
        if "<" not in route:
            yield f"/{route}"


def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern)


@pytest.mark.parametrize("who", WHO)
def test_no_address_changes_a_signed_note(
    scene: Scene, who: str, capsys: pytest.CaptureFixture[str]
) -> None:
    browser, before, sent = browser_of(who, scene.house, house("Maple")), tamper.record(), 0
    found = list(addresses(scene))
    assert len([one for one in found if "/note/" in one]) >= 11
    for address in found:
        if address.endswith("/stream"):
            continue  # answers for ever, and only to reading
        for form in FORMS if who in ("ann", "owner") else FORMS[:2]:
            entry = {"entry": str(scene.visit.entries.all()[0].pk), "minutes": "7", "remove": "1"}
            for body in (form, {**form, **entry}) if "tap" in address else (form,):
                with transaction.atomic():
                    answer = browser.post(address, body)
                assert answer.status_code < 500 or "/visits/" not in address, address
                sent += 1
        for method in ("get", "put", "patch", "delete"):
            with transaction.atomic():
                getattr(browser, method)(address)
            sent += 1
        assert tamper.record() == before, address
    assert not tamper.is_noticed(scene, look=False)
    with capsys.disabled():
        sys.stdout.write(f"\n{sent:5} requests by {who}: no change\n")


def actors(on: Scene) -> Iterator[Actor]:
    for row in (on.house.ann, on.house.ben, on.house.owner, on.house.desk, on.house.cora):
        yield on.house.actor(row)
    yield system(on.house.practice)
    yield for_link(on.house.episode)


def rows_of(on: Scene) -> dict[str, Any]:
    """What an action may be about, by the name of its argument."""
    return {
        "note": on.note,
        "visit": on.visit,
        "entry": on.visit.entries.all()[0],
        "appointment": on.visit.appointment,
        "episode": on.house.episode,
        "client": on.house.cora,
        "consent": on.house.cora.consents.all()[0],
        "staff": on.house.ann,
        "screening": on.visit.screening,
        "event": on.visit.dial_events.all()[0],
    }


SAID: dict[str, Any] = {
    "now": LATER + timedelta(days=30),
    "parts": {"plan": "x", "private": "x"},
    "anew": ("plan",),
    "text": "x",
    "wish": "x",
    "words": "x",
    "news": ("x",),
    "reason": "x",
    "when": "after",
    "pain": 0,
    "pain_before": 0,
    "pain_after": 0,
    "entries": {},
    "area": "neck",
    "technique": "TEC-SWE",
    "pressure": 1,
    "response": "eased",
    "by_minutes": 5,
    "kind": "less",
    "minutes": 5,
}


def test_no_action_changes_a_signed_note(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    before, calls, known = tamper.record(), 0, rows_of(scene)
    reached = set()
    for name, functions in ACTIONS.items():
        for function in functions:
            wanted = inspect.signature(function).parameters
            if not {"note", "visit", "entry", "appointment", "event"} & set(wanted):
                continue
            if name == "note.add":
                continue  # what it adds is the one thing a signed note takes
            for by in actors(scene):
                given = {**known, **SAID, "by": by}
                call = {key: given.get(key) for key in wanted if key in given}
                reached.add(name)
                calls += 1
                try:
                    with transaction.atomic():
                        function(**call)
                        assert tamper.record() == before, (name, by.kind)
                        raise tamper.Undone
                except AssertionError:
                    raise
                except Exception:  # refused, or not to be called like this
                    continue
    assert {"note.write", "note.sign", "visit.record", "visit.finish", "dial.turn"} <= reached
    assert tamper.record() == before
    with capsys.disabled():
        sys.stdout.write(f"\n{calls:5} calls of {len(reached)} actions: no change\n")


def test_an_addendum_adds_and_changes_nothing(scene: Scene) -> None:
    kept = m.Note.everything.filter(pk=scene.note.pk).values().get()
    ann = scene.house.actor(scene.house.ann)
    notes.add_addendum(
        note=scene.note, text="Third.", reason="Asked later", by=ann, now=LATER + timedelta(days=9)
    )
    assert m.Note.everything.filter(pk=scene.note.pk).values().get() == kept
    page = browser_of("ann", scene.house, scene.house).get(f"/visits/{scene.visit.pk}/note/")
    shown = page.content.decode()
    assert [shown.index(word) for word in ("Added 1.", "Added 2.", "Third.")] == sorted(
        shown.index(word) for word in ("Added 1.", "Added 2.", "Third.")
    )
    assert isinstance(kept["id"], UUID)
