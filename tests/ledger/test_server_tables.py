"""What makes a PostgreSQL database a ledger, what keeps it from being edited, and what doctor says of it."""

import json
from contextlib import closing

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from domain.stores.postgres.appending import FEW
from tests.ledger.refusing import execute, refused
from tests.ledger.saying import SOMEBODY, career_of, commended, hired, line, said, stored
from tests.running import Office, open_ledger

pytestmark = pytest.mark.stores("postgres")

FACT = json.dumps(commended("2015-05-04"))
WORDS = (["timeline", SOMEBODY], ["doctor"], ["export"], ["record", SOMEBODY, FACT])


def test_without_a_ledger_a_question_says_so_and_makes_none(office: Office) -> None:
    for words in WORDS[:-1]:
        assert "no ledger at" in refused(office, office.database, *words)
    with psycopg.connect(office.database) as session:
        assert session.execute("SELECT to_regclass('ledger')").fetchone() == (None,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE entries (position BIGINT PRIMARY KEY)",
        "CREATE TABLE ledger (account TEXT, amount NUMERIC)",
        "CREATE VIEW ledger AS SELECT 1 AS version",
        "CREATE VIEW entries AS SELECT 1 AS position",
    ],
)
def test_tables_of_another_program_are_no_ledger_and_stay_as_they_are(office: Office, statement: str) -> None:
    execute(office.database, statement)
    for words in WORDS:
        assert "is not a career ledger" in refused(office, office.database, *words)
    with psycopg.connect(office.database) as session:
        query = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')"
        assert session.execute(query).fetchone() == (1,)


def test_tables_of_another_program_beside_the_ledger_do_no_harm(office: Office) -> None:
    execute(office.database, "CREATE TABLE persons (name TEXT)")
    execute(office.database, "CREATE SCHEMA other; CREATE TABLE other.ledger (account TEXT)")
    assert office.run("record", SOMEBODY, FACT).status == 0
    assert office.run("doctor").status == 0


def test_a_database_holds_a_ledger_in_each_schema(office: Office) -> None:
    url = office.database
    execute(url, "CREATE SCHEMA one; CREATE SCHEMA other")
    for schema, facts in (("one", 1), ("other", 2)):
        office.database = f"{url}&options=-csearch_path%3D{schema}"
        for number in range(facts):
            fact = json.dumps(commended("2015-05-04", f"no. {number}"))
            assert office.run("record", SOMEBODY, fact).status == 0
        assert stored(office.database)[0] == facts
        assert office.run("doctor").status == 0
    assert "no ledger at" in refused(office, url, "export")
    assert "no default schema" in refused(office, f"{url}&options=-csearch_path%3Dnone", "record", SOMEBODY, FACT)


@pytest.mark.parametrize("change", ["", "; ALTER TABLE entries ADD COLUMN mood TEXT"])
def test_a_newer_layout_is_refused_and_not_touched(office: Office, change: str) -> None:
    assert office.run("record", SOMEBODY, FACT).status == 0
    execute(office.database, "UPDATE ledger SET version = 2" + change)
    for words in WORDS:
        assert "newer program (layout 2)" in refused(office, office.database, *words)
    assert stored(office.database)[0] == 1


def test_an_index_that_has_lost_entries_is_told(office: Office) -> None:
    assert office.run("import", office.file([line(hired()), line(commended("2015-05-04"))])).status == 0
    execute(office.database, "CREATE EXTENSION amcheck")
    told = office.run("doctor", "--json")
    assert json.loads(told.out)["checks"][0]["problems"] == []
    execute(
        office.database,
        "UPDATE pg_index SET indisready = false WHERE indexrelid = 'entries_career_number_key'::regclass;"
        "INSERT INTO entries SELECT 3, career, 3, topic, state, told FROM entries WHERE number = 2;"
        "UPDATE pg_index SET indisready = true WHERE indexrelid = 'entries_career_number_key'::regclass;"
        "UPDATE ledger SET head = 3",
    )
    told = office.run("doctor", "--json", "--lang", "en")
    problems = json.loads(told.out)["checks"][0]["problems"]
    assert told.status == 1
    assert "entries_career_number_key has 2 entries, the table 3" in problems[0]
    assert "entries_career_number_key is damaged, says amcheck" in problems[1]


def test_a_disabled_guard_is_told(office: Office) -> None:
    assert office.run("record", SOMEBODY, FACT).status == 0
    execute(office.database, "ALTER TABLE entries DISABLE TRIGGER entries_are_never_emptied")
    told = office.run("doctor", "--json", "--lang", "en")
    assert told.status == 1
    assert "the trigger entries_are_never_emptied is missing or disabled" in told.out


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET state = '{}' WHERE position = 1",
        "UPDATE entries SET position = 9",
        "DELETE FROM entries",
        "DELETE FROM entries WHERE position = 9",
        "TRUNCATE entries",
        "SET session_replication_role = replica; DELETE FROM entries",
        "INSERT INTO entries SELECT * FROM entries ON CONFLICT (position) DO UPDATE SET topic = 'died'",
    ],
)
def test_the_database_refuses_to_edit_and_to_delete(database: str, statement: str) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), said(hired()), author="clerk")
    before = stored(database)
    with pytest.raises(psycopg.errors.RaiseException, match="never edited or deleted"):
        execute(database, statement)
    assert stored(database) == before


ODD_SETTINGS = {
    "standard_conforming_strings": "off",
    "bytea_output": "escape",
    "default_transaction_isolation": "serializable",
    "client_encoding": "LATIN1",
    "lock_timeout": "1ms",
    "enable_indexscan": "off",
}
NASTY = 'a\'b\\c%d %s "e" $$ \u4e2d\n; --'


@pytest.mark.parametrize("setting", ODD_SETTINGS)
def test_a_session_that_is_set_otherwise_stores_and_reads_the_same(database: str, setting: str) -> None:
    """What is quoted into statements may hold all that needs quoting, few rows at a time and many."""
    name = database.partition("?")[0].rpartition("/")[2]
    execute(database, f"ALTER DATABASE {name} SET {setting} = '{ODD_SETTINGS[setting]}'")
    with closing(open_ledger(database)) as ledger:
        career = career_of(ledger)
        for first, last in ((1, 3), (4, FEW + 9)):
            events = [StoredEvent(career, number, NASTY, NASTY.encode() * 3) for number in range(first, last + 1)]
            assert ledger.recorder.insert_events(events) == range(first, last + 1)
        assert {row[3:5] for row in stored(f"{database}&client_encoding=UTF8")[1]} == {(NASTY, NASTY.encode() * 3)}
        assert {row[3:5] for row in ledger.recorder.stream()} == {(NASTY, NASTY.encode() * 3)}
        with ledger.appending() as transaction:
            assert {row[3:5] for row in transaction.rows(career.bytes)} == {(NASTY, NASTY.encode() * 3)}
            assert transaction.head == FEW + 9
