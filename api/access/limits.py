"""How often one subject may ask: a bucket of tokens each (令牌桶), which fills up again at a steady rate."""

from threading import Lock
from typing import NamedTuple


class Bucket(NamedTuple):
    """What was left in it at a moment."""

    level: float
    at: float


class Limits:
    """A bucket by name, which holds `burst` and gains `rate` a second.

    A full bucket is as good as none, so only others are kept, `most` at most. If there are more, the fullest tenth is
    forgotten: a flood of names lets somebody ask a little more, and never makes anybody wait longer.
    May be asked from several threads.
    """

    def __init__(self, rate: float, burst: float, most: int = 10_000) -> None:
        """`rate` and `burst` are in units of cost and more than 0."""
        self._rate = rate
        self._burst = burst
        self._most = most
        self._lock = Lock()
        self._buckets: dict[str, Bucket] = {}

    def take(self, name: str, now: float, cost: float = 1) -> float:
        """0.0 if it may be done, and its cost is taken; otherwise the seconds until it may, and nothing is taken.

        What costs more than a bucket holds takes a full one. `now` is in seconds of any clock; if that is set back, the
        bucket gains nothing for it.
        """
        cost = min(cost, self._burst)
        with self._lock:
            level = self._level(self._buckets.get(name), now)
            if level < cost:
                self._buckets[name] = Bucket(level, now)
                return (cost - level) / self._rate
            self._buckets[name] = Bucket(level - cost, now)
            if len(self._buckets) > self._most:
                self._forget(now)
            return 0.0

    def _level(self, bucket: Bucket | None, now: float) -> float:
        if bucket is None:
            return self._burst
        return min(self._burst, bucket.level + max(0.0, now - bucket.at) * self._rate)

    def _forget(self, now: float) -> None:
        """Keep the emptiest nine tenths, and of those the ones that are not full: seldom, so it costs little a name."""
        lacking = [(self._burst - self._level(bucket, now), name) for name, bucket in self._buckets.items()]
        emptiest = sorted((one for one in lacking if one[0] > 0), reverse=True)[: max(1, self._most * 9 // 10)]
        self._buckets = {name: self._buckets[name] for _, name in emptiest}
