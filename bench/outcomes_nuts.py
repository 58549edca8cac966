"""The engine against NUTS on the same people: two references, far slower and with other means.

Needs numpyro, which the project does not: make a virtual environment of its own with numpy,
numpyro and tzdata, and run in it

    python -m bench.outcomes_nuts --reference A --people 20 --write

Reference A holds the engine's likelihood with the coefficients integrated out and samples theta
alone: it checks the numerical integration. Reference B is the model as it stands: answers are
intervals, open at 0 and 10, and every coefficient, disturbance and drift is sampled: it checks
the approximations too. ``--write`` keeps means, sds, Monte Carlo errors and times for the tests.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from bench import outcomes_people as people
from unknot.reasoning.outcomes import Diary, Entry, Session
from unknot.reasoning.outcomes.engine import fitted, kalman
from unknot.reasoning.outcomes.engine.design import Design

STORE = Path(__file__).parent.parent / "tests/reasoning/outcomes/nuts_reference.json"
QUANTITIES = (
    "level", "recovery", "delta", "alpha", "lasting", "rating",
    "log tau", "log sD", "log se", "week relief", "left after 7 d", "immediate",
)  # fmt: skip


def invented(count: int) -> list[dict[str, Any]]:
    """People of the fixed seed as plain rows: answers (day, kind, value) and days of sessions."""
    found = []
    for place in range(count):
        random = np.random.default_rng((77, place))
        truth = people.from_prior(random)
        course = people.Course(7, int(random.integers(5, 9)), answered=0.6)
        diary = people.person(truth, course, random).diary
        found.append(
            {
                "answers": [[_day(one.at), one.kind, one.value] for one in diary.entries],
                "sessions": [_day(one.at) for one in diary.sessions],
            }
        )
    return found


def _day(at: Any) -> float:
    return round((at - people.BEGIN).total_seconds() / 86400, 6)


def diary_of(row: dict[str, Any]) -> Diary:
    """The diary of one stored person."""
    return Diary(
        tuple(
            Entry(people.BEGIN + timedelta(days=day), value, kind)
            for day, kind, value in row["answers"]
        ),
        tuple(Session(people.BEGIN + timedelta(days=day)) for day in row["sessions"]),
        elsewhere=False,
    )


def quantities(theta: np.ndarray, b: np.ndarray, made: Design) -> np.ndarray:
    """The compared quantities of draws: theta (k, 6) natural, b (k, p); gives (k, 12)."""
    tau = theta[:, 4]
    columns = {name: b[:, made.at(name)] for name in made.names}
    hour = columns["delta"] * np.exp(-1 / 24 / tau) + columns["lasting"]
    hour = hour + columns["alpha"] * np.exp(-1 / 24 / people.ALPHA_DAYS)
    return np.column_stack(
        [
            *(columns[name] for name in QUANTITIES[:6]),
            np.log(tau),
            np.log(theta[:, 0]),
            np.log(theta[:, 2]),
            -columns["delta"] * tau / 7,
            columns["delta"] * np.exp(-7 / tau),
            hour,
        ]
    )


def engine(diary: Diary) -> tuple[np.ndarray, np.ndarray, float]:
    """The engine's means, sds and seconds for the compared quantities."""
    fitted.fitted(diary, 0)
    began = time.perf_counter()
    one = fitted.fitted(diary, 0)
    seconds = time.perf_counter() - began
    random = np.random.default_rng(0)
    theta, b, weights = [], [], []
    for point, weight, mean, cov in zip(
        one.found.theta, one.found.weights, one.found.filtered.mean, one.found.filtered.cov,
        strict=True,
    ):  # fmt: skip
        half = random.multivariate_normal(np.zeros(len(mean)), cov, size=32)
        b.append(mean + np.concatenate([half, -half]))
        theta.append(np.tile(point, (64, 1)))
        weights.append(np.full(64, weight / 64))
    values = quantities(np.concatenate(theta), np.concatenate(b), one.made)
    share = np.concatenate(weights)
    mean = share @ values
    return mean, np.sqrt(share @ (values - mean) ** 2), seconds


def sample(diary: Diary, reference: str, warmup: int, draws: int, seed: int) -> dict[str, Any]:
    """NUTS on one person: means, sds, Monte Carlo errors over sd, seconds."""
    import jax
    from numpyro.diagnostics import effective_sample_size
    from numpyro.infer import MCMC, NUTS

    jax.config.update("jax_enable_x64", True)
    one = fitted.fitted(diary, 0)
    model = (_marginal if reference == "A" else _full)(one)
    began = time.perf_counter()
    mcmc = MCMC(
        NUTS(model, target_accept_prob=0.9), num_warmup=warmup, num_samples=draws, num_chains=1,
        progress_bar=False,
    )  # fmt: skip
    mcmc.run(jax.random.PRNGKey(seed))
    got = {name: np.asarray(values) for name, values in mcmc.get_samples().items()}
    seconds = time.perf_counter() - began
    theta = kalman.natural(got["u"], one.made)
    b = got["b"] if "b" in got else _coefficients(one, theta, seed)
    values = quantities(theta, b, one.made)
    effective = np.array(
        [effective_sample_size(values[None, :, k]) for k in range(values.shape[1])]
    )
    return {
        "mean": [round(float(v), 5) for v in values.mean(axis=0)],
        "sd": [round(float(v), 5) for v in values.std(axis=0)],
        "mcse_over_sd": [round(float(v), 4) for v in 1 / np.sqrt(effective)],
        "seconds": round(seconds, 2),
    }


def _coefficients(one: fitted.Fitted, theta: np.ndarray, seed: int) -> np.ndarray:
    """One exact draw of the coefficients for every sampled theta."""
    random = np.random.default_rng(seed)
    filtered = kalman.run(theta, one.made, one.found.sites)
    return np.array(
        [
            random.multivariate_normal(mean, cov)
            for mean, cov in zip(filtered.mean, filtered.cov, strict=True)
        ]
    )


def _parts(one: fitted.Fitted) -> Any:
    """theta and the columns in JAX, from standard normal u."""
    import jax.numpy as jnp

    made = one.made
    mean, sd = jnp.array(made.prior.theta_mean), jnp.array(made.prior.theta_sd)
    age = jnp.array(made.t[:, None] - made.session_t[None, :])
    after, dose = age > 0, jnp.array(made.dose)
    static, t = jnp.array(made.static), jnp.array(made.t)

    def parts(u: Any) -> Any:
        theta = mean + u * sd
        phi = 1 / (1 + jnp.exp(-theta[1]))
        tau, tau_recovery = jnp.exp(theta[4]), jnp.exp(theta[5])
        fading = (jnp.exp(-jnp.where(after, age, 0.0) / tau) * after) @ dose
        x = jnp.concatenate([static, jnp.exp(-t / tau_recovery)[:, None], fading], axis=1)
        return jnp.exp(theta[0]), phi, jnp.exp(theta[2]), jnp.exp(theta[3]), x

    return parts


def _marginal(one: fitted.Fitted) -> Any:
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    made, parts = one.made, _parts(one)
    y, fixed, _ = kalman.answers(made, one.found.sites)
    apart = jnp.abs(jnp.array(made.t[:, None] - made.t[None, :]))
    least = jnp.minimum(jnp.array(made.t)[:, None], jnp.array(made.t)[None, :])
    b_var, b_mean = jnp.array(made.prior_sd) ** 2, jnp.array(made.prior_mean)

    def model() -> None:
        u = numpyro.sample("u", dist.Normal(jnp.zeros(6), 1).to_event(1))
        sd, phi, se, drift, x = parts(u)
        v = sd**2 * phi**apart + drift**2 * least + jnp.diag(jnp.array(fixed) + se**2)
        v = v + (x * b_var) @ x.T
        normal = dist.MultivariateNormal(x @ b_mean, covariance_matrix=v)
        numpyro.sample("y", normal, obs=jnp.array(y))

    return model


def _full(one: fitted.Fitted) -> Any:
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from jax.scipy.special import log_ndtr

    made, parts = one.made, _parts(one)
    n, p = len(made.y), len(made.names)
    apart = jnp.array(np.diff(made.t, prepend=0.0))
    y = jnp.array(made.y)
    at_most, at_least, low, high = y <= 0, y >= 10, y - 0.5, y + 0.5

    def model() -> None:
        u = numpyro.sample("u", dist.Normal(jnp.zeros(6), 1).to_event(1))
        z = numpyro.sample("z", dist.Normal(jnp.zeros(p), 1).to_event(1))
        noise = numpyro.sample("noise", dist.Normal(jnp.zeros((2, n)), 1).to_event(2))
        b = numpyro.deterministic("b", jnp.array(made.prior_mean) + z * jnp.array(made.prior_sd))
        sd, phi, se, drift, x = parts(u)
        stay = (phi**apart).at[0].set(0.0)

        def step(d: Any, at: Any) -> Any:
            keep, shock = at
            d = keep * d + sd * jnp.sqrt(1 - keep**2) * shock
            return d, d

        _, disturbance = jax.lax.scan(step, 0.0, (stay, noise[0]))
        f = x @ b + disturbance + jnp.cumsum(drift * jnp.sqrt(apart) * noise[1])
        # log P(low < x < high) from logs of tails, on the side where they lose no digits
        to, of = (high - f) / se, (low - f) / se
        flip = of + to > 0
        upper, lower = jnp.where(flip, -of, to), jnp.where(flip, -to, of)
        top = log_ndtr(upper)
        both = top + jnp.log1p(-jnp.exp(jnp.minimum(log_ndtr(lower) - top, -1e-12)))
        # an open end leaves one tail: 0 means 0.5 or less, 10 means 9.5 or more
        one_tail = log_ndtr(jnp.where(at_most, to, -of))
        numpyro.factor("y", jnp.where(at_most | at_least, one_tail, both).sum())

    return model


def compare(reference: dict[str, Any], mean: np.ndarray, sd: np.ndarray) -> tuple[Any, Any]:
    """|difference of means| / sd and ratio of sds, engine over reference."""
    there = np.array(reference["sd"])
    return np.abs(mean - np.array(reference["mean"])) / there, sd / there


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--reference", choices=("A", "B"), default="A")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--warmup", type=int, default=500)
    parser.add_argument("--draws", type=int, default=1500)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    stored = json.loads(STORE.read_text()) if STORE.exists() else invented(20)
    off, ratio, slower = [], [], []
    for place, row in enumerate(stored[: args.people]):
        diary = diary_of(row)
        if args.reference not in row:
            row[args.reference] = sample(diary, args.reference, args.warmup, args.draws, place)
            if args.write:
                _store(stored, place, args.reference)
        mean, sd, seconds = engine(diary)
        one_off, one_ratio = compare(row[args.reference], mean, sd)
        off.append(one_off)
        ratio.append(one_ratio)
        slower.append(row[args.reference]["seconds"] / seconds)
        print(
            f"{place:3d} n={len(row['answers'])} worst {one_off.max():.3f} sd"
            f" NUTS {row[args.reference]['seconds']:.1f} s, engine {seconds * 1000:.1f} ms",
            flush=True,
        )
    cells = np.array(off)
    print(f"|dmean| / sd: median {np.median(cells):.3f}, <= .15 in {(cells <= 0.15).mean():.1%}")
    print(f"sd ratio: median {np.median(ratio):.3f}; NUTS / engine {np.median(slower):,.0f}")
    for name, column, other in zip(QUANTITIES, cells.T, np.array(ratio).T, strict=True):
        worst = f"worst {column.max():.3f}"
        print(f"{name:16s} {np.median(column):.3f} {worst} sd {np.median(other):.3f}")


def _store(stored: list[dict[str, Any]], place: int, reference: str) -> None:
    """Writes one person's figures; reads again first, as the other reference may be running."""
    now = json.loads(STORE.read_text()) if STORE.exists() else invented(20)
    now[place][reference] = stored[place][reference]
    STORE.write_text(
        json.dumps(now, separators=(",", ":")).replace('},{"answers"', '},\n{"answers"') + "\n"
    )


if __name__ == "__main__":
    main()
