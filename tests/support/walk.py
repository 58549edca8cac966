"""Every page of a running demo clinic: which addresses each kind of person can open."""

from __future__ import annotations

import json

from tests.support.site import Site

# Prints, for each role, the addresses of all routes with an id of each kind filled in.
GATHER = """
import json
from django.db.models import Count
from django.urls import URLPattern, URLResolver, get_resolver
from datetime import UTC, datetime
from unknot.clinic.models import Appointment, Client, Episode, Staff, Visit
from unknot.clinic.outcomes import refit

SIGN_IN = ["account_login", "account_signup", "account_reset_password",
           "account_reset_password_done"]
ACCOUNT = ["account_logout", "account_change_password", "account_email", "mfa_index",
           "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "account_reauthenticate"]

def routes(patterns, before=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            continue
        yield entry

def rich(episodes):
    return episodes.annotate(n=Count("check_ins", distinct=True)).order_by("-n").first()

def fill(route, ids):
    names = list(route.pattern.converters)
    if any(name not in ids or ids[name] is None for name in names):
        return None
    text = "/" + str(route.pattern)
    for name, converter in route.pattern.converters.items():
        for spelled in (f"<uuid:{name}>", f"<str:{name}>", f"<slug:{name}>", f"<int:{name}>"):
            text = text.replace(spelled, str(ids[name]))
    return None if "<" in text else text

def ids_for(episode, extra=()):
    if episode is None:
        return {}
    done = Appointment.everything.filter(episode=episode, visit__isnull=False)
    coming = Appointment.everything.filter(episode=episode, state="booked")
    appointment = coming.first() or done.last()
    visit = Visit.everything.filter(appointment__episode=episode).last()
    note = getattr(visit, "note", None) if visit else None
    plan = episode.plans.order_by("-number").first()
    assessment = episode.assessments.last()
    found = {
        "episode_id": episode.pk, "client_id": episode.client_id,
        "appointment_id": appointment and appointment.pk, "visit_id": visit and visit.pk,
        "note_id": note and note.pk, "plan_id": plan and plan.pk,
        "screening_id": episode.screenings.last() and episode.screenings.last().pk,
        "assessment_id": assessment and assessment.pk, "staff_id": Staff.everything.first().pk,
    }
    found.update(extra)
    return {name: value and str(value) for name, value in found.items()}

def open_ones():
    return Episode.everything.filter(state="open")

logins = json.loads(LOGINS)
found = {}
from django.urls import reverse
for who, email in logins:
    role = who.lower().replace(" ", "_")
    staff = Staff.everything.filter(user__email=email).first()
    client = Client.everything.filter(user__email=email).first()
    mine = open_ones()
    if staff is not None and staff.role == "therapist":
        mine = mine.filter(client__care_team__staff=staff)
    if client is not None:
        mine = mine.filter(client=client)
    picks = [rich(mine), mine.order_by("-opened_at").first()]
    for episode in filter(None, picks):
        refit.ask(episode.pk)
    refit.run(now=datetime.now(UTC), limit=2)
    sets = [ids_for(episode) for episode in dict.fromkeys(picks)] or [{}]
    if role == "owner":  # sees the therapist's pages too; those are walked once
        sets = [{"staff_id": str(Staff.everything.first().pk)}]
    if role == "front_desk":
        keep = ("client_id", "episode_id", "appointment_id")
        sets = [{name: sets[0].get(name) for name in keep}]
    urls = [fill(route, ids) for ids in sets for route in routes(get_resolver().url_patterns)]
    found[role] = list(dict.fromkeys(url for url in urls if url))
    found[role] += [reverse(name) for name in ACCOUNT]
from datetime import UTC, datetime, timedelta
from unknot.clinic.access import new_token, token_hash
from unknot.clinic.follow_up.actions.reminders import token_for
from unknot.clinic.models import CheckInLink
links = []
for kind in ("diary", "soreness"):
    visit = Visit.everything.filter(finished_at__isnull=False).last()
    token, now = new_token(), datetime.now(UTC)
    CheckInLink.everything.create(
        episode=visit.appointment.episode, kind=kind, token_hash=token_hash(token), made_at=now,
        visit=visit if kind == "soreness" else None, expires_at=now + timedelta(days=1))
    links.append(f"/c/{token}/")
page = f"/reminders/{token_for(visit.appointment.client, now)}/"
links += [page, f"{page}stop/"]
found["anonymous"] = links + list(dict.fromkeys(
    [url for route in routes(get_resolver().url_patterns) if (url := fill(route, {}))]
    + [reverse(name) for name in SIGN_IN] + ["/no-such-page/"]))
print("PAGES" + json.dumps(found))
"""
SKIPPED = ("/healthz", "/manifest", "/feeds/", "/gallery")


def addresses(site: Site, logins: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """By role, every address that could be a page for it; refused ones are among them."""
    said = site.run(f"LOGINS = {json.dumps(json.dumps(logins))}\n{GATHER}")
    pages: dict[str, list[str]] = json.loads(said.split("PAGES", 1)[1])
    return {
        role: [url for url in urls if not url.startswith(SKIPPED)] for role, urls in pages.items()
    }
