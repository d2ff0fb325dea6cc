"""Two answers of one tag say the same, but for how far the ledger was known: over random careers and questions."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from domain.errors import RefusedError
from tests.kept.populations import populations
from tests.web.window import Window, window_on

SOME = settings(max_examples=8, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])

PATHS = ("", "/service-years", "/timeline", "/findings", "/secretary-eligibility", "/transfers", "/entries", "/replay")
QUERIES: list[dict[str, str]] = [
    {}, {"on": "2024-12-31"}, {"lang": "en"}, {"known_at": "2"}, {"reading.gap": "3"},
    {"known_at": "2026-11-24T08:00:00Z"},
]  # fmt: skip


def answers(window: Window, people: int) -> list[tuple[str, bytes]]:
    """Tags, with what they stand for: the answers to all questions about everybody."""
    found = []
    for key, path, role in (
        (f"p{place}", path, role) for place in range(people) for path in PATHS for role in ("auditor", "department")
    ):
        caller = window.as_(role)
        for query in QUERIES:
            response = caller.get(f"/careers/{window.career(key)}{path}", **query)
            if response.status_code == 200:
                found.append((response.headers["etag"], said(response.json())))
    return found


def said(answer: Any) -> Any:
    """An answer without how far the ledger was known."""
    if isinstance(answer, dict):
        return {name: said(value) for name, value in answer.items() if name != "known"}
    return [said(one) for one in answer] if isinstance(answer, list) else answer


@SOME
@given(populations(2))
def test_equal_tags_stand_for_equal_answers(people: Any) -> None:
    with TemporaryDirectory() as folder, window_on(Path(folder) / "ledger.db") as window:
        stood_for: dict[str, Any] = {}
        steps = [(place, fact) for place, facts in enumerate(people) for fact in facts]
        for step, (place, fact) in enumerate(steps):
            try:
                window.record(f"p{place}", fact, by="clerk")
            except RefusedError:
                continue
            if step % 7 == 0 or step == len(steps) - 1:
                for tag, answer in answers(window, len(people)):
                    assert stood_for.setdefault(tag, answer) == answer
            window.clock.now += timedelta(hours=5)
        assert stood_for
