"""Questions about all careers of a division: roster, eligible, findings, happened, upcoming, statistics."""

import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any, NamedTuple

import rich_click as click
from rich.console import Console

from api.answers import Desk
from api.departments import Department, OpenSnapshot
from api.questions import (
    DivisionQuestion,
    article_number,
    cursor,
    day,
    days_between,
    division_question,
    kind_of_fact,
    question,
)
from domain.ledger import Ledger
from domain.words import Language, Phrase
from projections.happened import LIMIT
from projections.wire import to_json
from scripts import options
from scripts.questions import write_json
from scripts.settings import Settings, today
from scripts.sheets import Sheet, write
from scripts.tables import division_findings, eligible, findings, frame, happened, roster, statistics, upcoming

ONE_OF_BOTH = Phrase("请写 WORKER 或 --division CODE,二者取一", "give either WORKER or --division CODE, not both")
NEITHER = Phrase("缺少 WORKER 或 --division CODE", "WORKER or --division CODE is missing")
ONLY_WITH_DIVISION = Phrase(
    "--article、--severity、--open 只用于 --division", "--article, --severity and --open go with --division only"
)
ONE_FORM = Phrase("--json 与 --csv 只能取一", "--json and --csv exclude each other")


class Form(NamedTuple):
    """How an answer is told: as tables, or as one sheet."""

    title: Phrase
    show: Callable[[Console, Any, Language], None]
    sheet: Callable[[Any, Language], Sheet]
    close: Callable[[Console, Any, Language], None] = frame.division_footing
    head: Callable[[Console, Phrase, Any, Language], None] = frame.division_heading


Ask = Callable[[Department, DivisionQuestion], object]


def snapshot_of(settings: Settings, ledger: Ledger) -> OpenSnapshot:
    """The one place where commands get the kept tables from."""
    return lambda asked: settings.snapshot(ledger, asked)


def _answer(settings: Settings, words: dict[str, Any], ask: Ask, form: Form) -> None:
    """Ask the department, and say the answer as it is wanted."""
    _one_form(words)
    asked = division_question(
        division=words["division"],
        on=words["on"],
        known_at=words["known_at"],
        readings=words["readings"],
        today=today(),
    )
    with closing(settings.open()) as ledger:
        answer = ask(Department(ledger, snapshot_of(settings, ledger)), asked)
    _say(answer, words, form)


def _one_form(words: dict[str, Any]) -> None:
    if words["as_json"] and words["as_csv"]:
        raise click.UsageError(ONE_FORM().say(words["lang"]))


def _say(answer: Any, words: dict[str, Any], form: Form) -> None:
    """As JSON, as a sheet with what it does not say on stderr, or as tables."""
    lang: Language = words["lang"]
    if words["as_json"]:
        write_json(to_json(answer, lang))
    elif words["as_csv"]:
        write(form.sheet(answer, lang), lang, sys.stdout.buffer)
        beside = Console(stderr=True, soft_wrap=True, highlight=False)
        form.head(beside, form.title, answer, lang)
        form.close(beside, answer, lang)
    else:
        form.show(Console(), answer, lang)


ROSTER = Form(roster.TITLE, roster.show, roster.sheet)
ELIGIBLE = Form(eligible.TITLE, eligible.show, eligible.sheet, eligible.footing)
HAPPENED = Form(happened.TITLE, happened.show, happened.sheet, happened.footing)
UPCOMING = Form(upcoming.TITLE, upcoming.show, upcoming.sheet)
STATISTICS = Form(statistics.TITLE, statistics.show, statistics.sheet)
IN_DIVISION = Form(division_findings.TITLE, division_findings.show, division_findings.sheet)
OF_WORKER = Form(findings.TITLE, findings.show, findings.sheet, findings.footing, frame.heading)


@click.command("roster")
@options.about_a_division
@click.pass_obj
def roster_command(settings: Settings, /, **words: Any) -> None:
    """Roster 花名册: who serves in a division, as what, in which grade and office, and for how long by then."""
    _answer(settings, words, Department.roster, ROSTER)


@click.command("eligible")
@options.about_a_division
@click.option("--before", metavar="DATE", help="Only who is eligible before this day, now or as things will come.")
@click.pass_obj
def eligible_command(settings: Settings, /, before: str | None, **words: Any) -> None:
    """Eligible secretaries 书记优选 (Art. 32): since when or from when on, and what the others lack."""
    until: date | None = None if before is None else day(before, "--before")
    _answer(settings, words, lambda department, asked: department.eligible(asked, until), ELIGIBLE)


@click.command("happened")
@options.about_a_division
@click.option("--from", "first", metavar="DATE", required=True, help="The first day.")
@click.option("--to", "last", metavar="DATE", required=True, help="The last day.")
@click.option("--kind", metavar="FACT", help="Only facts of one kind, such as hired.")
@click.option("--limit", type=click.IntRange(1), default=LIMIT, show_default=True, help="How many facts at most.")
@click.option("--after", metavar="NEXT", help="Go on after an earlier answer: its `next`.")
@click.pass_obj
def happened_command(
    settings: Settings, /, first: str, last: str, kind: str | None, limit: int, after: str | None, **words: Any
) -> None:
    """What happened 事实 in a division from one day to another, as it now reads."""
    begin, end = days_between(first, last, ("--from", "--to"))
    tag = None if kind is None else kind_of_fact(kind, "--kind")
    reached = None if after is None else cursor(after, "--after")
    _answer(
        settings,
        words,
        lambda department, asked: department.happened(asked, begin, end, kind=tag, limit=limit, after=reached),
        HAPPENED,
    )


@click.command("findings")
@click.argument("worker", metavar="[WORKER]", required=False)
@options.about_a_division_or_none
@click.option("--article", metavar="N", help="Only of one article, such as 37, or of one paragraph, such as 37(1).")
@click.option("--severity", type=click.Choice(["breach", "review", "info"]), help="Only of one severity.")
@click.option("--open", "open_only", is_flag=True, help="Only what still goes on.")
@click.pass_obj
def findings_command(
    settings: Settings, /, worker: str | None, article: str | None, severity: Any, open_only: bool, **words: Any
) -> None:
    """Findings 发现问题: rules of the regulation that were broken, or are in doubt, by a worker or in a division."""
    lang: Language = words["lang"]
    if (worker is None) == (words["division"] is None):
        raise click.UsageError((NEITHER if worker is None else ONE_OF_BOTH)().say(lang))
    if worker is None:
        one = None if article is None else article_number(article, "--article")
        _answer(
            settings,
            words,
            lambda department, asked: department.findings(asked, one, severity, open_only=open_only),
            IN_DIVISION,
        )
        return
    if article or severity or open_only:
        raise click.UsageError(ONLY_WITH_DIVISION().say(lang))
    _one_form(words)
    asked = question(on=words["on"], known_at=words["known_at"], readings=words["readings"], today=today())
    with closing(settings.open()) as ledger:
        answer = Desk(ledger).findings(worker, asked)
    _say(answer, words, OF_WORKER)


@click.command("upcoming")
@options.about_a_division
@click.option("--within", type=click.IntRange(min=0), metavar="DAYS", required=True, help="How many days ahead.")
@click.pass_obj
def upcoming_command(settings: Settings, /, within: int, **words: Any) -> None:
    """Upcoming 即将到期: contracts, probations, secondments, terms, retirements, ten years, and hours of training."""
    _answer(settings, words, lambda department, asked: department.upcoming(asked, within), UPCOMING)


@click.command("statistics")
@options.about_a_division
@click.option("--population", type=click.IntRange(min=1), metavar="N", help="Its urban residents, for the standard.")
@click.pass_obj
def statistics_command(settings: Settings, /, population: int | None, **words: Any) -> None:
    """Statistics 统计: posts against the standard, offices, length of service, training, and open findings."""
    _answer(settings, words, lambda department, asked: department.statistics(asked, population), STATISTICS)


COMMANDS = (
    roster_command,
    eligible_command,
    findings_command,
    happened_command,
    upcoming_command,
    statistics_command,
)
