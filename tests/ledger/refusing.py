"""Commands on a PostgreSQL ledger that are refused, and statements run beside them."""

import re

import psycopg

from tests.postgres_server import PASSWORD
from tests.running import Office

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def refused(office: Office, url: str, *words: str) -> str:
    """What is said of a command that fails, in English; it is said in Chinese too, and shows no password."""
    office.database = url
    told, chinese = office.run(*words, "--lang", "en"), office.run(*words)
    assert (told.out, told.status) == (chinese.out, chinese.status) == ("", 1)
    assert CHINESE.search(chinese.err)
    assert not CHINESE.search(told.err)
    for text in (told.err, chinese.err):
        assert "Traceback" not in text
        assert "wrong" not in text
        assert PASSWORD not in text
    return told.err


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(statement)
