"""Ctrl-C while a PostgreSQL server commits: nothing is claimed that is not known."""

import signal
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from tests.ledger.refusing import execute
from tests.ledger.saying import commended, line, long_ago, stored
from tests.ledger.shell import PATIENCE, command, run, start
from tests.postgres_server import Server
from tests.running import KEY, Office

pytestmark = pytest.mark.stores("postgres")

SLOW_COMMIT = """
CREATE FUNCTION sleeps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1000); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER sleeps AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION sleeps();
"""


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.ledger.shell.KEPT", {"CAREER_LEDGER_KEY": KEY.decode()})


@pytest.fixture
def begun(office: Office) -> Office:
    """A ledger with one entry."""
    assert run(command(office.database, "import", office.file([long_ago()]))).status == 0
    return office


@pytest.fixture
def never_acknowledged(postgres_server: Server) -> Iterator[None]:
    """A commit is done, but waits for a standby that never comes."""
    postgres_server.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    postgres_server.run("SELECT pg_reload_conf()")
    yield
    postgres_server.run("ALTER SYSTEM RESET synchronous_standby_names")
    postgres_server.run("SELECT pg_reload_conf()")


def interrupted_while(office: Office, event: str) -> tuple[int, str]:
    """Status and words of an import that is interrupted while its session waits for something."""
    file = office.file([line(commended("2015-05-04"))])
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = %s"
    with start(command(office.database, "import", file, "--lang", "en"), stdin=subprocess.DEVNULL) as process:
        with psycopg.connect(office.database, autocommit=True) as session:
            while session.execute(query, [event]).fetchone() == (0,):
                assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert out == b""
    assert b"Traceback" not in err
    return process.returncode, err.decode()


def test_a_commit_that_is_called_off_has_stored_nothing_and_says_so(begun: Office) -> None:
    execute(begun.database, SLOW_COMMIT)
    status, err = interrupted_while(begun, "PgSleep")
    assert (status, err.strip()) == (130, "interrupted; nothing was stored")
    assert stored(begun.database)[0] == 1


def test_a_commit_that_may_have_been_done_is_not_said_to_be_nothing(begun: Office, never_acknowledged: None) -> None:
    status, err = interrupted_while(begun, "SyncRep")
    assert status == 1
    assert "not known whether anything was stored" in err
    assert stored(begun.database)[0] == 2
