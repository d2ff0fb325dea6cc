"""The code quotes the regulation word for word, and every phrase fills the same blanks in both languages."""

import importlib
import pkgutil
import re
import string

import pytest

import api
import domain
import projections
import scripts
from domain.facts import FACT_TYPES
from domain.regulation.article import QUOTES, official_text
from domain.words import Phrase

NUMERALS = "零一二三四五六七八九十"


def loaded_modules() -> list:
    packages = (domain, projections, api, scripts)
    return [
        importlib.import_module(module.name)
        for package in packages
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not module.name.endswith("__main__")
    ]


MODULES = loaded_modules()
PHRASES = [
    (f"{module.__name__}.{name}", phrase)
    for module in MODULES
    for name, value in vars(module).items()
    for phrase in (value.values() if isinstance(value, dict) else [value])
    if isinstance(phrase, Phrase)
]


def numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + (NUMERALS[ones] if ones else "")


def article_text(number: str) -> str:
    """The official text of an article, from its heading to that of the next."""
    text = official_text()
    begin = re.search(rf"^第{numeral(int(number))}条 ", text, re.MULTILINE)
    assert begin is not None, number
    end = re.search(r"^第[零一二三四五六七八九十]+[条章] ", text[begin.end() :], re.MULTILINE)
    return text[begin.start() : begin.end() + end.start()] if end else text[begin.start() :]


@pytest.mark.parametrize("quote", QUOTES, ids=lambda quote: f"{quote.article}-{quote.words[:12]}")
def test_a_quote_stands_in_its_article(quote):
    assert quote.words in article_text(quote.article)


def test_all_forty_articles_are_there():
    assert all(article_text(str(number)) for number in range(1, 41))


@pytest.mark.parametrize(("name", "phrase"), PHRASES, ids=[name for name, _ in PHRASES])
def test_a_phrase_has_both_languages_with_the_same_blanks(name, phrase):
    blanks = [{blank for _, blank, _, _ in string.Formatter().parse(text) if blank} for text in (phrase.zh, phrase.en)]
    assert blanks[0] == blanks[1]
    assert phrase.zh
    assert phrase.en


def test_every_fact_has_its_chinese_term():
    assert all(re.fullmatch(r"[\u4e00-\u9fff/]+", kind.zh) for kind in FACT_TYPES.values())
    assert len({kind.zh for kind in FACT_TYPES.values()}) == len(FACT_TYPES)
