"""Entries to stored events and back: the topic is the fact's tag, the state the entry's one byte string."""

from typing import Any
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, Notification, StoredEvent

from domain.entry import Entry, decode, encode


class EntryMapper(Mapper[UUID]):
    """eventsourcing's mapper needs `vars()`, which a Struct does not have, and stores a Python path as the topic."""

    def to_stored_event(self, domain_event: DomainEventProtocol[Any]) -> StoredEvent:
        """The entry as it is stored."""
        assert isinstance(domain_event, Entry)
        state = domain_event.state
        return StoredEvent(domain_event.career, domain_event.number, state.fact.tag(), encode(state))

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[Any]:
        """The entry that was stored; its position is that of the notification that brings it."""
        assert isinstance(stored_event, Notification)
        career = stored_event.originator_id
        assert isinstance(career, UUID)
        return Entry(career, stored_event.originator_version, stored_event.id, decode(stored_event.state))
