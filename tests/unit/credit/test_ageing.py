"""Ageing: which band an open invoice stands in, what the bands add up to, and how it is shown."""

import pickle
from datetime import date, datetime, timedelta
from decimal import Decimal

import attrs
import pytest

from kamcore.credit import AgedAccount, AgeingBands, Invoice, Payment, age_receivables
from kamcore.errors import CurrencyMismatch, DuplicateName, InputError, NotADate, PolicyError
from kamcore.values import Label, Money

AS_OF = date(2013, 6, 30)
BANDS = AgeingBands()


def cny(amount: str) -> Money:
    """Return an amount in CNY."""
    return Money(Decimal(amount), "CNY")


def invoice(
    number: str,
    overdue: int,
    amount: str = "100",
    *,
    account: str = "K01",
    disputed: bool = False,
    issued: int | None = None,
) -> Invoice:
    """Return an invoice that is open, some days overdue, issued some days ago."""
    return Invoice(
        number=number,
        account=account,
        due=AS_OF - timedelta(days=overdue),
        amount=cny(amount),
        disputed=disputed,
        issued=None if issued is None else AS_OF - timedelta(days=issued),
    )


def bands(*invoices: Invoice, policy: AgeingBands = BANDS) -> list[int]:
    """Return the totals of the bands in whole units."""
    found = age_receivables(invoices, policy, as_of=AS_OF, currency="CNY")
    return [int(money.amount) for money in found.totals]


# --- the bands --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overdue", "band"),
    [(-400, 0), (-1, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)],
)
def test_both_sides_of_every_edge(overdue: int, band: int) -> None:
    assert bands(invoice("F1", overdue)) == [100 if place == band else 0 for place in range(5)]


@pytest.mark.parametrize(("issued", "band"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2)])
def test_days_may_count_from_the_date_of_issue(issued: int, band: int) -> None:
    policy = AgeingBands(edges=(30, 60), counted_from="issued")
    found = bands(invoice("F1", -30, issued=issued), policy=policy)
    assert found == [100 if place == band else 0 for place in range(3)]


@pytest.mark.parametrize(
    ("policy", "names", "en", "zh"),
    [
        (
            BANDS,
            ("not_due", "1-30", "31-60", "61-90", "over_90"),
            ("not yet due", "1–30 days", "31–60 days", "61–90 days", "over 90 days"),
            ("未到期", "1–30 天", "31–60 天", "61–90 天", "超过 90 天"),
        ),
        (
            AgeingBands(edges=(1, 2)),
            ("up_to_1", "2-2", "over_2"),
            ("up to 1 day", "day 2", "over 2 days"),
            ("1 天以内", "2 天", "超过 2 天"),
        ),
        (
            AgeingBands(edges=(0,), counted_from="issued"),
            ("up_to_0", "over_0"),
            ("up to 0 days", "over 0 days"),
            ("0 天以内", "超过 0 天"),
        ),
    ],
    ids=["four edges", "a band of one day", "one edge from the date of issue"],
)
def test_the_bands_in_words(
    policy: AgeingBands, names: tuple[str, ...], en: tuple[str, ...], zh: tuple[str, ...]
) -> None:
    assert policy.names == names
    assert policy.labels == tuple(map(Label, en, zh))


# --- what is open -----------------------------------------------------------------------------


@pytest.mark.parametrize(("paid", "left"), [("06-29", 0), ("06-30", 0), ("07-01", 100)])
def test_what_is_paid_later_is_open(paid: str, left: int) -> None:
    settled = attrs.evolve(invoice("F1", 5), paid=date.fromisoformat(f"2013-{paid}"))
    assert bands(settled)[1] == left


@pytest.mark.parametrize(("issued", "left"), [(1, 100), (0, 100), (-1, 0)])
def test_what_is_issued_later_is_not_there_yet(issued: int, left: int) -> None:
    assert bands(invoice("F1", -30, issued=issued))[0] == left


def test_part_payments_lower_what_is_open() -> None:
    parts = (Payment(AS_OF, cny("30")), Payment(AS_OF + timedelta(days=1), cny("20")))
    assert bands(attrs.evolve(invoice("F1", 5), payments=parts))[1] == 70


def test_a_credit_note_is_negative_in_its_own_band() -> None:
    found = age_receivables(
        (invoice("F1", 40), invoice("G1", 5, "-30"), invoice("G2", 400, "-1")), BANDS, as_of=AS_OF
    )
    amounts = tuple(map(cny, ("0", "-30", "100", "0", "-1")))
    assert found.accounts == (AgedAccount("K01", amounts, 3, 40),)
    assert found.total == found.accounts[0].total == cny("69")


@pytest.mark.parametrize(("disputed", "left"), [("count", 140), ("skip", 100)])
def test_disputed_invoices_are_in_the_bands_or_beside_them(disputed: str, left: int) -> None:
    policy = attrs.evolve(BANDS, disputed=disputed)
    book = (invoice("F1", 5), invoice("F2", 5, "40", disputed=True))
    found = age_receivables(book, policy, as_of=AS_OF)
    assert (found.total, found.disputed) == (cny(str(left)), cny("40"))
    assert found.accounts[0].count == (2 if disputed == "count" else 1)


def test_accounts_come_in_order_and_only_with_something_open() -> None:
    paid = attrs.evolve(invoice("F4", 5, account="K00"), paid=AS_OF)
    book = (invoice("F1", 5, account="K02"), invoice("F2", -5), invoice("F3", 95), paid)
    found = age_receivables(book, BANDS, as_of=AS_OF)
    assert [(one.account, one.count, one.oldest_days) for one in found.accounts] == [
        ("K01", 2, 95),
        ("K02", 1, 5),
    ]
    assert [int(money.amount) for money in found.totals] == [100, 100, 0, 0, 100]


def test_what_is_not_due_yet_has_no_days() -> None:
    (account,) = age_receivables((invoice("F1", -7),), BANDS, as_of=AS_OF).accounts
    assert account.oldest_days == 0


def test_nothing_is_open_in_an_empty_ledger() -> None:
    found = age_receivables((), BANDS, as_of=AS_OF, currency="CNY")
    assert (found.accounts, found.total, found.rows()) == ((), cny("0"), [])


# --- how it is shown --------------------------------------------------------------------------

BOOK = (
    invoice("F1", -3, "1234.50", account="0379-NEVHP"),
    invoice("F2", 31, "80", account="0379-NEVHP", disputed=True),
    invoice("F3", 100, "20.25", account="K2"),
)


def test_rows_are_plain_values() -> None:
    assert age_receivables(BOOK, BANDS, as_of=AS_OF).rows()[0] == {
        "account": "0379-NEVHP",
        "not_due": Decimal("1234.50"),
        "1-30": Decimal(0),
        "31-60": Decimal(80),
        "61-90": Decimal(0),
        "over_90": Decimal(0),
        "total": Decimal("1314.50"),
        "invoices": 2,
        "oldest_days": 31,
    }


def test_the_report_in_english() -> None:
    assert age_receivables(BOOK, BANDS, as_of=AS_OF).text("en").splitlines() == [
        "Open on 2013-06-30, by days since the due date, in CNY",
        "account     not yet due  1–30 days  31–60 days  61–90 days  over 90 days     total",
        "0379-NEVHP     1,234.50       0.00       80.00        0.00          0.00  1,314.50",
        "K2                 0.00       0.00        0.00        0.00         20.25     20.25",
        "total          1,234.50       0.00       80.00        0.00         20.25  1,334.75",
        "of this in dispute: CNY 80.00",
    ]


def test_the_report_in_chinese() -> None:
    policy = attrs.evolve(BANDS, disputed="skip")
    assert age_receivables(BOOK, policy, as_of=AS_OF).text("zh").splitlines() == [
        "截至2013年6月30日的应收账款账龄（自到期日起算，单位：元）",
        "客户          未到期  1–30 天  31–60 天  61–90 天  超过 90 天      合计",
        "0379-NEVHP  1,234.50     0.00      0.00      0.00        0.00  1,234.50",
        "K2              0.00     0.00      0.00      0.00       20.25     20.25",
        "合计        1,234.50     0.00      0.00      0.00       20.25  1,254.75",
        "另有争议款项（未计入）：80.00 元",
    ]


def test_a_report_without_disputes_names_another_currency() -> None:
    dollars = Invoice(number="F1", account="K01", due=AS_OF, amount=Money(7, "USD"), issued=AS_OF)
    policy = AgeingBands(edges=(30,), counted_from="issued")
    assert age_receivables((dollars,), policy, as_of=AS_OF).text("zh").splitlines() == [
        "截至2013年6月30日的应收账款账龄（自开票日起算，单位：美元）",
        "客户  30 天以内  超过 30 天  合计",
        "K01        7.00        0.00  7.00",
        "合计       7.00        0.00  7.00",
    ]


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"edges": ()}, r"edges \(\); pass at least one number of days, 0 or more"),
        ({"edges": (-1, 30)}, r"edges \(-1, 30\); pass at least one number of days, 0 or more"),
        ({"edges": (0, True)}, r"edges \(0, True\); pass at least one number of days"),
        ({"edges": (30, 30)}, r"edges \(30, 30\): 30 follows 30; let them rise"),
        ({"edges": (0, 60, 30)}, r"edges \(0, 60, 30\): 30 follows 60; let them rise"),
        ({"edges": (0, 30.0)}, "AgeingBands.edges holds 30.0; pass int"),
        ({"edges": 30}, "AgeingBands.edges is 30; pass a tuple"),
        ({"counted_from": "issue"}, "'issue' is no named convention; did you mean 'issued'"),
        ({"disputed": "no"}, "'no' is no named convention; known are 'count', 'skip'"),
        ({"source": "S4-8a"}, "AgeingBands.source is 'S4-8a'; pass Source"),
    ],
)
def test_bands_that_cannot_be_are_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        attrs.evolve(BANDS, **given)


def test_two_currencies_are_refused() -> None:
    dollars = attrs.evolve(invoice("F2", 5), amount=Money(1, "USD"))
    with pytest.raises(CurrencyMismatch, match="CNY meets USD; convert one of them first"):
        age_receivables((invoice("F1", 5), dollars), BANDS, as_of=AS_OF)
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        age_receivables((dollars,), BANDS, as_of=AS_OF, currency="CNY")


def test_an_invoice_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName, match="invoice 'F1' appears twice"):
        age_receivables((invoice("F1", 5), invoice("F1", 9)), BANDS, as_of=AS_OF)


def test_an_invoice_without_a_date_of_issue_has_no_days_from_it() -> None:
    with pytest.raises(InputError, match='F1 has no date of issue; pass issued, or count from "du'):
        bands(invoice("F1", 5), policy=AgeingBands(counted_from="issued"))


def test_an_empty_ledger_needs_its_currency() -> None:
    with pytest.raises(InputError, match='no invoice tells the currency; pass currency="CNY"'):
        age_receivables((), BANDS, as_of=AS_OF)


def test_an_instant_is_no_day() -> None:
    with pytest.raises(NotADate, match="as_of"):
        age_receivables(BOOK, BANDS, as_of=datetime(2013, 6, 30))


def test_the_result_is_a_value() -> None:
    found = age_receivables(BOOK, BANDS, as_of=AS_OF)
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found) == hash(age_receivables(reversed(BOOK), BANDS, as_of=AS_OF))
