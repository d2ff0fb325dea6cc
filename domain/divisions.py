"""Administrative codes 行政区划代码: a code's prefix is its superior.

region 自治区 2 digits · league 盟市 4 · banner 旗县 6 · street 街道/苏木乡镇 9 · community 社区 12.
Names repeat and are renamed: they are shown, never keyed on. Source: `data/README.md`.
"""

import csv
from functools import cache
from importlib.resources import files

from domain.errors import UnknownDivisionError
from domain.words import Phrase

EDITION = "NBS 2023"
"""The edition of the table in `data/divisions.csv`."""

REGION_CODE = "15"
"""Inner Mongolia 内蒙古自治区."""

REGION, LEAGUE, BANNER, STREET, COMMUNITY = 2, 4, 6, 9, 12
"""The lengths of the codes of the five levels, in digits."""

UNKNOWN = Phrase(
    "{field}:区划代码 {code} 不在 {edition} 版区划表中;请核对代码,或更新区划表",
    "{field}: unknown division code {code} in edition {edition}; check the code, or update the table",
)
TOO_SHORT = Phrase(
    "{field}:区划代码 {code} 级别过高,至少应为{level}级({digits} 位)",
    "{field}: division code {code} is of too high a level; it needs at least {digits} digits ({level})",
)
LEVEL_NAMES = {LEAGUE: "盟市", BANNER: "旗县", STREET: "街道", COMMUNITY: "社区"}


@cache
def names() -> dict[str, str]:
    """The official name of every code of the edition."""
    with (files("domain") / "data" / "divisions.csv").open(encoding="utf-8") as table:
        return {row["code"]: row["name"] for row in csv.DictReader(table)}


def name(code: str) -> str:
    """The official name of a code; the code itself if this edition does not have it."""
    return names().get(code, code)


def require(code: str, field: str, level: int) -> None:
    """Refuse a code that this edition does not have, or that is above `level` digits.

    Raises `UnknownDivisionError`. A text that does not look like a code of the region is not repeated in its message:
    it could be a staff number.
    """
    if code not in names():
        like_a_code = code.isascii() and code.isdigit() and len(code) in LEVEL_NAMES and within(code, REGION_CODE)
        shown = code if like_a_code else "…"
        raise UnknownDivisionError(UNKNOWN(field=field, code=shown, edition=EDITION))
    if len(code) < level:
        raise UnknownDivisionError(TOO_SHORT(field=field, code=code, level=LEVEL_NAMES[level], digits=level))


def street_of(code: str) -> str:
    """The street that manages a community (Art. 24: 由街道集中管理); a higher code is itself."""
    return code[:STREET]


def within(code: str, superior: str) -> bool:
    """Whether `code` lies in `superior`, or is it."""
    return code.startswith(superior)
