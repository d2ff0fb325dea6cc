"""Citing the regulation: what is computed carries the article and the words that it rests on."""

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeVar

from msgspec import Struct

EDITION = "nmg-2024"
"""《社区工作者管理办法(试行)》, issued on 21 August 2024; every answer names it as `rules`."""

IN_FORCE = date(2024, 8, 21)
"""The first day of the regulation (Art. 40: 自发布之日起施行)."""

F = TypeVar("F", bound=Callable[..., object])


class Quote(Struct, frozen=True):
    """Words of the regulation, and the article that they stand in."""

    article: str
    words: str


QUOTES: list[Quote] = []
"""Every quote in the code, in the order of loading; the tests hold each against the official text."""


def quote(article: str, words: str) -> Quote:
    """Words of an article, word for word."""
    cited = Quote(article, words)
    QUOTES.append(cited)
    return cited


def article(number: str, words: str) -> Callable[[F], F]:
    """Mark what computes these words of this article."""
    quote(number, words)
    return lambda function: function


@cache
def official_text(edition: str = EDITION) -> str:
    """The regulation as it was issued."""
    return (files("domain.regulation") / "text" / f"{edition}.zh.txt").read_text(encoding="utf-8")
