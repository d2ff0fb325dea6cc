"""The only way in and out: admit, decide, answer, log, tell.

Nothing about a person leaves before it is durable in the access log; if that cannot be written, nothing leaves.
"""

from asyncio import timeout
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

import msgspec
from litestar import Request
from litestar.response.base import ASGIResponse
from litestar.response.streaming import ASGIStreamingResponse

from api.office.errors import AlreadyDecidedError, OtherProposalError, ProposalNotFoundError
from api.office.records import Answered, Outcome
from api.web import body, measuring, problems
from api.web.asking import API_VERSION, HIDDEN, Asking
from api.web.errors import BusyError, DeniedError, NotAcceptableError, NotHereYetError
from api.web.house import House
from api.web.operation import Operation
from api.web.telling import Later, Told
from domain.errors import CareerNotFoundError, LedgerError, RefusedError, ReusedKeyError, StaleCareerError
from domain.words import Phrase

NOT_THERE_YET = Phrase("账本尚未写到位置 {position}", "the ledger has not reached position {position} yet")
LOG_STUCK = Phrase(
    "查询日志在 {seconds} 秒内未能写入,答案不予发出;请稍后再试",
    "the access log was not written within {seconds} seconds, so there is no answer; try again later",
)
NO_SUCH_MEDIA = Phrase("没有这种答案格式;可用:{known}", "there is no answer of that kind; there is {known}")

WAIT_SECONDS = 5.0
"""How long a question waits for the position that it asks for with `at_least`."""

LOG_SECONDS = 20.0
"""How long an answer waits for the access log."""

STANDARD = (
    ("api-version", API_VERSION),
    ("cache-control", "private, no-cache"),
    ("vary", "Authorization, Accept, Accept-Language"),
    ("x-content-type-options", "nosniff"),
)
"""Headers of every answer."""

OUTCOMES: tuple[tuple[type[LedgerError], Outcome], ...] = (
    (DeniedError, "denied"),
    (CareerNotFoundError, "not_found"),
    (ProposalNotFoundError, "not_found"),
    (AlreadyDecidedError, "refused"),
    (OtherProposalError, "refused"),
    (RefusedError, "refused"),
    (ReusedKeyError, "refused"),
    (StaleCareerError, "refused"),
)
"""Refusals that the access log keeps: those that depend on whom it was about."""

_json = msgspec.json.Encoder(order="sorted").encode


class Gate:
    """Where every request comes in and every answer goes out."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def passed(
        self, request: Request[Any, Any, Any], operation: Operation, answer: Callable[[Asking], Told | Later]
    ) -> ASGIResponse:
        """The response to a request: an answer that was logged, or a refusal."""
        started = perf_counter()
        asking = Asking(self.house, request, operation)
        try:
            asking.admit()
            if operation.body is not None:
                asking.raw, asking.body = await body.read(request, operation)
            told = await self._answered(asking, answer)
            if told.stream is None:
                await self._log(asking, told)
            response = self._respond(asking, told)
        except LedgerError as error:
            response = await self._refused(asking, error)
        except Exception as error:
            measuring.failed(error, asking.request)
            headers = {"API-Version": API_VERSION, "Request-Id": asking.request}
            response = problems.problem(problems.FAILED, "", asking.language, asking.request, headers)
        measuring.observe(asking, response.status_code, perf_counter() - started)
        return response

    async def _answered(self, asking: Asking, answer: Callable[[Asking], Told | Later]) -> Told:
        operation, house = asking.operation, self.house
        accepted = asking.header(b"accept")
        if accepted and not any(one in accepted for one in (*operation.media, "*/*", "application/*")):
            raise NotAcceptableError(NO_SUCH_MEDIA(known=", ".join(operation.media)))
        if "at_least" in asking.words:
            await self._wait_for(asking.whole("at_least", 0))
        if not house.local or operation.lasting or operation.waits:
            return await house.beside(lambda: _done(answer(asking)), lasting=operation.lasting)
        told = answer(asking)
        return await house.beside(told.work) if isinstance(told, Later) else told

    async def _wait_for(self, position: int) -> None:
        recorder = self.house.ledger.recorder
        if position and await self.house.beside(recorder.max_notification_id) < position:
            head = await self.house.beside(partial(recorder.wait, position - 1, WAIT_SECONDS))
            if head < position:
                raise NotHereYetError(NOT_THERE_YET(position=position), 1)

    async def _log(self, asking: Asking, told: Told) -> None:
        try:
            async with timeout(LOG_SECONDS):
                if told.withheld:
                    await self.house.log.log(answered(asking, "denied", told.withheld, told.position))
                await self.house.log.log(answered(asking, told.outcome, told.careers, told.position))
        except TimeoutError:
            raise BusyError(LOG_STUCK(seconds=round(LOG_SECONDS)), 5) from None
        measuring.disclosed(asking.role or "", len(told.careers))

    def _respond(self, asking: Asking, told: Told) -> ASGIResponse:
        headers = [
            *STANDARD,
            ("request-id", asking.request),
            ("ledger-position", str(told.position)),
            ("content-language", asking.language),
        ]
        if told.tag:
            headers.append(("etag", told.tag))
        if told.location:
            headers.append(("location", told.location))
        status = told.status or asking.operation.status
        if told.stream is not None:
            return ASGIStreamingResponse(
                iterator=told.stream, headers=dict(headers), media_type=told.media, status_code=status
            )
        return ASGIResponse(body=told.content, status_code=status, headers=headers, media_type=told.media)

    async def _refused(self, asking: Asking, error: LedgerError) -> ASGIResponse:
        outcome = next((outcome for kind, outcome in OUTCOMES if isinstance(error, kind)), None)
        if outcome is not None and asking.subject is not None:
            position = asking.now.position if asking.now else 0
            try:
                await self.house.log.log(answered(asking, outcome, asking.about, position))
            except LedgerError as unlogged:
                error = unlogged
        headers = {"API-Version": API_VERSION, "Request-Id": asking.request}
        return problems.respond(error, asking.language, asking.request, headers)


def _done(told: Told | Later) -> Told:
    return told.work() if isinstance(told, Later) else told


def answered(asking: Asking, outcome: Outcome, careers: Any, position: int) -> Answered:
    """What the access log keeps of an answer."""
    subject = asking.subject
    assert subject is not None
    words = asking.words
    return Answered(
        at=asking.at,
        subject=subject.name,
        role=asking.role or "",
        token=subject.token,
        jurisdiction=subject.jurisdiction,
        action=asking.operation.action,
        purpose=asking.purpose.purpose,
        case_number=asking.purpose.case_number,
        query=_json({name: word for name, word in words.items() if name not in HIDDEN}).decode() if words else "{}",
        position=position,
        outcome=outcome,
        request=asking.request,
        careers=tuple(careers),
    )
