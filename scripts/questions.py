"""Questions about one worker: service-years, eligibility, timeline, compare; and the readings there are."""

import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any

import rich_click as click
from rich.console import Console

from api.answers import Desk
from api.questions import Question, knowledge, question
from domain.regulation.readings import CHOICES
from domain.words import Language
from projections.wire import to_json
from scripts import options
from scripts.settings import Settings, today
from scripts.tables import comparison, eligibility, readings, service_years, timeline

Ask = Callable[[Desk, str, Question], object]
Show = Callable[[Console, Any, Language], None]


def _question(name: str, ask: Ask, show: Show, about: str) -> click.Command:
    """A question about a worker that is asked of one moment of knowledge."""

    @click.command(name, help=about)
    @options.about_a_worker
    @options.known_at
    @click.pass_obj
    def command(settings: Settings, /, worker: str, known_at: str | None, **words: Any) -> None:
        _answer(settings, known_at, words, lambda desk, asked: ask(desk, worker, asked), show)

    return command


SERVICE_YEARS = _question(
    "service-years",
    Desk.service_years,
    service_years.show,
    "Service years 工作年限 (Art. 23): cumulative across leagues, and continuous, with every spell.",
)
ELIGIBILITY = _question(
    "eligibility",
    Desk.eligibility,
    eligibility.show,
    "Secretary eligibility 书记优选 (Art. 32): four conditions, and since when each is met.",
)
TIMELINE = _question(
    "timeline",
    Desk.timeline,
    timeline.show,
    "Timeline 时间线: everything in order, with both times, corrections beside what they corrected.",
)


@click.command("compare")
@options.about_a_worker
@click.option("--known-at", "a", metavar="A", required=True, help="One moment of knowledge: RFC 3339, or a position.")
@click.option("--and", "b", metavar="B", required=True, help="The other.")
@click.pass_obj
def compare_command(settings: Settings, /, worker: str, a: str, b: str, **words: Any) -> None:
    """Compare 比较: what two moments of knowledge differ in, and which answers changed because of it."""
    one, other = knowledge(a, "--known-at"), knowledge(b, "--and")
    _answer(settings, None, words, lambda desk, asked: desk.compare(worker, asked, one, other), comparison.show)


@click.command("readings")
@options.as_json
@options.language
def readings_command(as_json: bool, lang: Language) -> None:
    """Readings 解释口径: where the law leaves room, the default, and what may be taken instead."""
    if as_json:
        write_json(to_json(readings.listed(lang), lang))
    else:
        readings.show(Console(), CHOICES, lang)


def _answer(
    settings: Settings,
    known_at: str | None,
    words: dict[str, Any],
    ask: Callable[[Desk, Question], object],
    show: Show,
) -> None:
    """Ask the desk, and say the answer as JSON or as tables."""
    lang: Language = words["lang"]
    asked = question(on=words["on"], known_at=known_at, readings=words["readings"], today=today())
    with closing(settings.open()) as ledger:
        answer = ask(Desk(ledger), asked)
    if words["as_json"]:
        write_json(to_json(answer, lang))
    else:
        show(Console(), answer, lang)


def write_json(json: bytes) -> None:
    """One document on a line of its own."""
    sys.stdout.buffer.write(json + b"\n")
    sys.stdout.buffer.flush()


COMMANDS = (SERVICE_YEARS, ELIGIBILITY, TIMELINE, compare_command, readings_command)
