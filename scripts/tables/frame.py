"""What all tables share: the heading of an answer, days, standings, the closing lines."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from domain.calendar import CHINA, Span
from domain.divisions import BANNER, name
from domain.known import Known
from domain.regulation.readings import DEFAULT, Readings
from domain.words import Language, Phrase

FROM_TO = Phrase("起止", "From, to")
SINCE = Phrase("自", "Since")
UNTIL = Phrase("至", "Until")
DAY = Phrase("发生日", "Happened")
CUMULATIVE = Phrase("累计", "Art. 23")
CONTINUOUS = Phrase("连续", "Art. 32")
MET = Phrase("符合", "Met")
SEVERITY = Phrase("程度", "Severity")
NAME = Phrase("名称", "Name")
ENTRIES = Phrase("记录", "Entries")
DASH = Phrase("—", "—")
NARROW = (NAME, FROM_TO, SINCE, UNTIL, DAY, CUMULATIVE, CONTINUOUS, MET, SEVERITY)
"""Headings of columns whose words are short and are not to be broken."""

HEADING = Phrase(
    "{title}  ·  {worker}  ·  截至 {on}  ·  账本位置 {position}({at})",
    "{title}  ·  {worker}  ·  on {on}  ·  as known at position {position} ({at})",
)
HEADING_OF_DIVISION = Phrase(
    "{title}  ·  {division} {code}  ·  截至 {on}  ·  账本位置 {position}({at})",
    "{title}  ·  {division} {code}  ·  on {on}  ·  as known at position {position} ({at})",
)
SET_ASIDE = Phrase(
    "当时有 {count} 人的部分记录尚不能归位(其前提后来才获知;编号见 --json)",
    "Of {count} people, some entries did not fit yet at that time (what they need was learned later; see --json)",
)
PARKED = Phrase(
    "有 {count} 份履历无法处理,本答案可能不含:{careers}(详见 doctor)",
    "{count} careers could not be folded and may be missing from this answer: {careers} (see `doctor`)",
)
PARKED_SHOWN = 3
"""How many parked careers are named."""
CODE_WIDTH = 12
"""The width of a community's code."""
COUNT = Phrase("共 {count} 条", "{count} in all")
NOBODY_NAMED = Phrase("(未建档)", "(not registered)")
READ_OTHERWISE = Phrase("解释口径:{changed}", "Read otherwise: {changed}")
BY_DEFAULT = Phrase("按默认解释口径;依据 {rules}", "Default readings; rules {rules}")
UNPLACED = Phrase(
    "当时尚不能归位的记录:第 {numbers} 条(其前提后来才获知)",
    "Not fitting yet at that time: entries {numbers} (what they need was learned later)",
)
SPAN = Phrase("{years} 年 {months} 个月 {days} 天", "{years} y {months} m {days} d")
ONGOING = Phrase("至今", "ongoing")
NOTHING = Phrase("没有", "none")

COLOURS = {
    "count": "green", "bridge": "yellow", "break": "red",
    "yes": "green", "no": "red", "undetermined": "yellow",
    "breach": "red", "review": "yellow", "info": "dim",
}  # fmt: skip
WORDS = {
    "count": Phrase("计入", "count"),
    "bridge": Phrase("衔接", "bridge"),
    "break": Phrase("中断", "break"),
    "yes": Phrase("是", "yes"),
    "no": Phrase("否", "no"),
    "undetermined": Phrase("无法判定", "undetermined"),
    "breach": Phrase("违反", "breach"),
    "review": Phrase("待核", "review"),
    "info": Phrase("提示", "info"),
}


def heading(console: Console, title: Phrase, answer: Any, language: Language) -> None:
    """Of whom, on which day, as known when."""
    known: Known = answer.known
    words = HEADING(
        title=title().say(language),
        worker=safe(answer.worker),
        on=answer.on,
        position=known.position,
        at=moment(known.at),
    )
    console.print(Text(words.say(language), style="bold"), soft_wrap=True)


def footing(console: Console, readings: Readings, rules: str, unplaced: Iterable[int], language: Language) -> None:
    """Under which readings, and what was set aside."""
    changed = [
        f"{field}={value}"
        for field in readings.__struct_fields__
        if (value := getattr(readings, field)) != getattr(DEFAULT, field)
    ]
    words = READ_OTHERWISE(changed=", ".join(changed)) if changed else BY_DEFAULT(rules=rules)
    console.print(Text(words.say(language), style="dim"))
    numbers = ", ".join(map(str, unplaced))
    if numbers:
        console.print(Text(UNPLACED(numbers=numbers).say(language), style="yellow"))


def division_heading(console: Console, title: Phrase, answer: Any, language: Language) -> None:
    """Of which division, on which day, as known when. `answer` is a `DivisionAnswer`."""
    known: Known = answer.known
    words = HEADING_OF_DIVISION(
        title=title().say(language),
        division=name(answer.division),
        code=answer.division,
        on=answer.on,
        position=known.position,
        at=moment(known.at),
    )
    console.print(Text(words.say(language), style="bold"), soft_wrap=True)


def division_footing(console: Console, answer: Any, language: Language, count: int | None = None) -> None:
    """How many items, under which readings, and which careers may be missing. `answer` is a `DivisionAnswer`."""
    if count is not None:
        console.print(COUNT(count=count).say(language))
    footing(console, answer.readings, answer.rules, (), language)
    if answer.unplaced:
        console.print(Text(SET_ASIDE(count=len(answer.unplaced)).say(language), style="yellow"), soft_wrap=True)
    if answer.parked:
        shown = ", ".join(map(str, answer.parked[:PARKED_SHOWN]))
        more = " …" if len(answer.parked) > PARKED_SHOWN else ""
        words = PARKED(count=len(answer.parked), careers=shown + more)
        console.print(Text(words.say(language), style="yellow"), soft_wrap=True)


def person(called: str | None, career: Any, language: Language) -> Text:
    """A person by name, with the first digits of the career, which tell namesakes apart."""
    text = Text(safe(called) if called else NOBODY_NAMED().say(language), style="" if called else "dim")
    return text.append(f"\n{str(career)[:8]}", style="dim")


def where(code: str) -> str:
    """A community by the names of its banner and itself, and its code: names of communities repeat."""
    superior = f"{name(code[:BANNER])} " if len(code) > BANNER else ""
    return f"{superior}{name(code)}\n{code}"


def table(language: Language, *columns: Phrase, title: Phrase | None = None) -> Table:
    """An empty table with these headings."""
    made = Table(
        title=title().say(language) if title else None,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    for column in columns:
        made.add_column(column().say(language), overflow="fold", no_wrap=column in NARROW)
    return made


def as_wide(made: Table, *columns: Phrase) -> None:
    """Keep codes and days in these columns from being broken."""
    for column in made.columns:
        if column.header in {word for one in columns for word in (one.zh, one.en)}:
            column.min_width = CODE_WIDTH


def word(value: str, language: Language) -> Text:
    """A class, a verdict or a severity, in its colour."""
    return Text(WORDS[value]().say(language), style=COLOURS[value])


def span(length: Span, language: Language) -> str:
    """A length of service as people say it."""
    return SPAN(years=length.years, months=length.months, days=length.days).say(language)


def day(value: date | None, language: Language, otherwise: Phrase = NOTHING) -> str:
    """A day, or what to say if there is none."""
    return value.isoformat() if value else otherwise().say(language)


def moment(value: datetime | None) -> str:
    """A moment on China's clocks, to the second."""
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S") if value else "—"


def place(code: str | None) -> str:
    """A community by its name and code."""
    return f"{name(code)}\n{code}" if code else "—"


def entries(numbers: Iterable[int]) -> str:
    """Entry numbers."""
    return " ".join(map(str, numbers))


def safe(text: str) -> str:
    """Text from a file, without the control characters that would move a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)
