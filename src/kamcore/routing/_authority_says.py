"""What the answers about authority and access say, in both languages."""

from kamcore.decision import Rule

__all__ = ["RULES"]

# --- authority ------------------------------------------------------------------------------

ALLOWED = Rule(
    "routing.within_authority",
    ("seat",),
    en="within the authority of {seat}",
    zh="在{seat}的权限之内，可自行决定",
)
ALLOWED_AS = Rule(
    "routing.within_lower_authority",
    ("seat", "lower"),
    en="within the authority of {seat}, who may decide what {lower} may",
    zh="在{seat}的权限之内：{lower}可以决定的，{seat}也可决定",
)
REFER = Rule(
    "routing.refer",
    ("seat", "to"),
    en="beyond the authority of {seat}: {to} has to decide",
    zh="超出{seat}的权限，须报{to}决定",
)
REFER_BY = Rule(
    "routing.refer_by",
    ("seat", "to", "by"),
    en="beyond the authority of {seat}: {to} has to decide, and is to be asked by {by}",
    zh="超出{seat}的权限，须报{to}决定，最迟于{by}报送",
)
NOBODY = Rule(
    "routing.beyond_all",
    ("seat",),
    en="beyond the authority of {seat}, and no higher seat may decide either",
    zh="超出{seat}的权限，且没有上级岗位可以决定",
)
OPEN_OWN = Rule(
    "routing.authority_undecided",
    ("seat", "facts"),
    en="whether {seat} may decide cannot be said yet: {facts} not known",
    zh="{seat}能否自行决定尚无法判定：未提供{facts}",
)
OPEN_TO = Rule(
    "routing.refer_undecided",
    ("seat", "facts"),
    en="beyond the authority of {seat}; who has to decide cannot be said yet: {facts} not known",
    zh="超出{seat}的权限；应报何人决定尚无法判定：未提供{facts}",
)
REACHES = Rule(
    "routing.authority",
    ("seat", "cases"),
    en="the authority of {seat}: {cases}",
    zh="{seat}的权限：{cases}",
)
PASSED_ON = Rule(
    "routing.passed_on_within",
    ("within", "calendar", "at"),
    en="asked within {within} in the calendar “{calendar}”, from {at}",
    zh="自{at}起，按“{calendar}”计，{within}内报送",
)
NOTE = Rule("routing.note", ("note",), en="note: {note}", zh="说明：{note}")

# --- access ---------------------------------------------------------------------------------

MAY = Rule(
    "routing.access_allowed",
    ("person", "act", "account"),
    en="{person} may {act} {account}",
    zh="{person}可以{act}{account}的资料",
)
MAY_NOT = Rule(
    "routing.access_refused",
    ("person", "act", "account"),
    en="{person} may not {act} {account}",
    zh="{person}无权{act}{account}的资料",
)
BY_GRANT = Rule(
    "routing.access_grant",
    ("role", "reach"),
    en="granted to the role “{role}”: {reach}",
    zh="授权给角色“{role}”：{reach}",
)
NOT_COVERED = Rule(
    "routing.access_not_covered",
    ("roles", "unit"),
    en="roles: {roles}; unit: {unit}; no grant for these reaches it",
    zh="角色：{roles}；所属单位：{unit}；没有相应的授权",
)
NOT_ACTIVE = Rule(
    "routing.access_not_active",
    ("person",),
    en="{person} has left the company",
    zh="{person}已离职",
)
NO_SUCH_ACT = Rule(
    "routing.access_unknown_act",
    ("act",),
    en="no grant speaks of “{act}”",
    zh="没有任何授权涉及“{act}”",
)
DENIED = Rule(
    "routing.access_default",
    (),
    en="what no grant allows is refused",
    zh="未经授权的，一律不予开放",
)
RULES = (
    ALLOWED, ALLOWED_AS, REFER, REFER_BY, NOBODY, OPEN_OWN, OPEN_TO, REACHES, PASSED_ON, NOTE,
    MAY, MAY_NOT, BY_GRANT, NOT_COVERED, NOT_ACTIVE, NO_SUCH_ACT, DENIED,
)  # fmt: skip
