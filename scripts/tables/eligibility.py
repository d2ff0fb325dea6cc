"""Secretary eligibility as a table: four conditions, what they come to, and that a person decides."""

from rich.console import Console
from rich.text import Text

from domain.words import Language, Phrase
from projections.secretary_eligibility import SecretaryEligibility
from scripts.tables import frame

TITLE = Phrase("书记优选资格(第三十二条)", "Secretary eligibility (Art. 32)")
CONDITION = Phrase("条件", "Condition")
ENTRIES = Phrase("记录", "Entries")
WHY = Phrase("理由", "Why")
NAMES = {
    "secretary_now": Phrase("现任社区党组织书记", "Secretary now"),
    "ten_years_continuous": Phrase("连续工作十年以上", "Ten continuous years"),
    "full_term": Phrase("任书记满一届", "A full term as secretary"),
    "excellent_performance": Phrase("表现优秀", "Excellent performance"),
}
RESULT = Phrase("结论:{eligible}", "Eligible: {eligible}")
RESULT_SINCE = Phrase("结论:{eligible},自 {day} 起", "Eligible: {eligible}, since {day}")
RESULT_COMING = Phrase(
    "结论:{eligible};只差连续十年,预计 {day} 符合",
    "Eligible: {eligible}; only the ten years are missing, expected on {day}",
)
ADVICE = Phrase(
    "本结论供人工决定参考,不替代决定(个人信息保护法 24)。",
    "This is advice to a human decision and does not replace it (个人信息保护法 24).",
)


def show(console: Console, answer: SecretaryEligibility, language: Language) -> None:
    """The conditions, and what they come to."""
    frame.heading(console, TITLE, answer, language)
    conditions = frame.table(language, CONDITION, frame.MET, frame.SINCE, WHY, ENTRIES)
    for condition in answer.conditions:
        conditions.add_row(
            NAMES[condition.condition]().say(language),
            frame.word(condition.met, language),
            frame.day(condition.since, language, Phrase("—", "—")),
            condition.why.say(language),
            frame.entries(condition.entries),
        )
    console.print(conditions)
    eligible = frame.WORDS[answer.eligible]().say(language)
    phrase = RESULT
    if answer.eligible_on is not None:
        phrase = RESULT_SINCE if answer.eligible == "yes" else RESULT_COMING
    words = phrase(eligible=eligible, day=answer.eligible_on)
    console.print(Text(words.say(language), style=f"bold {frame.COLOURS[answer.eligible]}"))
    console.print(Text(ADVICE().say(language), style="dim"))
    frame.footing(console, answer.readings, answer.rules, answer.unplaced, language)
