"""What a client agreed to: to read, and to withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from ..intake.consent import TEXTS, area_name, is_valid
from ..models import Client, Consent, Episode
from ..ui import words


@dataclass(frozen=True)
class ConsentCard:
    """One consent: the words that were signed, their version, its days, and what withdrawing it
    means. `may_withdraw` while it counts.
    """

    id: UUID
    title: str
    area: str
    text: str
    version: str
    signed: str
    state: str
    tone: str
    means: str
    may_withdraw: bool
    sign_url: str


@dataclass(frozen=True)
class ConsentsPage:
    """Every consent of the client, those that count first."""

    cards: tuple[ConsentCard, ...]
    to_sign: tuple[tuple[str, str], ...]
    """Title and address of what can be signed and has not been."""


@dataclass(frozen=True)
class WithdrawPage:
    """The question before a consent is withdrawn."""

    card: ConsentCard


def summary(client: Client, now: datetime) -> str:
    """How many stand, in a few words."""
    today = words.local_day(now, client.practice.zone)
    given = list(client.consents.all())
    standing = sum(is_valid(one, today) for one in given)
    if not given:
        return "You have not signed anything yet."
    return f"{words.sentence(words.count(standing, 'agreement') + ' in force')}"


def page_of(client: Client, now: datetime) -> ConsentsPage:
    """The list, the newest of each kind; older ones stay in the record and the download."""
    cards = [card_of(one, now) for one in _newest(client)]
    episode = client.episodes.filter(state=Episode.State.OPEN).order_by("-opened_at").first()
    signed = {one.kind for one in _newest(client)}
    to_sign = (Consent.Kind.GENERAL, Consent.Kind.SENSITIVE_AREA, Consent.Kind.RELEASE)
    return ConsentsPage(
        cards=tuple(sorted(cards, key=lambda card: not card.may_withdraw)),
        to_sign=tuple(
            (TEXTS[kind].title, reverse("intake_consent", args=[episode.pk, kind]))
            for kind in to_sign
            if episode and kind not in signed
        ),
    )


def card_of(consent: Consent, now: datetime) -> ConsentCard:
    """One consent in words."""
    zone = consent.client.practice.zone
    kind, today = Consent.Kind(consent.kind), words.local_day(now, zone)
    counts, is_spoken = is_valid(consent, today), kind is Consent.Kind.SPOKEN
    episode = consent.episode or consent.client.episodes.order_by("-opened_at").first()
    return ConsentCard(
        id=consent.pk,
        title=TEXTS[kind].title,
        area=area_name(consent.area) if consent.area else "",
        text=consent.text,
        version=consent.text_version,
        signed=f"{'Asked' if is_spoken else 'Signed'} by {consent.signed_name} on "
        f"{words.long_day(words.local_day(consent.signed_at, zone))}.",
        state=_state(consent, counts=counts),
        tone="good" if counts else "caution" if consent.revoked_at else "plain",
        means=TEXTS[kind].withdrawn,
        may_withdraw=counts,
        sign_url=""
        if counts or episode is None or is_spoken or kind is Consent.Kind.KEEPING
        else reverse("intake_consent", args=[episode.pk, kind]),
    )


def _state(consent: Consent, *, counts: bool) -> str:
    zone = consent.client.practice.zone
    if consent.revoked_at is not None:
        return f"Withdrawn on {words.long_day(words.local_day(consent.revoked_at, zone))}"
    if consent.expires_on is None:
        return "In force"
    until = words.long_day(consent.expires_on)
    return f"In force until {until}" if counts else f"Ran out on {until}"


def _newest(client: Client) -> list[Consent]:
    latest: dict[tuple[str, str], Consent] = {}
    for one in client.consents.select_related("client__practice", "episode").order_by(
        "signed_at", "id"
    ):
        latest[one.kind, one.area] = one
    return list(latest.values())
