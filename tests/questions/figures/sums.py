"""Sums that the figures of several competencies need."""

from math import sqrt

Z = 1.959964


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The ends of the 95% score interval of a share, as shares."""
    share = hits / of
    middle = share + Z**2 / (2 * of)
    half = Z * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    return (middle - half) / (1 + Z**2 / of), (middle + half) / (1 + Z**2 / of)
