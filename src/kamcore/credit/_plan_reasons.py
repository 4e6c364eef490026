"""The rules of a payment plan: what its reasons say, and the conventions that it rests on."""

from datetime import date

from kamcore.credit._dates import DateStep
from kamcore.credit._payment_term import PaymentTerm, TaxTreatment
from kamcore.decision import Reason, Rule
from kamcore.values import Money, Ratio

__all__ = [
    "BY_MODE",
    "BY_PREPAYMENT",
    "CLIPPED",
    "COUNTED",
    "CREDIT_ONCE",
    "CREDIT_PARTS",
    "CREDIT_WINDOW",
    "DUE_ONCE",
    "DUE_PARTS",
    "HOLIDAYS_END",
    "HOLIDAYS_UNLISTED",
    "MORE_PARTS",
    "NOTHING_DUE",
    "PART",
    "ROUNDED",
    "RULES",
    "TAKES_LEFT",
    "TAX",
    "WINDOW",
    "ZERO_PARTS",
    "amount_conventions",
    "day_conventions",
]

DUE_ONCE = Rule(
    "credit.due_once",
    ("amount", "day"),
    en="{amount} is due on {day}",
    zh="{amount}应于{day}付清",
)
DUE_PARTS = Rule(
    "credit.due_in_parts",
    ("amount", "count", "parts"),
    en="{amount} is due in {count} parts: {parts}",
    zh="{amount}分 {count} 期支付：{parts}",
)
CREDIT_ONCE = Rule(
    "credit.credited_once",
    ("amount", "day"),
    en="{amount} is to be credited on {day}",
    zh="{amount}应于{day}退付或抵扣",
)
CREDIT_PARTS = Rule(
    "credit.credited_in_parts",
    ("amount", "count", "parts"),
    en="{amount} is to be credited in {count} parts: {parts}",
    zh="{amount}分 {count} 期退付或抵扣：{parts}",
)
NOTHING_DUE = Rule(
    "credit.nothing_due",
    ("amount",),
    en="nothing is due: the amount is {amount}",
    zh="无须付款：金额为 {amount}",
)
COUNTED = Rule(
    "credit.due_counted",
    ("steps",),
    en="that is {steps}",
    zh="即{steps}",
)
BY_MODE = Rule(
    "credit.due_by_mode",
    ("mode", "anchor"),
    en="the payment mode is “{mode}”, counted from the delivery date, {anchor}",
    zh="付款方式为“{mode}”，自交货日（{anchor}）起算",
)
BY_PREPAYMENT = Rule(
    "credit.due_by_prepayment",
    ("mode", "anchor"),
    en="the payment mode is “{mode}”: to be paid before delivery on {anchor}",
    zh="付款方式为“{mode}”，须在{anchor}发货前付清",
)
PART = Rule(
    "credit.due_part",
    ("amount", "day", "takes", "steps"),
    en="{amount} on {day} is {takes}, {steps}",
    zh="{day}的 {amount}为{takes}，{steps}",
)
MORE_PARTS = Rule(
    "credit.due_more_parts",
    ("count", "amount", "day"),
    en="further parts: {count}, together {amount}, the last on {day}",
    zh="其余 {count} 期合计 {amount}，末期为{day}",
)
WINDOW = Rule(
    "credit.early_payment",
    ("discount", "day", "pay", "less"),
    en="paid by {day} at the latest, {pay} settles it: {discount} off, which saves {less}",
    zh="不晚于{day}付清的，减 {discount}：实付 {pay}，节省 {less}",
)
CREDIT_WINDOW = Rule(
    "credit.early_credit",
    ("discount", "day", "pay", "less"),
    en="credited by {day} at the latest, it is {pay}: {discount} off, which is {less} less",
    zh="不晚于{day}退付或抵扣的，减 {discount}：按 {pay}计，少 {less}",
)
TAX: dict[TaxTreatment, Rule] = {
    "included": Rule(
        "credit.tax_falls",
        ("discount", "net", "tax"),
        en="with {discount} off the tax falls too: {net} off the amount without tax "
        "and {tax} off the tax",
        zh="减 {discount} 时税额同时冲减：不含税金额减 {net}，税额减 {tax}",
    ),
    "excluded": Rule(
        "credit.tax_in_full",
        ("net", "tax"),
        en="the discount is on the amount without tax, {net}; the tax of {tax} is paid in full",
        zh="折扣只按不含税金额 {net}计算，税额 {tax}全额支付",
    ),
    "mixed": Rule(
        "credit.tax_on_discounted",
        ("net", "tax"),
        en=(
            "the discount is on the amount without tax, {net}; the tax of {tax} was reckoned on "
            "the discounted amount when invoiced and stays"
        ),
        zh="折扣按不含税金额 {net}计算；税额 {tax}在开票时已按折后不含税金额计税，不再变动",
    ),
}
ROUNDED = Rule(
    "credit.amounts_rounded",
    ("unit", "rounding"),
    en="amounts to pay are {rounding}, in steps of {unit}",
    zh="应付金额以 {unit}为单位取整（{rounding}）",
)
TAKES_LEFT = Rule(
    "credit.part_takes_what_is_left",
    (),
    en="a rounded part takes at most what is left",
    zh="取整后的分期金额不超过余额",
)
ZERO_PARTS = Rule(
    "credit.parts_of_zero",
    ("count",),
    en="parts of nothing are left out: {count}",
    zh="金额为零的分期不列出：{count} 期",
)
CLIPPED = Rule(
    "credit.clipped_to_month_end",
    (),
    en="a day beyond a month's end is its last day",
    zh="当月没有对应日期的，以当月最后一天为准",
)
HOLIDAYS_END = Rule(
    "credit.holidays_end",
    ("calendar", "until"),
    en=(
        "holidays of “{calendar}” are entered until {until}; "
        "holidays after that day may move the due date"
    ),
    zh="“{calendar}”的节假日仅录入至{until}，此后如遇节假日，到期日可能顺延",
)
HOLIDAYS_UNLISTED = Rule(
    "credit.holidays_unlisted",
    ("calendar",),
    en="no holidays are entered for “{calendar}”; public holidays may move the due date",
    zh="“{calendar}”未录入节假日，如遇节假日，到期日可能顺延",
)
RULES = (
    DUE_ONCE, DUE_PARTS, CREDIT_ONCE, CREDIT_PARTS, NOTHING_DUE, COUNTED, BY_MODE, BY_PREPAYMENT,
    PART, MORE_PARTS, WINDOW, CREDIT_WINDOW, *TAX.values(), ROUNDED, TAKES_LEFT, ZERO_PARTS,
    CLIPPED, HOLIDAYS_END, HOLIDAYS_UNLISTED,
)  # fmt: skip


def amount_conventions(
    total: Money, term: PaymentTerm, zeros: int, *, capped: bool
) -> list[Reason]:
    """Return how amounts were rounded, and what became of parts that are more or nothing."""
    found: list[Reason] = []
    shares = any(isinstance(one.takes, Ratio) for one in term.instalments)
    if term.rounding is not None and (shares or term.early):
        unit = term.step or Money.from_minor(1, total.currency)
        found.append(Reason.of(ROUNDED, unit, term.rounding.label))
    if capped:
        found.append(Reason.of(TAKES_LEFT))
    if zeros:
        found.append(Reason.of(ZERO_PARTS, zeros))
    return found


def day_conventions(term: PaymentTerm, start: date, days: tuple[date, ...]) -> list[Reason]:
    """Return that a day was clipped, and which calendar's holidays were not known."""
    walks: list[tuple[date, tuple[DateStep, ...]]] = [(start, one.steps) for one in term.early]
    for place, one in enumerate(term.instalments):
        counted = days[place - 1] if one.counts_from == "previous" else start
        walks.append((counted, one.steps))
    found: dict[Reason, None] = {}
    for first, steps in walks:
        day = first
        for step in steps:
            reached = step.after(day)
            if _clipped(step, day, reached):
                found[Reason.of(CLIPPED)] = None
            calendar = step.calendar
            if calendar is not None and not calendar.knows(reached):
                until = calendar.known_until
                found[
                    Reason.of(HOLIDAYS_UNLISTED, calendar.label)
                    if until is None
                    else Reason.of(HOLIDAYS_END, calendar.label, until)
                ] = None
            day = reached
    return list(found)


def _clipped(step: DateStep, day: date, reached: date) -> bool:
    if step.kind == "months":
        return reached.day < day.day
    wanted = step.kind in {"day_of_month", "day_of_next_month"}
    return wanted and reached.day < step.numbers[0]
