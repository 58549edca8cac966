"""Devices in the same visit, each with a name of its own and the versions it saw last."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client as Browser

from tests.support import visits
from unknot.clinic.access import account_of
from unknot.clinic.models import Visit


class Device:
    """A tablet with a name of its own that knows the versions it saw last."""

    def __init__(self, room: visits.Room, name: str) -> None:
        self.visit, self.name, self.by = room.visit, name, room.ann
        self.browser = Browser()
        self.browser.force_login(room.house.ann.user)
        self.account, self.bases, self.count = account_of(room.ann), "{}", 0

    def post(self, path: str, data: dict[str, Any], *, ago: int = 0, follow: bool = True) -> Any:
        self.count += 1
        headers = {
            "Accept": "application/json",
            "Unknot-Account": self.account,
            "Unknot-Device": self.name,
            "Unknot-Age": str(ago * 1000),
            "Idempotency-Key": f"{self.name}-{self.count}",
        }
        body = {**data, "bases": self.bases}
        answer = self.browser.post(f"/visits/{self.visit.pk}/{path}/", body, headers=headers)
        told = answer.json()
        if follow and "versions" in told:
            self.bases = json.dumps(told["versions"])
        return told

    def tap(self, *, ago: int = 0, follow: bool = True, **data: Any) -> Any:
        return self.post("tap", data, ago=ago, follow=follow)

    def edit(self, *, bases: dict[str, int], **parts: str) -> Any:
        """Sends parts of the note, made on these versions."""
        self.bases = json.dumps(bases)
        return self.post("note/edit", parts, follow=False)

    def fresh(self) -> Visit:
        """The visit as it is now."""
        return Visit.everything.get(pk=self.visit.pk)
