"""What the OpenAPI document says in words and by example: what a caller would send, and what would come back."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

ABOUT = """\
Answers about the careers of community workers 社区工作者, derived from an append-only ledger of facts, with reasons.
Every question takes two times: `on`, the day that is asked about, and `known_at`, when it was known. Every answer says
the article, the entries and the readings it rests on, and up to which position the ledger was known. Whoever is told of
a person is recorded before the answer leaves. Errors are problem details (RFC 9457). An answer is advice to a human
decision (个人信息保护法 24)."""

TAGS = {
    "careers": "One career 履历, for whoever has the right: who, how long, what was found, what happened",
    "clerk": "经办人: recording facts, with a preview of what would change",
    "corrections": "更正: proposed by one person, decided by another",
    "transfer desk": "转接岗: service years of people who arrive, for a stated purpose",
    "auditor": "审计: raw entries, replay, comparison, the feed, and the access log",
    "inspector": "纪检: timelines with discipline and searches, for a numbered case",
    "department": "社会工作部: questions about all careers of a division",
    "server": "Health and figures of the server, and what its problems mean; open to all",
}
"""What the readers of each tag ask for."""

IN_PATHS = {
    "career": "The career's UUID",
    "proposal": "The id of a proposed correction",
    "name": "The last part of a problem's `type`",
}

MORE = {
    "feed": (
        " Every event is a CloudEvent 1.0 in JSON: `id` is its position, `type` is `career_ledger.` and the kind of"
        " fact, `subject` the career, `number` the entry's place in it, `data` the entry as a line of the import"
        " format, verbatim. As server-sent events (`Accept: text/event-stream`), the stream goes on for as long as the"
        " token is good."
    ),
    "record": " All or none; a request sent again with its `Idempotency-Key` is answered as at first.",
    "entries": " As NDJSON (`Accept: application/x-ndjson`), each is a line of the import format.",
}
"""What there is to say of an operation besides what it tells."""

BODIES: dict[str, Any] = {
    "register": {
        "worker": "A-0417",
        "facts": [
            {
                "fact": {
                    "fact": "registered", "name": "某某", "identity": "110101199003070011", "sex": "male",
                    "born": "1990-03-07",
                }
            },
            {"fact": {"fact": "hired", "on": "2026-11-02", "community": "150102001001", "role": "specialist"}},
        ],
    },
    "record": {
        "facts": [
            {
                "fact": {
                    "fact": "trained", "first_day": "2026-10-12", "last_day": "2026-10-16", "hours": 40,
                    "kind": "special", "mode": "offline",
                },
                "act": "新社工发〔2026〕31号",
            }
        ]
    },
    "propose": {
        "number": 3,
        "reason": "the certificate says 24 hours",
        "replacement": {
            "fact": "trained", "first_day": "2026-10-12", "last_day": "2026-10-14", "hours": 24, "kind": "special",
            "mode": "offline",
        },
    },
    "approve": {"comment": "seen the certificate"},
    "reject": {"comment": "the certificate says 40 hours"},
    "verify": {"workers": ["A-0417"], "purpose": "transfer from 150102001"},
}  # fmt: skip


def answer(name: str, media: str) -> Any:
    """What was answered once to an operation, in one of its media; None if there is no example of it."""
    return _answers().get(name, {}).get(media)


@cache
def _answers() -> dict[str, dict[str, Any]]:
    """What a server answers over a small ledger; `tests/serving/test_examples.py` makes and holds it."""
    found: dict[str, dict[str, Any]] = msgspec.json.decode(Path(__file__).with_name("answers.json").read_bytes())
    return found
