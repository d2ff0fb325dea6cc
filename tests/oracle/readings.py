"""The table of readings: every name, its default first, then its alternatives."""

from typing import Any

Readings = dict[str, Any]

TABLE: dict[str, tuple[Any, ...]] = {
    "first_day": ("counts", "excluded"),
    "completion": ("anniversary", "civil_201"),
    "span": ("shifted_start", "sum_30"),
    "gap": (0, 1, 2, 3, 15, 30, 400),
    "rest_days_bridge": ("yes", "no"),
    "transfer_gap": (15, 0, 1, 14, 16, 60),
    "lawful_secondment": ("counts", "bridges", "breaks"),
    "unlawful_secondment": ("split", "counts", "bridges", "breaks"),
    "before_2024": ("counts", "excluded"),
    "probation": ("counts", "excluded_if_failed"),
    "sick_leave": ("bridges", "counts", "breaks"),
    "unpaid_leave": ("bridges", "breaks"),
    "suspension": ("bridges", "counts", "breaks"),
    "prior_service": (
        "grid_worker",
        "none",
        "other_region",
        "military",
        "grid_worker,other_region",
        "grid_worker,military",
        "other_region,military",
        "grid_worker,other_region,military",
    ),
    "full_term": ("by_term", "60_months", "over_3_years", "cross_community"),
    "part_time": ("excluded", "counts"),
    "limit": ("civil", "inclusive", "rollover"),
    "on": ("inclusive", "exclusive"),
    "retroactive": ("info", "breach"),
    "training_year": ("calendar", "pro_rata"),
    "two_fails": ("adjacent", "ignore_skipped"),
    "excellent_performance": ("latest_three", "latest_excellent", "commended_counts"),
    "retirement_female": ("55", "50"),
}
"""`gap` and `transfer_gap` take any number; these are some that matter."""


def complete(readings: Readings) -> Readings:
    """All readings: those that are given, and the defaults of the others. An unknown name is an error."""
    unknown = readings.keys() - TABLE.keys()
    if unknown:
        raise KeyError(f"no such reading: {', '.join(sorted(unknown))}")
    return {name: readings.get(name, values[0]) for name, values in TABLE.items()}
