"""The ways a message goes out. E-mail is always there; a way for text messages is plugged in.

``UNKNOT_TEXT_CHANNEL`` names it: ``console`` prints each message, ``file:FOLDER`` writes each to a
file, and ``package.module:Class`` is a class of one's own with the method of ``Channel``, made
without arguments. Without the setting no text message is offered to anybody.
"""

from __future__ import annotations

import importlib
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from django.core.mail import EmailMessage

from ..models import Channel as Way


@dataclass(frozen=True)
class Message:
    """One message. ``stop_address`` is where one tap ends this kind of message, "" without."""

    to: str
    subject: str
    body: str
    stop_address: str = ""


class Channel(Protocol):
    """A way to send. Raises OSError when it could not: the message is tried again later."""

    def send(self, message: Message) -> None: ...


class Email:
    """E-mail by Django's backend, with the headers of a one-click stop (RFC 8058)."""

    def send(self, message: Message) -> None:
        """Sends one mail."""
        headers = {}
        if message.stop_address:
            headers = {
                "List-Unsubscribe": f"<{message.stop_address}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        EmailMessage(message.subject, message.body, None, [message.to], headers=headers).send()


class Console:
    """Text messages on the screen of whoever started the program: to try things out."""

    def send(self, message: Message) -> None:
        """Prints one message."""
        sys.stdout.write(f"To {message.to}:\n{message.body}\n")


@dataclass(frozen=True)
class File:
    """Text messages as files in a folder, one each, for a gateway that reads them from there."""

    folder: Path

    def send(self, message: Message) -> None:
        """Writes one message: the number on the first line, then the words."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{uuid.uuid4()}.txt"
        path.write_text(f"{message.to}\n{message.body}", encoding="utf-8")


def text_channel() -> Channel | None:
    """The way for text messages that is set up, or None."""
    named = str(settings.TEXT_CHANNEL)
    if not named:
        return None
    if named == "console":
        return Console()
    if named.startswith("file:"):
        return File(Path(named.removeprefix("file:")))
    module, _, name = named.partition(":")
    return cast(Channel, getattr(importlib.import_module(module), name)())


def channel(way: str) -> Channel | None:
    """The channel of a message, or None when it is not set up (any more)."""
    return Email() if way == Way.EMAIL else text_channel()


def address(way: str, email: str, phone: str) -> str:
    """Where a message of this way goes; "" when the client gave no such address, or the way is
    not there."""
    if way == Way.TEXT:
        return phone if text_channel() else ""
    return email if way == Way.EMAIL else ""
