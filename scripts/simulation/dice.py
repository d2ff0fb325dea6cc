"""The only source of chance: draws that follow from a seed, alike on every machine and every Python."""

import hashlib
import random
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Odds(Generic[T]):
    """Options and how often each comes up, by weight."""

    def __init__(self, *options: tuple[T, float]) -> None:
        self.options = tuple(option for option, _ in options)
        self.bounds = tuple(accumulate(weight for _, weight in options))


class Dice:
    """Draws from one seed.

    Built on `random()` alone: the only method that Python promises to keep as it is for a given seed.
    """

    def __init__(self, *seed: object) -> None:
        digest = hashlib.blake2b(":".join(map(str, seed)).encode(), digest_size=8).digest()
        self._random = random.Random(int.from_bytes(digest, "big")).random  # noqa: S311 - a game, no secret

    def chance(self, probability: float) -> bool:
        return self._random() < probability

    def below(self, limit: int) -> int:
        """A whole number from 0 up to but not including `limit`."""
        return int(self._random() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self._random() * len(options))]

    def of(self, odds: Odds[T]) -> T:
        bounds = odds.bounds
        place = bisect_right(bounds, self._random() * bounds[-1])
        return odds.options[min(place, len(bounds) - 1)]
