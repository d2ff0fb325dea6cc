"""What goes on: figures for Prometheus, and one log line a request. Neither holds a path, a query or a name."""

import logging
import sys
import threading
import traceback
from typing import TYPE_CHECKING

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from domain.errors import LedgerError

if TYPE_CHECKING:
    from api.web.asking import Asking

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Seconds."""

registry = CollectorRegistry()
_REQUESTS = Counter("career_ledger_requests_total", "Requests", ("operation", "status"), registry=registry)
_SECONDS = Histogram(
    "career_ledger_request_seconds", "Seconds until the answer", ("operation",), buckets=BUCKETS, registry=registry
)
_DISCLOSED = Counter("career_ledger_disclosures_total", "Careers told of", ("role",), registry=registry)
_RECORDED = Counter("career_ledger_entries_recorded_total", "Entries recorded over HTTP", registry=registry)
_FAILED = Counter("career_ledger_failures_total", "Requests that failed here", registry=registry)
_HEAD = Gauge("career_ledger_position", "The last position of the ledger", registry=registry)
_KEPT = Gauge("career_ledger_kept_position", "The position that kept tables have been read up to", registry=registry)

_log = structlog.get_logger("career_ledger")
_counted: dict[tuple[str, int], Counter] = {}
_timed: dict[str, Histogram] = {}


def write_log_lines(*, quiet: bool = False) -> None:
    """Log as JSON on standard error, whoever logs in this process; only warnings if `quiet`."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)
    threading.excepthook = lambda told: failed(told.exc_value or told.exc_type(), "")


class _Libraries(logging.Handler):
    """Warnings of libraries as lines of ours: their words as they stand in the code, without what fills them.

    Words that come ready made might hold anything, and are left out; those of the server's frame are fixed.
    """

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0] if record.exc_info else None
        fixed = bool(record.args) or record.name.startswith("uvicorn")
        said = record.msg if fixed and isinstance(record.msg, str) else ""
        _log.warning("library", library=record.name, said=said, error=error.__name__ if error else "")


def observe(asking: "Asking", status: int, seconds: float) -> None:
    """Count a request that was answered, or refused."""
    name = asking.operation.name
    key = (name, status)
    counted = _counted.get(key)
    if counted is None:
        counted = _counted[key] = _REQUESTS.labels(name, str(status))
        _timed.setdefault(name, _SECONDS.labels(name))
    counted.inc()
    _timed[name].observe(seconds)
    _log.info("request", operation=name, status=status, seconds=round(seconds, 6), request=asking.request)


def disclosed(role: str, careers: int) -> None:
    """Count whom answers told of."""
    if careers:
        _DISCLOSED.labels(role).inc(careers)


def reached(position: int, kept: int | None) -> None:
    """How far the ledger has come, and kept tables, if they are followed here."""
    _HEAD.set(position)
    if kept is not None:
        _KEPT.set(kept)


def recorded(entries: int) -> None:
    """Count what was recorded."""
    _RECORDED.inc(entries)


def failed(error: BaseException, request: str) -> None:
    """Log an error of ours: its kind, and where it happened. What it says might hold personal data."""
    _FAILED.inc()
    where = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    _log.error("failed", error=type(error).__name__, where=where[-8:], request=request)


def warn(what: str, error: LedgerError | None = None) -> None:
    """Log that something does not go on as it should; a refusal of ours holds no personal data."""
    _log.warning(what, error=type(error).__name__, reason=error.say("en") if error else "")


def metrics() -> bytes:
    """All figures in the Prometheus text format."""
    return generate_latest(registry)
