"""What can be wrong with kept tables, besides what can be wrong with any store."""

from domain.errors import LedgerError
from domain.words import Phrase

NOTHING_KEPT = Phrase("尚未建立汇总表;请运行 rebuild", "no tables have been kept yet; run rebuild")
OTHER_DEFINITION = Phrase(
    "汇总表由其他版本的程序建立({tables});请运行 rebuild,或重新启动本程序",
    "the kept tables were built by another version of the program ({tables}); run rebuild, or start this one again",
)
SPOILT = Phrase(
    "汇总表文件 {path} 已损坏;请删除该文件,程序会由账本重新建立",
    "the file of kept tables {path} is damaged; delete it: they are made again from the ledger",
)
OTHER_LEDGER = Phrase(
    "汇总表不是由本账本建立的(账本可能已从备份恢复);请运行 rebuild",
    "the kept tables were not made from this ledger (it may have been restored from a backup); run rebuild",
)

NOT_TEXT = Phrase(
    "记录中有空字符(U+0000),无法存入汇总表;请更正该记录",
    "an entry holds the character U+0000, which no table can; correct the entry",
)


class NothingKeptError(LedgerError):
    """A table has never been built."""


class OtherDefinitionError(LedgerError):
    """The current tables are not of this program's definitions, so it must not add to them."""


class OtherLedgerError(LedgerError):
    """The current tables were made from another ledger, or from a later state of this one."""


class UnkeepableError(LedgerError):
    """A row that not every store can hold."""
