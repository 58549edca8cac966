"""The linear quantities behind the figures: for each, a row of coefficients and of the last state.

At a theta every quantity is ``row b + state (D, W)``; the rows depend on tau and tauE alone.
"""

from dataclasses import dataclass

import numpy as np

from unknot.reasoning.outcomes.engine.arrays import Array
from unknot.reasoning.outcomes.engine.design import levels
from unknot.reasoning.outcomes.engine.fitted import Fitted, session_rows
from unknot.reasoning.outcomes.engine.mixture import Mixture, combine, mixture
from unknot.reasoning.outcomes.engine.priors import ALPHA_DAYS

HOUR = 1 / 24
SCHEDULES = (("weekly", 7.0), ("twice_a_week", 3.5), ("fortnightly", 14.0))


@dataclass
class Rows:
    """Rows gathered under names, all for the same theta."""

    fitted: Fitted
    names: list[str]
    rows: list[Array]
    states: list[Array]
    extra: list[Array]

    def add(self, name: str, row: Array, drift: float = 0.0, extra: Array | None = None) -> None:
        """A quantity: its row (m, p), how much of W it holds, and variance to add (m,)."""
        m = len(row)
        self.names.append(name)
        self.rows.append(row)
        self.states.append(np.column_stack([np.zeros(m), np.full(m, drift)]))
        self.extra.append(np.zeros(m) if extra is None else extra)

    def mixture(self, shift: Array | None = None) -> Mixture:
        """All of them as one mixture; ``shift`` moves the coefficients (the hopeful prior)."""
        found = self.fitted.found
        rows, states = np.stack(self.rows, axis=1), np.stack(self.states, axis=1)
        mean, var = combine(found, rows, states)
        var = var + np.stack(self.extra, axis=1)
        if shift is not None:
            inner = rows - states @ found.filtered.last[:, :, :-1]
            mean = mean + np.einsum("mkp,mp->mk", inner, shift)
        return mixture(found, mean, var, self.fitted.seed)

    def take(self, prefix: str) -> "Rows":
        """Only the quantities whose names begin so."""
        kept = [place for place, name in enumerate(self.names) if name.startswith(prefix)]
        chosen = (
            [values[place] for place in kept] for values in (self.rows, self.states, self.extra)
        )
        return Rows(self.fitted, [self.names[place] for place in kept], *chosen)

    def at(self, name: str) -> int:
        """The position of a quantity."""
        return self.names.index(name)


def gather(one: Fitted) -> Rows:
    """Every linear quantity of a Fit."""
    found = Rows(one, [], [], [], [])
    _add_levels(found, one)
    _add_session(found, one)
    _add_relief(found, one)
    for place, kind in enumerate(one.made.kinds):
        if kind == "factor":
            found.add(one.made.names[place], _single(one, place))
    return found


def _single(one: Fitted, place: int, value: Array | float = 1.0) -> Array:
    row = np.zeros((len(one.found.theta), len(one.made.names)))
    row[:, place] = value
    return row


def _add_levels(found: Rows, one: Fitted) -> None:
    """The level now and at the start, and the change between them by its parts."""
    made, theta = one.made, one.found.theta
    ends = levels(made, np.array([0.0, one.now]), made.session_t, made.dose, theta)
    start, now = ends[:, 0], ends[:, 1]
    grown = theta[:, 3] ** 2 * one.silence  # variance W gained since the last answer
    found.add("level_start", start)
    found.add("level_now", now, 1.0, grown)
    found.add("total", now - start, 1.0, grown)
    parts = {
        "anyway": ("recovery",),
        "massage": ("delta", "technique", "dose"),
        "lasting": ("lasting",),
        "other": ("medicine", "elsewhere"),
    }
    kinds = np.array(made.kinds)
    for name, wanted in parts.items():
        found.add(name, (now - start) * np.isin(kinds, wanted))
    found.add("drift", np.zeros_like(now), 1.0, grown)


def _add_session(found: Rows, one: Fitted) -> None:
    """What follows one usual session: at an hour, as rated, at once, after a week, for good."""
    made = one.made
    hour = session_rows(one, one.found.theta, HOUR)
    hour[:, made.at("alpha")] = one.dose * np.exp(-HOUR / ALPHA_DAYS)
    hour[:, made.at("lasting")] = one.dose
    rating = _single(one, made.at("rating"))
    found.add("immediate", hour)
    found.add("immediate_rated", hour + rating)
    found.add("rating_effect", rating)
    found.add("carry_jump", session_rows(one, one.found.theta, 0.0))
    found.add("left_after_7d", session_rows(one, one.found.theta, 7.0))
    found.add("lasting_per_session", _single(one, made.at("lasting"), one.dose))


def _add_relief(found: Rows, one: Fitted) -> None:
    """R = -(carry jump) tau / gap: the average over the week once a schedule has settled."""
    jump, tau = session_rows(one, one.found.theta, 0.0), one.found.theta[:, 4]
    for name, gap in (("own", one.gap), *SCHEDULES):
        found.add(f"relief_{name}", -jump * (tau / gap)[:, None])
