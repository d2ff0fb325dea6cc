"""What can go wrong in the office, besides what can go wrong with any store.

LedgerError
├── ProposalNotFoundError    no proposal of this id
├── OtherProposalError       the id belongs to a proposal that says something else
├── AlreadyDecidedError      decided before, and otherwise
└── StoreError
    ├── LogCrowdedError      too many answers wait to be logged
    ├── LogClosedError       the log has been closed
    └── UnkeepableError      text that not every store can hold

A `StoreError` of the office means that nothing was stored, unless it is an `OutcomeUnknownError`.
"""

from domain.errors import LedgerError, NotALedgerError, OutcomeUnknownError, StoreError, StoreFullError
from domain.words import Phrase

NOT_AN_OFFICE = Phrase(
    "{path} 不是履历账本的查询日志;请将其移开,或核对 --database",
    "{path} is not the access log of a ledger; move it away, or check --database",
)
MOVED = Phrase(
    "查询日志 {path} 在使用中被移走或替换,未存入任何内容;请放回原文件,或重新启动本程序",
    "the access log {path} was moved or replaced while it was in use and nothing was stored; put the same file back,"
    " or start this program again",
)
LOST = Phrase(
    "查询日志末尾有记录丢失(应至第 {head} 号),不再写入;请从备份恢复 {path}",
    "records at the end of the access log are lost (it went up to number {head}); nothing more is written: restore"
    " {path} from a backup",
)
FULL = Phrase(
    "{path} 所在磁盘已满或超出配额,未存入任何内容;请腾出空间后再试",
    "the disk of {path} is full, or a quota is used up, and nothing was stored; make room, then try again",
)
UNKNOWN = Phrase(
    "存入时与 {path} 的连接中断,无法确定是否已存入;请再试:同一提议或决定不会重复存入,未送出的答复最多多记一次",
    "the connection to {path} was lost while it was storing and it is not known whether anything was stored; try again:"
    " a proposal or a decision is stored once, and at worst an answer that never left is in the access log",
)
FAILED = Phrase("存储失败,未存入任何内容:{detail}", "the store failed and nothing was stored: {detail}")
CROWDED = Phrase(
    "等待写入查询日志的答复过多({waiting}),未存入任何内容;请稍后再试,并检查磁盘或服务器是否停顿",
    "too many answers wait to be logged ({waiting}) and nothing was stored; try again later, and see whether the disk"
    " or the server has come to a halt",
)
STUCK = Phrase(
    "查询日志已 {seconds} 秒未能写入;请检查磁盘或服务器是否停顿",
    "the access log has not been written for {seconds} seconds; see whether the disk or the server has come to a halt",
)
CLOSED = Phrase("查询日志已关闭,未存入任何内容;请重新启动本程序", "the access log is closed; start this program again")
NOT_TEXT = Phrase(
    "{field}:含有无法存储的字符(U+0000 或不成对的代理码);请删去后再试",
    "{field}: has a character that cannot be stored (U+0000 or half of a surrogate pair); take it out and try again",
)
NOT_A_CURSOR = Phrase(
    "after:应为上一页给出的值(如 417 或 417.0190…),第一页请省略",
    "after: write what the page before gave, such as 417 or 417.0190…; leave it out for the first page",
)
NO_PROPOSAL = Phrase("没有该更正提议;请核对其编号", "there is no such proposal; check its id")
OTHER_PROPOSAL = Phrase(
    "该编号已用于另一更正提议,未存入任何内容;请换用新的编号",
    "this id belongs to another proposal and nothing was stored; give the new one an id of its own",
)
ALREADY_DECIDED = Phrase(
    "该更正提议已有决定({state}),不可更改;如需更正,请另行提议",
    "this proposal has already been decided ({state}), which stays as it is; propose another correction if it is wrong",
)


class ProposalNotFoundError(LedgerError):
    """No proposal of this id."""


class OtherProposalError(LedgerError):
    """The id belongs to a proposal that says something else."""


class AlreadyDecidedError(LedgerError):
    """The proposal was decided before, and otherwise."""


class LogCrowdedError(StoreError):
    """Too many answers wait to be logged; the store may have come to a halt."""


class LogClosedError(StoreError):
    """The log has been closed."""


class UnkeepableError(StoreError):
    """Text that not every store can hold."""


def of_the_office(error: LedgerError, place: object) -> StoreError:
    """What a ledger's store says, in words that fit the office: nobody here imports a file again."""
    match error:
        case StoreFullError():
            return StoreFullError(FULL(path=place))
        case OutcomeUnknownError():
            return OutcomeUnknownError(UNKNOWN(path=place))
        case NotALedgerError():
            return NotALedgerError(NOT_AN_OFFICE(path=place))
        case StoreError():
            return error
        case _:
            return StoreError(FAILED(detail=type(error).__name__))
