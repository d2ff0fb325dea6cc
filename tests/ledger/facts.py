"""Strategies for any fact, made from the types of its fields: of the right form, whether or not they can be true."""

import types
from datetime import UTC, date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from msgspec import Meta
from msgspec.structs import fields

from domain.entry import Evidence, State
from domain.facts import FACT_TYPES, Fact

_SCALARS: dict[Any, SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    date: st.dates(),
    type(None): st.none(),
}


def values_of(kind: Any) -> SearchStrategy[Any]:
    """Any value that a field of this type may hold."""
    if kind in _SCALARS:
        return _SCALARS[kind]
    origin = get_origin(kind)
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin in (Union, types.UnionType):
        return st.one_of(*map(values_of, get_args(kind)))
    if origin is Annotated:
        base, *metas = get_args(kind)
        return _within(base, metas)
    return structs_of(kind)


def _within(base: Any, metas: list[Any]) -> SearchStrategy[Any]:
    limits = metas[0]
    assert isinstance(limits, Meta)
    if base is int:
        return st.integers(limits.ge, limits.le if limits.le is not None else 2**63 - 1)
    assert base is float
    return st.floats(limits.gt, 1e308, exclude_min=True)


def structs_of(kind: Any) -> SearchStrategy[Any]:
    """Any struct of this type."""
    return st.builds(kind, **{field.name: values_of(field.type) for field in fields(kind)})


def facts() -> SearchStrategy[Fact]:
    """Any fact of any type."""
    return st.sampled_from(sorted(FACT_TYPES)).flatmap(lambda tag: structs_of(FACT_TYPES[tag]))


def states(fact: SearchStrategy[Any]) -> SearchStrategy[State]:
    """Any state that holds such a fact."""
    return st.builds(
        State,
        recorded_at=st.datetimes(timezones=st.just(UTC)),
        recorded_by=st.text(max_size=20),
        fact=fact,
        act=st.text(max_size=20),
        evidence=st.lists(structs_of(Evidence), max_size=3).map(tuple),
    )
