"""`token`: tokens of the ledger's own, for an office without an identity provider."""

import secrets
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import rich_click as click

from api.access.subject import ROLES, Role
from domain.errors import KeyMismatchError, QuestionError
from domain.words import Language, Phrase
from domain.workers import WorkerKeys
from projections.wire import to_json
from scripts import options
from scripts.settings import Settings, now
from scripts.tables import frame

LONGEST_HOURS = 24 * 31
"""Hours for which a token is issued at most: nothing takes it back but another key."""

ISSUED = Phrase("已为 {name} 签发令牌:{roles};有效至 {until}", "token issued for {name}: {roles}; good until {until}")
NOT_A_WORKER = Phrase(
    "--worker:写明 --role worker 本人的编号,不能为空,也不用于其他角色",
    "--worker: the person's own key for --role worker; not blank, and for no other role",
)


def _publish(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from api.access.issuing import public_jwks  # noqa: PLC0415 - brings cryptography, which few commands need

        click.echo(to_json(public_jwks(context.obj.signing_key()), "en"))
        context.exit()


@click.command("token")
@click.option(
    "--public", is_flag=True, is_eager=True, expose_value=False, callback=_publish, help="Only the public key (JWKS)."
)
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, required=True, help="May be given again.")
@click.option("--subject", metavar="NAME", required=True, help="For whom: facts that they record say so.")
@click.option("--jurisdiction", metavar="CODE", help="A division code; every role but worker needs one.")
@click.option("--worker", metavar="WORKER", help="Role worker: whose own career, by the office's key or its UUID.")
@click.option(
    "--hours", type=click.IntRange(1, LONGEST_HOURS), default=12, show_default=True, help="How long it is good."
)
@options.language
@click.pass_obj
def token_command(
    settings: Settings, /, roles: tuple[Role, ...], subject: str, hours: int, lang: Language, **whose: Any
) -> None:
    """Token 令牌: signed by the ledger itself, alone on stdout. Whoever has it is its subject: hand it over safely."""
    from api.access.issuing import Grant, issue  # noqa: PLC0415 - brings cryptography, which few commands need

    issued = int(now().timestamp())
    grant = Grant(
        name=subject,
        roles=roles,
        jurisdiction=whose["jurisdiction"],
        career=_career(settings, roles, whose["worker"]),
        token=secrets.token_hex(8),
        issued=issued,
        expires=issued + hours * 3600,
    )
    token, taken_for = issue(settings.signing_key(), grant)
    click.echo(token)
    until = frame.moment(datetime.fromtimestamp(taken_for.expires, UTC))
    words = ISSUED(name=taken_for.name, roles=", ".join(sorted(taken_for.roles)), until=until)
    click.echo(words.say(lang), err=True)


def _career(settings: Settings, roles: tuple[Role, ...], worker: str | None) -> UUID | None:
    """The career of a worker's key. The ledger is opened only if its digest key is needed, and only for reading."""
    if worker is None:
        return None
    if "worker" not in roles or not worker.strip():
        raise QuestionError(NOT_A_WORKER())
    try:
        return UUID(bytes=WorkerKeys(None).career_of(worker))
    except KeyMismatchError:
        with closing(settings.open()) as ledger:
            return ledger.career_of(worker)


COMMANDS = (token_command,)
