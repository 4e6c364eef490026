"""The policy of limits (S2-7b, the figure missing): what counts, where, and the overdue block."""

from datetime import date

import attrs
import pytest

from kamcore.credit import LimitPolicy, OverdueGate
from kamcore.errors import DuplicateName, PolicyError
from kamcore.values import Label, Money, Ratio, Seat

GATE = OverdueGate(days=30, at_least=Money(1_000, "CNY"))


def test_the_defaults_are_the_cautious_and_usual_ones() -> None:
    policy = LimitPolicy()
    assert policy.counted == ("orders", "deliveries", "invoices")
    assert policy.checked_at == ("order", "delivery")
    assert policy.tolerance == Ratio(0)
    assert (policy.horizon_days, policy.overdue, policy.approver) == (None, None, None)
    assert policy.prepaid_passes is True
    assert (policy.disputed, policy.unapplied_credit) == ("count", "count")
    assert policy.open_orders == "recheck"


def test_every_field_is_in_the_fingerprint() -> None:
    seat = Seat("cfo", Label("the finance manager", "财务经理"))
    changed: dict[str, object] = {
        "counted": ("orders",),
        "horizon_days": 0,
        "tolerance": Ratio(1, 10),
        "checked_at": ("invoice",),
        "overdue": GATE,
        "prepaid_passes": False,
        "disputed": "skip",
        "unapplied_credit": "skip",
        "open_orders": "keep",
        "approver": seat,
    }
    prints = {attrs.evolve(LimitPolicy(), **{name: value}).fingerprint  # type: ignore[arg-type]
              for name, value in changed.items()}  # fmt: skip
    assert len(prints | {LimitPolicy().fingerprint}) == len(changed) + 1


def test_the_last_day_that_counts() -> None:
    day = date(2026, 3, 31)
    assert LimitPolicy().last_day(day) is None
    assert LimitPolicy(horizon_days=0).last_day(day) == day
    assert LimitPolicy(horizon_days=60).last_day(day) == date(2026, 5, 30)


@pytest.mark.parametrize(
    ("overdue", "closed"), [(0, False), (99_999, False), (100_000, True), (100_001, True)]
)
def test_the_threshold_itself_blocks(overdue: int, closed: bool) -> None:
    assert GATE.closed_by(Money.from_minor(overdue, "CNY")) is closed


@pytest.mark.parametrize(("overdue", "closed"), [(0, False), (1, True)])
@pytest.mark.parametrize("least", [None, Money.from_minor(1, "CNY")])
def test_without_a_threshold_any_amount_blocks(
    overdue: int, closed: bool, least: Money | None
) -> None:
    gate = OverdueGate(days=0, at_least=least)
    assert gate.closed_by(Money.from_minor(overdue, "CNY")) is closed


def test_the_block_in_words() -> None:
    assert GATE.late == Label("overdue for more than 30 days", "逾期超过 30 天")
    assert OverdueGate(days=1).late == Label("overdue for more than 1 day", "逾期超过 1 天")
    assert OverdueGate(days=0).late == Label("overdue", "已逾期")
    assert GATE.least == Label("CNY 1,000.00 or more", "1,000.00 元（含）以上")
    assert OverdueGate(days=0).least == Label("any amount", "不论金额")


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        ({"counted": ["orders"]}, PolicyError, "LimitPolicy.counted is .*; pass a tuple"),
        (
            {"counted": ()},
            PolicyError,
            "counted is empty; pass at least one of orders, deliveries, invoices",
        ),
        ({"counted": ("order",)}, PolicyError, "counted 'order' is no named convention; did you"),
        ({"counted": ("orders", "orders")}, DuplicateName, "counted 'orders' appears twice"),
        (
            {"checked_at": ()},
            PolicyError,
            "checked_at is empty; pass at least one of quote, order, delivery, invoice",
        ),
        ({"checked_at": ("orders",)}, PolicyError, "checked_at 'orders' is no named convention"),
        ({"checked_at": ("order", "order")}, DuplicateName, "checked_at 'order' appears twice"),
        ({"horizon_days": -1}, PolicyError, "horizon_days is -1; pass 0 or more, or None"),
        ({"tolerance": Ratio(-1, 10)}, PolicyError, "the tolerance is -10%; pass 0 or more"),
        ({"tolerance": 0}, PolicyError, "LimitPolicy.tolerance is 0; pass Ratio"),
        ({"overdue": 30}, PolicyError, "LimitPolicy.overdue is 30; pass OverdueGate"),
        ({"prepaid_passes": 1}, PolicyError, "LimitPolicy.prepaid_passes is 1; pass bool"),
        ({"disputed": "no"}, PolicyError, "LimitPolicy.disputed 'no' is no named convention"),
        ({"unapplied_credit": "no"}, PolicyError, "unapplied_credit 'no' is no named convention"),
        ({"open_orders": "no"}, PolicyError, "open_orders 'no' is no named convention"),
        ({"approver": "cfo"}, PolicyError, "LimitPolicy.approver is 'cfo'; pass Seat"),
        ({"source": "S2-7b"}, PolicyError, "LimitPolicy.source is 'S2-7b'; pass Source"),
    ],
)
def test_what_is_no_policy_is_refused(
    given: dict[str, object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        LimitPolicy(**given)  # type: ignore[arg-type]  # what is wrong is refused


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"days": -1}, "an overdue block after -1 days; pass 0 or more"),
        (
            {"days": 0, "at_least": Money(0, "CNY")},
            "an overdue block from CNY 0.00 on; pass an amount above 0, or None for any",
        ),
        ({"days": 0, "at_least": 1}, "OverdueGate.at_least is 1; pass Money"),
        ({"days": 0, "source": "S2-7b"}, "OverdueGate.source is 'S2-7b'; pass Source"),
    ],
)
def test_what_is_no_block_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        OverdueGate(**given)  # type: ignore[arg-type]  # what is wrong is refused
