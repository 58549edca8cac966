"""Integration over theta by adaptive importance sampling.

Round 1 takes 128 Sobol points from the prior, round 2 a multivariate t (6 degrees of freedom)
matched to their weighted moments, round 3 another one with 256 points. All rounds that share one
likelihood count together, each point weighted by prior x likelihood over the mixture of all
proposals (Cornuet et al. 2012, "Adaptive multiple importance sampling"). When the effective number
of points stays below 60, up to four more rounds follow, then one with four times the points; if
even that is not enough, the result says so.
"""

from dataclasses import dataclass

import numpy as np

from unknot.reasoning.outcomes.engine import dense, kalman, points
from unknot.reasoning.outcomes.engine.arrays import Array
from unknot.reasoning.outcomes.engine.design import Design
from unknot.reasoning.outcomes.engine.kalman import Filtered
from unknot.reasoning.outcomes.engine.sites import Sites

DIMENSIONS = 6
FIRST, SECOND, LAST = 128, 128, 256
LEAST_ESS = 60.0
MORE_ROUNDS = 4
FALLBACK = 4 * LAST
WIDEN = 1.15  # of the matched covariance: a proposal too narrow is worse than one too wide
MATCH_ESS = 24.0  # weights are tempered to this many points before moments are matched
NEGLIGIBLE = 1e-3  # of the mean weight: such points are left out of the figures


@dataclass(frozen=True)
class Posterior:
    """The weighted points of theta with what the filter says at each. Weights sum to 1."""

    theta: Array  # (m, 6) natural scales
    weights: Array  # (m,)
    filtered: Filtered
    points: int  # drawn in all
    ess: float
    enough: bool
    sites: Sites


@dataclass
class _Round:
    u: Array
    filtered: Filtered
    middle: Array
    root: Array  # Cholesky factor of the proposal's scale; the first round is normal
    student: bool

    def log_density(self, u: Array) -> Array:
        """The proposal's log density without the constants all proposals share, (k,)."""
        z = np.linalg.solve(self.root, (u - self.middle).T)
        squares = (z * z).sum(axis=0)
        scale = -np.log(np.diag(self.root)).sum()
        if not self.student:
            return np.asarray(scale - squares / 2 - DIMENSIONS / 2 * np.log(2 * np.pi))
        tail = (points.FREEDOM + DIMENSIONS) / 2
        return np.asarray(scale + _T_CONSTANT - tail * np.log1p(squares / points.FREEDOM))


# log Gamma((6 + 6) / 2) - log Gamma(6 / 2) - 3 log(6 pi) = log 120 - log 2 - 3 log(6 pi)
_T_CONSTANT = float(np.log(60.0) - 3 * np.log(points.FREEDOM * np.pi))


def integrate(made: Design, seed: int, *, compiled: bool = True) -> Posterior:
    """The posterior of theta for one design; the same seed gives the same points."""
    sampler = _Sampler(made, seed, compiled)
    sampler.draw(FIRST)
    sampler.draw(SECOND)
    sampler.refresh()
    sampler.draw(LAST)
    for _ in range(MORE_ROUNDS):
        if sampler.ess() >= LEAST_ESS:
            break
        sampler.draw(LAST)
    if sampler.ess() < LEAST_ESS:
        sampler.draw(FALLBACK)
    return sampler.finish()


class _Sampler:
    """The rounds so far. Keeps what each proposal was, so that all points can count together."""

    def __init__(self, made: Design, seed: int, compiled: bool) -> None:
        self.made, self.seed, self.compiled = made, seed, compiled
        self.rounds: list[_Round] = []
        self.known: Array | None = None  # log weights of the rounds so far
        self.drawn = 0
        self.parts = 0
        self.proposal = (np.zeros(DIMENSIONS), np.eye(DIMENSIONS))
        self.sites = dense.censored(kalman.natural(np.zeros((1, 6)), made)[0], made)

    def draw(self, count: int) -> None:
        """One more round from the moments of the rounds so far."""
        student = self.parts > 0
        if self.rounds:
            self.proposal = self._moments()
        middle, root = self.proposal
        normal = points.student if student else points.normal
        u = middle + normal(count, self.seed, self.parts) @ root.T
        theta = kalman.natural(u, self.made)
        filtered = kalman.run(theta, self.made, self.sites, compiled=self.compiled)
        self.rounds.append(_Round(u, filtered, middle, root, student))
        self.known = None
        self.parts += 1
        self.drawn += count

    def refresh(self) -> None:
        """Finds the sites again at the posterior's centre; earlier points then no longer count."""
        if not len(self.sites.rows):
            return
        self.proposal = self._moments()
        centre = kalman.natural(self.proposal[0][None, :], self.made)[0]
        self.sites = dense.censored(centre, self.made)
        self.rounds, self.known = [], None

    def _log_weights(self) -> Array:
        """log of prior x likelihood over the mixture of all proposals, the largest one 0."""
        if self.known is None:
            self.known = self._weigh()
        return self.known

    def _weigh(self) -> Array:
        u = np.concatenate([one.u for one in self.rounds])
        counts = np.array([len(one.u) for one in self.rounds])
        mixed = np.stack([one.log_density(u) for one in self.rounds]).T
        top = mixed.max(axis=1)
        proposal = top + np.log((np.exp(mixed - top[:, None]) * counts / counts.sum()).sum(axis=1))
        found = np.concatenate([one.filtered.log_likelihood for one in self.rounds])
        weights = found - (u * u).sum(axis=1) / 2 - proposal
        return np.asarray(weights - weights.max())

    def _moments(self) -> tuple[Array, Array]:
        """Mean and Cholesky factor for the next proposal, tempered while few points carry all."""
        u = np.concatenate([one.u for one in self.rounds])
        log_weights = self._log_weights()
        power = 1.0
        while effective(log_weights * power) < MATCH_ESS:
            power *= 0.8
        weights = np.exp(log_weights * power)
        weights /= weights.sum()
        middle = weights @ u
        off = u - middle
        cov = WIDEN * (weights[:, None] * off).T @ off + 1e-4 * np.eye(DIMENSIONS)
        return middle, np.linalg.cholesky(cov)

    def ess(self) -> float:
        """How many independent points the weighted ones are worth."""
        return effective(self._log_weights())

    def finish(self) -> Posterior:
        """All rounds as one weighted set, without points that weigh next to nothing."""
        log_weights = self._log_weights()
        weights = np.exp(log_weights)
        weights /= weights.sum()
        kept = np.flatnonzero(weights > NEGLIGIBLE / len(weights))
        filtered = Filtered(
            *(
                np.concatenate([vars(one.filtered)[name] for one in self.rounds])[kept]
                for name in vars(self.rounds[0].filtered)
            )
        )
        u = np.concatenate([one.u for one in self.rounds])[kept]
        ess = effective(log_weights)
        return Posterior(
            theta=kalman.natural(u, self.made),
            weights=weights[kept] / weights[kept].sum(),
            filtered=filtered,
            points=self.drawn,
            ess=ess,
            enough=ess >= LEAST_ESS,
            sites=self.sites,
        )


def effective(log_weights: Array) -> float:
    """Kish's effective number of points, (sum w)^2 / sum w^2."""
    weights = np.exp(log_weights - log_weights.max())
    return float(weights.sum() ** 2 / (weights @ weights))
