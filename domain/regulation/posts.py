"""Posts 岗位 (Art. 3): community work is full-time work, so nobody holds two posts on one day."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from domain.calendar import Day
from domain.career import Career, Post
from domain.divisions import name
from domain.regulation.article import article
from domain.regulation.finding import Found
from domain.regulation.lengths import joined
from domain.regulation.readings import Readings
from domain.regulation.transfer import transfers
from domain.words import Phrase

TWO_POSTS = Phrase(
    "同时在 {first} 和 {second} 全日制任职(第三条)", "full-time in {first} and in {second} on the same days (Art. 3)"
)


def service_posts(career: Career, readings: Readings) -> list[Post]:
    """The posts that are service: full-time ones, and part-time ones if they are read to count."""
    if readings.part_time == "counts":
        return career.posts
    return [post for post in career.posts if post.full_time]


@article("3", "全日制专职工作人员")
def found(career: Career, _readings: Readings) -> Iterator[Found]:
    """Two full-time posts in different communities on one day; the days shared by a matched transfer are none."""
    posts = [post for post in career.posts if post.full_time]
    if len(posts) < 2:
        return
    handovers = {
        frozenset((transfer.left.opened.number, transfer.arrived.opened.number))
        for transfer in transfers(career)
        if transfer.left and transfer.arrived
    }
    for one, other in combinations(posts, 2):
        begin, end = max(one.begin, other.begin), min(one.end, other.end)
        if begin < end and frozenset((one.opened.number, other.opened.number)) not in handovers:
            yield from _both(one, other, begin, end)


def _both(one: Post, other: Post, begin: Day, end: Day) -> Iterator[Found]:
    """The days on which both are held in different communities: in one, a post may follow another on one day."""
    cuts = {stay.begin for post in (one, other) for stay in post.stays if begin < stay.begin < end}
    pieces = pairwise([begin, *sorted(cuts), end])
    apart = [piece for piece in pieces if one.community_on(piece[0]) != other.community_on(piece[0])]
    for first, after in joined(apart, end):
        yield Found(
            article="3",
            rule="double_post",
            begin=first,
            end=after,
            entries=tuple(sorted({*one.entries, *other.entries})),
            why=TWO_POSTS(first=name(one.community_on(first)), second=name(other.community_on(first))),
        )
