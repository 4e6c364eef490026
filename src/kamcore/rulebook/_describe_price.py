"""Price policies in words: tiers, adjustments and how they stack, approvals."""

from collections.abc import Iterator

from kamcore.decision import show
from kamcore.price import (
    Adjustment,
    FreeUnits,
    Gives,
    PricePolicy,
    RevenueShare,
    Stack,
    TierPrice,
)
from kamcore.price._range import approvals_label
from kamcore.rulebook._lines import cite, cite_figure
from kamcore.values import Lang, Ratio, Rounding, Steps, UnitPrice

__all__ = ["describe_price", "describe_revenue"]


def describe_price(policy: PricePolicy, lang: Lang) -> list[str]:
    """Return the price rule of every tier, the adjustments in their order, and who may approve."""
    lines = [HEAD[lang][policy.basis]]
    if policy.source is not None:
        lines = [TITLE[lang] + cite(policy.source, lang), OWN_BASIS[lang][policy.basis]]
    for one in policy.tiers:
        colon = "：" if lang == "zh" else ": "
        said = f"  {_tier(one, lang)}{colon}{_price(one, policy, lang)}"
        lines.append(said + cite_figure(one.source, lang))
    if policy.stacks and any(one.net_floor is not None for one in policy.tiers):
        lines.append(OWN_FLOOR[lang])
    for stack in policy.stacks:
        lines += _stack(stack, lang)
    if len(policy.fields):
        lines.append(OWN_MISSING[lang])
    lines.append(ROUNDED[lang][policy.rounded].format(how=policy.rounding.label.text(lang)))
    return [*lines, _exceptions(policy, lang)]


def _tier(one: TierPrice, lang: Lang) -> str:
    """Return the tier by its words, where it has any."""
    return (one.zh if lang == "zh" else one.en) or one.tier


HEAD = {
    "en": {
        "net": "Prices without tax, measured by the control price",
        "gross": "Prices with tax, measured by the control price",
    },
    "zh": {"net": "价格（不含税，以内控价格为基准）", "gross": "价格（含税，以内控价格为基准）"},
}
TITLE = {"en": "Prices, measured by the control price", "zh": "价格（以内控价格为基准）"}
OWN_BASIS = {
    "en": {"net": "  own: prices are without tax", "gross": "  own: prices are with tax"},
    "zh": {"net": "  口径：价格均不含税", "gross": "  口径：价格均含税"},
}
OWN_MISSING = {
    "en": "  own: an adjustment is left out while a fact that it asks for is missing",
    "zh": "  口径：条件所需数据缺失的，该项调整不计入",
}
OWN_FLOOR = {
    "en": (
        "  own: where no floor of its own is stated, the lowest price holds for what is left "
        "net of every adjustment"
    ),
    "zh": "  口径：未另定净价底价的，底价按扣除全部调整后的净价执行",
}
ROUNDED = {
    "en": {
        "price": ("  own: a floor is rounded up, a cap down, the price of a unit once ({how})"),
        "each_change": (
            "  own: a floor is rounded up, a cap down, every change of a price by itself ({how})"
        ),
    },
    "zh": {
        "price": "  口径：按最小计价单位，底价向上进位，上限向下舍去，单价取整一次（{how}）",
        "each_change": (
            "  口径：按最小计价单位，底价向上进位，上限向下舍去，每项调整分别取整（{how}）"
        ),
    },
}
HOW = {
    "en": {
        "add": "added up, each share being of the price before them",
        "compound": "one after another, each share being of the price that the one before left",
        "best": "of which the one with the lowest price applies",
        "exclusive": "of which at most one applies",
    },
    "zh": {
        "add": "各项相加，均以本组之前的价格为基数",
        "compound": "依次计算，各项以前一项之后的价格为基数",
        "best": "取价格最低的一项",
        "exclusive": "至多适用一项",
    },
}


def _stack(stack: Stack, lang: Lang) -> list[str]:
    said = [] if len(stack.adjustments) == 1 else [HOW[lang][stack.how]]
    if lang == "zh":
        said = (["不体现在发票上"] if stack.off_invoice else []) + said
        head = "  调整项" + (f"（{'；'.join(said)}）" if said else "") + "："
    else:
        off = " off the invoice" if stack.off_invoice else ""
        noun = "Adjustments" if said else "Adjustment"
        head = ", ".join([f"  {noun}{off}", *said]) + ":"
    return [head, *(_adjustment(one, lang) for one in stack.adjustments)]


def _adjustment(one: Adjustment, lang: Lang) -> str:
    colon = "：" if lang == "zh" else ": "
    return (
        f"    {one.label.text(lang)}{colon}"
        + _words(_parts(one, lang), lang)
        + cite_figure(one.source, lang)
    )


def _words(parts: Iterator[str], lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(parts)


def _parts(one: Adjustment, lang: Lang) -> Iterator[str]:
    """Return what an adjustment gives, and when."""
    if isinstance(one.gives, Steps):
        yield _steps(one.gives, one.by or "", lang)
    else:
        yield _gives(one.gives, lang)
    if one.when is not None:
        word = {"en": "if ", "zh": "条件："}[lang]
        yield word + one.when.condition().text(lang)
    if one.days is not None:
        first, last = show(one.days.start, lang), show(one.days.last, lang)
        yield {"en": f"from {first} to {last}", "zh": f"{first}至{last}"}[lang]
    if one.currency is not None:
        yield {"en": f"only in {one.currency}", "zh": f"仅限 {one.currency}"}[lang]
    if one.optional:
        yield {"en": "own: counted as taken", "zh": "口径：按客户享受计算"}[lang]


def _gives(gives: Gives, lang: Lang) -> str:
    if isinstance(gives, FreeUnits):
        return {
            "en": f"{gives.free} free for every {gives.bought} bought",
            "zh": f"每购 {gives.bought} 件赠 {gives.free} 件",
        }[lang]
    if isinstance(gives, Ratio):
        if gives.numerator == 0:
            return {"en": "no change", "zh": "不调整"}[lang]
        low = gives.numerator < 0
        size = -gives if low else gives
        return {
            "en": f"{size} {'less' if low else 'more'}",
            "zh": f"{'降' if low else '加'} {size}",
        }[lang]
    each = isinstance(gives, UnitPrice)
    low = gives.amount < 0
    said = show(gives.times(Ratio(-1), Rounding.HALF_EVEN) if low else gives, lang)
    per = {"en": (" a unit" if each else " a sale"), "zh": ("每件" if each else "每笔")}[lang]
    return {
        "en": f"{said} {'less' if low else 'more'}{per}",
        "zh": f"{per}{'减' if low else '加'} {said}",
    }[lang]


def _steps(steps: Steps[Gives], by: str, lang: Lang) -> str:
    """Return every step with the edge from which it applies."""
    unit = {"en": " units", "zh": " 件"}[lang] if by == "quantity" else ""
    first, *rest = steps.values
    said: list[str] = []
    if not (rest and isinstance(first, Ratio) and first.numerator == 0):
        said.append({"en": "to begin with ", "zh": "起始"}[lang] + _gives(first, lang))
    for edge, gives in zip(steps.edges, rest, strict=True):
        mark = show(edge, lang) + unit
        if lang == "zh":
            said.append(
                ("满" if steps.edge == "left" else "超过") + f" {mark}：{_gives(gives, lang)}"
            )
        else:
            word = "from" if steps.edge == "left" else "above"
            said.append(f"{word} {mark}: {_gives(gives, lang)}")
    if steps.high is not None:
        mark = show(steps.high, lang) + unit
        said.append({"en": f"not above {mark}", "zh": f"不超过 {mark}"}[lang])
    return ("，" if lang == "zh" else ", ").join(said)


def _exceptions(policy: PricePolicy, lang: Lang) -> str:
    if not policy.approvals:
        return {"en": "  there are no exceptions", "zh": "  无例外"}[lang]
    said = {
        "en": "  these rules hold in principle; own: exceptions are approved by {who}",
        "zh": "  以上为原则性规定；口径：例外由{who}批准",
    }[lang]
    return said.format(who=approvals_label(policy.approvals).text(lang))


NO_HIGHEST = {
    "en": {True: "the text states no highest price", False: "no highest price is set"},
    "zh": {True: "原文未规定最高价", False: "未规定最高价"},
}


def _price(one: TierPrice, policy: PricePolicy, lang: Lang) -> str:
    full = Ratio(1)
    if one.low is not None and one.low == one.high:
        change = one.low + -full
        if change.numerator == 0:
            return {"en": "exactly the control price", "zh": "按内控价格执行"}[lang]
        if change.numerator > 0:
            return {"en": f"exactly {change} more", "zh": f"提价 {change} 执行"}[lang]
        return {"en": f"exactly {-change} less", "zh": f"降价 {-change} 执行"}[lang]
    words: list[str] = []
    if one.low == full:
        words.append({"en": "not below it", "zh": "不低于内控价格"}[lang])
    elif one.low is not None and one.low < full:
        words.append(
            {
                "en": (
                    f"a discount of up to {full + -one.low} may be granted, "
                    f"so not below {one.low} of it"
                ),
                "zh": f"可给予 {full + -one.low} 以内的优惠，即不低于内控价格的 {one.low}",
            }[lang]
        )
    elif one.low is not None:
        words.append(
            {"en": f"not below {one.low} of it", "zh": f"不低于内控价格的 {one.low}"}[lang]
        )
    if one.floor is not None:
        words.append(
            {
                "en": f"net of everything not below {one.floor} of it",
                "zh": f"净价不低于内控价格的 {one.floor}",
            }[lang]
        )
    if one.high is None:
        words.append(NO_HIGHEST[lang][(one.source or policy.source) is not None])
    elif one.high == full:
        words.append({"en": "not above it", "zh": "不高于内控价格"}[lang])
    else:
        words.append(
            {"en": f"not above {one.high} of it", "zh": f"不高于内控价格的 {one.high}"}[lang]
        )
    return ("，" if lang == "zh" else "; ").join(words)


LEFT_OVER = {
    "en": {
        "largest_remainder": "by largest remainder, so that nothing is lost",
        "largest_ratio": "what is left over goes to the largest shares, a minor unit each",
        "first": "what is left over goes to the sides named first, a minor unit each",
    },
    "zh": {
        "largest_remainder": "按最大余数法分配，分毫不差",
        "largest_ratio": "余数按占比从大到小逐分分配",
        "first": "余数按列示顺序逐分分配",
    },
}


def describe_revenue(policy: RevenueShare, lang: Lang) -> list[str]:
    """Return what is shared, and by what."""
    head = {"en": "Revenue is shared in proportion to investment", "zh": "收入按投资比例分成"}[lang]
    base = {
        "en": {"gross": "the gross revenue is shared", "net": "what costs leave is shared"},
        "zh": {"gross": "以总收入为分成基数", "net": "以扣除成本后的收入为分成基数"},
    }[lang][policy.base]
    split = LEFT_OVER[lang][policy.split.value]
    own = {"en": "  own: ", "zh": "  口径："}[lang]
    return [head + cite(policy.source, lang), own + base, own + split]
