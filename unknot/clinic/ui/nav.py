"""The menu, by who is asking. Staff have the same four words on the phone and at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from ..access.actor import Actor


@dataclass(frozen=True)
class Item:
    """One word of the menu."""

    label: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True)
class Nav:
    """The menu of one page: its words, the name of the practice, and whether it is for staff."""

    items: tuple[Item, ...]
    where: str
    is_staff: bool
    signed_in: bool


STAFF = (
    ("Today", "today", "today"),
    ("Clients", "client_list", "clients"),
    ("Calendar", "calendar", "calendar"),
    ("More", "more", "more"),
)
CLIENT = (("My care", "me", "knot"), ("More", "more", "more"))
PUBLIC = (("Self-check", "self_check", "check"), ("Sign in", "account_login", "person"))


def menu(actor: Actor | None, path: str) -> Nav:
    """The menu for this actor on this path; an actor of ``None`` sees the public one."""
    where = actor.practice.name if actor is not None and actor.practice else ""
    if actor is not None and actor.is_staff:
        return Nav(_items(STAFF, path), where, is_staff=True, signed_in=True)
    if actor is not None and actor.kind == "client":
        return Nav(_items(CLIENT, path), where, is_staff=False, signed_in=True)
    if actor is not None and actor.user is not None:
        return Nav((), where, is_staff=False, signed_in=True)
    return Nav(_items(PUBLIC, path), where, is_staff=False, signed_in=False)


def _items(words: tuple[tuple[str, str, str], ...], path: str) -> tuple[Item, ...]:
    return tuple(
        Item(label, url, icon, is_current=path.startswith(url))
        for label, name, icon in words
        if (url := address(name))
    )


def address(name: str, *args: object) -> str:
    """The address with this name, or empty where this installation does not serve it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
