"""Which tables are kept, and the version of each: the digest of all that its rows depend on.

A version is the digest of the source of the domain's pure part, of what all tables share, and of the table's own
module. So a changed rule, reading or column is noticed when a program starts, and the table is built anew beside the
old one.
"""

import sys
from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import version as version_of
from pathlib import Path

import domain
import projections
from domain.calendar import Day
from projections.kept.due import DUE
from projections.kept.eligibility import ELIGIBILITY
from projections.kept.findings import FINDINGS
from projections.kept.happenings import HAPPENINGS
from projections.kept.people import PEOPLE
from projections.kept.reach import REACH
from projections.kept.recordings import RECORDINGS
from projections.kept.roster import ROSTER
from projections.kept.service import SERVICE
from projections.kept.table import Table
from projections.kept.training import TRAINING

TABLES: tuple[Table, ...] = (
    PEOPLE,
    ROSTER,
    SERVICE,
    ELIGIBILITY,
    FINDINGS,
    TRAINING,
    DUE,
    HAPPENINGS,
    REACH,
    RECORDINGS,
)
BY_NAME = {table.name: table for table in TABLES}

DOMAIN = Path(domain.__file__).parent
PROJECTIONS = Path(projections.__file__).parent
IMPURE = (
    "stores",
    "importing",
    "ledger.py",
    "recording.py",
    "requests.py",
    "exporting.py",
    "examination.py",
    "workers.py",
)
"""Rooms of the domain that no row depends on."""

LIBRARIES = ("chinesecalendar", "msgspec")
"""Libraries that decide what a row says: which days are rest days, and how a value is written."""


def named(names: Iterable[str]) -> tuple[Table, ...]:
    """The tables of these names, or all if none are named."""
    return tuple(BY_NAME[name] for name in names) or TABLES


@cache
def version(table: Table) -> str:
    """The version of a table's definition, as 16 hexadecimal digits."""
    digest = sha256(_shared())
    digest.update(repr((table.name, table.columns, table.key, table.indexes)).encode())
    digest.update(_source_of(table).read_bytes())
    return digest.hexdigest()[:16]


def horizon(today: date) -> Day:
    """The last day for which rows judge yearly rules: 1 January of the year after next.

    It moves once a year, a year before it is reached, so a question about next year needs no fresh tables.
    """
    return date(today.year + 2, 1, 1).toordinal()


@cache
def _shared() -> bytes:
    digest = sha256(" ".join(version_of(library) for library in LIBRARIES).encode())
    tables = {_source_of(table) for table in TABLES}
    kept = [path for path in (PROJECTIONS / "kept").glob("*.py") if path not in tables]
    pure = [
        path
        for path in [*DOMAIN.rglob("*.py"), *DOMAIN.rglob("*.csv")]
        if path.relative_to(DOMAIN).parts[0] not in IMPURE
    ]
    for path in sorted([*pure, *kept, PROJECTIONS / "wire.py"]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.digest()


def _source_of(table: Table) -> Path:
    return Path(str(sys.modules[table.rows.__module__].__file__))
