"""A comparison as tables: the facts that are known otherwise, and the figures that changed because of them."""

from typing import Any

from msgspec import Struct
from rich.console import Console
from rich.text import Text

from domain.calendar import Span
from domain.facts import PlainFact
from domain.words import Language, Phrase
from projections.compare import Comparison, FactChange
from scripts.tables import findings, frame
from scripts.tables.wording import says, what

TITLE = Phrase("比较", "Comparison")
HEADING = Phrase(
    "{title}  ·  {worker}  ·  截至 {on}  ·  账本位置 {a}({at_a})→ {b}({at_b})",
    "{title}  ·  {worker}  ·  on {on}  ·  as known at position {a} ({at_a}) → {b} ({at_b})",
)
FACTS = Phrase("不同的事实", "Facts that differ")
ANSWERS = Phrase("因此变化的答案", "Answers that changed because of them")
GONE = Phrase("不再成立的问题", "Findings that are gone")
NEW = Phrase("新出现的问题", "Findings that are new")
NUMBER = Phrase("第几条", "Entry")
DIFFERENCE = Phrase("变化", "Difference")
BEFORE = Phrase("当时", "Then")
AFTER = Phrase("后来", "Later")
BECAUSE = Phrase("由来", "Because of")
FIGURE = Phrase("项目", "Figure")
SAME = Phrase("两个时刻所知相同", "Nothing differs between the two")
DIFFERENCES = {
    "learned": Phrase("新获知", "learned"),
    "changed": Phrase("更正", "changed"),
    "voided": Phrase("作废", "voided"),
    "placed": Phrase("可归位", "fits now"),
    "unplaced": Phrase("不可归位", "fits no more"),
}


def show(console: Console, answer: Comparison, language: Language) -> None:
    """What differs, fact by fact and figure by figure."""
    words = HEADING(
        title=TITLE().say(language),
        worker=frame.safe(answer.worker),
        on=answer.on,
        a=answer.a.position,
        b=answer.b.position,
        at_a=frame.moment(answer.a.at),
        at_b=frame.moment(answer.b.at),
    )
    console.print(Text(words.say(language), style="bold"), soft_wrap=True)
    if not (answer.facts or answer.answers or answer.findings_gone or answer.findings_new):
        console.print(SAME().say(language))
        return
    facts = frame.table(language, NUMBER, DIFFERENCE, BEFORE, AFTER, BECAUSE, title=FACTS)
    for change in answer.facts:
        facts.add_row(
            str(change.number),
            DIFFERENCES[change.difference]().say(language),
            _fact(change.before, language),
            _fact(change.after, language),
            _causes(change),
        )
    console.print(facts)
    if answer.answers:
        figures = frame.table(language, FIGURE, BEFORE, AFTER, title=ANSWERS)
        for figure in answer.answers:
            figures.add_row(
                f"{figure.answer} · {figure.field}", _value(figure.before, language), _value(figure.after, language)
            )
        console.print(figures)
    for title, found in ((GONE, answer.findings_gone), (NEW, answer.findings_new)):
        if found:
            findings.rows(console, found, language, title)
    frame.footing(console, answer.readings, answer.rules, (), language)


def _fact(fact: PlainFact | None, language: Language) -> str:
    if fact is None:
        return "—"
    return f"{getattr(fact, fact.happened)} {what(fact, language)} {says(fact, language)}"


def _causes(change: FactChange) -> str:
    return "\n".join(
        f"#{cause.number} {frame.moment(cause.recorded_at)} {frame.safe(cause.recorded_by)} {frame.safe(cause.reason)}"
        for cause in change.because
    )


def _value(value: Any, language: Language) -> str:
    if isinstance(value, Span):
        return frame.span(value, language)
    if value in frame.WORDS:
        return frame.WORDS[value]().say(language)
    return "—" if value is None or isinstance(value, Struct) else str(value)
