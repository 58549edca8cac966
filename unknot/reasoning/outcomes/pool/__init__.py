"""Stage 2: what many people teach about each other, from small summaries and no entries.

``of_fits`` takes the summaries of fits, ``block`` divides the stage-1 prior out, ``pool`` learns
the population, ``borrow`` goes back to each person; ``effects``, ``contrast``, ``best`` read it.
"""

from .alike import Alike, Borrowed, borrowed
from .averages import Average, averages, groups_of
from .borrow import borrow, borrow_one
from .effects import Effect, Estimate, best, contrast, effects
from .fits import of_fits
from .population import Population, merged, pool
from .summary import Block, PoolError, Prior, Summary, block
from .sums import Sums, sums

__all__ = [
    "Alike",
    "Average",
    "Block",
    "Borrowed",
    "Effect",
    "Estimate",
    "PoolError",
    "Population",
    "Prior",
    "Summary",
    "Sums",
    "averages",
    "best",
    "block",
    "borrow",
    "borrow_one",
    "borrowed",
    "contrast",
    "effects",
    "groups_of",
    "merged",
    "of_fits",
    "pool",
    "sums",
]
