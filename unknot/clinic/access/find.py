"""The only way from a request to rows: scoped by the policy, refusing by default."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from .actor import Actor
from .paths import PATHS
from .policy import relation
from .request import Request

Row = TypeVar("Row", bound=Model)


class Refused(Exception):
    """The actor may not do this. Carries the action's name and no personal data."""

    def __init__(self, action: str, kind: str) -> None:
        super().__init__(f"{kind} may not {action}")
        self.action = action


def scope(model: type[Row], actor: Actor, action: str) -> QuerySet[Row]:
    """The rows of ``model`` this actor may do ``action`` to; none where the policy is silent."""
    rows: QuerySet[Row] = model._default_manager.all()
    reach = relation(actor, action)
    if reach == "any" and actor.kind == "system":
        return rows
    where = None if reach is None else _where(model, actor, reach)
    return rows.none() if where is None else rows.filter(where)


def _where(model: type[Model], actor: Actor, reach: str) -> Q | None:
    """The condition of a relation for a model, or ``None`` when there is no way to tell."""
    paths = PATHS.get(model)
    if paths is None:
        return None
    in_practice = _is(paths.practice, actor.practice)
    if in_practice is None or paths.shared:
        return in_practice
    if reach == "own" or (reach == "any" and not actor.is_staff):
        return _is(paths.client, actor.client)
    if reach == "link":
        return _is(paths.episode, actor.episode)
    if reach in ("any", "practice"):
        return in_practice
    if paths.client is None or actor.staff is None:
        return None
    team = f"{paths.client}__care_team__staff" if paths.client else "care_team__staff"
    return in_practice & Q(**{team: actor.staff.pk})


def _is(path: str | None, row: Model | None) -> Q | None:
    if path is None or row is None:
        return None
    return Q(**{path or "pk": row.pk})


def find(model: type[Row], pk: UUID, request: Request, action: str = "") -> Row:
    """The row with this key, if the view's action (or ``action``) allows this actor to see it.

    Raises Http404 for an unknown key and for somebody else's alike, so that an answer never
    tells which keys exist.
    """
    row = listing(model, request, action).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def listing(model: type[Row], request: Request, action: str = "") -> QuerySet[Row]:
    """Rows of ``model`` the actor may do the view's action (or ``action``) to."""
    return scope(model, request.actor, action or request.access_action)


def require(actor: Actor, action: str, *rows: Model) -> None:
    """Raises Refused unless the actor may do the action to every one of these rows."""
    if relation(actor, action) is None:
        raise Refused(action, actor.kind)
    for row in rows:
        if row._state.adding or type(row) not in PATHS:
            continue
        if not scope(type(row), actor, action).filter(pk=row.pk).exists():
            raise Refused(action, actor.kind)
