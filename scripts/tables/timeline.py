"""A timeline as a table: when it happened, when we knew, what it says now, and what was said before."""

from rich.console import Console
from rich.text import Text

from domain.words import Language, Phrase
from projections.timeline import Amendment, Item, Timeline
from scripts.tables import frame
from scripts.tables.wording import says, what

TITLE = Phrase("时间线", "Timeline")
NUMBER = Phrase("第几条", "Entry")
FACT = Phrase("事实", "Fact")
SAYS = Phrase("内容", "Says")
KNOWN = Phrase("获知(记录人)", "Known since (by)")
VOID = Phrase("作废", "void")
UNPLACED = Phrase("尚不能归位:{why}", "does not fit yet: {why}")
FIRST_SAID = Phrase("原记:{day} {fact} {says}", "first said: {day} {fact} {says}")
CORRECTED = Phrase("第 {number} 条更正:{reason}(复核 {by})", "corrected by entry {number}: {reason} (approved by {by})")
VOIDED = Phrase("第 {number} 条作废:{reason}(复核 {by})", "voided by entry {number}: {reason} (approved by {by})")
NO_LONGER = Phrase("{amendment},已失效", "{amendment}, no longer in force")


def show(console: Console, answer: Timeline, language: Language) -> None:
    """Everything in order; a correction stands under what it corrected."""
    frame.heading(console, TITLE, answer, language)
    made = frame.table(language, frame.DAY, NUMBER, FACT, SAYS, KNOWN)
    for item in answer.items:
        style = {"void": "strike dim", "unplaced": "yellow"}.get(item.standing, "")
        made.add_row(
            Text(str(item.day), style=style),
            str(item.number),
            Text(what(item.fact, language), style=style),
            _content(item, style, language),
            _known(item),
        )
        for amendment in item.amendments:
            made.add_row("", str(amendment.number), "", _amendment(item, amendment, language), _known(amendment))
    console.print(made)
    if answer.unplaced:
        numbers = frame.entries(answer.unplaced)
        console.print(Text(frame.UNPLACED(numbers=numbers).say(language), style="yellow"))


def _content(item: Item, style: str, language: Language) -> Text:
    text = Text(says(item.fact, language), style=style)
    if item.act:
        text.append(f" · {frame.safe(item.act)}", style="cyan")
    if item.standing == "void":
        text.append(f"  [{VOID().say(language)}]", style="red")
    if item.why is not None:
        text.append("\n" + UNPLACED(why=item.why).say(language), style="yellow")
    return text


def _amendment(item: Item, amendment: Amendment, language: Language) -> Text:
    phrase = CORRECTED if amendment.fact is not None else VOIDED
    words = phrase(number=amendment.number, reason=frame.safe(amendment.reason), by=frame.safe(amendment.approved_by))
    if not amendment.live:
        words = NO_LONGER(amendment=words)
    text = Text(words.say(language), style="magenta" if amendment.live else "dim")
    if amendment.live and amendment.fact is not None:
        said = item.said
        was = FIRST_SAID(day=getattr(said, said.happened), fact=what(said, language), says=says(said, language))
        text.append("\n" + was.say(language), style="dim")
    return text


def _known(item: Item | Amendment) -> str:
    return f"{frame.moment(item.recorded_at)} {frame.safe(item.recorded_by)}"
