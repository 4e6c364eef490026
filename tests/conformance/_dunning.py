"""Cases of dunning: which level of reminder an invoice has after a run, and what it costs."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from _case import Inputs, Skipped, Translation, number, only

from kamcore.credit import DunningLevel, DunningPolicy, Invoice, Reminder, find_reminder
from kamcore.values import Money, Ratio, Rounding

TODAY = date(2013, 6, 30)
CURRENCY = "CNY"
STATES = ("draft", "waiting", "final")


def dunning_level(inputs: Inputs) -> object:
    """Run a ladder once; of a case with fees, return the fee of its level."""
    only(
        inputs, "levels", "days_overdue", "current", "paid", "fees", "outstanding", "level",
        "rounding",
    )  # fmt: skip
    policy = _policy(inputs)
    if "level" in inputs:
        return {"fee": _fee(policy, int(str(inputs["level"])), inputs)}
    overdue = int(str(inputs["days_overdue"]))
    current = inputs.get("current")
    made = _made(current, policy) if isinstance(current, Mapping) else ()
    held = isinstance(current, Mapping) and bool(current.get("blocked"))
    invoice = _invoice(overdue, inputs)
    step = find_reminder(invoice, policy, as_of=TODAY, reminders=made, held=held).value
    if step.outcome == "none" or step.level is None:
        return {"level": None, "state": None}
    before = str(current["state"]) if isinstance(current, Mapping) else "draft"
    state = {"send": "draft", "done": "final"}.get(step.outcome, before)
    return {"level": int(step.level), "state": state}


def _policy(inputs: Inputs) -> DunningPolicy:
    days, fees = inputs["levels"], inputs.get("fees")
    if not isinstance(days, Sequence) or not all(isinstance(one, int) for one in days):
        raise Skipped(f"levels {days}: only days overdue are translated")
    given = fees if isinstance(fees, Sequence) else [None] * len(days)
    levels = tuple(
        DunningLevel(str(place), after, fee=_given(fee))
        for place, (after, fee) in enumerate(zip(days, given, strict=True), start=1)
    )
    # where no rounding is named: the peers' own for a currency
    rounding = Rounding(str(inputs.get("rounding", "half_even")))
    return DunningPolicy(levels=levels, first="first", rounding=rounding)


def _given(fee: object) -> Money | Ratio | None:
    if not isinstance(fee, Mapping):
        return None
    only(fee, "fixed", "percent")
    amounts = {kind: number(raw) for kind, raw in fee.items()}
    if len(amounts) > 1:
        raise Skipped("a fee that is fixed and a share: kamcore takes one of them")
    for kind, amount in amounts.items():
        if not isinstance(amount, Decimal):
            raise Skipped(f"a fee of {amount}: kamcore takes decimals")
        if amount:
            return Money(amount, CURRENCY) if kind == "fixed" else Ratio.percent(amount)
    return None


def _made(current: Mapping[str, object], policy: DunningPolicy) -> tuple[Reminder, ...]:
    """Return the reminder that an invoice has: made the day before, and sent unless a draft."""
    state, level = str(current.get("state")), str(current["level"])
    if state not in STATES:
        raise Skipped(f"state {state}: known are {', '.join(STATES)}")
    if state == "final" and level != policy.names[-1]:
        raise Skipped("a ladder that ended before its last level")
    day = TODAY - timedelta(days=1)
    return (Reminder("F1", level, day, None if state == "draft" else day),)


def _invoice(overdue: int, inputs: Inputs) -> Invoice:
    amount = number(inputs.get("outstanding", 100))
    if not isinstance(amount, Decimal):
        raise Skipped(f"outstanding {amount}: kamcore takes decimals")
    return Invoice(
        number="F1",
        account="K01",
        due=TODAY - timedelta(days=overdue),
        amount=Money(amount, CURRENCY),
        paid=TODAY if inputs.get("paid") else None,
    )


def _fee(policy: DunningPolicy, level: int, inputs: Inputs) -> Decimal:
    """Return the fee of a level: what a reminder costs that comes after the level before it."""
    due = _invoice(policy.levels[level - 1].after_days, inputs)
    day = TODAY - timedelta(days=1)
    made = (Reminder("F1", str(level - 1), day, day),) if level > 1 else ()
    return find_reminder(due, policy, as_of=TODAY, reminders=made).value.fee.amount


KINDS: Mapping[str, Translation] = {"dunning_level": dunning_level}
