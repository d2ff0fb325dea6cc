"""What a PostgreSQL server refuses or cannot do: in words that say what to do and never hold a password."""

import json
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from domain.errors import LedgerBusyError, ReadOnlyStoreError, StoreError, StoreFullError, UnreachableStoreError
from domain.examination import examine
from domain.ledger import Ledger, row_of
from domain.stores.postgres import connections
from domain.stores.rows import Row
from tests.ledger.refusing import execute, refused
from tests.ledger.saying import IDENTITY, NAME, SOMEBODY, career_of, commended, hired, line, registered, said, stored
from tests.ledger.shell import run, script
from tests.postgres_server import GUARDED, OWNER, PASSWORD, Server, standby
from tests.running import KEY, Office, open_ledger

pytestmark = pytest.mark.stores("postgres")

FACT = json.dumps(commended("2015-05-04"))
WORDS = (["timeline", SOMEBODY], ["doctor"], ["export"], ["record", SOMEBODY, FACT])


def name_of(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


def unreachable(url: str, server: Server) -> dict[str, tuple[str, str]]:
    """URLs that lead nowhere, and what is said of them."""
    name, folder = name_of(url), server.folder
    return {
        "no socket": (f"postgresql://u:wrong@/{name}?host=/tmp/nowhere", "no server answers"),
        "no port": (f"postgresql://u:wrong@127.0.0.1:1/{name}", "no server answers"),
        "no host": (f"postgresql://u:wrong@nowhere.invalid/{name}", "no server answers"),
        "no hosts": (f"postgresql://u:wrong@127.0.0.1:1,nowhere.invalid:2/{name}", "no server answers"),
        "no database": (f"postgresql://{OWNER}:wrong@/missing?host={folder}", "create it (createdb)"),
        "no role": (f"postgresql://nobody:wrong@/{name}?host={folder}", "refuses the login"),
        "a wrong password": (f"postgresql://{GUARDED}:wrong@/{name}?host={folder}", "refuses the login"),
        "no password": (f"postgresql://{GUARDED}@/{name}?host={folder}", "refuses the login"),
        "an unencoded @": (f"postgresql://{GUARDED}:a@wrong@/{name}?host={folder}", ""),
        "an unencoded @ before a host": (f"postgresql://{GUARDED}:a@wrong@127.0.0.1:1/{name}", ""),
    }


def test_who_is_not_let_in_is_told_why(office: Office, postgres_server: Server) -> None:
    for kind, (url, words) in unreachable(office.database, postgres_server).items():
        for command in WORDS:
            assert words in refused(office, url, *command), kind


@pytest.mark.parametrize(
    "url",
    ["postgresql://u:wrong/secret@h/d", "postgresql://h:port/d", "postgresql://h/d?hosts=wrong", "postgresql://[::1/d"],
)
def test_a_url_that_cannot_be_read_is_wrong_usage_and_is_not_repeated(office: Office, url: str) -> None:
    office.database = url
    told = office.run("timeline", SOMEBODY, "--lang", "en")
    assert (told.status, told.out) == (2, "")
    assert "percent-encoded" in told.err
    assert "wrong" not in told.err


def test_a_password_opens_the_ledger(office: Office, postgres_server: Server) -> None:
    execute(office.database, f"GRANT ALL ON SCHEMA public TO {GUARDED}")
    name = name_of(office.database)
    office.database = f"postgresql://{GUARDED}:{PASSWORD}@/{name}?host={postgres_server.folder}"
    assert office.run("record", SOMEBODY, FACT).status == 0
    told = office.run("doctor", "--lang", "en")
    assert (told.status, told.err) == (0, "")
    assert PASSWORD not in told.out


def test_without_a_digest_key_it_says_what_to_set(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert office.run("record", SOMEBODY, FACT).status == 0
    career = office.run("export").out[len('{"worker":"') :][:36]
    monkeypatch.delenv("CAREER_LEDGER_KEY")
    for words in (WORDS[0], WORDS[-1]):
        assert "set CAREER_LEDGER_KEY" in refused(office, office.database, *words)
    assert office.run("timeline", career).status == 0
    assert office.run("record", career, json.dumps(commended("2016-05-04"))).status == 0


def test_who_may_only_read_can_ask_and_not_write(office: Office, postgres_server: Server) -> None:
    url = office.database
    assert office.run("record", SOMEBODY, FACT).status == 0
    execute(url, f"GRANT SELECT ON entries, ledger TO {GUARDED}")
    told = url.replace(f"{OWNER}@", f"{GUARDED}:{PASSWORD}@")
    office.database = told
    for words in WORDS[:-1]:
        assert office.run(*words).status == 0
    assert "grant it" in refused(office, told, "record", SOMEBODY, json.dumps(commended("2016-05-04")))
    assert "grant it" in refused(office, told, "import", office.file([line(commended("2016-05-04"))]))
    execute(url, f"REVOKE SELECT ON entries FROM {GUARDED}")
    assert "grant it" in refused(office, told, "export")
    assert stored(url)[0] == 1


def test_who_may_make_no_tables_is_told_so(office: Office) -> None:
    told = office.database.replace(f"{OWNER}@", f"{GUARDED}:{PASSWORD}@")
    assert "grant it" in refused(office, told, "record", SOMEBODY, FACT)


@pytest.fixture(scope="module")
def follower(postgres_server: Server) -> Iterator[Server]:
    with standby(postgres_server) as started:
        yield started


def test_of_several_hosts_a_writer_finds_the_one_that_takes_it_and_readers_ask_any(
    database: str, postgres_server: Server, follower: Server
) -> None:
    name, primary, second = name_of(database), postgres_server.folder, follower.folder
    several = f"postgresql://{OWNER}@/{name}?host=/tmp/nowhere,{second},{primary}"
    with closing(open_ledger(several)) as ledger:
        ledger.record(career_of(ledger), said(hired()), author="clerk")
    assert stored(database)[0] == 1
    with psycopg.connect(follower.url(name), autocommit=True) as session:
        while session.execute("SELECT to_regclass('ledger')").fetchone() == (None,):
            pass  # What is recorded comes to the standby later.
        while session.execute("SELECT head FROM ledger").fetchone() != (1,):
            pass
    for url in (several, follower.url(name)):
        with closing(open_ledger(url, writing=False)) as reader:
            assert len(reader.entries(career_of(reader), reader.known())) == 1
            assert reader.recorder.wait(1, 0.1) == 1
            assert not any(check.problems for check in examine(reader))
            with reader.recorder.reading() as connection:
                assert connection.info.host == str(second)
    alone = pytest.raises(ReadOnlyStoreError, match="target_session_attrs=read-write")
    with closing(open_ledger(follower.url(name))) as ledger, alone:
        ledger.record(career_of(ledger), said(commended("2015-05-04")), author="clerk")
    with pytest.raises(ReadOnlyStoreError, match="target_session_attrs=read-write"):
        open_ledger(follower.url(name, target_session_attrs="read-write"))
    told = f"{several}&target_session_attrs=any"  # Who says what is wanted gets it.
    with closing(open_ledger(told)) as ledger, pytest.raises(ReadOnlyStoreError):
        ledger.record(career_of(ledger), said(commended("2015-05-04")), author="clerk")
    assert stored(database)[0] == 1


def append(ledger: Ledger, row: Row) -> None:
    with ledger.appending() as transaction:
        transaction.append([row])


FAILING = """
CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no, % %', new.topic, convert_from(new.state, 'UTF8') USING ERRCODE = '{code}'; END $$;
CREATE TRIGGER fails AFTER INSERT ON entries FOR EACH ROW EXECUTE FUNCTION fails();
"""


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("53100", StoreFullError, "disk of the server"),
        ("57014", LedgerBusyError, "took too long"),
        ("40P01", LedgerBusyError, "another process is writing"),
        ("25006", ReadOnlyStoreError, "only lets read"),
        ("58030", StoreError, "is damaged"),
        ("XX001", StoreError, "is damaged"),
        ("57P01", UnreachableStoreError, "was lost"),
        ("22000", StoreError, "DataException 22000"),
    ],
)
def test_what_the_server_says_is_told_without_what_was_to_be_stored(
    database: str, code: str, kind: type[StoreError], words: str
) -> None:
    """In a transaction of its own; together with others it is told in the same words, or as not known."""
    with closing(open_ledger(database)) as ledger:
        entry = ledger.record(career_of(ledger), said(hired()), author="clerk")[0]
        execute(database, FAILING.format(code=code))
        with pytest.raises(kind) as told:
            append(ledger, row_of(entry, 0)._replace(number=2))
        assert words in told.value.say("en")
        assert "2014-09-01" not in told.value.say("en") + told.value.say("zh")
        assert ledger.known().position == 1


def test_no_name_and_no_id_number_are_repeated(office: Office) -> None:
    """A constraint that is broken names the row, in words that are not passed on."""
    assert office.run("record", SOMEBODY, FACT).status == 0
    execute(office.database, "ALTER TABLE entries ADD CHECK (topic <> 'registered')")
    told = refused(office, office.database, "record", IDENTITY, json.dumps(registered()))
    assert "CheckViolation 23514" in told
    assert not any(one in told for one in (IDENTITY, IDENTITY[:17], NAME, "registered"))


def test_all_connections_taken_is_told(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 1)
    monkeypatch.setattr(connections, "WAIT_SECONDS", 0.2)
    none_left = pytest.raises(LedgerBusyError, match="are taken")
    with closing(open_ledger(database)) as ledger, ledger.recorder.reading(), none_left:
        ledger.known()


WITHOUT_PSYCOPG = """
import sys
sys.modules["psycopg"] = None
from scripts.main import main
main(["--database", sys.argv[1], "timeline", "A-0417", "--lang", "en"])
"""


def test_without_the_driver_it_says_what_to_install() -> None:
    told = run(script(WITHOUT_PSYCOPG, "postgresql://u:wrong@h/d"), CAREER_LEDGER_KEY=KEY.decode())
    assert (told.status, told.out) == (1, "")
    assert told.err.strip() == "PostgreSQL support is not installed; install career-ledger[postgres]"


def test_a_server_needs_no_key_file(office: Office) -> None:
    assert office.run("record", SOMEBODY, FACT).status == 0
    assert list(office.folder.iterdir()) == []
