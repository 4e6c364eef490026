"""Revenue shared in proportion to investment (S2-6b)."""

from decimal import Decimal

import moneyed
import pytest

from kamcore.codec import from_json, to_json
from kamcore.decision import Decision, Record
from kamcore.errors import CurrencyMismatch, DuplicateName, InputError, PolicyError, UnknownName
from kamcore.price import RevenuePart, RevenueShare, share_revenue
from kamcore.rulebook import keep_record, replay
from kamcore.values import Label, Money, Ratio, Source, Split

RULE = Source("S2-6b", Label("Private networks", "专网大客户"))
GROSS, NET = RevenueShare(source=RULE), RevenueShare(base="net", source=RULE)


def cny(amount: str | int) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


Investments = tuple[tuple[str, Money], ...]
TWO: Investments = (("operator", cny(600)), ("customer", cny(300)))


def amounts(revenue: str, *invested: int, split: Split = Split.LARGEST_REMAINDER) -> list[Money]:
    """Return what every side gets."""
    investments = [(f"side {place}", cny(amount)) for place, amount in enumerate(invested)]
    shares = share_revenue(cny(revenue), RevenueShare(split=split), investments=investments)
    return [part.amount for part in shares.value]


def test_what_is_invested_is_what_is_shared_by() -> None:
    decision = share_revenue(cny(100), GROSS, investments=TWO)
    assert decision.value == (
        RevenuePart("operator", cny(600), Ratio(2, 3), cny("66.67")),
        RevenuePart("customer", cny(300), Ratio(1, 3), cny("33.33")),
    )
    assert [reason.rule.id for reason in decision.reasons] == [
        "price.revenue_shared",
        "price.revenue_part",
        "price.revenue_part",
    ]
    assert decision.reasons[0].source == RULE
    assert decision.fingerprint == GROSS.fingerprint


def test_the_whole_explanation() -> None:
    investments = (("运营商", cny(600)), ("客户", cny(300)))
    decision = share_revenue(cny(120), NET, investments=investments, costs=cny(30))
    assert decision.explain("zh").split("\n") == [
        "按投资比例分成 90.00 元：运营商 60.00 元、客户 30.00 元",
        "运营商投资 600.00 元，占 ≈66.6667%，分得 60.00 元",
        "客户投资 300.00 元，占 ≈33.3333%，分得 30.00 元",
        "分成基数为扣除所列成本后的收入",
        "依据：《专网大客户》S2-6b",
    ]
    assert share_revenue(cny(90), GROSS, investments=TWO).explain("en").split("\n") == [
        "CNY 90.00 is shared by investment: operator CNY 60.00, customer CNY 30.00",
        "operator invested CNY 600.00, ≈66.6667% of all: CNY 60.00",
        "customer invested CNY 300.00, ≈33.3333% of all: CNY 30.00",
        "Source: “Private networks” S2-6b",
    ]


@pytest.mark.parametrize(
    ("split", "parts"),
    [
        (Split.LARGEST_REMAINDER, ["0.03", "0.05", "0.02"]),
        (Split.LARGEST_RATIO, ["0.03", "0.06", "0.01"]),
        (Split.FIRST, ["0.04", "0.05", "0.01"]),
    ],
)
def test_who_gets_the_last_units_is_named(split: Split, parts: list[str]) -> None:
    """Ten fen by 33, 51 and 16 are 3.3, 5.1 and 1.6 fen."""
    assert amounts("0.10", 33, 51, 16, split=split) == [cny(part) for part in parts]


@pytest.mark.parametrize("split", [Split.LARGEST_REMAINDER, Split.LARGEST_RATIO, Split.FIRST])
@pytest.mark.parametrize("revenue", ["0.00", "0.01", "0.02", "100.00", "99999.99"])
@pytest.mark.parametrize("invested", [(1,), (1, 1, 1), (7, 0, 13), (1, 999_999)])
def test_no_cent_is_lost(split: Split, revenue: str, invested: tuple[int, ...]) -> None:
    parts = amounts(revenue, *invested, split=split)
    assert sum(part.minor for part in parts) == cny(revenue).minor
    assert all(part.minor == 0 for part, paid in zip(parts, invested, strict=True) if paid == 0)


def test_of_many_sides_the_first_four_are_told() -> None:
    investments = [(f"side {place}", cny(1)) for place in range(1, 8)]
    decision = share_revenue(cny(7), GROSS, investments=investments)
    assert len(decision.value) == 7
    assert len(decision.reasons) == 5
    assert decision.reasons[0].text("en").endswith("side 4 CNY 1.00, and 3 more")
    assert decision.reasons[0].text("zh").endswith("side 4 1.00 元、另有 3 方")


def test_money_of_another_library_is_welcome() -> None:
    given = [("operator", moneyed.Money("1.00", "CNY")), ("customer", cny(1))]
    decision = share_revenue(moneyed.Money("3.00", "CNY"), GROSS, investments=given)  # type: ignore[arg-type]
    assert [part.amount for part in decision.value] == [cny("1.50"), cny("1.50")]


@pytest.mark.parametrize(
    ("revenue", "policy", "named", "message"),
    [
        (
            cny(100),
            GROSS,
            {"costs": cny(1)},
            ("revenue is shared gross and costs are CNY 1.00; leave them out, or share base='net'"),
        ),
        (cny(100), NET, {}, "revenue is shared net and costs are None; pass the costs"),
        (
            cny(100),
            NET,
            {"costs": cny("100.01")},
            "revenue CNY 100.00 less the costs CNY 100.01 is below 0; there is nothing to share",
        ),
        (cny(-1), GROSS, {}, "revenue CNY -1.00 is below 0; there is nothing to share"),
        (
            cny(100),
            GROSS,
            {"investments": (("operator", cny(-1)),)},
            "'operator' invested CNY -1.00; pass what was put in, 0 or more",
        ),
        (
            cny(100),
            GROSS,
            {"investments": (("operator", cny(0)),)},
            "nothing was invested; pass at least one investment above 0",
        ),
        (
            cny(100),
            GROSS,
            {"investments": ()},
            "nothing was invested; pass at least one investment above 0",
        ),
        (100, GROSS, {}, "100 is not money; pass Money(amount, currency)"),
        (99.5, GROSS, {}, "99.5 is not money; pass Money(amount, currency)"),
        (
            cny(100),
            GROSS,
            {"investments": (("operator", 600),)},
            "600 is not money; pass Money(amount, currency)",
        ),
        (cny(100), NET, {"costs": 5}, "5 is not money; pass Money(amount, currency)"),
    ],
)
def test_wrong_input_is_refused(
    revenue: Money, policy: RevenueShare, named: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError) as fault:
        share_revenue(revenue, policy, **{"investments": TWO, **named})  # type: ignore[arg-type]
    assert str(fault.value) == message


def test_costs_that_eat_up_the_revenue_leave_nothing_for_each() -> None:
    decision = share_revenue(cny(100), NET, investments=TWO, costs=cny(100))
    assert [part.amount for part in decision.value] == [cny(0), cny(0)]


def test_a_side_stands_once_and_all_in_one_currency() -> None:
    with pytest.raises(DuplicateName, match="side 'operator' appears twice"):
        share_revenue(cny(1), GROSS, investments=(TWO[0], TWO[0]))
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        share_revenue(cny(1), GROSS, investments=(("operator", Money(1, "USD")),))
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        share_revenue(cny(1), NET, investments=TWO, costs=Money(1, "USD"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"base": "brutto"}, "RevenueShare.base 'brutto' is no named convention; "),
        ({"source": "S2-6b"}, "RevenueShare.source is 'S2-6b'; pass Source"),
        (
            {"split": Split.REMAINDER_LAST},
            (
                "split 'remainder_last' leaves a rest to no side; "
                "pass 'largest_remainder', 'largest_ratio' or 'first'"
            ),
        ),
        (
            {"split": Split.WHOLE_BLOCKS},
            (
                "split 'whole_blocks' leaves a rest to no side; "
                "pass 'largest_remainder', 'largest_ratio' or 'first'"
            ),
        ),
    ],
)
def test_a_fault_of_the_policy_shows_when_it_is_built(
    fields: dict[str, object], message: str
) -> None:
    with pytest.raises(PolicyError) as fault:
        RevenueShare(**fields)  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)


def test_a_split_may_be_named_in_words() -> None:
    assert RevenueShare(split="first").split is Split.FIRST  # type: ignore[arg-type]
    with pytest.raises((UnknownName, ValueError), match="firts"):
        RevenueShare(split="firts")  # type: ignore[arg-type]


def test_what_was_shared_comes_back_and_is_shared_again() -> None:
    decision = share_revenue(cny(100), NET, investments=list(TWO), costs=cny(1))
    assert from_json(to_json(decision), Decision) == decision
    record = keep_record(share_revenue, cny(100), NET, investments=list(TWO), costs=cny(1))
    assert replay(from_json(to_json(record), Record)).same
    assert from_json(to_json(NET), RevenueShare) == NET
