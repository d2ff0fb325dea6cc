"""A fact in a few words: its term, and what it says, with an ID card number masked."""

from datetime import date
from typing import Any

from msgspec.structs import fields

from domain.divisions import name
from domain.facts import Fact
from domain.words import Language
from scripts.tables import terms
from scripts.tables.frame import safe

PLACES = ("community", "destination", "origin")
"""Fields that hold a division code."""


def what(fact: Fact, language: Language) -> str:
    """What kind of fact it is."""
    return fact.zh if language == "zh" else fact.tag().replace("_", " ")


def says(fact: Fact, language: Language) -> str:
    """Every field that says something of its own; not the day, which the table shows already."""
    return " · ".join(
        _said(field.name, value, language)
        for field in fields(fact)
        if (value := getattr(fact, field.name)) != field.default and field.name != fact.happened
    )


def _said(field: str, value: Any, language: Language) -> str:
    if field == "identity":
        return f"{value[:6]}********{value[-4:]}"
    if field in PLACES:
        return f"{name(value)} {value}"
    if isinstance(value, bool):
        words = ("是", "否") if language == "zh" else ("yes", "no")
        return f"{terms.field(field, language)} {words[not value]}"
    if isinstance(value, float):
        return f"{value:g} {'学时' if language == 'zh' else 'hours'}"
    if isinstance(value, date | int):
        return f"{terms.field(field, language)} {value}"
    return safe(terms.value(str(value), language))
