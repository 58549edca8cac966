"""The stage of the offline run, made and read back inside the site's environment. Prints JSON."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bench.offline import PARTS
from bench.race_stage import session_of
from tests.support import visits
from tests.support.cast import house
from unknot.clinic import models as m
from unknot.clinic.access import Sent, for_staff
from unknot.clinic.treat.actions import dial_link, merge, notes
from unknot.clinic.treat.actions import visit as actions


def make(count: int) -> None:
    """One therapist and so many visits in session, each of an appointment of its own."""
    home, now = house(), datetime.now(UTC)
    visits.plan(home, visits.screen(home, gentle_groups=[]))
    home.episode.screenings.update(decided_at=now)
    until = now.date() + timedelta(days=30)
    visits.consent(home, "sensitive_area", area="buttock_left", expires_on=until)
    ann, keys = home.actor(home.ann), []
    for number in range(count):
        booked = visits.appointment(home, days=number * 7)
        visit = actions.open_visit(appointment=booked, by=ann, now=now)
        actions.start_visit(visit=visit, by=ann, now=now - timedelta(hours=1))
        keys.append(str(visit.pk))
    booked = visits.appointment(home)  # today's, which nobody has opened yet
    booked.starts_at = booked.wall_start = now
    booked.ends_at = now + timedelta(hours=1)
    booked.save()
    told = {"visits": keys, "session": session_of(home.ann), "booked": str(booked.pk)}
    print(json.dumps(told | {"episode": str(home.episode.pk)}))


def make_today(key: str) -> None:
    """Moves a visit's appointment to this hour, and the other visits of today away."""
    now = datetime.now(UTC)
    booked = m.Visit.everything.get(pk=key).appointment
    near = m.Appointment.everything.filter(
        starts_at__gt=now - timedelta(days=2),
        starts_at__lt=now + timedelta(days=2),
        visit__isnull=False,
    )
    for number, other in enumerate(near.exclude(pk=booked.pk), start=1):
        _move(other, now - timedelta(days=3000 + number))
    _move(booked, now - timedelta(minutes=5))


def sign(key: str) -> None:
    """Ends a visit and signs its note, on yet another device."""
    visit, now = m.Visit.everything.get(pk=key), datetime.now(UTC)
    booked = visit.appointment
    client = SimpleNamespace(episode=booked.episode, cora=booked.client)
    visits.consent(client, expires_on=now.date() + timedelta(days=30))  # type: ignore[arg-type]
    by = for_staff(booked.staff)
    for when in ("before", "after"):
        actions.set_pain(visit=visit, when=when, pain=3, by=by, now=now)
    actions.take_up(visit=visit, area="low_back", by=by, now=now)
    actions.finish_visit(visit=visit, by=by, now=now)
    notes.sign_note(note=notes.write_note(visit=visit, by=by, now=now), by=by, now=now)


def dial(key: str, *, is_open: bool) -> None:
    """Opens a visit's dial and prints its address, or closes it."""
    visit, now = m.Visit.everything.get(pk=key), datetime.now(UTC)
    by = for_staff(visit.appointment.staff)
    if is_open:
        dial_link.open_dial(visit=visit, by=by, now=now)
        link = dial_link.open_link(visit, now)
        print(f"/dial/{dial_link.token_of(link)}/" if link else "")
    else:
        dial_link.close_dial(visit=visit, by=by, now=now)


def beside(key: str) -> None:
    """Two fields of a visit for which another device has another value."""
    visit, now = m.Visit.everything.get(pk=key), datetime.now(UTC)
    by, sent = for_staff(visit.appointment.staff), Sent(at=now, received=now, device="phone")
    for field, value in (("pain_before", 4), ("room_words", "Slept badly, the desk is new.")):
        merge.set_beside(visit=visit, field=field, value=value, sent=sent, by=by)


def _move(booked: m.Appointment, to: datetime) -> None:
    booked.starts_at = booked.wall_start = to
    booked.ends_at = to + timedelta(hours=1)
    booked.save()


def look(path: str) -> None:
    """Holds what the database has against what was entered: see `bench.offline`."""
    told = json.loads(Path(path).read_text())
    found = [judge(one) for one in told]
    print(json.dumps({"runs": found}))


def judge(run: dict[str, Any]) -> dict[str, Any]:
    """One visit: what is lost, doubled or silently overwritten, each with its words."""
    visit = m.Visit.everything.get(pk=run["visit"])
    changes = list(visit.changes.order_by("received_at", "id"))
    lost = _lost_keys(run) + _lost_values(run, visit, changes) + _lost_work(run, visit, changes)
    return {
        "visit": run["visit"],
        "lost": lost,
        "doubled": _doubled(run, visit, changes),
        "silent": _silent(visit, changes),
        "conflicts": sum(1 for one in changes if one.state != "kept"),
        "entries": visit.entries.count(),
    }


def _taken(run: dict[str, Any]) -> list[dict[str, Any]]:
    """What was entered and not refused with a reason that stands on the device."""
    return [step for step in run["entered"] if step["key"] not in run["refused"]]


def _lost_keys(run: dict[str, Any]) -> list[str]:
    """Entries whose key the server never carried out, and that the device does not hold either."""
    keys = {step["key"] for step in _taken(run)}
    kept = set(
        m.OnceKey.everything.filter(key__in=keys, status__lt=400).values_list("key", flat=True)
    )
    return [f"{step['kind']} {step['value']}" for step in _taken(run) if step["key"] not in kept]


def _lost_values(run: dict[str, Any], visit: m.Visit, changes: list[Any]) -> list[str]:
    """Last words and numbers of each device that stand nowhere: not in force, in no version,
    not beside."""
    last: dict[tuple[str, str], Any] = {}
    for step in _taken(run):
        if step["kind"] in ("pain_before", "pain_after", "words") or step["kind"] in PARTS:
            last[step["device"], step["kind"]] = step["value"]
    return [
        f"{kind} {value} of {device}"
        for (device, kind), value in last.items()
        if not _stands(visit, changes, kind, value)
    ]


def _stands(visit: m.Visit, changes: list[Any], kind: str, value: Any) -> bool:
    if kind in PARTS:
        note = m.Note.everything.filter(visit=visit).first()
        texts = {version.parts[kind] for version in note.versions.all()} if note else set()
        beside = {one.value for one in changes if one.field == f"note_{kind}"}
        return value in texts | beside
    now = {"pain_before": visit.pain_before, "pain_after": visit.pain_after}
    field = "room_words" if kind == "words" else kind
    held = {one.value for one in changes if one.field == field and one.value is not None}
    return value == now.get(kind, visit.room_words) or value in held


def _work(visit: m.Visit, changes: list[Any]) -> Counter[str]:
    """How often each area was worked on: entries, what is in work, and what stands beside it."""
    found = Counter(entry.area for entry in visit.entries.all())
    if visit.area_in_work:
        found[visit.area_in_work] += 1
    for one in changes:
        if one.field == "work" and one.state == "open":
            found[one.value["area"]] += 1
    return found


def _tapped(run: dict[str, Any], *, again: bool) -> Counter[str]:
    """How often each area was tapped: to begin it; or `again`, while it was in work there."""
    areas = [step for step in _taken(run) if step["kind"] == "area"]
    return Counter(step["value"] for step in areas if step["again"] == again)


def _lost_work(run: dict[str, Any], visit: m.Visit, changes: list[Any]) -> list[str]:
    """Areas worked on less often than they were tapped. What is tapped again goes on."""
    missing = _tapped(run, again=False) - _work(visit, changes)
    return [f"area {area}" for area in missing.elements()]


def _doubled(run: dict[str, Any], visit: m.Visit, changes: list[Any]) -> list[str]:
    """Areas worked on more often than they were tapped, and texts kept twice.

    A change of pressure after half a minute makes an entry of its own; so many are allowed. An
    area tapped again on a device goes on, unless the other one has ended it unseen.
    """
    wanted = _tapped(run, again=False)
    if len({step["device"] for step in _taken(run) if step["kind"] in ("area", "pause")}) > 1:
        wanted += _tapped(run, again=True)
    extra = list((_work(visit, changes) - wanted).elements())
    splits = sum(1 for step in _taken(run) if step["kind"] == "pressure")
    doubled = [f"area {area}" for area in extra[splits:]]
    note = m.Note.everything.filter(visit=visit).first()
    for step in _taken(run):
        if step["kind"] in PARTS and note is not None:
            held = [
                one.number
                for one in note.versions.all()
                if step["kind"] in one.changed and one.parts[step["kind"]] == step["value"]
            ]
            doubled += [f"{step['kind']} {step['value']}"] * (len(held) > 1)
    return doubled


def _silent(visit: m.Visit, changes: list[Any]) -> list[str]:
    """Versions written by one device over those of another that it had not seen.

    The response of an area that is closed goes into its entry; the next area begins with none.
    """
    found: list[str] = []
    noted = {entry.response for entry in visit.entries.all()}
    newest: dict[str, Any] = {}
    for one in sorted(changes, key=lambda row: row.number or 0):
        if one.state != "kept":
            continue
        before = newest.get(one.field)
        chosen = one.device == "" and one.base is None
        unseen = before is not None and (one.base is None or one.base < before.number)
        closed = one.field == "response" and one.value == "" and before and before.value in noted
        if unseen and before.device != one.device and not (chosen or closed):
            same = one.value == before.value and one.value is not None
            found += [] if same else [f"{one.field} {before.value} by {one.value}"]
        newest[one.field] = one
    return found
