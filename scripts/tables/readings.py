"""The readings as a table: what each is about, its default, what else it may be, and where that comes from."""

from typing import Any

from rich.console import Console

from domain.regulation.readings import CHOICES, DEFAULT, INTERPRETER, Choice
from domain.words import Language, Phrase
from scripts.tables import frame

ABOUT = Phrase("关于", "About")
BY_DEFAULT = Phrase("默认", "Default")
ALTERNATIVES = Phrase("可改为", "Alternatives")
SOURCE = Phrase("来源", "Source")
ANY_NUMBER = Phrase("任意天数", "any number of days")
KINDS = Phrase("逗号分隔的种类,或 none", "a comma list of kinds, or none")
CHANGED_BY = Phrase(
    "默认口径的更改:自治区党委社会工作部(第三十九条:{words})",
    "A default is changed by the regional 社会工作部 (Art. 39: {words})",
)


def show(console: Console, choices: dict[str, Choice], language: Language) -> None:
    """All readings."""
    made = frame.table(language, frame.NAME, ABOUT, BY_DEFAULT, ALTERNATIVES, SOURCE)
    for name, choice in choices.items():
        made.add_row(
            name,
            choice.about().say(language),
            str(getattr(DEFAULT, name)),
            _alternatives(name, choice, language),
            choice.source,
        )
    console.print(made)
    console.print(CHANGED_BY(words=INTERPRETER.words).say(language))


def listed(language: Language) -> list[dict[str, Any]]:
    """All readings, for a program."""
    return [
        {
            "reading": name,
            "about": choice.about().say(language),
            "default": getattr(DEFAULT, name),
            "alternatives": choice.values[1:],
            "source": choice.source,
        }
        for name, choice in CHOICES.items()
    ]


def _alternatives(name: str, choice: Choice, language: Language) -> str:
    if not choice.values:
        return ANY_NUMBER().say(language)
    if name == "prior_service":
        return f"{KINDS().say(language)}: {', '.join(choice.values)}"
    return " / ".join(choice.values[1:])
