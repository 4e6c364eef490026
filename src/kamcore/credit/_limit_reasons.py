"""The rules of limits and exposure, and the words they share."""

from collections.abc import Iterable, Sequence

from kamcore.decision import Param, Rule, show
from kamcore.values import Label
from kamcore.values._words import joined

__all__ = ["RULES", "either", "listed", "words"]

SHOWN = 3

# --- exposure -------------------------------------------------------------------------------

EXPOSURE = Rule(
    "credit.exposure",
    ("account", "day", "total"),
    en="the credit exposure of {account} on {day} is {total}",
    zh="截至{day}，客户 {account} 的信用占用为 {total}",
)
MADE_UP = Rule(
    "credit.exposure_parts",
    ("parts",),
    en="made up of {parts}",
    zh="其中：{parts}",
)
NOT_COUNTED = Rule(
    "credit.not_counted",
    ("parts",),
    en="not counted: {parts}",
    zh="未计入：{parts}",
)
OVERDUE = Rule(
    "credit.overdue",
    ("amount", "late", "invoices", "oldest"),
    en="{amount} is {late}: {invoices}; the oldest for {oldest}",
    zh="{late}的款项为 {amount}：{invoices}；最长已逾期 {oldest}",
)
ADVANCES = Rule(
    "credit.advances_do_not_count",
    (),
    en="what is prepaid, or invoiced in advance, does not count among orders and deliveries",
    zh="已预付或已提前开票的部分不再计入订单和发货",
)
DISPUTED_COUNT = Rule(
    "credit.disputed_count",
    (),
    en="disputed invoices count as any other",
    zh="有争议的发票照常计入",
)
NOTES_COUNT = Rule(
    "credit.credit_notes_count",
    (),
    en="open credit notes reduce the exposure",
    zh="尚未冲抵的红字发票冲减信用占用",
)

# --- the answer to a request ----------------------------------------------------------------

WITHIN = Rule(
    "credit.within_limit",
    ("request", "left"),
    en="{request} is allowed: {left} of the credit limit is left after it",
    zh="{request}可以放行：放行后可用额度为 {left}",
)
TOLERATED = Rule(
    "credit.within_tolerance",
    ("request", "over", "tolerance"),
    en="{request} is allowed within the tolerance of {tolerance}: it exceeds the credit limit by "
    "{over}",
    zh="{request}可以放行：虽超出信用额度 {over}，但在 {tolerance} 的容差以内",
)
UNLIMITED_ANSWER = Rule(
    "credit.unlimited",
    ("request",),
    en="{request} is allowed: the account has unlimited credit",
    zh="{request}可以放行：该客户的信用额度不设上限",
)
PREPAID = Rule(
    "credit.fully_prepaid",
    ("request",),
    en="{request} is allowed: it is prepaid in full and takes no credit",
    zh="{request}可以放行：货款已全额预付，不占用信用额度",
)
BEYOND = Rule(
    "credit.beyond_horizon",
    ("request", "day", "last"),
    en="{request} is allowed: it ships on {day}, and only what ships by {last} counts for now",
    zh="{request}可以放行：其发货日为{day}，目前只计{last}及以前发货的订单",
)
UNCHECKED = Rule(
    "credit.stage_not_checked",
    ("request", "stages"),
    en="{request} is allowed: credit is not checked at this stage, only at: {stages}",
    zh="{request}可以放行：本环节不做信用检查，检查环节为：{stages}",
)
WOULD_GIVE = Rule(
    "credit.check_would_give",
    ("answer",),
    en="a check would answer: {answer}",
    zh="若做检查，结果为：{answer}",
)
OVER_APPROVAL = Rule(
    "credit.over_limit_approval",
    ("request", "approver", "limit", "over"),
    en="{request} needs the approval of {approver}: it exceeds {limit} by {over}",
    zh="{request}须经{approver}批准：超出{limit} {over}",
)
OVER = Rule(
    "credit.over_limit",
    ("request", "limit", "over"),
    en="{request} is refused: it exceeds {limit} by {over}",
    zh="{request}不予放行：超出{limit} {over}",
)
OVERDUE_APPROVAL = Rule(
    "credit.overdue_approval",
    ("request", "approver", "amount", "late"),
    en="{request} needs the approval of {approver}: the account has {amount} {late}",
    zh="{request}须经{approver}批准：该客户{late}的款项为 {amount}",
)
OVERDUE_REFUSED = Rule(
    "credit.overdue_refused",
    ("request", "amount", "late"),
    en="{request} is refused: the account has {amount} {late}",
    zh="{request}不予放行：该客户{late}的款项为 {amount}",
)
BLOCKED_ANSWER = Rule(
    "credit.blocked",
    ("request",),
    en="{request} is refused: the account is blocked, and that holds for prepaid orders as well",
    zh="{request}不予放行：该客户已冻结，预付订单亦不放行",
)

# --- why, and what would pass ---------------------------------------------------------------


def _now_or_later(id_: str, *names: str, en: str, zh: str) -> tuple[Rule, Rule]:
    """Return the rule for what is asked now, and the one for what does not count yet."""
    said = (*names, "asked")
    return (
        Rule(id_, said, en=f"{en}; asked on credit: {{asked}}", zh=f"{zh}；本次需占用 {{asked}}"),
        Rule(
            f"{id_}_later",
            said,
            en=f"{en}; not counted yet: {{asked}}",
            zh=f"{zh}；本次暂不占用 {{asked}}",
        ),
    )


ROOM = _now_or_later(
    "credit.room",
    *("limit", "exposure", "parts", "headroom"),
    en="credit limit {limit} less exposure {exposure} ({parts}) leaves {headroom}",
    zh="信用额度 {limit}，减信用占用 {exposure}（{parts}），可用额度为 {headroom}",
)
ROOM_REPLACED = _now_or_later(
    "credit.room_replaced",
    *("limit", "exposure", "parts", "replaced", "headroom"),
    en="credit limit {limit} less exposure {exposure} ({parts}), without {replaced} of this order "
    "itself, leaves {headroom}",
    zh="信用额度 {limit}，减信用占用 {exposure}（{parts}），不重复计入本订单原占用 {replaced}，"
    "可用额度为 {headroom}",
)
EXPOSED = _now_or_later(
    "credit.exposed",
    *("limit", "exposure", "parts"),
    en="credit limit: {limit}; exposure {exposure} ({parts})",
    zh="信用额度：{limit}；信用占用 {exposure}（{parts}）",
)
GATE = Rule(
    "credit.overdue_block",
    ("amount", "late", "invoices", "least"),
    en="{amount} is {late}: {invoices}; the block starts at: {least}",
    zh="{late}的款项为 {amount}：{invoices}；停止放行标准：{least}",
)
GATE_OPEN = Rule(
    "credit.overdue_below_block",
    ("amount", "late", "least"),
    en="{amount} is {late}; that does not block, the block starts at: {least}",
    zh="{late}的款项为 {amount}，停止放行标准为 {least}，尚未达到，不影响放行",
)
WOULD_PASS = Rule(
    "credit.order_would_pass",
    ("options",),
    en="would pass: {options}",
    zh="以下做法可以放行：{options}",
)
NOTHING_PASSES = Rule(
    "credit.nothing_would_pass",
    (),
    en="nothing would pass until the exposure falls or the limit rises",
    zh="在信用占用下降或信用额度提高之前均不能放行",
)
NOTHING_PASSES_OVERDUE = Rule(
    "credit.nothing_would_pass_overdue",
    ("amount",),
    en="nothing would pass until the overdue {amount} is paid and the exposure falls or the limit "
    "rises",
    zh="须先收回逾期款项 {amount}，且信用占用下降或信用额度提高，方可放行",
)
PREPAID_PASS = Rule(
    "credit.prepaid_passes",
    (),
    en="what is prepaid in full passes over the limit and over an overdue block",
    zh="全额预付的订单不受信用额度和逾期停止放行的限制",
)

# --- open orders after a change -------------------------------------------------------------

NO_ORDERS = Rule(
    "credit.recheck_nothing",
    (),
    en="no open order is to be checked again",
    zh="没有需要复核的未交货订单",
)
ALL_KEPT = Rule(
    "credit.recheck_all_kept",
    ("orders",),
    en="none of {orders} has to be held",
    zh="{orders}全部保留，无须暂停",
)
RECHECKED = Rule(
    "credit.recheck_held",
    ("orders", "kept", "held", "amount"),
    en="of {orders} {kept} can be kept; {held} must be held, for {amount} on credit",
    zh="{orders}中，{kept} 张可保留，{held} 张须暂停，涉及赊销额 {amount}",
)
ALL_HELD = Rule(
    "credit.recheck_all_held",
    ("orders", "amount"),
    en="all {orders} must be held, for {amount} on credit",
    zh="{orders}全部须暂停，涉及赊销额 {amount}",
)
KEPT_ANYWAY = Rule(
    "credit.recheck_kept_as_accepted",
    ("orders", "failing", "amount"),
    en="all {orders} stay as accepted; checked anew, {failing} would not pass, worth {amount} on "
    "credit",
    zh="{orders}按原接受条件全部保留；若按现行规定复核，{failing} 张不能通过，涉及赊销额 {amount}",
)
HELD = Rule(
    "credit.recheck_which",
    ("orders",),
    en="orders concerned: {orders}",
    zh="涉及订单：{orders}",
)
LIMIT_NOW = Rule(
    "credit.recheck_room",
    ("limit", "exposure", "parts"),
    en="credit limit: {limit}; exposure with these orders {exposure} ({parts})",
    zh="信用额度：{limit}；含上述订单的信用占用 {exposure}（{parts}）",
)
BLOCKED_NOW = Rule(
    "credit.recheck_blocked",
    (),
    en="the account is blocked, and that holds for prepaid orders as well",
    zh="该客户已冻结，预付订单亦不放行",
)
ALL_WOULD_PASS = Rule(
    "credit.recheck_would_pass",
    ("options",),
    en="all would be kept: {options}",
    zh="以下做法可使全部订单保留：{options}",
)
TURN = Rule(
    "credit.recheck_turn",
    (),
    en="orders are taken by the day they ship, then by number; one that still fits is kept though "
    "an earlier one is held",
    zh="订单按发货日、再按编号依次复核；前单暂停而后单仍在额度内的，后单保留",
)
RULES = (
    EXPOSURE, MADE_UP, NOT_COUNTED, OVERDUE, ADVANCES, DISPUTED_COUNT, NOTES_COUNT, WITHIN,
    TOLERATED, UNLIMITED_ANSWER, PREPAID, BEYOND, UNCHECKED, WOULD_GIVE, OVER_APPROVAL, OVER,
    OVERDUE_APPROVAL, OVERDUE_REFUSED, BLOCKED_ANSWER, *ROOM, *ROOM_REPLACED, *EXPOSED, GATE,
    GATE_OPEN, WOULD_PASS, NOTHING_PASSES, NOTHING_PASSES_OVERDUE, PREPAID_PASS, NO_ORDERS,
    ALL_KEPT, RECHECKED, ALL_HELD, KEPT_ANYWAY, HELD, LIMIT_NOW, BLOCKED_NOW, ALL_WOULD_PASS, TURN,
)  # fmt: skip


def words(en: str, zh: str, *values: Param) -> Label:
    """Return a phrase in both languages, its `{}` filled in with the values in order."""
    return Label(
        en.format(*(show(value, "en") for value in values)),
        zh.format(*(show(value, "zh") for value in values)),
    )


def either(parts: Iterable[Label], en: str, zh: str) -> Label:
    """Return phrases in a row, joined by a word of each language."""
    given = tuple(parts)
    return Label(en.join(one.en for one in given), zh.join(one.zh for one in given))


def listed(parts: Sequence[Label], unit: str) -> Label:
    """Return the first three and how many more there are; `unit` is the Chinese measure word."""
    shown = joined(parts[:SHOWN])
    rest = len(parts) - SHOWN
    if rest <= 0:
        return shown
    return Label(f"{shown.en} and {rest:,} more", f"{shown.zh}等 {len(parts):,} {unit}")
