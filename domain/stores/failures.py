"""What can go wrong with a store, in words that say what to do. Nothing was stored in any of these cases."""

from domain.words import Phrase

NOT_A_DATABASE = Phrase("{path} 不是履历账本文件;请核对 --database", "{path} is not a career ledger; check --database")
NEWER = Phrase(
    "{path} 由更新版本的程序写成(版式 {version});请升级程序",
    "{path} was written by a newer program (layout {version}); upgrade this one",
)
NO_FILE = Phrase("没有账本 {path};请先导入,或核对 --database", "no ledger at {path}; import first, or check --database")
NO_FOLDER = Phrase(
    "无法打开 {path};文件夹不存在或无权访问", "cannot open {path}; its folder is missing or closed to you"
)
FULL = Phrase(
    "磁盘已满或超出配额,未存入任何内容;请腾出空间后重新导入同一文件",
    "the disk is full and nothing was stored, or a quota is used up; make room, then import the same file again",
)
READ_ONLY = Phrase(
    "{path} 不可写,未存入任何内容;请检查文件和文件夹权限",
    "{path} may not be written and nothing was stored; check the permissions of the file and its folder",
)
BUSY = Phrase(
    "另一个程序正在写入 {path},未存入任何内容;请稍后再试",
    "another process is writing to {path} and nothing was stored; try again later",
)
DAMAGED = Phrase(
    "{path} 已损坏({detail});请从备份恢复,再运行 doctor",
    "{path} is damaged ({detail}); restore it from a backup, then run doctor",
)
OTHER = Phrase("存储失败,未存入任何内容:{detail}", "the store failed and nothing was stored: {detail}")
INTERRUPTED = Phrase(
    "记录时程序被中断,未存入任何内容;请重试", "interrupted while recording, and nothing was stored; try again"
)
STALE = Phrase(
    "该履历已被他人续写;请重新读取后再记录", "someone else wrote the next entry of this career first; read it again"
)
LOST = Phrase(
    "账本末尾有记录丢失(应至位置 {head}),不再写入;请从备份恢复",
    "entries at the end of the ledger are lost (it went up to position {head}); nothing more is written: restore it"
    " from a backup",
)
