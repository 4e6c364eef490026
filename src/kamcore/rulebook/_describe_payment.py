"""Payment terms and payment modes in words."""

from kamcore.calendars import Calendar
from kamcore.credit import DateStep, EarlyPayment, Instalment, PaymentMode, PaymentTerm
from kamcore.credit._dates import StepKind, steps_label
from kamcore.credit._notation import written
from kamcore.credit._payment_term import ANCHORS, PREVIOUS, TaxTreatment
from kamcore.decision import show
from kamcore.rulebook._describe_calendar import any_calendar
from kamcore.rulebook._lines import blank, cite
from kamcore.values import Label, Lang, Ratio

__all__ = ["describe_mode", "describe_term"]

DAY_ZERO = {
    "en": "  own: calendar days; the day they are counted from is day 0",
    "zh": "  口径：按自然日计算，起算当日不计",
}
CLIPPED = {
    "en": "  own: a day that a month does not have is the last day of that month",
    "zh": "  口径：当月没有对应日期的，以当月最后一天为准",
}
STAYS = {
    "en": "  own: a date that is such a day already stays; any other moves on to the next one",
    "zh": "  口径：已是该日的不变，否则顺延至下一个该日",
}
TAX: dict[Lang, dict[TaxTreatment, str]] = {
    "en": {
        "included": "  own: with the discount the tax falls too",
        "excluded": "  own: the discount is on the amount without tax; the tax is paid in full",
        "mixed": (
            "  own: the discount is on the amount without tax; the tax was reckoned on the "
            "discounted amount when invoiced and stays"
        ),
    },
    "zh": {
        "included": "  口径：享受折扣时税额同时冲减",
        "excluded": "  口径：折扣只按不含税金额计算，税额全额支付",
        "mixed": "  口径：折扣按不含税金额计算；税额在开票时已按折后不含税金额计税，不再变动",
    },
}


def describe_term(policy: PaymentTerm, lang: Lang) -> list[str]:
    """Return the parts of a term, its discounts, and how days and amounts are reckoned."""
    anchor = ANCHORS[policy.anchor]
    head = {"en": "Payment term{name}, counted from {day}", "zh": "付款条件{name}（自{day}起算）"}
    name = written(policy)
    quoted = name and {"en": f" “{name}”", "zh": f"“{name}”"}[lang]
    lines = [head[lang].format(name=quoted, day=anchor.text(lang)) + cite(policy.source, lang)]
    lines += blank(policy.source, lang)
    alone = len(policy.instalments) == 1
    lines += [_part(one, anchor, lang, alone=alone) for one in policy.instalments]
    lines += [_early(one, anchor, lang) for one in policy.early]
    if policy.early:
        lines.append(TAX[lang][policy.early[0].tax])
    walks = [part.steps for part in policy.instalments] + [part.steps for part in policy.early]
    steps = tuple(step for walk in walks for step in walk)
    return [*lines, *_amounts(policy, lang), *_days(steps, lang), *_calendars(steps, lang)]


def _part(one: Instalment, anchor: Label, lang: Lang, *, alone: bool) -> str:
    """Return how much a part takes, and when it is due."""
    takes = {"en": "in one sum", "zh": "一次付清"}[lang] if alone else one.label.text(lang)
    when = steps_label(one.steps, PREVIOUS if one.counts_from == "previous" else anchor)
    said = f"  {takes}: {when.en}"
    if lang == "zh":
        within = "内" if [step.kind in {"days", "months"} for step in one.steps] == [True] else ""
        said = f"  {takes}：{when.zh}{within}支付"
    return said + cite(one.source, lang)


def _early(one: EarlyPayment, anchor: Label, lang: Lang) -> str:
    """Return a discount, and until when it is given."""
    until = steps_label(one.steps, anchor)
    if lang == "zh":
        return f"  提前付款：{until.zh}之内付清的，减 {one.discount}" + cite(one.source, lang)
    said = f"  early payment: {one.discount} off if paid at the latest {until.en}"
    return said + cite(one.source, lang)


def _amounts(policy: PaymentTerm, lang: Lang) -> list[str]:
    """Return how amounts are rounded, and how the parts come to the whole."""
    zh = lang == "zh"
    lines: list[str] = []
    if policy.rounding is not None:
        how = policy.rounding.label.text(lang)
        unit = "最小货币单位" if zh else "the smallest unit of the currency"
        if policy.step is not None:
            unit = (" " if zh else "") + show(policy.step, lang)
        said = (
            f"  口径：应付金额以{unit}为单位取整一次（{how}）"
            if zh
            else f"  own: what is to be paid is rounded once, in steps of {unit} ({how})"
        )
        lines.append(said)
    if len(policy.instalments) > 1:
        lines.append(
            "  口径：末期支付其余全部，分毫不差；金额为零的分期不列出"
            if zh
            else "  own: the last part takes all that is left, so that nothing is lost; "
            "parts of nothing are left out"
        )
    if any(isinstance(one.takes, Ratio) for one in policy.instalments):
        lines.append(
            "  口径：取整后的分期金额不超过余额"
            if zh
            else "  own: a rounded part takes at most what is left"
        )
    return lines


CLIPS: frozenset[StepKind] = frozenset(
    ("months", "day_of_month", "day_of_next_month", "payment_day")
)
MOVES: frozenset[StepKind] = frozenset(("payment_day", "weekday", "working_day"))
SHORTEST = 28


def _days(steps: tuple[DateStep, ...], lang: Lang) -> list[str]:
    """Return how the steps of the dates are read."""
    clips = any(
        step.kind == "months" or step.numbers[-1] > SHORTEST for step in steps if step.kind in CLIPS
    )
    said = (
        (DAY_ZERO, any(step.kind == "days" for step in steps)),
        (CLIPPED, clips),
        (STAYS, any(step.kind in MOVES for step in steps)),
    )
    return [words[lang] for words, told in said if told]


def _calendars(steps: tuple[DateStep, ...], lang: Lang) -> list[str]:
    """Return the calendars of working days, each once."""
    told: set[Calendar] = set()
    lines: list[str] = []
    for calendar in dict.fromkeys(step.calendar for step in steps):
        if calendar is not None and calendar not in told:
            lines += [f"  {line}" for line in any_calendar(calendar, lang, told)]
    return lines


def describe_mode(policy: PaymentMode, lang: Lang) -> list[str]:
    """Return a payment mode, and how the time allowed is counted."""
    head = {"en": f"Payment mode: {policy.label.en}", "zh": f"付款方式：{policy.label.zh}"}[lang]
    if policy.kind != "deferred":
        return [head]
    return [head, (DAY_ZERO if policy.unit == "days" else CLIPPED)[lang]]
