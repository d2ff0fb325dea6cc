"""The feed: the ledger itself as CloudEvents, a line an event, from any position on, for whom it may be told."""

import io
import json
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from api.readers import feed
from domain.exporting import line_of
from domain.facts import FACT_TYPES
from domain.importing.run import import_files
from tests.running import Bench, Databases, open_ledger
from tests.web.routes import problem
from tests.web.town import KEYS, REACHED, STREET, settle
from tests.web.window import Window
from tests.web.wire import Stream, bearer


def events(window: Window, jurisdiction: str = "15", **query: Any) -> list[dict[str, Any]]:
    response = window.as_("auditor", jurisdiction=jurisdiction).get("/feed", **query)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.text.splitlines()]


def stored(window: Window) -> list[tuple[int, str, int, bytes]]:
    """Every entry as the store has it: position, career, number, state."""
    recorder = window.house.ledger.recorder
    rows = recorder.select_notifications(0, 10_000, recorder.max_notification_id(), inclusive_of_start=False)
    return [(row.id, str(row.originator_id), row.originator_version, row.state) for row in rows]


def test_the_feed_is_the_ledger_entry_by_entry(town: Window) -> None:
    found = [(int(one["id"]), one["subject"], one["number"]) for one in events(town)]
    assert found == [(position, career, number) for position, career, number, _ in stored(town)]


def test_the_data_of_an_event_is_the_entry_as_an_export_has_it_byte_for_byte(town: Window) -> None:
    lines = town.as_("auditor").get("/feed").content.splitlines()
    for line, row in zip(lines, stored(town), strict=True):
        exported = line_of(town.career(next(key for key in KEYS if str(town.career(key)) == row[1])), row[3]).rstrip(
            b"\n"
        )
        assert line.endswith(b'"data":' + exported + b"}")


def test_what_is_imported_from_the_feed_is_the_same_ledger_byte_for_byte(town: Window, databases: Databases) -> None:
    lines = b"".join(json.dumps(one["data"], ensure_ascii=False).encode() + b"\n" for one in events(town))
    with closing(open_ledger(databases("another"))) as ledger:
        bench = Bench(ledger, [])
        import_files(ledger, [io.BytesIO(lines)], bench.watcher, author="importer")
        assert bench.refused == []
        rows = ledger.recorder.select_notifications(0, 10_000, 10_000, inclusive_of_start=False)
        assert [(row.id, str(row.originator_id), row.originator_version, row.state) for row in rows] == stored(town)


def test_an_event_is_a_cloud_event(town: Window) -> None:
    for one in events(town):
        assert set(one) == {
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "number",
            "data",
        }
        assert (one["specversion"], one["datacontenttype"]) == ("1.0", "application/json")
        assert isinstance(one["id"], str)
        assert one["id"]
        assert one["source"] == "/feed"
        assert one["type"] == f"career_ledger.{one['data']['fact']['fact']}"
        assert one["type"].removeprefix("career_ledger.") in FACT_TYPES
        moment = datetime.fromisoformat(one["time"])
        assert moment.tzinfo == UTC
        assert one["time"] == one["data"]["recorded_at"]
        assert all(name.isascii() and name.islower() and len(name) <= 20 for name in one)
    assert len({(one["source"], one["id"]) for one in events(town)}) == len(stored(town))


@pytest.mark.parametrize("batch", [1, 2, 3, 7, 500])
def test_a_reader_may_stop_anywhere_and_go_on_after_the_last_event_that_it_has(
    batch: int, town: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "AT_A_TIME", batch)
    for jurisdiction in ("15", STREET):
        whole = events(town, jurisdiction)
        for after in range(len(stored(town)) + 1):
            rest = events(town, jurisdiction, after=after)
            assert rest == [one for one in whole if int(one["id"]) > after]
            assert events(town, jurisdiction, after=after, limit=2) == rest[:2]


def test_after_the_head_there_is_nothing(town: Window) -> None:
    assert events(town, after=len(stored(town))) == []
    assert events(town, after=10**15) == []


def test_the_head_is_told(town: Window) -> None:
    response = town.as_("auditor").get("/feed", limit=1)
    assert response.headers["ledger-position"] == str(len(stored(town)))


def test_an_auditor_of_a_part_gets_the_careers_in_reach_whole_and_no_others(town: Window) -> None:
    reached = {str(town.career(key)) for key in REACHED}
    found = [(int(one["id"]), one["subject"]) for one in events(town, STREET)]
    assert found == [(position, career) for position, career, *_ in stored(town) if career in reached]


def test_every_batch_is_logged_with_those_whom_it_tells_of(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(window)
    monkeypatch.setattr(feed, "AT_A_TIME", 5)
    response = window.as_("auditor", jurisdiction=STREET).get("/feed")
    told = [(int(one["id"]), one["subject"]) for one in map(json.loads, response.text.splitlines())]
    batches: dict[int, set[str]] = {}
    for record in window.logged(response):
        batches.setdefault(record.position, set()).add(str(record.career))
    for number in range(0, len(stored(window)), 5):
        some = [(position, career) for position, career in told if number < position <= number + 5]
        if some:
            assert batches.pop(some[-1][0]) == {career for _, career in some}
    assert batches == {}


def test_of_what_is_cut_off_by_a_limit_the_log_has_what_was_told(town: Window) -> None:
    response = town.as_("auditor").get("/feed", limit=1)
    assert [str(one.career) for one in town.logged(response)] == [json.loads(response.text)["subject"]]


def test_a_feed_whose_log_fails_half_way_is_broken_off_there(town: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "AT_A_TIME", 5)
    append, calls = town.house.office._store.append, []

    def fails_the_third_time(answers: Any) -> int:
        calls.append(answers)
        if len(calls) == 3:
            raise OSError
        return append(answers)

    monkeypatch.setattr(town.house.office._store, "append", fails_the_third_time)
    with Stream(town, "GET", "/feed", headers=[bearer(town.token("auditor"))]) as stream:
        assert stream.started()[0] == 200
        assert stream.until(lambda body: body.count(b"\n") == 10)
        assert stream.nothing_more()
    assert "response started" in str(stream.failed)


def test_only_auditors_read_the_feed(town: Window) -> None:
    for role in ("clerk", "approver", "transfer_desk", "inspector", "department"):
        response = town.as_(role).get("/feed", purpose="x", case_number="x")
        assert problem(response) == "denied"
