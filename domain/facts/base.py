"""What all facts share: a tag, a Chinese name, and the day on which they happened."""

from datetime import date
from typing import ClassVar

from msgspec import Struct


class Fact(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag_field="fact"):
    """Something that happened, told apart by its tag. Defaults are left out of the stored text."""

    zh: ClassVar[str]
    """The official Chinese term."""

    happened: ClassVar[str]
    """The field with the day by which the fact takes its place in a career: its first day, or the last day it ends."""

    planned: ClassVar[tuple[str, ...]] = ()
    """Fields that hold a planned day. Such a day may lie in the future and ends nothing."""

    @classmethod
    def tag(cls) -> str:
        """The fact's tag: the key `fact` of its JSON, and the topic of its entry."""
        return str(cls.__struct_config__.tag)


def happened_on(fact: Fact) -> date:
    """The day by which a fact takes its place in a career. An amendment has none: it only speaks of another entry."""
    day: date = getattr(fact, fact.happened)
    return day
