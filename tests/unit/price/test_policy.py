"""What a price policy may say; every fault shows when it is built."""

from decimal import Decimal

import pytest

from kamcore.errors import DuplicateName, PolicyError, UnknownName
from kamcore.price import PricePolicy, TierPrice
from kamcore.values import Ratio, Rounding

A = TierPrice("A", low=Ratio.percent(95))


def test_a_policy_gives_the_rule_of_a_tier() -> None:
    policy = PricePolicy(tiers=(A,), rounding=Rounding.HALF_EVEN)
    assert policy.of("A") is A


@pytest.mark.parametrize(
    ("low", "high", "message"),
    [
        (None, None, "tier 'A' has neither low nor high; pass at least one share"),
        (
            Ratio(0),
            None,
            "tier 'A': 0% is no share of the control price; pass Ratio.percent(95)",
        ),
        (
            None,
            Ratio.percent(-5),
            "tier 'A': -5% is no share of the control price; pass Ratio.percent(95)",
        ),
        (
            Ratio.percent(105),
            Ratio.percent(95),
            "tier 'A': low 105% is above high 95%; swap them",
        ),
    ],
    ids=["no bound", "nothing", "below nothing", "bounds in the wrong order"],
)
def test_bounds_that_make_no_range_are_refused(
    low: Ratio | None, high: Ratio | None, message: str
) -> None:
    with pytest.raises(PolicyError) as fault:
        TierPrice("A", low=low, high=high)
    assert str(fault.value) == message


@pytest.mark.parametrize("share", [0.95, Decimal("0.95"), 95, "95%"])
def test_a_bound_that_is_no_ratio_is_refused(share: object) -> None:
    with pytest.raises(PolicyError) as fault:
        TierPrice("A", low=share)  # type: ignore[arg-type]
    assert str(fault.value) == f"TierPrice.low is {share!r}; pass Ratio"


def test_a_tier_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName) as fault:
        PricePolicy(tiers=(A, A), rounding=Rounding.HALF_EVEN)
    assert str(fault.value) == "tier 'A' appears twice; rename or remove one"


def test_a_rounding_must_be_named() -> None:
    with pytest.raises(TypeError, match="rounding"):
        PricePolicy(tiers=(A,))  # type: ignore[call-arg]


def test_a_rounding_may_be_named_in_words() -> None:
    policy = PricePolicy(tiers=(A,), rounding="half_even")  # type: ignore[arg-type]
    assert policy.rounding is Rounding.HALF_EVEN


def test_an_unknown_rounding_is_refused() -> None:
    with pytest.raises(UnknownName) as fault:
        PricePolicy(tiers=(A,), rounding="half_evn")  # type: ignore[arg-type]
    assert str(fault.value) == "unknown rounding 'half_evn'; did you mean 'half_even'?"


def test_an_approver_is_a_seat() -> None:
    with pytest.raises(PolicyError) as fault:
        PricePolicy(tiers=(A,), rounding=Rounding.FLOOR, approver="manager")  # type: ignore[arg-type]
    assert str(fault.value) == "PricePolicy.approver is 'manager'; pass Seat"
