"""Whether a condition is met: yes, no, or not to be told from what is known."""

from typing import Final, Literal

Met = Literal["yes", "no", "undetermined"]

YES: Final = "yes"
NO: Final = "no"
UNDETERMINED: Final = "undetermined"
