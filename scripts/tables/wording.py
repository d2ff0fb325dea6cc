"""A fact in a few words: its Chinese term, and what it says, with an ID number masked."""

from datetime import date
from typing import Any

from domain.divisions import name
from domain.facts import Fact
from domain.words import Language
from scripts.tables.frame import safe

PLACES = ("community", "destination", "origin")
"""Fields that hold a division code."""


def what(fact: Fact, language: Language) -> str:
    """What kind of fact it is."""
    return fact.zh if language == "zh" else fact.tag()


def says(fact: Fact) -> str:
    """Every field that says something, but the day that the table shows already."""
    words = []
    for field in fact.__struct_fields__:
        value = getattr(fact, field)
        if field in (fact.happened, "born") or value is None or value == "":
            continue
        words.append(_said(field, value))
    return " · ".join(words)


def _said(field: str, value: Any) -> str:
    if field == "identity":
        return f"{value[:6]}********{value[-4:]}"
    if field in PLACES:
        return f"{name(value)} {value}"
    if isinstance(value, bool):
        return f"{field}={'yes' if value else 'no'}"
    if isinstance(value, float):
        return f"{value:g} h"
    if isinstance(value, date | int):
        return f"{field}={value}"
    return safe(str(value))
