"""Payment terms: what can be built, what it says, and what is refused."""

import pickle
from datetime import date

import attrs
import pytest

from kamcore.credit import DateStep, EarlyPayment, Instalment, PaymentTerm, find_due_date
from kamcore.errors import PolicyError, UnknownName
from kamcore.values import Label, Money, Ratio, Rounding, Source

days, months, month_end = DateStep.days, DateStep.months, DateStep.end_of_month
HALF_UP = Rounding.HALF_AWAY_FROM_ZERO
REST = Instalment(None)
SHARE = Instalment(Ratio.percent(30))
CLAUSE = Source("C-1", Label("Contract", "合同"))


def early(percent: int, *steps: DateStep, tax: str = "included") -> EarlyPayment:
    """Return a discount."""
    return EarlyPayment(Ratio.percent(percent), steps, tax=tax)  # type: ignore[arg-type]


def term(*parts: Instalment, **given: object) -> PaymentTerm:
    """Return a term that rounds half up."""
    return PaymentTerm(instalments=parts, **{"rounding": HALF_UP, **given})  # type: ignore[arg-type]


def net(*steps: DateStep, **given: object) -> PaymentTerm:
    """Return a term of one part."""
    return term(Instalment(None, steps), **given)


# --- one part -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("takes", "given", "message"),
    [
        (Ratio(0), {}, "^an instalment takes 0%; pass a share above 0, up to 100%$"),
        (Ratio.percent(-5), {}, "^an instalment takes -5%"),
        (Ratio.percent(101), {}, "^an instalment takes 101%"),
        (Money(0, "CNY"), {}, "^an instalment takes CNY 0.00; pass an amount above 0"),
        (Money(-1, "CNY"), {}, "^an instalment takes CNY -1.00; pass an amount above 0"),
        (Money(1, "CNY"), {"of": "rest"}, "^an instalment takes CNY 1.00 of the rest; leave `of`"),
        (None, {"of": "rest"}, "^an instalment takes the rest of the rest; leave `of` out$"),
        (30, {}, "^Instalment.takes is 30; pass Ratio or Money$"),
        (None, {"steps": [days(30)]}, "^Instalment.steps is .*; pass a tuple"),
        (None, {"steps": (30,)}, "^Instalment.steps holds 30; pass DateStep$"),
        (None, {"of": "net"}, "^Instalment.of 'net' is no named convention"),
        (None, {"counts_from": "last"}, "^Instalment.counts_from 'last' is no named convention"),
        (None, {"source": "C-1"}, "^Instalment.source is 'C-1'; pass Source$"),
        (None, {"steps": (months(1), months(1))}, r"^instalment: .*; write months\(2\)$"),
    ],
)
def test_an_instalment_that_cannot_be_is_refused(
    takes: object, given: dict[str, object], message: str
) -> None:
    with pytest.raises(PolicyError, match=message):
        Instalment(takes, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("takes", [Ratio(1), Ratio(1, 1000), Money.from_minor(1, "CNY"), None])
def test_an_instalment_up_to_everything(takes: Ratio | Money | None) -> None:
    assert Instalment(takes, source=CLAUSE).takes == takes


@pytest.mark.parametrize(
    ("discount", "given", "message"),
    [
        (Ratio(0), {}, "^a discount of 0%; pass one above 0 and below 100%$"),
        (Ratio(-1, 50), {}, "^a discount of -2%"),
        (Ratio(1), {}, "^a discount of 100%"),
        (2, {}, "^EarlyPayment.discount is 2; pass Ratio$"),
        (Ratio(1, 50), {"tax": "none"}, "^EarlyPayment.tax 'none' is no named convention"),
        (Ratio(1, 50), {"steps": (days(1), days(1))}, "^early payment: 1 day after 1 day"),
        (Ratio(1, 50), {"source": "C-1"}, "^EarlyPayment.source is 'C-1'; pass Source$"),
    ],
)
def test_a_discount_that_cannot_be_is_refused(
    discount: object, given: dict[str, object], message: str
) -> None:
    with pytest.raises(PolicyError, match=message):
        EarlyPayment(discount, **given)  # type: ignore[arg-type]


# --- a whole term ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ((), "^a term without instalments; pass at least one, the last taking None$"),
        ((SHARE,), "^the last instalment takes 30% of the amount; let it take None, the rest$"),
        ((REST, REST), "^instalment 1 of 2 takes the rest; only the last one may$"),
        (
            (Instalment(Ratio.percent(60)), Instalment(Ratio.percent(60)), REST),
            "^instalment 2 of 3 takes 60% of the amount and 40% is left; let the shares come to",
        ),
        (
            (Instalment(Ratio.percent(60), of="rest"), Instalment(Ratio.percent(41)), REST),
            "^instalment 2 of 3 takes 41% of the amount and 40% is left; let the shares come to",
        ),
        (
            (Instalment(Ratio.percent(60), counts_from="previous"), REST),
            "^the first instalment counts from the previous one; count it from anchor$",
        ),
        (
            (Instalment(Money(1, "CNY")), Instalment(Money(1, "USD")), REST),
            "^a term in CNY and USD; use one currency$",
        ),
    ],
)
def test_parts_that_cannot_add_up_are_refused(parts: tuple[Instalment, ...], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        term(*parts)


def test_shares_may_come_to_everything() -> None:
    most = Instalment(Ratio.percent(60), of="rest")
    assert len(term(most, most, Instalment(Ratio.percent(16)), REST).instalments) == 4
    assert len(term(Instalment(Ratio(1)), REST).instalments) == 2


@pytest.mark.parametrize(
    "given",
    [
        {"instalments": (SHARE, REST)},
        {"instalments": (REST,), "early": (early(2),)},
        {"instalments": (REST,), "step": Money(1, "CNY")},
    ],
    ids=["a share", "a discount", "a step"],
)
def test_the_rounding_is_named_where_there_is_anything_to_round(given: dict[str, object]) -> None:
    message = "^a term with shares or discounts and no rounding; name it, such as rounding="
    with pytest.raises(PolicyError, match=message):
        PaymentTerm(**given)  # type: ignore[arg-type]
    assert PaymentTerm(**given, rounding=HALF_UP).rounding is HALF_UP  # type: ignore[arg-type]


def test_what_is_not_rounded_needs_no_rounding() -> None:
    fixed = Instalment(Money(1, "CNY"))
    assert PaymentTerm(instalments=(fixed, REST)).rounding is None


def test_a_rounding_as_stored_is_read_and_an_unknown_one_refused() -> None:
    assert net(rounding="half_even").rounding is Rounding.HALF_EVEN
    with pytest.raises(UnknownName, match=r"unknown rounding 'up'"):
        net(rounding="up")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"step": Money(0, "CNY")}, "^step CNY 0.00; pass the smallest amount that is paid, above"),
        ({"step": Money(-1, "CNY")}, "^step CNY -1.00; pass the smallest"),
        ({"step": 1}, "^PaymentTerm.step is 1; pass Money$"),
        ({"anchor": "receipt"}, "^PaymentTerm.anchor 'receipt' is no named convention"),
        ({"early": (2,)}, "^PaymentTerm.early holds 2; pass EarlyPayment$"),
        ({"source": "C-1"}, "^PaymentTerm.source is 'C-1'; pass Source$"),
        ({"instalments": REST}, "^PaymentTerm.instalments is .*; pass a tuple"),
    ],
)
def test_a_term_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        attrs.evolve(net(), **given)  # type: ignore[arg-type]


def test_the_step_has_the_currency_of_fixed_amounts() -> None:
    with pytest.raises(PolicyError, match=r"^a term in CNY and USD; use one currency$"):
        term(Instalment(Money(1, "USD")), REST, step=Money(1, "CNY"))


@pytest.mark.parametrize(
    ("due", "discounts", "message"),
    [
        ((days(30),), (early(1, days(10)), early(2, days(20))), "^2% off follows 1% off; write"),
        ((days(30),), (early(2, days(10)), early(2, days(20))), "^2% off follows 2% off; write"),
        ((days(30),), (early(2, days(20)), early(1, days(20))), "^1% off follows 2% off; write"),
        ((days(30),), (early(2, days(20)), early(1)), "^1% off follows 2% off; write"),
        (
            (days(30),),
            (early(2, days(31)),),
            "^2% off ends 1 day after the due date; let it end before$",
        ),
        ((), (early(2, days(10)),), "^2% off ends 10 days after the due date"),
        (
            (month_end(), days(30)),
            (early(2, month_end(), days(31)),),
            "^2% off ends 1 day after the due date",
        ),
        (
            (days(30),),
            (early(2, days(10)), early(1, days(20), tax="excluded")),
            "^discounts of one term treat the tax differently; use one treatment$",
        ),
    ],
)
def test_discounts_that_cannot_be_are_refused(
    due: tuple[DateStep, ...], discounts: tuple[EarlyPayment, ...], message: str
) -> None:
    with pytest.raises(PolicyError, match=message):
        net(*due, early=discounts)


@pytest.mark.parametrize(
    ("due", "discounts"),
    [
        ((days(30),), (early(2, days(10)), early(1, days(11)))),
        ((days(30),), (early(2, days(30)),)),
        ((), (early(2),)),
        ((month_end(), days(30)), (early(2, month_end(), days(30)),)),
        ((month_end(),), (early(2, days(40)), early(1, months(1)))),
    ],
    ids=["falling", "until the due date", "at once", "after a common step", "not comparable"],
)
def test_discounts_that_can_be(
    due: tuple[DateStep, ...], discounts: tuple[EarlyPayment, ...]
) -> None:
    assert net(*due, early=discounts).early == discounts


def test_a_discount_goes_with_one_part() -> None:
    message = "^a discount for early payment and 2 instalments; use a term of one part$"
    with pytest.raises(PolicyError, match=message):
        term(SHARE, REST, early=(early(2),))


# --- dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((Instalment(None, (days(30),)),), [date(2026, 2, 14)]),
        ((SHARE, Instalment(None, (days(30),))), [date(2026, 1, 15), date(2026, 2, 14)]),
        (
            (
                Instalment(Ratio.percent(30), (days(30),)),
                Instalment(None, (days(60),), counts_from="previous"),
            ),
            [date(2026, 2, 14), date(2026, 4, 15)],
        ),
        (
            (Instalment(Ratio.percent(30), (days(30),)), REST),
            [date(2026, 2, 14), date(2026, 1, 15)],
        ),
    ],
    ids=["one", "from the anchor", "from the one before", "not in order"],
)
def test_due_days(parts: tuple[Instalment, ...], expected: list[date]) -> None:
    anchor = date(2026, 1, 15)
    assert list(term(*parts).due_days(anchor)) == expected
    assert find_due_date(term(*parts), anchor=anchor) == max(expected)


# --- words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "en", "zh"),
    [
        (net(), "payment due on the invoice date", "开票日当天付款"),
        (
            net(days(30), anchor="delivery"),
            "payment due 30 days after the delivery date",
            "交货日后 30 天内付款",
        ),
        (
            net(month_end(), days(45), anchor="signing"),
            "payment due at the end of the month of the signing date, then 45 days",
            "签订日当月月底后 45 天付款",
        ),
        (
            net(days(30), early=(early(2, days(10)), early(1, month_end()))),
            (
                "payment due 30 days after the invoice date (2% off until 10 days after the "
                "invoice date, 1% off until the end of the month of the invoice date)"
            ),
            "开票日后 30 天内付款（开票日后 10 天之内付清减 2%，开票日当月月底之内付清减 1%）",
        ),
        (
            net(early=(early(2),), anchor="order"),
            "payment due on the order date (2% off until the order date)",
            "下单日当天付款（下单日当天之内付清减 2%）",
        ),
        (
            term(
                SHARE,
                Instalment(Money(500, "CNY"), (months(1),)),
                Instalment(Ratio.percent(50), (days(30),), of="rest", counts_from="previous"),
                Instalment(None, (months(3),)),
            ),
            (
                "payment in 4 parts: 30% of the amount on the invoice date; CNY 500.00 1 month "
                "after the invoice date; 50% of what is left 30 days after the due date of the "
                "part before; the rest 3 months after the invoice date"
            ),
            (
                "分 4 期付款：总额的 30%，开票日当天；500.00 元，开票日后 1 个月；"
                "余额的 50%，上一期到期日后 30 天；余款，开票日后 3 个月"
            ),
        ),
        (
            term(*[Instalment(Ratio.percent(10))] * 5, REST),
            (
                "payment in 6 parts: 10% of the amount on the invoice date; "
                "10% of the amount on the invoice date; 10% of the amount on the invoice date; "
                "10% of the amount on the invoice date; and 2 more"
            ),
            (
                "分 6 期付款：总额的 10%，开票日当天；总额的 10%，开票日当天；"
                "总额的 10%，开票日当天；总额的 10%，开票日当天；其余 2 期略"
            ),
        ),
    ],
)
def test_a_term_in_words(given: PaymentTerm, en: str, zh: str) -> None:
    assert given.label == Label(en, zh)


def test_a_term_that_trade_has_no_notation_for_is_said_in_words() -> None:
    assert term(SHARE, REST).notation == term(SHARE, REST).label.en


# --- a policy -------------------------------------------------------------------------------


def test_a_term_is_pickled_without_its_compiled_form() -> None:
    given = term(SHARE, Instalment(None, (month_end(), days(45))), source=CLAUSE)
    assert find_due_date(given, anchor=date(2019, 1, 15)) == date(2019, 3, 17)
    copy = pickle.loads(pickle.dumps(given))
    assert copy == given
    assert hash(copy) == hash(given)
    assert copy.fingerprint == given.fingerprint


def test_another_rounding_is_another_policy() -> None:
    given = term(SHARE, REST)
    assert given.fingerprint != attrs.evolve(given, rounding=Rounding.FLOOR).fingerprint
