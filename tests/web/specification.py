"""Who may do what: the specification, written by hand. `PERMITTED` must come to the same, and is not looked at here.

own    the person concerned, of the own career
reach  of whom the jurisdiction has in reach, of divisions within it, and of lists that are limited to it
.      never
"""

from itertools import product

from api.access.policy import Action
from api.access.subject import Role

TABLE = """
                       worker  clerk  approver  transfer_desk  auditor  inspector  department
find_careers           .       reach  reach     reach          reach    reach      reach
overview               own     reach  reach     reach          reach    reach      reach
service_years          own     reach  reach     reach          reach    reach      reach
secretary_eligibility  own     reach  reach     reach          reach    reach      reach
findings               own     reach  reach     reach          reach    reach      reach
timeline               own     reach  reach     reach          reach    reach      reach
transfers              own     reach  reach     reach          reach    reach      reach
who_looked             own     .      .         .              reach    .          .
verify                 .       .      .         reach          .        .          .
entries                .       .      .         .              reach    .          .
replay                 .       .      .         .              reach    .          .
compare                .       .      .         .              reach    .          .
feed                   .       .      .         .              reach    .          .
access_log             .       .      .         .              reach    .          .
late_entries           .       .      .         .              reach    .          .
inspect_timeline       .       .      .         .              .        reach      .
inspect_findings       .       .      .         .              .        reach      .
inspect_happenings     .       .      .         .              .        reach      .
register               .       reach  .         .              .        .          .
record                 .       reach  .         .              .        .          .
receive                .       reach  .         .              .        .          .
propose                .       reach  .         .              .        .          .
proposals              .       reach  reach     .              reach    .          .
approve                .       .      reach     .              .        .          .
reject                 .       .      reach     .              .        .          .
roster                 .       .      .         .              .        .          reach
eligible               .       .      .         .              .        .          reach
upcoming               .       .      .         .              .        .          reach
division_findings      .       .      .         .              .        .          reach
statistics             .       .      .         .              .        .          reach
"""

_HEADING, *_ROWS = [line.split() for line in TABLE.strip().splitlines()]
ALL_ROLES: tuple[Role, ...] = tuple(_HEADING)
ALL_ACTIONS: tuple[Action, ...] = tuple(row[0] for row in _ROWS)

MAY: dict[tuple[Action, Role], str] = {
    (action, role): row[1 + place]
    for (action, row), (place, role) in product(zip(ALL_ACTIONS, _ROWS, strict=True), enumerate(ALL_ROLES))
}
"""`own`, `reach` or `.`, by action and role."""

SAYS_WHAT_FOR: dict[Role, str] = {"transfer_desk": "purpose", "inspector": "case_number"}
"""What a role must say, whatever it asks."""
