"""The array type of the engine, and the normal distribution for arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

_ERFC = (  # Press et al., Numerical Recipes, 3rd ed., 6.2.2: relative error below 1.2e-7
    -1.26551223,
    1.00002368,
    0.37409196,
    0.09678418,
    -0.18628806,
    0.27886807,
    -1.13520398,
    1.48851587,
    -0.82215223,
    0.17087277,
)


def log_normal_cdf(z: Any) -> Array:
    """log P(Z <= z) for a standard normal, good far into the lower tail."""
    x = -np.asarray(z, dtype=float) / np.sqrt(2.0)
    size = np.abs(x)
    t = 1.0 / (1.0 + 0.5 * size)
    power = np.zeros_like(t)
    for coefficient in reversed(_ERFC):
        power = power * t + coefficient
    log_upper = np.log(t) - size * size + power  # log erfc(|x|)
    return np.asarray(np.where(x >= 0, log_upper, np.log1p(1.0 - np.exp(log_upper))) - np.log(2.0))


def normal_cdf(z: Any) -> Array:
    """P(Z <= z) for a standard normal."""
    return np.exp(log_normal_cdf(z))
