"""Credit policies in words."""

from collections.abc import Iterable

from kamcore.credit import PREPAYMENT, CreditPolicy, Demotion, PaymentMode, TierTerms
from kamcore.credit._breaches import DISPUTED, UNPAID, period_label
from kamcore.rulebook._lines import cite, seats
from kamcore.values import Lang
from kamcore.values._words import counted

__all__ = ["describe_credit", "describe_demotion"]


ANCHORS = {
    "en": {
        "delivery": "the day of delivery",
        "invoice": "the day of the invoice",
        "signing": "the day of signing",
    },
    "zh": {"delivery": "交货日", "invoice": "开票日", "signing": "签订日"},
}


def describe_credit(policy: CreditPolicy, lang: Lang) -> list[str]:
    """Return the payment modes of every tier, their premise, and the demotion."""
    head = {"en": "Payment terms, counted from {day}", "zh": "付款条件（自{day}起算）"}[lang]
    lines = [head.format(day=ANCHORS[lang][policy.anchor]) + cite(policy.source, lang)]
    colon = "：" if lang == "zh" else ": "
    lines += [
        f"  {one.tier}{colon}{_terms(one, lang)}" + cite(one.source, lang) for one in policy.tiers
    ]
    for one in policy.tiers:
        asked = [mode for mode in one.modes if one.asks_safety(mode)]
        if policy.safe is not None and asked:
            said = {
                "en": "  {tier}: only while “{fact}” holds: {modes}",
                "zh": "  {tier}：仅在“{fact}”的前提下给予：{modes}",
            }[lang]
            fact = policy.safe.label.text(lang)
            lines.append(said.format(tier=one.tier, fact=fact, modes=_listed(asked, lang)))
    if policy.safe is not None:
        said = {
            "en": "  own: not confirmed counts as not given: {fact}",
            "zh": "  口径：“{fact}”尚未确认的，视为不成立",
        }[lang]
        lines.append(said.format(fact=policy.safe.label.text(lang)))
    if policy.approver is not None:
        said = {
            "en": "  own: exceptions are approved by {who}",
            "zh": "  口径：例外由{who}批准",
        }[lang]
        lines.append(said.format(who=seats((policy.approver,), lang)))
    if policy.demotion is not None:
        lines += describe_demotion(policy.demotion, lang)
    return lines


def _terms(one: TierTerms, lang: Lang) -> str:
    """Return the modes of a tier: what must be, what may be, what is in principle refused."""
    own = one.unnamed(one.modes)
    named = [mode for mode in one.modes if mode not in own]
    if one.modes == (PREPAYMENT,) and named:
        return {"en": "must pay before delivery", "zh": "必须款到发货"}[lang]
    words: list[str] = []
    if one.in_principle and not any(mode.kind == "deferred" for mode in one.modes):
        words.append({"en": "in principle no deferred payment", "zh": "原则上不接受远期付款"}[lang])
    if named:
        words.append({"en": "may be granted ", "zh": "可给予"}[lang] + _listed(named, lang))
    if own:
        said = {"en": "own: {modes}", "zh": "口径：可用{modes}"}
        if named:
            said = {"en": "own: {modes} as well", "zh": "口径：亦可{modes}"}
        words.append(said[lang].format(modes=_listed(own, lang)))
    return ("；" if lang == "zh" else "; ").join(words)


def _listed(modes: Iterable[PaymentMode], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(mode.label.text(lang) for mode in modes)


KINDS = {
    "en": {
        "late": "late payment",
        "short": "short payment",
        "other_mode": "payment in another mode",
    },
    "zh": {"late": "逾期付款", "short": "少付", "other_mode": "付款方式不符"},
}


DEMOTION = {
    "en": (
        (
            "  Demotion: {breaches} or more breaches in {window} lower the payment mode "
            "by one level, at once"
        ),
        "    own: the period is {period}",
        "    own: breaches are: {kinds}; late is from day {late} after the due date",
        "    own: {count_by}; {unpaid}; {disputed}",
        "    own: {repeat}; {demoted_to}; {recovery}; the last level stays",
    ),
    "zh": (
        (
            "  降级：{window}内有 {breaches} 次（含）以上不按付款条件付款的，"
            "付款方式立即降低到下一级别"
        ),
        "    口径：期间为{period}",
        "    口径：不按付款条件付款包括：{kinds}；逾期自到期日后第 {late} 天起算",
        "    口径：{count_by}；{unpaid}；{disputed}",
        "    口径：{repeat}；{demoted_to}；{recovery}；最低一级不再降低",
    ),
}
CHOICES: dict[Lang, dict[str, dict[object, str]]] = {
    "en": {
        "count_by": {
            "invoice": "each invoice counts once",
            "due_date": "each due date counts once",
        },
        "repeat": {True: "every bad period lowers again", False: "only the first one lowers"},
        "demoted_to": {
            "all_modes": "all modes of the lower level apply",
            "strictest": "only the strictest mode of the lower level applies",
        },
        "recovery": {
            "next_grading": "until the next grading",
            "never": "until somebody restores it",
        },
    },
    "zh": {
        "count_by": {"invoice": "每张发票计一次", "due_date": "同一到期日计一次"},
        "repeat": {True: "每个达到条件的期间各降一级", False: "只降一级"},
        "demoted_to": {
            "all_modes": "适用下一级的全部付款方式",
            "strictest": "只适用下一级最严格的付款方式",
        },
        "recovery": {"next_grading": "至下一次评级为止", "never": "至人工恢复为止"},
    },
}


def describe_demotion(policy: Demotion, lang: Lang) -> list[str]:
    """Return what counts as a breach, and what breaches cost."""
    words = {name: said[getattr(policy, name)] for name, said in CHOICES[lang].items()}
    months = counted(policy.rolling_months, "month", "个月").text(lang)
    quarter = {"en": "one quarter", "zh": "一个季度"}[lang]
    words |= {
        "window": months if policy.quarter == "rolling" else quarter,
        "period": period_label(policy).text(lang),
        "unpaid": UNPAID[policy.unpaid].text(lang),
        "disputed": DISPUTED[policy.disputed].text(lang),
    }
    words["kinds"] = ("、" if lang == "zh" else ", ").join(
        KINDS[lang][kind] for kind in policy.kinds
    )
    late = policy.tolerance_days + 1
    first, *rest = (
        line.format(breaches=policy.breaches, late=late, **words) for line in DEMOTION[lang]
    )
    return [first + cite(policy.source, lang), *rest]
