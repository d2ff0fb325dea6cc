"""Who asks, as a verified token says."""

from typing import Literal, get_args
from uuid import UUID

from msgspec import Struct

Role = Literal["worker", "clerk", "approver", "transfer_desk", "auditor", "inspector", "department"]
"""社区工作者 · 经办人 · 审批人 · 转接岗 · 审计 · 纪检 · 社会工作部."""

ROLES: tuple[Role, ...] = get_args(Role)


class Subject(Struct, frozen=True):
    """Whom a token speaks for.

    `name` is the token's `sub`: facts that it records say so in `recorded_by`. `jurisdiction` is a division code that
    stands for all codes that begin with it; `token` tells the token apart in the access log. `career` is the own career
    of a worker. `expires` is in seconds since 1970; from that second on the token is no longer good.
    """

    name: str
    roles: frozenset[Role]
    jurisdiction: str
    token: str
    expires: int
    career: UUID | None = None
