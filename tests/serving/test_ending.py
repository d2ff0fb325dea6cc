"""The server is told to stop, or is killed, while many record and ask: what was acknowledged is there, and logged."""

import signal
from collections import Counter
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from api.office.opening import office_of
from tests.ledger.shell import PATIENCE
from tests.running import Database, open_ledger, url_of
from tests.serving.crowd import Crowd, Recording, titles
from tests.serving.server import Server, commended, served, settled

pytestmark = pytest.mark.stores("sqlite", "postgres")

CLERKS, READERS, FOLLOWERS = 6, 4, 3
ENOUGH = 120
"""Recordings that were acknowledged when the server is told to stop."""


def at_work(server: Server, careers: list[UUID]) -> Crowd:
    """A crowd in the midst of it."""
    crowd = Crowd(server, careers)
    crowd.followers(FOLLOWERS)
    crowd.readers(READERS)
    crowd.clerks(CLERKS, ENOUGH)
    crowd.wait(PATIENCE)
    return crowd


def recorded(database: Database) -> Counter[str]:
    """How often each commendation stands in the ledger."""
    with closing(open_ledger(database)) as ledger:
        facts = [entry.state.fact for entries in ledger.careers() for entry in entries]
    return Counter(fact.title for fact in facts if fact.tag() == "commended" and fact.title.startswith("commendation "))


def logged(database: Database) -> dict[str, str]:
    """What became of each request, by the access log."""
    with closing(office_of(url_of(database))) as office:
        return {one.request: one.outcome for one in office.log.page(limit=100_000).records}


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_told_to_stop_it_ends_what_it_began(by: signal.Signals, database: Database, tmp_path: Path) -> None:
    careers = settled(database, CLERKS)
    with served(database, tmp_path) as server:
        crowd = at_work(server, careers)
        status = server.ended(by)
        crowd.join(PATIENCE)

    assert (status, crowd.refused) == (0, [])
    assert "Traceback" not in server.words()
    there = recorded(database)
    assert {one.title for one in crowd.stored} <= there.keys()
    assert set(there.values()) == {1}
    outcomes = logged(database)
    assert {outcomes.get(answer) for answer in crowd.answers} == {"answered", "recorded"}
    assert all(stream.endswith(b"0\r\n\r\n") for stream in crowd.streams)


def test_killed_it_keeps_what_it_acknowledged_and_a_retry_records_nothing_twice(
    database: Database, tmp_path: Path
) -> None:
    careers = settled(database, CLERKS)
    with served(database, tmp_path) as server:
        crowd = at_work(server, careers)
        assert server.ended(signal.SIGKILL) == -signal.SIGKILL
        crowd.join(PATIENCE)
    outcomes = logged(database)
    there = recorded(database)
    assert {outcomes.get(answer) for answer in crowd.answers} == {"answered", "recorded"}
    assert {one.title for one in crowd.stored} <= there.keys()

    with served(database, tmp_path) as server:
        retried = [sent_again(server, one) for one in [*crowd.tried, *crowd.tried[-20:]]]
        auditor = server.caller("auditor")
        found = Counter(title for career in careers for title in titles(auditor.get(f"/careers/{career}/entries")))
        assert server.ended() == 0

    assert set(retried) == {201}
    ours = {title: times for title, times in found.items() if title.startswith("commendation ")}
    assert ours == dict.fromkeys([one.title for one in crowd.tried], 1)


def sent_again(server: Server, one: Recording) -> int:
    """The same request by the same clerk, with the same key."""
    who = one.title.removeprefix("commendation ").partition("-")[0]
    clerk = server.caller("clerk", name=f"clerk {who}")
    with closing(clerk):
        return clerk.post(f"/careers/{one.career}/facts", commended(one.title), one.key).status
