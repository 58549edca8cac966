"""Invented programmes: strata drawn from a seed, with a share of responders that is known."""

from __future__ import annotations

import numpy as np

from unknot.reasoning.outcomes.programme import Stratum

CONDITIONS = ("low back", "neck")
LOCATIONS = ("Harbour", "Mill", "Orchard")
DOSES = ("less often", "twice a week", "weekly")


def programme(seed, people=400, effects=None, spread=0.9, certain=0.0):
    """People at random; ``effects`` are added to the log-odds by location, ``certain`` is how far
    their chances lie towards 0 or 1."""
    dice = np.random.default_rng(seed)
    effects = effects or {}
    counted = {}
    for _ in range(people):
        condition, location = dice.choice(CONDITIONS), dice.choice(LOCATIONS)
        dose = DOSES[0] if condition == "neck" else dice.choice(DOSES, p=(0.2, 0.1, 0.7))
        start = int(np.clip(dice.normal(5.5, 1.8), 0, 10))
        acute = str(dice.choice(("no", "no", "yes", "unknown")))
        log_odds = spread * (start - 5.5) + effects.get(location, 0.0) + 0.5 * (acute == "yes")
        chance = 1 / (1 + np.exp(-log_odds))
        if certain:
            chance = (1 - certain) * chance + certain * float(dice.random() < chance)
        key = (condition, location, dose, start, acute)
        had = counted.get(key, (0, 0.0, 0.0))
        counted[key] = (had[0] + 1, had[1] + chance, had[2] + chance * (1 - chance))
    return [
        Stratum(
            condition=str(condition),
            location=str(location),
            dose=str(dose),
            region=str(condition),
            baseline=start,
            acute=acute,
            age_band="40 to 59",
            sleep_band="unknown",
            people=n,
            responders=float(total),
            doubt=float(doubt),
        )
        for (condition, location, dose, start, acute), (n, total, doubt) in counted.items()
    ]


def stratum(**groups):
    """A Stratum of one person unless told otherwise."""
    usual = {
        "condition": "low back",
        "location": "Harbour",
        "dose": "weekly",
        "region": "low back",
        "baseline": 6,
        "acute": "no",
        "age_band": "40 to 59",
        "sleep_band": "unknown",
        "people": 1,
        "responders": 0.0,
        "doubt": 0.0,
    }
    return Stratum(**{**usual, **groups})
