"""Fit of a calibration: logistic regression by Newton's method, then isotonic regression."""

from __future__ import annotations

import numpy as np

from app.recognition.confidence.calibration import Calibration, Values

RIDGE = 1.0
STEPS = 25
# Most points of the monotone table, and fewest words per point.
POINTS, FEWEST = 16, 40


def fitted(features: Values, right: Values, rising: int = 0) -> Calibration:
    """The calibration. features: (words, features). right: (words,) of 0 or 1.

    rising: number of leading features whose weight must not be negative.
    """
    weights = _weights(features, right)
    against = np.flatnonzero(weights[:rising] < 0)
    if against.size:
        features = features.copy()
        features[:, against] = 0.0
        weights = _weights(features, right)
    sums = features @ weights[:-1] + weights[-1]
    values, shares = _table(sums, right)
    return Calibration(weights, values, shares)


def _weights(features: Values, right: Values) -> Values:
    """Weights, the constant last; a ridge penalty on the others, in units of their spread."""
    spread = np.maximum(features.std(axis=0), 1e-6)
    scaled = np.hstack([features / spread, np.ones((len(features), 1))])
    ridge = np.diag([RIDGE] * features.shape[1] + [0.0])
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (right - chance) - ridge @ weights
        curve = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + ridge
        weights += np.linalg.solve(curve + 1e-6 * np.eye(len(curve)), slope)
    return np.append(weights[:-1] / spread, weights[-1])


def _table(sums: Values, right: Values) -> tuple[Values, Values]:
    """Mean sum and share of correct words per group, by pooled adjacent violators.

    Groups are small for the least confident words, whose shares differ most, and larger for others.
    """
    order = np.argsort(sums, kind="stable")
    ends = np.unique(np.geomspace(min(FEWEST, len(order)), len(order), POINTS).astype(int))
    groups = [
        (float(sums[part].mean()), float(right[part].mean()), len(part))
        for part in np.split(order, ends[:-1])
    ]
    pooled: list[tuple[float, float, int]] = []
    for group in groups:
        pooled.append(group)
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            pooled[-2:] = [_joined(*pooled[-2:])]
    values, shares, _ = map(np.array, zip(*pooled, strict=True))
    return values, shares


def _joined(
    one: tuple[float, float, int], other: tuple[float, float, int]
) -> tuple[float, float, int]:
    total = one[2] + other[2]
    value, share = ((one[at] * one[2] + other[at] * other[2]) / total for at in (0, 1))
    return value, share, total
