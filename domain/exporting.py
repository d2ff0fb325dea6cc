"""Export: the ledger back to the import format, byte for byte as it was stored, in the order of recording.

An export names its workers by the UUIDs of their careers. Imported into the same ledger it records nothing; imported
into a new one, that one's export has the same bytes.
"""

from collections.abc import Generator
from contextlib import closing
from uuid import UUID

from domain.ledger import Ledger


def export_lines(ledger: Ledger, career: UUID | None = None) -> Generator[bytes, None, None]:
    """The lines of the whole ledger, or of one career; each ends in a line feed."""
    recorder = ledger.recorder
    if career is None:
        with closing(recorder.stream()) as rows:
            for row in rows:
                yield line_of(UUID(bytes=row.career), row.state)
    else:
        for _, _, _, state in recorder.states(career, recorder.max_notification_id()):
            yield line_of(career, state)


def line_of(career: UUID, state: bytes) -> bytes:
    """A stored state as the line that would record it."""
    return b'{"worker":"' + str(career).encode() + b'",' + state[1:] + b"\n"
