"""A town that most questions can be asked of: who lives here, next door, far away, on the way, gone, or nowhere.

The office that asks is the street of HOME. Nothing of what is told here is altered by the tests that share a town.
"""

from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from domain.facts import AnyFact, Registered, Sanctioned, Tolerated
from tests.given import (
    HOME,
    OTHER_LEAGUE,
    OTHER_STREET,
    assessed,
    commended,
    corrected,
    hired,
    into,
    out,
    registered,
    resigned,
    street,
    term,
    trained,
    voided,
)
from tests.web.window import Window

STREET, NEIGHBOUR, FAR = street(HOME), street(OTHER_STREET), street(OTHER_LEAGUE)
BANNER, LEAGUE = STREET[:6], STREET[:4]

SANCTION = Sanctioned(on=date(2025, 3, 1), kind="警告", decision_no="纪处〔2025〕7号")
TOLERATION = Tolerated(on=date(2025, 6, 1), matter="抗洪抢险", decision_no="容错〔2025〕1号")


def person(name: str, born: str) -> Registered:
    """Someone of this name; the birthday makes the ID card number."""
    return replace(registered(born), name=name)


class Resident(NamedTuple):
    """A person of the town: the office's key, and what is recorded."""

    key: str
    facts: tuple[AnyFact, ...]


RESIDENTS = (
    Resident("here", (
        person("乌兰", "1985-01-02"), hired("2014-05-04"), term("2015-03-01"), trained("2024-10-12"),
        assessed(2024), SANCTION, TOLERATION, commended("2025-05-04"),
    )),
    Resident("here too", (
        person("斯琴", "1990-07-08"), hired("2020-01-06", contract_until="2026-12-31"), trained("2022-05-06"),
        corrected(3, trained("2022-05-07")), commended("2023-05-04"), voided(5),
    )),
    Resident("next door", (person("其木格", "1991-02-03"), hired("2021-01-04", OTHER_STREET), SANCTION)),
    Resident("far away", (
        person("娜仁", "1989-09-10"), hired("2019-03-04", OTHER_LEAGUE), term("2021-03-01", at=OTHER_LEAGUE),
    )),
    Resident("on the way", (
        person("巴特尔", "1987-04-05"), hired("2016-08-01", OTHER_LEAGUE), out("2026-11-20", STREET),
    )),
    Resident("gone", (
        person("敖登", "1986-06-07"), hired("2015-01-05"), commended("2018-05-04"), out("2023-06-30", FAR),
        into("2023-07-03", OTHER_LEAGUE),
    )),
    Resident("out of service", (person("苏日娜", "1992-11-12"), hired("2018-01-08"), resigned("2025-12-31"))),
    Resident("nowhere yet", (person("阿古拉", "2000-12-01"),)),
)  # fmt: skip
KEYS = tuple(one.key for one in RESIDENTS)
REACHED = {"here", "here too", "on the way", "out of service"}
"""Whom the street of HOME has in reach."""

NOBODY = "whom nobody has heard of"


def settle(window: Window) -> Window:
    """Record the town."""
    for key, facts in RESIDENTS:
        window.record(key, *facts)
    return window


def secrets() -> list[str]:
    """Names and ID card numbers of the residents."""
    people = [fact for one in RESIDENTS for fact in one.facts if isinstance(fact, Registered)]
    return [text for one in people for text in (one.name, one.identity)]


def named(window: Window, text: str) -> set[str]:
    """The keys of those whose career a text names, wherever in it."""
    everybody = (*KEYS, NOBODY)
    return {key for key in everybody if str(window.career(key)) in text or window.career(key).hex in text}


def keys_of(window: Window, careers: Any) -> set[str]:
    """The keys of careers."""
    by_career = {window.career(key): key for key in (*KEYS, NOBODY)}
    return {by_career[career] for career in careers}
