"""The official Chinese terms of the values and fields that facts have; English says what JSON says, with spaces."""

from domain.words import Language

VALUES = {
    "male": "男", "female": "女",
    "committee": "两委专职成员", "specialist": "专职工作人员",
    "secretary": "社区党组织书记", "director": "居委会主任", "deputy_secretary": "副书记",
    "deputy_director": "副主任", "member": "委员",
    "elected": "选举", "by_election": "补选", "appointed": "指派",
    "turnover": "换届", "early_turnover": "提前换届", "resigned": "辞职", "removed": "罢免",
    "transferred": "调动", "other": "其他",
    "pre_post": "岗前", "special": "专门", "offline": "脱产集中", "online": "线上",
    "excellent": "优秀", "competent": "合格", "basic": "基本合格", "incompetent": "不合格",
    "head": "正职", "deputy": "副职", "staff": "其他岗位",
    "initial": "初次定级", "recognised": "互认", "reassessed": "重新核定", "demoted": "降级",
    "street": "街道", "banner_or_above": "旗县级以上",
    "statutory": "法定休假", "maternity": "产假", "injury": "工伤", "sick": "病假", "unpaid": "停薪留职",
    "cleared": "查清无责", "sanctioned": "受处分",
    "assistant": "助理社会工作师", "social_worker": "社会工作师", "senior": "高级社会工作师",
    "banner": "旗县级", "league": "盟市级", "region": "自治区级", "state": "国家级",
    "party_delegate": "党代表候选人", "congress_deputy": "人大代表候选人", "cppcc_member": "政协委员人选",
    "grid_worker": "网格员", "other_region": "区外", "military": "服役",
    "public_institution": "事业单位", "civil_service": "公务员", "street_leadership": "街道领导班子",
}  # fmt: skip

FIELDS = {
    "first_day": "起", "last_day": "止", "year": "年度", "level": "等级", "item": "第三十七条项",
    "full_time": "全日制", "passed": "合格", "probation_until": "试用期至", "contract_until": "合同期至",
    "expected_until": "预计至", "planned_last_day": "计划至", "medical_period_until": "医疗期至", "until": "至",
    "full_on": "转正日", "submitted_on": "申请日", "confirmed_on": "确认日", "born": "出生",
}  # fmt: skip
"""Fields whose values do not speak for themselves."""


def value(text: str, language: Language) -> str:
    """A value of a closed list as people say it; any other text as it is."""
    if language == "zh":
        return VALUES.get(text, text)
    return text.replace("_", " ") if text in VALUES else text


def field(name: str, language: Language) -> str:
    """What a field is called."""
    return FIELDS.get(name, name) if language == "zh" else name.replace("_", " ")
