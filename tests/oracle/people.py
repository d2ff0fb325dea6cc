"""Someone for a random career."""

from datetime import date
from typing import Literal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from domain.facts import Registered
from tests.oracle.days import after


def person(draw: DrawFn, first: date) -> Registered:
    """Someone whose age is at an edge: of hiring on the day `first`, or of retirement in these years."""
    sexes: list[Literal["male", "female"]] = ["female", "male"]
    sex = draw(st.sampled_from(sexes))
    near_hiring = [date(first.year - age, first.month, min(first.day, 28)) for age in (16, 40)]
    near_retirement = [date(year, 2, 28) for year in (1960, 1964, 1965, 1966, 1969, 1970, 1971, 1974, 1975, 1976)]
    about = draw(st.sampled_from([date(1988, 5, 20), *near_hiring, *near_retirement]))
    born = after(about, draw(st.integers(-2, 2)))
    return Registered(name="钱丽娟", identity=_identity(born), sex=sex, born=born)


def _identity(born: date) -> str:
    """An ID card number with its check digit (GB 11643: weights are powers of two, modulo 11)."""
    number = f"150102{born:%Y%m%d}002"
    rest = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number)) % 11
    return number + "10X98765432"[rest]
