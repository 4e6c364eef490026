"""Credit limits and consignment stock in words."""

from kamcore.credit import ConsignmentLimit, LimitPolicy, OverdueGate
from kamcore.credit._limit_policy import BUCKETS, STAGES
from kamcore.decision import show
from kamcore.rulebook._lines import blank, cite, seats
from kamcore.values import Label, Lang
from kamcore.values._words import counted

__all__ = ["describe_consignment", "describe_limits"]

CHOICES: dict[Lang, dict[str, dict[object, str]]] = {
    "en": {
        "disputed": {
            "count": "  own: disputed invoices count as any other",
            "skip": "  own: disputed invoices do not count, nor are they taken for overdue",
        },
        "unapplied_credit": {
            "count": "  own: open credit notes reduce what is owed",
            "skip": "  own: open credit notes do not reduce what is owed",
        },
        "prepaid_passes": {
            True: "  own: what is prepaid in full passes over the limit{block}",
            False: "  own: what is prepaid in full is checked as any other",
        },
        "open_orders": {
            "recheck": "  own: a changed limit or rule is applied to orders accepted before",
            "keep": "  own: orders accepted before stay accepted when the limit or a rule changes",
        },
    },
    "zh": {
        "disputed": {
            "count": "  口径：有争议的发票照常计入",
            "skip": "  口径：有争议的发票不计入，也不按逾期处理",
        },
        "unapplied_credit": {
            "count": "  口径：未冲抵红字发票冲减信用占用",
            "skip": "  口径：未冲抵红字发票不冲减信用占用",
        },
        "prepaid_passes": {
            True: "  口径：全额预付的订单不受信用额度{block}的限制",
            False: "  口径：全额预付的订单照常检查",
        },
        "open_orders": {
            "recheck": "  口径：额度或规定变更后，此前已接受的订单一并复核",
            "keep": "  口径：额度或规定变更后，此前已接受的订单予以保留",
        },
    },
}
OVER_BLOCK = {"en": " and over what is overdue", "zh": "和逾期款项"}
BLOCKED = {
    "en": "  own: an account that is blocked gets nothing, prepaid or not, and its orders are held",
    "zh": "  口径：客户被冻结的，预付订单亦不放行，未交货订单一律暂停",
}


def describe_limits(policy: LimitPolicy, lang: Lang) -> list[str]:
    """Return what counts, where it is checked, what blocks, and who may grant more."""
    head = {"en": "Credit limit", "zh": "信用额度"}[lang]
    block = "" if policy.overdue is None else OVER_BLOCK[lang]
    invoiced = "invoices" in policy.counted
    untold = {"unapplied_credit": not invoiced, "disputed": not (invoiced or policy.overdue)}
    chosen = (
        said[getattr(policy, name)] for name, said in CHOICES[lang].items() if not untold.get(name)
    )
    return [
        head + cite(policy.source, lang),
        *blank(policy.source, lang),
        *_counted(policy, lang),
        _checked(policy, lang),
        _tolerance(policy, lang),
        *_gate(policy.overdue, lang),
        _approver(policy, lang),
        *(said.format(block=block) for said in chosen),
        BLOCKED[lang],
    ]


def _counted(policy: LimitPolicy, lang: Lang) -> list[str]:
    """Return which buckets count and which do not, and how each is read."""
    zh = lang == "zh"
    counts = _listed([BUCKETS[one] for one in BUCKETS if one in policy.counted], lang)
    rest = _listed([BUCKETS[one] for one in BUCKETS if one not in policy.counted], lang)
    lines = [f"  计入信用占用：{counts}" if zh else f"  owed on credit are {counts}"]
    if rest:
        lines.append(f"  不计入：{rest}" if zh else f"  not counted: {rest}")
    if {"orders", "deliveries"} & set(policy.counted):
        lines.append(
            "  口径：订单和发货中已预付或已提前开票的部分不计入"
            if zh
            else "  own: of orders and deliveries, what is prepaid or invoiced in advance does "
            "not count"
        )
    if "orders" in policy.counted:
        lines.append(_horizon(policy, lang))
    return lines


def _horizon(policy: LimitPolicy, lang: Lang) -> str:
    if policy.horizon_days is None:
        return {
            "en": "  own: an order counts whenever it ships",
            "zh": "  口径：订单不论何时发货均计入",
        }[lang]
    days = counted(policy.horizon_days, "day", "天").text(lang)
    return {
        "en": f"  own: an order that ships more than {days} after the day asked does not count yet",
        "zh": f"  口径：发货日在查询日 {days}之后的订单暂不计入",
    }[lang]


def _checked(policy: LimitPolicy, lang: Lang) -> str:
    at = _listed([STAGES[one] for one in STAGES if one in policy.checked_at], lang)
    rest = _listed([STAGES[one] for one in STAGES if one not in policy.checked_at], lang)
    if lang == "zh":
        return f"  信用检查环节：{at}" + (f"；不检查：{rest}" if rest else "")
    return f"  checked at: {at}" + (f"; not checked at: {rest}" if rest else "")


def _tolerance(policy: LimitPolicy, lang: Lang) -> str:
    share = policy.tolerance
    if share.numerator == 0:
        return {"en": "  the limit may not be exceeded", "zh": "  不得超出信用额度"}[lang]
    return {
        "en": f"  the limit may be exceeded by up to {share} of it (own: rounded down)",
        "zh": f"  可超出信用额度，但不得超过其 {share}（口径：金额向下取整）",
    }[lang]


def _gate(gate: OverdueGate | None, lang: Lang) -> list[str]:
    """Return what blocks while it is overdue."""
    if gate is None:
        return [
            {"en": "  own: what is overdue blocks nothing", "zh": "  口径：有逾期款项的，照常放行"}[
                lang
            ]
        ]
    if lang == "en":
        said = f"  nothing new passes while {gate.least.en} is {gate.late.en}"
    elif gate.at_least is None:
        said = f"  有款项{gate.late.zh}的，停止放行"
    else:
        said = f"  {gate.late.zh}的款项达到 {show(gate.at_least, lang)}的，停止放行"
    own = {
        "en": "  own: calendar days after the due date; an open credit note pays nothing off",
        "zh": "  口径：逾期天数自到期日次日起按自然日计算；未冲抵红字发票不抵减逾期款项",
    }
    return [said + cite(gate.source, lang), own[lang]]


def _approver(policy: LimitPolicy, lang: Lang) -> str:
    if policy.approver is None:
        return {"en": "  there are no exceptions", "zh": "  无例外"}[lang]
    who = seats((policy.approver,), lang)
    return {
        "en": f"  own: exceptions are approved by {who}",
        "zh": f"  口径：例外由{who}批准",
    }[lang]


def _listed(labels: list[Label], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(one.text(lang) for one in labels)


def describe_consignment(policy: ConsignmentLimit, lang: Lang) -> list[str]:
    """Return who may hold consignment stock, up to what, and who may grant more."""
    head = {"en": "Consignment stock", "zh": "铺货"}[lang]
    when, limit = policy.when.text(lang), show(policy.limit, lang)
    rule = {
        "en": f"  if {when}: up to {limit}, what is held already included",
        "zh": f"  {when}：铺货额度 {limit}（含已铺货）",
    }[lang]
    more = {"en": "  more is refused", "zh": "  超出额度的，不予铺货"}[lang]
    if policy.approver is not None:
        who = seats((policy.approver,), lang)
        more = {
            "en": f"  own: more is approved by {who}",
            "zh": f"  口径：超出额度的，由{who}批准",
        }[lang]
    missing = {
        "en": "  own: while a missing fact could decide, no stock is given",
        "zh": "  口径：缺少的数据可能影响结论的，暂不铺货",
    }[lang]
    return [head + cite(policy.source, lang), *blank(policy.source, lang), rule, more, missing]
