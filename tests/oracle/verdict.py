"""What every rule is asked, and what it answers."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from domain.facts import Fact
from tests.oracle.classes import is_service
from tests.oracle.readings import Readings
from tests.oracle.timeline import Stretch, Timeline

F = TypeVar("F", bound=Fact)


@dataclass
class Asked:
    """A career, the readings, and the day up to which one looks."""

    timeline: Timeline
    readings: Readings
    on: date

    def posts(self) -> list[Stretch]:
        """The posts that rules speak of: full-time, or all if part-time service counts; in order of beginning."""
        posts = [post for post in self.timeline.posts if is_service(post, self.readings)]
        return sorted(posts, key=lambda post: (post.first, post.number))

    def notes(self, kind: type[F]) -> list[F]:
        return [note for note in self.timeline.notes if isinstance(note, kind)]


@dataclass
class Held:
    """A rule held from a first to a last day, as far as all facts tell; no last day if it goes on."""

    article: str
    rule: str
    severity: str
    since: date
    until: date | None
