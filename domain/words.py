"""What is said to people, in Chinese and in English.

A rule explains itself with a `Reason`: one phrase in both languages and the values that go into it. It is put
into words only at the edge, in the language that was asked for, so that the same answer reads the same in both.
"""

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]


class Reason:
    """Why an answer is what it is: a phrase, and what fills it."""

    __slots__ = ("phrase", "values")

    def __init__(self, phrase: "Phrase", values: Mapping[str, object]) -> None:
        self.phrase = phrase
        self.values = values

    def say(self, language: Language) -> str:
        """The reason as one sentence; reasons among the values are put into the same language."""
        words = {
            name: value.say(language) if isinstance(value, Reason) else value for name, value in self.values.items()
        }
        return (self.phrase.zh if language == "zh" else self.phrase.en).format_map(words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reason) and self.phrase is other.phrase and self.values == other.values

    def __hash__(self) -> int:
        return hash((self.phrase, tuple(self.values)))

    def __repr__(self) -> str:
        return f"Reason({self.say('en')!r})"


class Phrase:
    """One sentence in both languages, with the same `{names}` to fill in."""

    __slots__ = ("en", "zh")

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en

    def __call__(self, **values: object) -> Reason:
        return Reason(self, values)


AND = Phrase("{first};{second}", "{first}; {second}")


class _Said(Reason):
    """A reason that comes as two sentences, with nothing to fill in."""

    __slots__ = ()

    def say(self, language: Language) -> str:
        return self.phrase.zh if language == "zh" else self.phrase.en


def said(zh: str, en: str) -> Reason:
    """A reason that was put into both languages before, as kept rows hold it."""
    return _Said(Phrase(zh, en), {})
