"""The overview of an intake: its sections in words, and which consents stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.urls import reverse

from ...knowledge import load
from ...reasoning.case import Case
from ...reasoning.interview import Section, said_last, sections
from ..access import Request
from ..models import Consent, Episode, Intake
from ..people.actions import age_on
from ..ui.episode_states import rail_of
from ..ui.words import local_day, long_day
from .answers import case_of
from .consent import TEXTS, area_name
from .pages import ConsentLine, IntakePage, SectionLine, consent_word
from .words import answer_words

GROWN_UP: Final = 18
ON_OCCASION: Final = (Consent.Kind.KEEPING, Consent.Kind.PAUSE, Consent.Kind.SPOKEN)
"""Consents that are asked for elsewhere, when there is an occasion; shown here once given."""


def latest(episode: Episode) -> Intake | None:
    """The newest version of the intake, open or completed."""
    return episode.intakes.order_by("-version").first()


def base_of(request: Request) -> str:
    """Staff see the episode's rail; a client sees the plain page."""
    return "base_episode.html" if request.actor.is_staff else "base.html"


def intake_page(episode: Episode, intake: Intake | None, *, today: date, base: str) -> IntakePage:
    """The page for an episode whose intake may not have begun."""
    case = case_of(intake) if intake else Case({}, today)
    done = frozenset(intake.sections_done) if intake else frozenset()
    complete = intake is not None and intake.completed_at is not None
    lines = tuple(_line(episode, case, section, done, complete) for section in sections(case))
    left = [line for line in lines if not line.is_done]
    return IntakePage(
        episode=rail_of(episode, "intake"),
        heading="What you told us" if base == "base.html" else "Intake",
        lede=_lede(intake, complete),
        sections=lines if intake else (),
        next_url=left[0].url if left and intake else "",
        next_word=left[0].title if left else "",
        is_complete=complete,
        has_begun=intake is not None,
        begin_url=reverse("intake_begin", args=[episode.pk]),
        version=intake.version if intake else 0,
        screen_url=reverse("screen_show", args=[episode.pk]) if complete else "",
        download_url=reverse("intake_download", args=[episode.pk]) if intake else "",
        consents=tuple(_consents(episode, case, today)),
        base=base,
    )


def _lede(intake: Intake | None, complete: bool) -> str:
    if intake is None:
        return "Nothing has been asked yet. It takes about six minutes."
    if complete:
        return f"As of {long_day(intake.as_of)}."
    if intake.version > 1:
        return "Look through each part and say only what has changed."
    return "You can stop at any time. What is saved stays."


def _line(
    episode: Episode, case: Case, section: Section, done: frozenset[str], complete: bool
) -> SectionLine:
    is_done = section.id in done
    return SectionLine(
        id=section.id,
        title=section.title,
        url=reverse("intake_section", args=[episode.pk, section.id]) if not complete else "",
        tone="good" if is_done else "plain",
        word="Done" if is_done else "To do",
        is_done=is_done,
        answers=tuple(told(case, section)) if is_done else (),
    )


def told(case: Case, section: Section) -> Iterable[tuple[str, str]]:
    """Each question of a section that was answered or had to be, with the answer in words."""
    for question in section.questions:
        if question.kind == "marks":
            yield question.text, _places(case)
        elif question.id in case.answers or not question.optional:
            yield question.text, answer_words(question.id, said_last(question, case))


def _places(case: Case) -> str:
    regions = load().regions
    names = dict.fromkeys(
        regions[mark.region].name for mark in case.marks if mark.layer == "client"
    )
    return "; ".join(names) or "nothing marked"


def _consents(episode: Episode, case: Case, today: date) -> Iterable[ConsentLine]:
    given = list(_latest_consents(episode))
    age = age_on(episode.client.born_on, today)
    alone = age is not None and age >= GROWN_UP and case.answer("decides_for_self") is True
    unasked = (*ON_OCCASION, Consent.Kind.MINOR) if alone else ON_OCCASION
    for text in TEXTS.values():
        if text.kind in unasked and not any(c.kind == text.kind for c in given):
            continue
        found: list[Consent | None] = [item for item in given if item.kind == text.kind]
        for consent in found or [None]:
            tone, word = consent_word(consent, today)
            yield ConsentLine(
                title=text.title,
                text=consent.text if consent else text.text,
                tone=tone,
                word=word,
                detail=_detail(consent, episode.client.practice.zone),
                sign_url=""
                if word == "Given" or text.kind in ON_OCCASION
                else reverse("intake_consent", args=[episode.pk, text.kind]),
                revoke_url=reverse("intake_consent_revoke", args=[episode.pk, consent.pk])
                if consent and word == "Given"
                else "",
            )


def _latest_consents(episode: Episode) -> Iterable[Consent]:
    """For each kind and area the latest consent of the client."""
    latest: dict[tuple[str, str], Consent] = {}
    for consent in episode.client.consents.order_by("signed_at"):
        latest[consent.kind, consent.area] = consent
    return latest.values()


def _detail(consent: Consent | None, zone: str) -> str:
    if consent is None:
        return ""
    area = f"{area_name(consent.area)}. " if consent.area else ""
    area = f"For {consent.recipient}. " if consent.recipient else area
    on = long_day(local_day(consent.signed_at, zone))
    how = "Asked by" if consent.kind == Consent.Kind.SPOKEN else "Signed by"
    signed = f"{how} {consent.signed_name} on {on}."
    if consent.revoked_at is not None:
        return f"{area}{signed} Withdrawn on {long_day(local_day(consent.revoked_at, zone))}."
    until = f" Counts until {long_day(consent.expires_on)}." if consent.expires_on else ""
    return f"{area}{signed}{until}"
