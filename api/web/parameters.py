"""The query parameters that questions take, and what each is."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, get_args
from urllib.parse import parse_qsl

from api.access.subject import ROLES
from api.office.records import Outcome
from api.questions import career_named, day, moment, whole_number
from api.web.errors import UnknownParameterError
from domain.regulation.readings import CHOICES
from domain.words import Phrase

FORMATS: Mapping[str, Callable[[str, str], object]] = {"date": day, "uuid": career_named, "date-time": moment}
"""What reads a word of a format, and refuses what is none."""

LONGEST = 1_000
"""Characters of a parameter that says nothing of its length."""

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

READING = "reading."
"""What the name of a reading follows in a query."""

UNKNOWN = Phrase("没有名为 {name} 的参数;可用:{known}", "no parameter is called {name}; there are {known}")
STRANGE = Phrase("有不认识的参数;可用:{known}", "a parameter is not known; there are {known}")
TWICE = Phrase("参数 {name} 出现两次;请只写一次", "the parameter {name} stands twice; write it once")
NO_TEXT = Phrase("参数 {name}:不能含空字符(U+0000)", "the parameter {name} must not hold the character U+0000")
TOO_LONG = Phrase("参数 {name}:最多 {most} 个字符", "the parameter {name} has at most {most} characters")
NO_CHOICE = Phrase("参数 {name}:可取 {known}", "the parameter {name} can be {known}")
NO_FORM = Phrase("参数 {name}:格式不对", "the parameter {name} is not of the form that it takes")
REQUIRED = Phrase("缺少参数 {name}:{about}", "the parameter {name} is missing: {about}")


class Parameter(NamedTuple):
    """One query parameter. `schema` is its JSON Schema."""

    name: str
    about: Phrase
    schema: Mapping[str, Any]
    required: bool = False
    example: Any = None


def _text(name: str, zh: str, en: str, *, required: bool = False, example: Any = None, **schema: Any) -> Parameter:
    return Parameter(name, Phrase(zh, en), {"type": "string", **schema}, required, example)


def _whole(name: str, zh: str, en: str, least: int, most: int, example: int) -> Parameter:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Parameter(name, Phrase(zh, en), schema, example=example)


DIVISION_CODE = {"pattern": "^15([0-9]{2}|[0-9]{4}|[0-9]{7}|[0-9]{10})?$"}
MOMENT = "2026-11-24T08:00:00Z"

LANG = _text("lang", "语言", "the language of the words", enum=["zh", "en"], example="zh")
ON = _text("on", "问哪一天;省略为今日(北京时间)", "on which day; today in China if left out", format="date",
           example="2026-11-24")  # fmt: skip
KNOWN_AT = _text("known_at", "按何时所知:时刻(RFC 3339)或位置;省略为当前",
                 "as known at a moment (RFC 3339) or a position; now if left out", example="812")  # fmt: skip
AT_LEAST = _whole(
    "at_least", "等到账本至少写到该位置再答", "wait until the ledger has reached this position", 0, 10**15, 1
)
PURPOSE = _text("purpose", "用途;转接岗必填", "what for; transfer desks must say", maxLength=200,
                example="transfer from 150102001")  # fmt: skip
CASE_NUMBER = _text("case_number", "案号;纪检人员必填", "the number of the case; inspectors must say", maxLength=100,
                    example="NJ-2026-012")  # fmt: skip
DIVISION = _text("division", "区划代码,代表以其开头的全部代码", "a division code; it stands for all that begin with it",
                 required=True, example="1501", **DIVISION_CODE)  # fmt: skip
ANY_DIVISION = DIVISION._replace(required=False)
AFTER = _text("after", "从何处继续:照抄上一答案的 next", "go on after `next` of the answer before", maxLength=200)
LIMIT = _whole("limit", "最多条数", "how many at most", 1, 1000, 100)
KIND = _text("kind", "事实类型", "a kind of fact", maxLength=40, pattern="^[a-z_]+$", example="trained")
FIRST_DAY = _text("first_day", "起日", "the first day", format="date", example="2020-01-01")
LAST_DAY = _text("last_day", "止日", "the last day", format="date", example="2026-11-24")

WORKER = _text("worker", "单位对本人的编号,或履历 UUID", "an office's key for the person, or a career's UUID",
               maxLength=200, example="A-0417")  # fmt: skip
NAME = _text("name", "姓名", "a name", maxLength=100)
MATCHING = _text("matching", "姓名全同或开头相同", "the whole name, or its beginning", enum=["exact", "beginning"])
BEFORE = _text("before", "只列该日之前满足条件者", "only who is eligible before this day", format="date",
               example="2028-01-01")  # fmt: skip
WITHIN = _whole("within", "今后多少天内", "within so many days", 0, 36_525, 90)
ARTICLE = _text("article", "条或条款", "an article, or one of its paragraphs", example="24",
                pattern=r"^[1-9][0-9]?([(\uff08][1-9][)\uff09])?$")  # fmt: skip
SEVERITY = _text("severity", "程度", "how severe", enum=["breach", "review", "info"])
OPEN_ONLY = _text("open", "只列仍在持续的", "only what still goes on", enum=["true", "false"])
POPULATION = _whole("population", "城镇常住人口,用以对照员额标准", "its urban residents, for the staffing standard",
                    1, 10**10, 250_000)  # fmt: skip
RECORDER = _text("recorded_by", "由谁记录", "who recorded it", maxLength=200)
COMPARED = KNOWN_AT._replace(
    about=Phrase("一个时刻:RFC 3339 或位置", "one moment: RFC 3339, or a position"), required=True
)
AND = KNOWN_AT._replace(name="and", about=Phrase("另一个时刻", "the other moment"), required=True, example="900")
OF_CAREER = _text("career", "哪份履历", "of which career", format="uuid")
OF_SUBJECT = _text("subject", "何人查询", "who asked", maxLength=200)
OF_ROLE = _text("role", "以何角色", "in which role", enum=list(ROLES))
OF_OUTCOME = _text("outcome", "结果", "what became of it", enum=list(OUTCOMES))
FIRST = _text("first", "自何时起(RFC 3339)", "from this moment on (RFC 3339)", format="date-time", example=MOMENT)
LAST = _text("last", "至何时止(RFC 3339)", "up to this moment (RFC 3339)", format="date-time", example=MOMENT)
FEED_AFTER = _whole("after", "从该位置之后开始", "go on after this position", 0, 10**15, 0)
FEED_LIMIT = _whole("limit", "最多条数;省略为全部", "how many at most; all if left out", 1, 10**9, 500)
LATE_AFTER = _whole("late_after", "登记迟于发生多少天算迟", "days after which a recording is late", 0, 36_525, 90)
WITHIN_DAYS = _whole("within", "晋级登记前多少天", "how many days before a step are looked at", 0, 36_525, 60)
CLUSTER = _whole("cluster", "其间至少多少条", "how many entries of those days are told together", 1, 1000, 3)
DRY_RUN = _text("dry_run", "只预览,不记录", "only tell what would change", enum=["true", "false"])

READINGS = tuple(
    Parameter(
        READING + name,
        choice.about,
        {"type": "string", "pattern": "^[a-z0-9_,]{1,60}$"}
        if choice.values
        else {"type": "integer", "minimum": 0, "maximum": 100_000},
        example=choice.values[0] if choice.values else 0,
    )
    for name, choice in CHOICES.items()
)

HOUSE = (LANG, PURPOSE, CASE_NUMBER)
"""What every question takes."""
KNOWN = (*HOUSE, AT_LEAST, KNOWN_AT)
QUESTION = (*KNOWN, ON, *READINGS)
"""What a question that judges takes."""
OF_DIVISION = (*QUESTION, DIVISION)


def words_of(query: bytes, taken: Mapping[str, Parameter]) -> dict[str, str]:
    """The words of a query string. Raises `UnknownParameterError`; a name that is none is not repeated."""
    if not query:
        words: dict[str, str] = {}
    else:
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, encoding="utf-8", errors="replace")
        words = dict(pairs)
        for name in words:
            if name not in taken:
                raise UnknownParameterError(_unknown(name, taken))
        if len(words) != len(pairs):
            names = [name for name, _ in pairs]
            raise UnknownParameterError(TWICE(name=next(name for name in names if names.count(name) > 1)))
        for name, word in words.items():
            _check(name, word, taken[name].schema)
    for name, parameter in taken.items():
        if parameter.required and name not in words:
            raise UnknownParameterError(REQUIRED(name=name, about=parameter.about()))
    return words


def _check(name: str, word: str, schema: Mapping[str, Any]) -> None:
    """Refuse a word that is not what its parameter takes, before it is kept anywhere: it may be somebody's name.

    Raises `UnknownParameterError` or `QuestionError`.
    """
    if "\0" in word:
        raise UnknownParameterError(NO_TEXT(name=name))
    if len(word) > schema.get("maxLength", LONGEST):
        raise UnknownParameterError(TOO_LONG(name=name, most=schema.get("maxLength", LONGEST)))
    if "enum" in schema and word not in schema["enum"]:
        raise UnknownParameterError(NO_CHOICE(name=name, known=", ".join(schema["enum"])))
    if "pattern" in schema and not re.fullmatch(schema["pattern"], word):
        raise UnknownParameterError(NO_FORM(name=name))
    if schema["type"] == "integer":
        whole_number(word, name, schema["minimum"], schema["maximum"])
    elif "format" in schema:
        FORMATS[schema["format"]](word, name)


def _unknown(name: str, taken: Mapping[str, Parameter]) -> Any:
    known = ", ".join(one for one in taken if not one.startswith(READING)) or "—"
    if any(one.startswith(READING) for one in taken):
        known += f", {READING}NAME"
    plain = name.isascii() and name.replace("_", "").replace(".", "").isalpha() and len(name) <= 40
    return UNKNOWN(name=name, known=known) if plain else STRANGE(known=known)
