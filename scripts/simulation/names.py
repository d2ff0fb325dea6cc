"""Names of people who do not exist: Han 汉族, and Mongolian 蒙古族 as they are written in Chinese."""

from domain.facts.person import Sex
from scripts.simulation.dice import Dice


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SURNAMES = tuple(
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "王李张刘陈杨赵王李张刘赵郭高韩武贾郝白乔贺邢段侯温石薛闫孟范康邵秦史尹常齐雷边云包佟关那"
)
"""Those that are more frequent in Inner Mongolia stand twice."""

SYLLABLES = {
    "male": "伟强磊军勇杰涛超明刚平辉鹏斌飞鑫波宇浩凯健俊帆帅旭宁龙林阳东建文志永国海云成晓新荣贵福生",
    "female": "芳娜敏静丽娟艳霞秀玲燕梅莉红洁倩颖琳雪慧婷蕾璐萍华英兰凤琴云丹晶欣妍佳薇瑶茹",
}
"""Characters that are half of a given name. None is a whole one: that would make names of well-known people."""

GIVEN = {
    "male": _words(
        "建国 志强 文斌 海涛 晓东 国庆 永胜 俊杰 宇航 子轩 浩然 振华 卫东 立新 "
        "建军 春雷 宏伟 学文 铁柱 玉刚 长青 利民 瑞峰 佳明 天宇 志远 凤山 占军"
    ),
    "female": _words(
        "丽华 秀英 桂兰 玉梅 春燕 晓红 海霞 雪梅 淑芳 佳怡 雨桐 欣怡 婷婷 慧敏 "
        "美玲 艳丽 志红 凤英 瑞芳 改花 俊梅 文静 思雨 梦瑶 晓燕 建华 丽娜 素珍"
    ),
}

MONGOLIAN = {
    "male": _words(
        "巴特尔 那日苏 阿拉坦 朝鲁 苏和 哈斯 孟和 巴图 格日勒图 乌力吉 宝音 斯琴巴特尔 阿古拉 "
        "额尔敦 布和 特木尔 呼和 敖特根 白音 达来 吉日嘎拉 牧仁 青格勒 桑布 图门 乌恩 "
        "新巴雅尔 照日格图 必力格 恩和"
    ),
    "female": _words(
        "乌云其木格 萨仁 苏日娜 娜仁花 其其格 高娃 斯琴 乌兰 塔娜 托娅 琪琪格 阿茹娜 萨茹拉 "
        "敖登 娜仁托娅 格根塔娜 乌日娜 通拉嘎 哈斯其木格 白音花 呼斯楞 金花 莲花 海棠 美丽其格 乌吉木 "
        "阿拉坦其其格 诺敏 珊丹"
    ),
}

MONGOLIAN_SHARE = {"1505": 0.45, "1522": 0.40, "1525": 0.32, "1529": 0.24, "1506": 0.14, "1507": 0.18}
"""Share of Mongolian names by league: Tongliao, Hinggan, Xilingol, Alxa, Ordos, Hulunbuir; elsewhere 0.1.

Chosen to be believable, not taken from a census.
"""


def name(dice: Dice, sex: Sex, league: str) -> str:
    """A name as people in that league bear it."""
    if dice.chance(MONGOLIAN_SHARE.get(league, 0.1)):
        return dice.pick(MONGOLIAN[sex])
    given = dice.pick(GIVEN[sex]) if dice.chance(0.4) else dice.pick(SYLLABLES[sex]) + dice.pick(SYLLABLES[sex])
    return dice.pick(SURNAMES) + given
