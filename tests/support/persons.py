"""Three real persons, as they would answer on a phone, and a way to walk them through."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client as Browser

from unknot.knowledge import load

Told = Mapping[str, Any]

WELL: Told = {
    "decides_for_self": "yes",
    "age_years": "51",
    "sex": "male",
    "main_area": "low_back",
    "leg_pain": "none",
    "pain_weeks_0": "2",
    "pain_weeks_1": "years",
    "onset": "gradual",
    "trauma": "none",
    "pain_now": "5",
    "pain_average": "6",
    "worse_by": ["sitting"],
    "better_by": ["moving"],
    "morning_stiffness": "none",
    "bladder_change": "none",
    "typing_hours_per_day": "6",
    "lifting_hours_per_day": "1,5",
    "standing_hours_per_day": "2",
    "sleep_quality_0_10": "6",
    "stress_0_10": "4",
    "activities_0": "sit through a film",
    "tried_before": ["exercise"],
    "pressure_wish": "3",
}
"""A man of 51 with low back pain for two years, no leg pain, nothing else."""

TYPIST: Told = {
    **WELL,
    "age_years": "44",
    "sex": "female",
    "main_area": "neck_upper_back",
    "arm_pain": "none",
    "numb_areas": ["little_fingers_both"],
    "numb_since": "months",
    "typing_hours_per_day": "10.5",
    "tried_before": ["massage"],
    "massage_before_weeks_0": "2",
    "massage_before_weeks_1": "years",
    "massage_before_helped": "a_little",
}
"""More than ten hours of typing a day, both little fingers numb, two years of weekly massage."""

SADDLE: Told = {
    **WELL,
    "age_years": "38",
    "sex": "female",
    "pain_weeks_0": "2",
    "pain_weeks_1": "weeks",
    "onset": "sudden",
    "bladder_change": "cannot_pass",
    "saddle_numb": "yes",
}
"""Back pain for two weeks; since yesterday a numb saddle area, and she cannot pass urine."""

A_MARK = {
    "region": "low_back_right",
    "kind": "ache",
    "intensity": 6,
    "view": "back",
    "layer": "client",
    "stroke": [],
    "note": "",
}


def text_of(response: HttpResponse) -> str:
    """The words of a page, without its tags."""
    bare = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare)))


def fill(response: HttpResponse, told: Told) -> dict[str, Any]:
    """What the person sends for the questions on this page; anything not told is "no"."""
    html = response.content.decode()
    names = dict.fromkeys(re.findall(r'\sname="([a-z0-9_]+)"', html))
    sent: dict[str, Any] = {}
    for name in names:
        if name in ("csrfmiddlewaretoken", "back", "nothing_changed", "light", "next"):
            continue
        if name == "marks":
            sent[name] = json.dumps([A_MARK])
        elif name in told:
            sent[name] = told[name]
        elif name.startswith("check_"):
            sent[name] = ticked(name, told)
        else:
            sent.update(_no(name, html))
    return sent


def ticked(checklist: str, told: Told) -> list[str]:
    """What the person ticks on a checklist, from what they would say to each of its questions."""

    def is_true(question: str, choice: str) -> bool:
        said = told.get(question, "")
        if choice in ("", "no"):
            return said == ("no" if choice else "yes")
        return bool(choice in said if isinstance(said, list) else choice == said)

    question = load().questions[checklist]
    unsure = any(told.get(name) == "not_sure" for name in question.members)
    found = [
        choice.id
        for choice in question.choices
        if any(is_true(fact.question, fact.choice) for fact in choice.facts)
    ]
    return [*found, *(["unsure"] if unsure else [])] or ["none"]


def _no(name: str, html: str) -> dict[str, Any]:
    tags = re.findall(rf'<input[^>]*name="{name}"[^>]*>', html)
    values = re.findall(r'value="([^"]*)"', " ".join(tags))
    if "no" in values:
        return {name: "no"}
    return {name: ["none"] if 'type="checkbox"' in " ".join(tags) else "none"} if values else {}


def walk_self_check(browser: Browser, told: Told) -> HttpResponse:
    """The last page of the self-check for this person: the result, or the emergency page."""
    page = browser.get("/self-check/1/")
    for _ in range(80):
        if 'id="answers"' not in page.content.decode():
            return page
        page = browser.post(page.request["PATH_INFO"], fill(page, told), follow=True)
        assert page.status_code == 200, text_of(page)
    raise AssertionError("the self-check does not end")


def walk_intake(browser: Browser, episode_id: object, told: Told) -> HttpResponse:
    """The last page after filling in every section of a client's intake."""
    page = browser.post(f"/episodes/{episode_id}/intake/begin/", follow=True)
    for _ in range(40):
        here = page.request["PATH_INFO"]
        if "/intake/" not in here:
            return page
        page = browser.post(here, fill(page, told), follow=True)
        assert page.status_code == 200, text_of(page)
    raise AssertionError("the intake does not end")
