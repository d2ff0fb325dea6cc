"""How often one subject may ask, against a model that forgets nobody and reckons in fractions."""

from fractions import Fraction
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.access.limits import Limits

# What follows is exact in binary, so that the limits and the model can be compared to the last digit.
RATES = st.sampled_from([0.25, 0.5, 1.0, 2.0, 8.0])
BURSTS = st.sampled_from([1.0, 2.0, 5.0, 16.0])
COSTS = st.sampled_from([0.5, 1.0, 2.0, 3.0, 100.0])
STEPS = st.integers(-8, 16).map(lambda eighths: eighths / 8)


class Model:
    """One bucket by name, filled up step by step as it is written in a book."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = Fraction(rate), Fraction(burst)
        self.levels: dict[str, Fraction] = {}
        self.at: dict[str, Fraction] = {}

    def take(self, name: str, now: float, cost: float) -> Fraction:
        moment, wanted = Fraction(now), min(Fraction(cost), self.burst)
        level = self.levels.get(name, self.burst)
        gained = max(Fraction(0), moment - self.at.get(name, moment)) * self.rate
        level = min(self.burst, level + gained)
        self.at[name] = moment
        self.levels[name] = level - wanted if level >= wanted else level
        return Fraction(0) if level >= wanted else (wanted - level) / self.rate


@given(
    rate=RATES,
    burst=BURSTS,
    asked=st.lists(st.tuples(st.sampled_from("abc"), STEPS, COSTS), max_size=120),
)
def test_the_limits_are_those_of_a_bucket_even_if_the_clock_is_set_back(rate, burst, asked) -> None:
    limits, model, now = Limits(rate, burst), Model(rate, burst), 1024.0
    for name, step, cost in asked:
        now += step
        assert limits.take(name, now, cost) == model.take(name, now, cost)


@given(
    rate=RATES,
    burst=BURSTS,
    most=st.integers(2, 12),
    asked=st.lists(st.tuples(st.integers(0, 30), STEPS, COSTS), max_size=200),
)
def test_forgetting_lets_somebody_ask_more_and_never_less_and_memory_is_bounded(rate, burst, most, asked) -> None:
    limits, now = Limits(rate, burst, most), 1024.0
    due: dict[
        str, tuple[Fraction, float]
    ] = {}  # What a bucket held that was never forgotten; less than nothing is a debt.
    for number, step, cost in asked:
        now += abs(step)
        level, at = due.get(f"clerk-{number}", (Fraction(burst), now))
        level = min(Fraction(burst), level + Fraction(now - at) * Fraction(rate))
        wanted = min(Fraction(cost), Fraction(burst))
        waited = limits.take(f"clerk-{number}", now, cost)
        assert waited <= max(Fraction(0), (wanted - level) / Fraction(rate))
        due[f"clerk-{number}"] = (level if waited else level - wanted, now)
        assert len(limits._buckets) <= most


def test_a_flood_of_names_does_not_let_those_ask_more_who_have_asked_most() -> None:
    limits = Limits(rate=1, burst=10, most=20)
    for _ in range(10):
        limits.take("clerk", 0.0)
    for number in range(1000):
        limits.take(f"once-{number}", 0.0)
    assert limits.take("clerk", 0.0) == 1.0


@given(rate=RATES, burst=BURSTS, count=st.integers(1, 400))
def test_forgetting_full_buckets_changes_nothing(rate, burst, count) -> None:
    limits, model = Limits(rate, burst, most=40), Model(rate, burst)
    for number in range(count):
        now = 1024.0 + number * burst / rate / 32  # Of those who ask once, 32 at most are short of something at a time.
        for name in (f"once-{number}", f"again-{number % 3}"):
            assert limits.take(name, now) == model.take(name, now, 1)
    assert len(limits._buckets) <= 40


def test_who_waits_as_long_as_told_may_ask() -> None:
    limits = Limits(rate=10, burst=20)
    now = 1_795_507_200.0
    assert [limits.take("clerk", now) for _ in range(20)] == [0.0] * 20
    wait = limits.take("clerk", now)
    assert 0 < wait <= 0.1
    assert limits.take("clerk", now + wait / 2) > 0
    assert limits.take("clerk", now + wait + 1e-6) == 0.0


def test_a_refusal_costs_nothing() -> None:
    limits = Limits(rate=1, burst=1)
    limits.take("clerk", 0.0)
    for _ in range(1000):
        assert limits.take("clerk", 0.5) == 0.5
    assert limits.take("clerk", 1.0) == 0.0


def test_subjects_do_not_wait_for_each_other() -> None:
    limits = Limits(rate=1, burst=1)
    assert limits.take("one", 0.0) == 0.0
    assert limits.take("other", 0.0) == 0.0


def test_what_costs_more_than_a_bucket_holds_takes_a_full_one() -> None:
    limits = Limits(rate=1, burst=4)
    assert limits.take("clerk", 0.0, cost=1000) == 0.0
    assert limits.take("clerk", 0.0, cost=1000) == 4.0
    assert limits.take("clerk", 4.0, cost=1000) == 0.0


@pytest.mark.parametrize("most", [1, 2, 9, 10])
def test_even_the_smallest_memory_limits_who_asks_alone(most: int) -> None:
    limits = Limits(rate=1, burst=1, most=most)
    for number in range(50):
        limits.take(f"clerk-{number}", 0.0)
    limits.take("clerk-last", 0.0)
    assert len(limits._buckets) <= most


def test_threads_that_ask_at_once_take_no_more_than_there_is() -> None:
    limits = Limits(rate=1e-9, burst=500)
    allowed: list[bool] = []

    def ask() -> None:
        allowed.extend(limits.take("clerk", 0.0) == 0.0 for _ in range(500))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert allowed.count(True) == 500
