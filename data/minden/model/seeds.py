"""Random numbers: one generator per name, so that a new measure leaves the others as they are."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from timeline import YEARS

SEED = 5770024


def generator(name: str) -> np.random.Generator:
    """A generator that depends on the model's seed and the name alone."""
    return np.random.default_rng([SEED, zlib.crc32(name.encode())])


def wandering(rng: np.random.Generator, scale: NDArray, memory: float = 0.8) -> NDArray:
    """First-order autoregressive noise along the years (second axis), mean 0.

    `scale` (districts,) is the standard deviation; the result is (districts, years).
    """
    shocks = rng.normal(size=(len(scale), len(YEARS)))
    noise = np.empty_like(shocks)
    noise[:, 0] = shocks[:, 0]
    for t in range(1, len(YEARS)):
        noise[:, t] = memory * noise[:, t - 1] + np.sqrt(1 - memory**2) * shocks[:, t]
    return noise * scale[:, None]
