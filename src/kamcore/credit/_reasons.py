"""The rules of the room: what its reasons say."""

from kamcore.decision import Rule

__all__ = [
    "ALLOWED",
    "AT_BOTTOM",
    "BAD",
    "BAD_STAYS",
    "BY_READING",
    "CHECKED_AS",
    "COUNTED_BY",
    "DUE",
    "DUE_PREPAID",
    "EARLIER",
    "IN_PRINCIPLE",
    "IN_PRINCIPLE_LOWERED",
    "LASTS",
    "LASTS_FOR_GOOD",
    "LOWERED",
    "NEEDS_APPROVAL",
    "NOT_SAFE",
    "NO_BREACH",
    "NO_DEFERRED",
    "NO_INVOICES",
    "ONE_DAY",
    "PREPAY",
    "REFUSED",
    "RULES",
    "SAFE",
    "SAFETY_MISSING",
    "TERMS",
    "UNLOWERED",
    "WITHHELD",
]

TERMS = Rule(
    "credit.terms",
    ("tier", "modes"),
    en="{tier} may be granted: {modes}",
    zh="{tier}：可给予的付款方式为{modes}",
)
PREPAY = Rule(
    "credit.must_prepay",
    ("tier",),
    en="{tier} must pay before delivery",
    zh="{tier}：付款方式必须为款到发货",
)
LOWERED = Rule(
    "credit.lowered",
    ("tier", "level", "modes"),
    en="{tier}, its payment mode lowered to that of {level}: {modes}",
    zh="{tier}：付款方式已降为{level}的付款方式，即{modes}",
)
UNLOWERED = Rule(
    "credit.without_demotion",
    ("tier", "modes"),
    en="without the demotion {tier} may be granted: {modes}",
    zh="若未降级，{tier}可给予：{modes}",
)
NO_DEFERRED = Rule(
    "credit.no_deferred",
    (),
    en="deferred payment is in principle not accepted",
    zh="原则上不接受远期付款",
)
BAD = Rule(
    "credit.bad_period",
    ("period", "count", "day", "upper", "lower", "invoices"),
    en="{period}: payment terms not kept {count} times, so from {day} lowered from {upper} "
    "to {lower}: {invoices}",
    zh="{period}有 {count} 次不按付款条件付款，自{day}起由{upper}的付款方式降为{lower}：{invoices}",
)
BAD_STAYS = Rule(
    "credit.bad_period_at_bottom",
    ("period", "count", "invoices"),
    en="{period}: payment terms not kept {count} times: {invoices}",
    zh="{period}有 {count} 次不按付款条件付款：{invoices}",
)
LASTS = Rule(
    "credit.lasts_until_grading",
    ("graded",),
    en="only the payment mode is lowered, the tier stays; until the next grading (last: {graded})",
    zh="只降付款方式，客户等级不变；执行至下一次评级（上次评级日：{graded}）",
)
LASTS_FOR_GOOD = Rule(
    "credit.lasts_for_good",
    (),
    en="only the payment mode is lowered, the tier stays; until somebody restores it",
    zh="只降付款方式，客户等级不变；执行至人工恢复为止",
)
AT_BOTTOM = Rule(
    "credit.at_bottom",
    (),
    en="this would lower the payment mode further, but it is the last level already and stays",
    zh="已达到降级条件，但付款方式已是最低级别，不再降低",
)
NO_BREACH = Rule(
    "credit.no_breach",
    ("day", "needed"),
    en="by the invoices given, payment terms were not broken {needed} times or more in any one "
    "period since {day}, so nothing is lowered",
    zh="按已提供的发票，自{day}评级以来，任一期间内均未达到 {needed} 次不按付款条件付款，"
    "付款方式不降级",
)
NO_INVOICES = Rule(
    "credit.no_invoices",
    (),
    en="no invoices of the account were given, so no demotion was looked for",
    zh="未提供该客户的发票，故未核对是否降级",
)
COUNTED_BY = Rule(
    "credit.breaches_counted_by",
    ("period", "unpaid", "disputed"),
    en="period: {period}; {unpaid}; {disputed}",
    zh="期间：{period}；{unpaid}；{disputed}",
)
BY_READING = Rule(
    "credit.modes_by_reading",
    ("modes",),
    en="permitted by kamcore's reading, not named in the clause: {modes}",
    zh="条款未写明、按口径允许的方式：{modes}",
)
NOT_SAFE = Rule(
    "credit.not_safe",
    ("fact", "modes"),
    en="not granted, as the premise “{fact}” does not hold: {modes}",
    zh="前提“{fact}”不成立，因此不给予：{modes}",
)
SAFETY_MISSING = Rule(
    "credit.safety_missing",
    ("fact", "modes"),
    en="not granted, as the premise “{fact}” has not been confirmed: {modes}",
    zh="前提“{fact}”尚未确认，因此暂不给予：{modes}",
)
SAFE = Rule(
    "credit.safe",
    ("fact", "modes"),
    en="the premise “{fact}” holds, on which these are granted: {modes}",
    zh="前提“{fact}”成立，符合给予以下方式的条件：{modes}",
)
IN_PRINCIPLE = Rule(
    "credit.in_principle",
    ("approver",),
    en="the rule holds in principle; exceptions are approved by {approver}, named by the company",
    zh="本条为原则性规定；例外由公司指定的{approver}批准",
)
IN_PRINCIPLE_LOWERED = Rule(
    "credit.in_principle_lowered",
    ("approver",),
    en="the rule of the lower level leaves room for exceptions approved by {approver}, named by "
    "the company",
    zh="降级后适用的规则允许例外，由公司指定的{approver}批准",
)
ALLOWED = Rule(
    "credit.allowed",
    ("asked", "modes"),
    en="“{asked}” is allowed; permitted are: {modes}",
    zh="可以采用“{asked}”；允许的付款方式：{modes}",
)
NEEDS_APPROVAL = Rule(
    "credit.needs_approval",
    ("asked", "modes", "approver"),
    en="“{asked}” needs the approval of {approver}; without it would pass: {modes}",
    zh="“{asked}”须经{approver}批准；无须批准即可采用：{modes}",
)
REFUSED = Rule(
    "credit.refused",
    ("asked", "modes"),
    en="“{asked}” is refused; would pass: {modes}",
    zh="不接受“{asked}”；可以采用：{modes}",
)
CHECKED_AS = Rule(
    "credit.checked_as",
    ("tier", "level"),
    en="{tier} is lowered and is checked by the payment modes of {level}",
    zh="{tier}的付款方式已降级，按{level}的付款方式核对",
)
WITHHELD = Rule(
    "credit.withheld",
    ("fact", "modes"),
    en="withheld, as the premise “{fact}” does not hold or is not confirmed: {modes}",
    zh="前提“{fact}”不成立或尚未确认，暂不给予：{modes}",
)
DUE = Rule(
    "credit.due",
    ("anchor", "asked", "latest"),
    en="from {anchor} the last day to pay would be {asked}; the latest permitted is {latest}",
    zh="自{anchor}起算，按此最后付款日为{asked}；允许的最后付款日为{latest}",
)
DUE_PREPAID = Rule(
    "credit.due_prepaid",
    ("asked",),
    en="it would be due on {asked}; payment is required before delivery",
    zh="按此应于{asked}付款，而货款须在发货前付清",
)
EARLIER = Rule(
    "credit.paid_earlier",
    ("asked", "mode"),
    en="“{asked}” comes before “{mode}”, and paying earlier than permitted is always allowed",
    zh="“{asked}”早于“{mode}”；早于允许期限付款的，一律可以",
)
ONE_DAY = Rule(
    "credit.anchors_one_day",
    ("term", "policy", "anchor"),
    en="{term} and {policy} are taken to be one day, {anchor}",
    zh="{term}与{policy}视为同一天，即{anchor}",
)
RULES = (
    TERMS, PREPAY, LOWERED, UNLOWERED, NO_DEFERRED, BAD, BAD_STAYS, LASTS, LASTS_FOR_GOOD,
    AT_BOTTOM, NO_BREACH, NO_INVOICES, COUNTED_BY, BY_READING, NOT_SAFE, SAFETY_MISSING, SAFE,
    IN_PRINCIPLE, IN_PRINCIPLE_LOWERED, ALLOWED, NEEDS_APPROVAL, REFUSED, CHECKED_AS, WITHHELD, DUE,
    DUE_PREPAID, EARLIER, ONE_DAY,
)  # fmt: skip
