"""What prices say, in both languages."""

from kamcore.decision import Rule

__all__ = ["RULES"]

RANGE = Rule(
    "price.range",
    ("tier", "low", "high", "control"),
    en="{tier}: {low} to {high} (control price {control})",
    zh="{tier}：价格为 {low}至 {high}（内控价格 {control}）",
)
FROM = Rule(
    "price.not_below",
    ("tier", "low", "control"),
    en="{tier}: {low} or more (control price {control})",
    zh="{tier}：价格不低于 {low}（内控价格 {control}）",
)
UP_TO = Rule(
    "price.not_above",
    ("tier", "high", "control"),
    en="{tier}: {high} or less (control price {control})",
    zh="{tier}：价格不高于 {high}（内控价格 {control}）",
)
EXACTLY = Rule(
    "price.exactly",
    ("tier", "price", "control"),
    en="{tier}: exactly {price} (control price {control})",
    zh="{tier}：价格为 {price}（内控价格 {control}）",
)
DISCOUNT = Rule(
    "price.discount_at_most",
    ("discount",),
    en="a discount of up to {discount} may be granted",
    zh="可给予 {discount} 以内的价格优惠",
)
FLOOR_UP = Rule(
    "price.floor_rounded_up",
    ("exact", "floor"),
    en="the exact floor is {exact}; it is rounded up to {floor}, so that it is never crossed",
    zh="精确底价为 {exact}，按最小计价单位向上进位为 {floor}，以免低于底价",
)
GREATER = Rule(
    "price.greater_discount",
    ("tiers",),
    en="a greater discount is for {tiers}",
    zh="更大幅度的优惠适用于{tiers}",
)
NO_HIGHEST = Rule(
    "price.no_highest",
    (),
    en="the price is not below the control price; no highest price is set",
    zh="不低于内控价格；未规定最高价",
)
AT_CONTROL = Rule(
    "price.not_below_control",
    (),
    en="the price is not below the control price; the text states no highest price",
    zh="不低于内控价格；原文未规定最高价",
)
SURCHARGE = Rule(
    "price.surcharge",
    ("surcharge",),
    en="the control price is raised by {surcharge}",
    zh="在内控价格基础上提价 {surcharge}",
)
REDUCTION = Rule(
    "price.reduction",
    ("reduction",),
    en="the control price is lowered by {reduction}",
    zh="在内控价格基础上降价 {reduction}",
)
ROUNDED = Rule(
    "price.rounded_once",
    ("exact", "rounding"),
    en="that is exactly {exact}, {rounding}, once",
    zh="精确值为 {exact}，仅取整一次（{rounding}）",
)
EMPTY = Rule(
    "price.no_price_between",
    ("low", "high"),
    en="no whole price lies between the exact bounds {low} and {high}; quote in a finer unit",
    zh="精确底价 {low}与精确上限 {high}之间没有可用的价格，请采用更小的计价单位",
)
IN_PRINCIPLE = Rule(
    "price.in_principle_own",
    ("approver",),
    en="these rules hold in principle; exceptions are approved by {approver}",
    zh="以上为原则性规定；例外由{approver}批准",
)
IN_PRINCIPLE_NAMED = Rule(
    "price.in_principle",
    ("approver",),
    en="the rule holds in principle; exceptions are approved by {approver}, named by the company",
    zh="本条为原则性规定；例外由公司指定的{approver}批准",
)
FREE = Rule(
    "price.free",
    ("tier",),
    en="free of charge for {tier}",
    zh="{tier}：不收费",
)
NOT_EXACT = Rule(
    "price.not_exact",
    ("price", "exact", "tier"),
    en="{price} is not {exact}, the one price for {tier}",
    zh="{price}不等于{tier}的规定价格 {exact}",
)
NET_FLOOR = Rule(
    "price.net_floor",
    (),
    en="the floor is held to what is left net of every adjustment",
    zh="底价按扣除全部调整后的净价执行",
)
ALLOWED = Rule(
    "price.allowed",
    ("price", "tier"),
    en="{price} is allowed for {tier}",
    zh="{tier}可按单价 {price}成交",
)
NEEDS_APPROVAL = Rule(
    "price.needs_approval",
    ("price", "tier", "approver"),
    en="{price} for {tier} needs the approval of {approver}",
    zh="{tier}按单价 {price}成交，须经{approver}批准",
)
REFUSED = Rule(
    "price.refused",
    ("price", "tier"),
    en="{price} is refused for {tier}",
    zh="{tier}不能按单价 {price}成交",
)
PATH = Rule(
    "price.path",
    ("steps",),
    en="a unit: {steps}",
    zh="单价构成：{steps}",
)
NET = Rule(
    "price.net_keeps_floor",
    ("share", "floor"),
    en="net of everything, {share} of the control price is left; the floor is {floor}",
    zh="扣除全部调整后，净价为内控价格的 {share}；底价为 {floor}",
)
BELOW_FLOOR = Rule(
    "price.below_floor",
    ("share", "floor", "tier"),
    en=(
        "net of everything, only {share} of the control price is left; the floor for {tier} is "
        "{floor}"
    ),
    zh="扣除全部调整后，净价仅为内控价格的 {share}，低于{tier}的底价（{floor}）",
)
BEYOND_DISCOUNT = Rule(
    "price.beyond_discount",
    ("discount", "tier", "most"),
    en="a discount of {discount} is asked; {tier} may be given up to {most}",
    zh="申请优惠 {discount}；{tier}最多可优惠 {most}",
)
BEYOND_BOTH = Rule(
    "price.beyond_discount_and_floor",
    ("discount", "tier", "most", "share", "floor"),
    en=(
        "a discount of {discount} is asked and {tier} may be given up to {most}; net of "
        "everything, only {share} of the control price is left, and the floor is {floor}"
    ),
    zh=(
        "申请优惠 {discount}，{tier}最多可优惠 {most}；扣除全部调整后，净价仅为内控价格的 {share}，"
        "低于底价（{floor}）"
    ),
)
BELOW_TIER = Rule(
    "price.below_tier",
    ("price", "share", "tier", "low"),
    en="{price} is {share} of the control price, below {low}, the lowest price for {tier}",
    zh="{price}为内控价格的 {share}，低于{tier}的最低价 {low}",
)
ABOVE_CAP = Rule(
    "price.above_cap",
    ("price", "tier", "high"),
    en="{price} is above {high}, the highest price for {tier}",
    zh="{price}高于{tier}的最高价 {high}",
)
WOULD_PASS = Rule(
    "price.would_pass",
    ("price",),
    en="{price} a unit would pass",
    zh="单价 {price}即可",
)
WOULD_PASS_DISCOUNT = Rule(
    "price.would_pass_discount",
    ("price", "discount"),
    en="{price} a unit would pass, and so would a discount of up to {discount}",
    zh="单价 {price}即可；优惠幅度可至 {discount}",
)
NOTHING_PASSES = Rule(
    "price.nothing_passes",
    ("adjustments", "floor"),
    en="no invoice price leaves the floor of {floor} after {adjustments}",
    zh="计入{adjustments}后，任何开票价都达不到底价（{floor}）",
)
CAP_BELOW_FLOOR = Rule(
    "price.cap_below_floor",
    ("high", "floor", "adjustments"),
    en=(
        "the highest permitted invoice price is {high}; {adjustments} counted, it leaves less than "
        "the floor of {floor}"
    ),
    zh="允许的最高开票价为 {high}，计入{adjustments}后净价仍低于底价（{floor}）",
)
MAY_APPROVE = Rule(
    "price.may_approve",
    ("seats",),
    en="may approve, by the company's own rule: {seats}",
    zh="批准权限（公司自定）：{seats}",
)
OWN_FIGURES = Rule(
    "price.own_figures",
    ("rules",),
    en="the company has filled in what the text leaves open in: {rules}",
    zh="下列各项中原文未写明之处由公司自定：{rules}",
)
KEPT = Rule(
    "price.rounding_kept",
    ("exact", "price"),
    en="the exact price is {exact}; it is rounded to {price}, so that no bound is crossed",
    zh="精确价格为 {exact}，取整为 {price}，以免越过上下限",
)
LEFT_OUT = Rule(
    "price.left_out",
    ("adjustment", "facts"),
    en="{adjustment} is left out; not known: {facts}",
    zh="数据缺失（{facts}），未计入{adjustment}",
)
COUNTED_AS_TAKEN = Rule(
    "price.counted_as_taken",
    ("adjustments",),
    en="counted as taken by the customer: {adjustments}",
    zh="按客户享受计算：{adjustments}",
)
FLOOR_HOLDS = Rule(
    "price.floor_holds",
    ("tiers",),
    en="the floor holds for {tiers}, whatever the rules grant together",
    zh="各项规定同时适用时，不会突破{tiers}的底价",
)
FLOOR_BROKEN = Rule(
    "price.floor_broken",
    ("tiers",),
    en="what the rules grant together breaks the floor of {tiers}",
    zh="各项规定同时适用时，会突破{tiers}的底价",
)
FLOOR_TIER = Rule(
    "price.floor_least",
    ("tier", "least", "floor"),
    en="{tier}: at least {least} of the control price is left, the floor is {floor}",
    zh="{tier}：净价至少为内控价格的 {least}，底价为 {floor}",
)
FLOOR_CASE = Rule(
    "price.floor_case",
    ("tier", "left", "floor", "case"),
    en="{tier}: {left} of the control price is left, below the floor of {floor}, with {case}",
    zh="{tier}：净价仅为内控价格的 {left}，低于底价 {floor}；情形：{case}",
)
FLOOR_NO_CLAIM = Rule(
    "price.no_floor",
    ("tiers",),
    en="no floor is stated for {tiers}",
    zh="{tiers}未规定底价",
)
PROOF_BOUND = Rule(
    "price.proof_by_bound",
    ("tiers",),
    en=(
        "proved by a bound for {tiers}: even with every adjustment at its deepest and all of them "
        "at once"
    ),
    zh="{tiers}的证明方法：即使各项调整均取最大让利并同时计入，净价仍不低于底价",
)
PROOF_SEARCH = Rule(
    "price.proof_by_search",
    ("number", "low", "high"),
    en="every case that could differ was tried: {number}, for {low} to {high} units",
    zh="证明方法：逐一检验可能不同的全部 {number} 种情形（{low} 至 {high} 件）",
)
PROOF_SEARCH_AT = Rule(
    "price.proof_by_search_at",
    ("number", "low", "high", "control"),
    en=(
        "every case that could differ was tried: {number}, for {low} to {high} units at a control "
        "price of {control}"
    ),
    zh=(
        "证明方法：按内控价格 {control}，逐一检验可能不同的全部 {number} 种情形"
        "（{low} 至 {high} 件）"
    ),
)
PROOF_BOUND_AT = Rule(
    "price.proof_by_bound_at",
    ("tiers", "control", "low"),
    en=(
        "proved by a bound for {tiers}, even with every adjustment at its deepest and all of them "
        "at once: {low} units or more at a control price of {control} or more"
    ),
    zh=(
        "{tiers}的证明方法：即使各项调整均取最大让利并同时计入，净价仍不低于底价"
        "（内控价格不低于 {control}，数量不少于 {low} 件）"
    ),
)
CLIFF = Rule(
    "price.cliff",
    ("tier", "quantity", "line", "before", "line_before"),
    en="{tier}: {quantity} units cost {line}, less than {before} units for {line_before}",
    zh="{tier}：{quantity} 件仅需 {line}，少于 {before} 件的 {line_before}",
)
SHARED = Rule(
    "price.revenue_shared",
    ("revenue", "parts"),
    en="{revenue} is shared by investment: {parts}",
    zh="按投资比例分成 {revenue}：{parts}",
)
PART = Rule(
    "price.revenue_part",
    ("side", "invested", "share", "amount"),
    en="{side} invested {invested}, {share} of all: {amount}",
    zh="{side}投资 {invested}，占 {share}，分得 {amount}",
)
SHARED_NET = Rule(
    "price.revenue_net",
    (),
    en="what is shared is the revenue net of the costs named",
    zh="分成基数为扣除所列成本后的收入",
)
RULES = (
    RANGE, FROM, UP_TO, EXACTLY, DISCOUNT, FLOOR_UP, GREATER, NO_HIGHEST, AT_CONTROL, SURCHARGE,
    REDUCTION, ROUNDED, EMPTY, IN_PRINCIPLE, IN_PRINCIPLE_NAMED, FREE, NOT_EXACT, NET_FLOOR,
    ALLOWED, NEEDS_APPROVAL, REFUSED, PATH, NET, BELOW_FLOOR, BEYOND_DISCOUNT, BEYOND_BOTH,
    BELOW_TIER, ABOVE_CAP, WOULD_PASS, WOULD_PASS_DISCOUNT, NOTHING_PASSES, CAP_BELOW_FLOOR,
    MAY_APPROVE, OWN_FIGURES, KEPT, LEFT_OUT, COUNTED_AS_TAKEN, FLOOR_HOLDS, FLOOR_BROKEN,
    FLOOR_TIER, FLOOR_CASE, FLOOR_NO_CLAIM, PROOF_BOUND, PROOF_SEARCH, PROOF_SEARCH_AT,
    PROOF_BOUND_AT, CLIFF, SHARED, PART, SHARED_NET,
)  # fmt: skip
