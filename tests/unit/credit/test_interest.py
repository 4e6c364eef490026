"""Late interest: day by day on what was open, in every day count, rounded once."""

import pickle
from datetime import date, datetime, timedelta
from decimal import Decimal

import attrs
import pytest

from kamcore.credit import (
    Interest,
    InterestPart,
    Invoice,
    LateInterest,
    Payment,
    find_interest,
)
from kamcore.errors import CurrencyMismatch, NotADate, PolicyError, UnknownName
from kamcore.values import Label, Money, Ratio, Rounding, Source

DUE = date(2013, 5, 31)
TERMS = LateInterest(
    yearly=Ratio.percent(10), day_count="actual/365", rounding=Rounding.HALF_AWAY_FROM_ZERO
)


def cny(amount: str) -> Money:
    """Return an amount in CNY."""
    return Money(Decimal(amount), "CNY")


def day(overdue: int) -> date:
    """Return the day on which the invoice is so many days overdue."""
    return DUE + timedelta(days=overdue)


def invoice(amount: str = "100", **parts: int) -> Invoice:
    """Return an invoice with payments such as `d5=40`: 40 paid 5 days after the due date."""
    payments = tuple(Payment(day(int(when[1:])), cny(str(paid))) for when, paid in parts.items())
    return Invoice(number="F1", account="K01", due=DUE, amount=cny(amount), payments=payments)


def bears(
    owed: Invoice, overdue: int = 30, policy: LateInterest = TERMS
) -> tuple[str, list[tuple[int, int]]]:
    """Return the interest, and principal and days of every part."""
    found = find_interest(owed, policy, as_of=day(overdue)).value
    parts = [(int(one.principal.amount), one.days) for one in found.parts]
    return str(found.amount.amount), parts


# --- day by day -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overdue", "amount", "days"),
    [(-5, "0.00", 0), (0, "0.00", 0), (1, "0.03", 1), (15, "0.41", 15), (365, "10.00", 365)],
)
def test_interest_counts_from_the_day_after_the_due_date(
    overdue: int, amount: str, days: int
) -> None:
    found = find_interest(invoice(), TERMS, as_of=day(overdue)).value
    assert (str(found.amount.amount), found.days) == (amount, days)


def test_the_whole_answer() -> None:
    assert find_interest(invoice(), TERMS, as_of=day(15)).value == Interest(
        amount=cny("0.41"),
        exact=Ratio(15 * 1000, 365),
        parts=(InterestPart(cny("100"), DUE, day(15), 15),),
    )


@pytest.mark.parametrize(
    ("owed", "parts"),
    [
        (invoice(), [(100, 30)]),
        (invoice(d10=40), [(100, 10), (60, 20)]),
        (invoice(d20=10, d10=40), [(100, 10), (60, 10), (50, 10)]),
        (invoice(d10=40, d20=60), [(100, 10), (60, 10)]),
        (invoice(d0=40), [(60, 30)]),
        (attrs.evolve(invoice(), payments=(Payment(day(-1), cny("40")),)), [(60, 30)]),
        (invoice(d30=40), [(100, 30)]),
        (invoice(d31=40), [(100, 30)]),
        (invoice(d0=100), []),
        (attrs.evolve(invoice(), paid=day(12)), [(100, 12)]),
        (attrs.evolve(invoice(), paid=day(0)), []),
        (attrs.evolve(invoice(), paid=day(40)), [(100, 30)]),
        (invoice("-100"), []),
    ],
    ids=[
        "open",
        "a part",
        "two parts in any order",
        "settled in parts",
        "a part on the due date",
        "a part before it",
        "a part today",
        "a part tomorrow",
        "all on the due date",
        "all late",
        "paid in time",
        "paid later than asked",
        "a credit note",
    ],
)
def test_what_was_open_bears_interest_until_it_was_paid(
    owed: Invoice, parts: list[tuple[int, int]]
) -> None:
    assert bears(owed)[1] == parts


def test_two_payments_on_a_day_are_one_step() -> None:
    twice = (Payment(day(10), cny("10")), Payment(day(10), cny("20")))
    assert bears(attrs.evolve(invoice(), payments=twice))[1] == [(100, 10), (70, 20)]


def test_interest_stays_after_the_principal_is_paid() -> None:
    owed = attrs.evolve(invoice(), paid=day(15))
    later = find_interest(owed, TERMS, as_of=day(400))
    assert later.value == find_interest(owed, TERMS, as_of=day(15)).value
    assert later.value.amount == cny("0.41")


def test_the_sum_is_rounded_once() -> None:
    owed = invoice(d1=1, d2=1)
    found = find_interest(owed, TERMS, as_of=day(3)).value
    each = sum((20 * principal * days + 365) // 730 for principal, days in bears(owed, 3)[1])
    assert found.exact == Ratio((100 + 99 + 98) * 10, 365)
    assert (found.amount, each) == (cny("0.08"), 9)


@pytest.mark.parametrize(
    ("rounding", "amount"), [(Rounding.FLOOR, "0.41"), (Rounding.CEILING, "0.42")]
)
def test_the_rounding_is_the_policys(rounding: Rounding, amount: str) -> None:
    assert bears(invoice(), 15, attrs.evolve(TERMS, rounding=rounding))[0] == amount


# --- day counts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (date(2013, 1, 15), date(2013, 1, 30), 15),
        (date(2013, 1, 15), date(2013, 1, 31), 16),
        (date(2013, 1, 15), date(2013, 2, 1), 16),
        (date(2013, 1, 30), date(2013, 1, 31), 0),
        (date(2013, 1, 31), date(2013, 2, 28), 28),
        (date(2013, 1, 31), date(2013, 3, 31), 60),
        (date(2013, 1, 29), date(2013, 3, 31), 62),
        (date(2013, 2, 28), date(2013, 3, 1), 3),
        (date(2012, 12, 31), date(2013, 12, 31), 360),
        (date(2012, 2, 29), date(2013, 2, 28), 359),
    ],
)
def test_the_bond_basis_counts_months_of_30_days(since: date, until: date, days: int) -> None:
    policy = attrs.evolve(TERMS, day_count="30/360")
    assert (policy.days(since, until), policy.share(since, until)) == (days, Ratio(days, 360))


@pytest.mark.parametrize(
    ("day_count", "since", "until", "share"),
    [
        ("actual/365", date(2012, 1, 1), date(2013, 1, 1), Ratio(366, 365)),
        ("actual/360", date(2013, 1, 1), date(2014, 1, 1), Ratio(365, 360)),
        ("actual/actual", date(2012, 1, 1), date(2013, 1, 1), Ratio(1)),
        ("actual/actual", date(2013, 1, 1), date(2014, 1, 1), Ratio(1)),
        (
            "actual/actual",
            date(2012, 12, 17),
            date(2013, 1, 31),
            Ratio(15, 366) + Ratio(30, 365),
        ),
        ("actual/actual", date(2012, 2, 28), date(2012, 3, 1), Ratio(2, 366)),
        ("actual/actual", date(2100, 2, 28), date(2100, 3, 1), Ratio(1, 365)),
    ],
)
def test_the_share_of_a_year(day_count: str, since: date, until: date, share: Ratio) -> None:
    policy = attrs.evolve(TERMS, day_count=day_count)
    assert policy.share(since, until) == share
    assert policy.days(since, until) == (until - since).days


def test_parts_in_30_360_add_up_to_the_whole_span() -> None:
    policy = attrs.evolve(TERMS, day_count="30/360")
    owed = Invoice(
        number="F1",
        account="K01",
        due=date(2013, 1, 15),
        amount=cny("100"),
        payments=(Payment(date(2013, 1, 31), cny("1")),),
    )
    found = find_interest(owed, policy, as_of=date(2013, 2, 15)).value
    assert [one.days for one in found.parts] == [16, 14]
    assert found.days == 30


# --- grace, minimum, disputes -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("overdue", "from_due", "from_grace"), [(5, 0, 0), (6, 6, 1), (15, 15, 10)]
)
def test_interest_begins_once_the_grace_has_passed(
    overdue: int, from_due: int, from_grace: int
) -> None:
    policy = attrs.evolve(TERMS, grace_days=5)
    assert sum(days for _, days in bears(invoice(), overdue, policy)[1]) == from_due
    later = attrs.evolve(policy, counted_from="end_of_grace")
    assert sum(days for _, days in bears(invoice(), overdue, later)[1]) == from_grace


@pytest.mark.parametrize(
    ("paid", "from_due", "from_grace"),
    [
        (5, [(60, 30)], [(60, 25)]),
        (6, [(100, 6), (60, 24)], [(100, 1), (60, 24)]),
    ],
)
def test_what_is_paid_within_the_grace_bears_none(
    paid: int, from_due: list[tuple[int, int]], from_grace: list[tuple[int, int]]
) -> None:
    policy, owed = attrs.evolve(TERMS, grace_days=5), invoice(**{f"d{paid}": 40})
    assert bears(owed, 30, policy)[1] == from_due
    assert bears(owed, 30, attrs.evolve(policy, counted_from="end_of_grace"))[1] == from_grace


@pytest.mark.parametrize(
    ("minimum", "amount"), [("0.40", "0.41"), ("0.41", "0.41"), ("0.42", "0.00")]
)
def test_interest_below_the_minimum_is_not_charged(minimum: str, amount: str) -> None:
    answer = find_interest(invoice(), attrs.evolve(TERMS, minimum=cny(minimum)), as_of=day(15))
    assert str(answer.value.amount.amount) == amount
    assert answer.value.days == 15
    small = answer.reasons[0].rule.id == "credit.interest_below_minimum"
    assert small is (amount == "0.00")


@pytest.mark.parametrize(("disputed", "amount"), [("count", "0.41"), ("skip", "0.00")])
def test_a_disputed_invoice_bears_interest_unless_it_is_skipped(disputed: str, amount: str) -> None:
    owed = attrs.evolve(invoice(), disputed=True)
    assert bears(owed, 15, attrs.evolve(TERMS, disputed=disputed))[0] == amount


def test_a_share_a_day_is_365_of_it_a_year() -> None:
    policy = attrs.evolve(TERMS, yearly=Ratio(5 * 365, 10_000))
    assert bears(invoice(), 7, policy)[0] == "0.35"


# --- in words ---------------------------------------------------------------------------------


def test_interest_in_words() -> None:
    title = Label("sales contract", "销售合同")
    policy = attrs.evolve(TERMS, source=Source("C-7", title))
    answer = find_interest(attrs.evolve(invoice(), paid=day(15)), policy, as_of=day(30))
    assert answer.explain("en").splitlines() == [
        "invoice F1 bears late interest of CNY 0.41, for 15 days up to 2013-06-30",
        "interest is on CNY 100.00 for 15 days",
        (
            "10% a year by actual days over 365; the sum is rounded to the nearest, a half away "
            "from zero"
        ),
        "the invoice was settled on 2013-06-15; the interest accrued until then stays owed",
        "Source: “sales contract” C-7",
    ]
    assert answer.explain("zh").splitlines() == [
        "发票 F1：截至2013年6月30日，应计逾期利息 0.41 元，共 15 天",
        "计息本金：100.00 元，15 天",
        "年利率 10%，按实际天数/365 计算；合计后四舍五入",
        "该发票已于2013年6月15日结清；此前已计利息仍应支付",
        "依据：《销售合同》C-7",
    ]


def test_only_the_first_parts_are_told() -> None:
    answer = find_interest(invoice(d1=1, d2=1, d3=1, d4=1), TERMS, as_of=day(9))
    assert answer.reasons[1].text("en") == (
        "interest is on CNY 100.00 for 1 day, CNY 99.00 for 1 day, CNY 98.00 for 1 day "
        "and 2 more parts"
    )
    assert answer.reasons[1].text("zh").endswith("；98.00 元，1 天；另有 2 段")


@pytest.mark.parametrize(
    ("policy", "owed", "overdue", "rule", "en", "zh"),
    [
        (
            TERMS,
            invoice(),
            0,
            "credit.no_interest_yet",
            (
                "invoice F1 bears no late interest up to 2013-05-31: only what is left after "
                "2013-05-31 does"
            ),
            "发票 F1：截至2013年5月31日无逾期利息，2013年5月31日之后仍未付的款项才计息",
        ),
        (
            TERMS,
            invoice(d0=100),
            9,
            "credit.no_interest",
            (
                "invoice F1 bears no late interest up to 2013-06-09: nothing was left to pay "
                "after 2013-05-31"
            ),
            "发票 F1：截至2013年6月9日无逾期利息，2013年5月31日之后已无未付款项",
        ),
        (
            attrs.evolve(TERMS, disputed="skip"),
            attrs.evolve(invoice(), disputed=True),
            9,
            "credit.interest_disputed",
            "invoice F1 bears no late interest while it is disputed",
            "发票 F1：存在争议，暂不计逾期利息",
        ),
        (
            attrs.evolve(TERMS, minimum=cny("5")),
            invoice(),
            15,
            "credit.interest_below_minimum",
            ("invoice F1 is charged no late interest: CNY 0.41 is below the minimum of CNY 5.00"),
            "发票 F1：逾期利息 0.41 元，低于起收金额 5.00 元，不予收取",
        ),
    ],
)
def test_why_nothing_is_charged(
    policy: LateInterest, owed: Invoice, overdue: int, rule: str, en: str, zh: str
) -> None:
    answer = find_interest(owed, policy, as_of=day(overdue))
    assert answer.value.amount == cny("0")
    assert answer.reasons[0].rule.id == rule
    assert answer.reasons[0].text("en") == en
    assert answer.reasons[0].text("zh") == zh


@pytest.mark.parametrize(
    ("counted_from", "en", "zh"),
    [
        (
            "due",
            (
                "what is left after a grace of 3 days bears interest from the day after the due "
                "date, 2013-05-31"
            ),
            "宽限 3 天后仍未付的款项，自到期日2013年5月31日的次日起计息",
        ),
        (
            "end_of_grace",
            (
                "what is left after a grace of 3 days bears interest from the day after its last "
                "day, 2013-06-03"
            ),
            "宽限 3 天后仍未付的款项，自宽限期最后一日2013年6月3日的次日起计息",
        ),
    ],
)
def test_conventions_are_told(counted_from: str, en: str, zh: str) -> None:
    policy = attrs.evolve(TERMS, grace_days=3, counted_from=counted_from, day_count="30/360")
    grace, basis = find_interest(invoice(), policy, as_of=day(9)).assumed
    assert (grace.text("en"), grace.text("zh")) == (en, zh)
    assert basis.text("en").startswith("30/360 is the bond basis")
    assert basis.text("zh").startswith("30/360 采用债券基准")


def test_a_plain_rate_rests_on_no_convention() -> None:
    assert find_interest(invoice(), TERMS, as_of=day(9)).assumed == ()


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"yearly": Ratio(0)}, PolicyError, "yearly 0%; pass a share above 0, such as 10 %"),
        ({"yearly": Ratio.percent(-1)}, PolicyError, "yearly -1%; pass a share above 0"),
        ({"yearly": Decimal("0.1")}, PolicyError, "LateInterest.yearly is Decimal.*; pass Ratio"),
        ({"day_count": "act/365"}, PolicyError, "'act/365' is no named convention; did you mean"),
        ({"rounding": "half"}, UnknownName, "unknown rounding 'half'"),
        ({"grace_days": -1}, PolicyError, "grace_days -1; pass 0 or more"),
        ({"grace_days": 1.0}, PolicyError, "LateInterest.grace_days is 1.0; pass int"),
        ({"counted_from": "grace"}, PolicyError, "'grace' is no named convention"),
        ({"minimum": 5}, PolicyError, "LateInterest.minimum is 5; pass Money"),
        ({"disputed": "no"}, PolicyError, "'no' is no named convention"),
        ({"source": "C-7"}, PolicyError, "LateInterest.source is 'C-7'; pass Source"),
    ],
)
def test_interest_that_cannot_be_is_refused(
    given: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        attrs.evolve(TERMS, **given)


def test_a_minimum_in_another_currency_is_refused() -> None:
    policy = attrs.evolve(TERMS, minimum=Money(1, "USD"))
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        find_interest(invoice(), policy, as_of=day(9))


def test_an_instant_is_no_day() -> None:
    with pytest.raises(NotADate, match="as_of"):
        find_interest(invoice(), TERMS, as_of=datetime(2013, 6, 30))


def test_a_policy_and_its_answer_are_data() -> None:
    policy = attrs.evolve(TERMS, rounding="half_away_from_zero")
    copy = pickle.loads(pickle.dumps(policy))
    assert (copy, hash(copy), copy.fingerprint) == (TERMS, hash(TERMS), TERMS.fingerprint)
    answer = find_interest(invoice(), policy, as_of=day(9))
    assert pickle.loads(pickle.dumps(answer)) == answer
