"""Every question about money refuses a wrong thing in one line that names it and the mend."""

from collections.abc import Callable

import pytest
from tests import money

from kamcore import credit, price
from kamcore.codec import to_json
from kamcore.credit import CreditPolicy, Terms, TierTerms
from kamcore.errors import InputError
from kamcore.facts import read_facts
from kamcore.values import Money
from kamcore.values._checks import members

DAY = money.TODAY
CNY = Money(10, "CNY")
TERMS = Terms("A", "A", (credit.PREPAYMENT,))
MODES = CreditPolicy(tiers=(TierTerms("A", (credit.PREPAYMENT,)),))
EXPOSURE = credit.find_exposure(
    "K01",
    money.LIMITS,
    invoices=money.INVOICES,
    commitments=money.COMMITMENTS,
    as_of=DAY,
    currency="CNY",
).value
FACTS = read_facts({"payment_refused": True}, money.SUSPENSION.fields)
INVOICE = money.INVOICES[0]

Asked = tuple[Callable[..., object], dict[str, object]]
QUESTIONS: tuple[Asked, ...] = (
    (price.quote_price, {"sale": money.SALE, "policy": money.PRICE}),
    (price.check_floor, {"policy": money.PRICE}),
    (price.find_cliffs, {"policy": money.PRICE}),
    (price.find_price_range, {"policy": money.PRICE}),
    (price.share_revenue, {"policy": money.REVENUE, "investments": ()}),
    (credit.check_terms, {"asked": credit.PREPAYMENT, "terms": TERMS, "policy": MODES}),
    (
        credit.find_exposure,
        {"policy": money.LIMITS, "invoices": (), "commitments": money.COMMITMENTS},
    ),
    (
        credit.check_credit,
        {"request": money.REQUEST, "exposure": EXPOSURE, "policy": money.LIMITS},
    ),
    (
        credit.recheck_orders,
        {"orders": (), "exposure": EXPOSURE, "policy": money.LIMITS},
    ),
    (credit.age_receivables, {"invoices": (), "policy": money.AGEING}),
    (credit.find_arrears, {"invoices": (), "period": None, "at_least": None, "suspended": ()}),
    (
        credit.find_reminder,
        {"invoice": INVOICE, "policy": money.DUNNING, "arrears": None, "reminders": ()},
    ),
    (
        credit.plan_reminders,
        {"invoices": (), "policy": money.DUNNING, "reminders": (), "held": ()},
    ),
    (credit.simulate_reminders, {"invoices": (), "policy": money.DUNNING}),
    (
        credit.check_suspension,
        {"facts": FACTS, "policy": money.SUSPENSION, "invoices": ()},
    ),
    (credit.find_interest, {"invoice": INVOICE, "policy": money.INTEREST}),
    (
        credit.check_consignment,
        {"facts": FACTS, "policy": money.CONSIGNMENT, "held": CNY, "asked": CNY},
    ),
)
OTHERS: dict[str, object] = {
    "account": "K01",
    "anchor": DAY,
    "as_of": DAY,
    "control": CNY,
    "currency": "CNY",
    "limit": money.LIMIT,
    "suspended": False,
    "through": DAY,
    "tier": "A",
    "revenue": CNY,
}
CASES = [(ask, named, argument) for ask, named in QUESTIONS for argument in named]


def named_arguments(ask: Callable[..., object], given: dict[str, object]) -> dict[str, object]:
    """Return the arguments of a question, with those that it needs beside the given ones."""
    code = ask.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return {name: OTHERS[name] for name in names if name in OTHERS and name not in given} | given


@pytest.mark.parametrize("wrong", [1.5, object()], ids=["a float", "an object"])
@pytest.mark.parametrize(
    ("ask", "given", "argument"), CASES, ids=[f"{ask.__name__} {name}" for ask, _, name in CASES]
)
def test_a_wrong_thing_is_named_with_the_mend(
    ask: Callable[..., object], given: dict[str, object], argument: str, wrong: object
) -> None:
    asked = named_arguments(ask, {**given, argument: wrong})
    with pytest.raises(InputError, match=rf"^{argument} is .*; pass ") as refused:
        ask(**asked)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("I1", r"^invoices is 'I1'; pass a list of Invoice$"),
        (("I1",), r"^invoices holds 'I1'; pass Invoice$"),
        ((INVOICE, None), r"^invoices holds None; pass Invoice$"),
    ],
)
def test_a_list_holds_what_it_should(given: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        members("invoices", given, type(INVOICE))  # type: ignore[arg-type]  # refused


@pytest.mark.parametrize("pair", [("operator",), ("operator", CNY, CNY)])
def test_an_investment_is_a_pair(pair: tuple[object, ...]) -> None:
    with pytest.raises(InputError, match=r"is not a pair; write \(side, amount\)$"):
        price.share_revenue(
            CNY,
            price.RevenueShare(),
            investments=(pair,),  # type: ignore[arg-type]  # refused
        )


def test_what_is_right_is_taken_once() -> None:
    found = members("invoices", iter(money.INVOICES), type(INVOICE))
    assert found == money.INVOICES
    assert to_json(found[0])


def test_a_decision_given_for_its_value_is_told_so() -> None:
    found = credit.find_exposure(
        "K01", money.LIMITS, invoices=(), commitments=(), as_of=DAY, currency="CNY"
    )
    with pytest.raises(InputError, match=r"pass Exposure, which is its \.value$"):
        credit.check_credit(
            money.REQUEST,
            found,  # type: ignore[arg-type]  # refused
            money.LIMITS,
            limit=money.LIMIT,
        )
