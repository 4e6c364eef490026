"""The example inside Tryton: its journey, and Tryton's own classes as oracle for kamcore."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kamcore.credit import UNLIMITED, CreditLimit, find_exposure
from kamcore.errors import InputError, PolicyError
from kamcore.values import Money

pytest.importorskip("trytond", reason="Tryton has an environment of its own: dev.py tryton")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:trytond")

EXAMPLES = Path(__file__).parents[2] / "examples" / "tryton"
TODAY = date(2025, 9, 15)
Job = Callable[[], None]
Row = tuple[str, Decimal | None, tuple[dict[str, int], ...]]


class Shop:
    """The example's modules, and its database for jobs that leave no trace."""

    def __init__(self, folder: Path) -> None:
        self.glue: ModuleType = importlib.import_module("tryton_shop")
        self.billing: ModuleType = importlib.import_module("tryton_billing")
        self.pool = self.glue.new_shop(folder / "tested.sqlite", self.billing.HOOKS)
        own = importlib.import_module("trytond.modules.account_invoice.payment_term")
        self.compute, self.gives_up = own.PaymentTerm.compute, own.PaymentTermComputeError
        self.user_error: type[Exception] = self.billing.UserError

    def do(self, job: Job, **context: object) -> None:
        def forgotten() -> None:
            job()
            self.billing.Transaction().rollback()

        self.glue.work(self.pool, forgotten, **context)

    def party(self, code: str) -> SimpleNamespace:
        return self.glue.the("party.party", code=code)

    def term(self, rows: tuple[Row, ...]) -> SimpleNamespace:
        """Return a term that is not stored: of each line type, share or amount, deltas."""
        lines = []
        for kind, takes, deltas in rows:
            steps = [{**one, "weekday": weekday(self, one.get("weekday"))} for one in deltas]
            line = self.glue.term_line(None if kind == "fixed" else takes, *steps)
            line.type = kind
            if kind == "fixed":
                line.amount, line.currency = takes, self.yuan()
            lines.append(line)
        made = self.glue.new("account.invoice.payment_term", name="a term", lines=lines)
        made.rec_name = made.name  # Tryton says it when it gives up
        return made

    def yuan(self) -> SimpleNamespace:
        return self.glue.the("currency.currency", code="CNY")

    def planned(self, term: SimpleNamespace, amount: Decimal, day: date) -> list[object]:
        plan = self.billing.ask_plan(amount, self.yuan(), term, day).value
        return [(due.day, due.amount.amount) for due in plan.dues]


def weekday(shop: Shop, index: int | None) -> object:
    return None if index is None else shop.glue.the("ir.calendar.day", index=index)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(EXAMPLES)
        return Shop(tmp_path_factory.mktemp("tryton"))


# --- the journey ----------------------------------------------------------------------------


@cache
def told(lang: str) -> str:
    done = subprocess.run(  # noqa: S603 - the example itself
        [sys.executable, EXAMPLES / "tryton_billing.py", "--lang", lang],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "East Harbour Energy (class A) orders 100 pumps.\n  Price: CNY 1,200.00 a unit"),
        ("en", "  Price: CNY 1,312.50 a unit"),
        ("en", "order PO-A100 of CNY 135,600.00 is allowed"),
        ("en", "order PO-B40 of CNY 56,500.00 needs the approval of the sales director"),
        ("en", "the order reduced to CNY 50,050.00"),
        ("en", "Lakeside Foods (class B) orders 35 pumps.\n"),
        ("en", "order PO-C20 of CNY 28,250.00 is allowed: CNY 6,325.00 of the credit limit"),
        ("en", "the account has CNY 2,650.00 overdue for more than 30 days"),
        ("en", "Due: CNY 135,600.00 is due on 2025-10-30\n"),
        (
            "en",
            "CNY 14,831.25 on 2025-10-30, CNY 14,831.25 on 2025-11-29, CNY 19,775.00 on 2025-12",
        ),
        ("en", "Due: CNY 28,250.00 is due on 2025-11-14\n"),
        ("zh", "East Harbour Energy（A类）订购泵 100 台。\n  价格：A类可按单价 1,200.00 元"),
        ("zh", "订单 PO-A100（135,600.00 元）可以放行"),
        ("zh", "订单 PO-B40（56,500.00 元）须经销售总监批准：超出信用额度 6,450.00 元"),
        ("zh", "将订单金额减至 50,050.00 元"),
        ("zh", "  到期：135,600.00 元应于2025年10月30日付清"),
        ("zh", "49,437.50 元分 3 期支付：2025年10月30日 14,831.25 元"),
    ],
)
def test_the_journey_tells_every_answer(lang: str, line: str) -> None:
    assert line in told(lang)


@pytest.mark.parametrize(
    ("lang", "kept", "booked"),
    [
        (
            "en",
            "Tryton keeps the order as a draft.",
            "Tryton finds the same days and amounts, and has booked them.",
        ),
        (
            "zh",
            "该订单在 Tryton 中保留为草稿。",
            "Tryton 算得的到期日和金额与此一致，并已入账。",
        ),
    ],
)
def test_what_may_not_go_out_stays_a_draft_and_the_rest_is_booked(
    lang: str, kept: str, booked: str
) -> None:
    assert (told(lang).count(kept), told(lang).count(booked)) == (2, 3)


# --- payment terms --------------------------------------------------------------------------

BASES = st.dates(date(2000, 1, 1), date(2099, 12, 31))
AMOUNTS = st.decimals(Decimal(-2_000_000), Decimal(2_000_000), places=2)
AHEAD = st.fixed_dictionaries(
    {"days": st.integers(0, 120), "weeks": st.integers(0, 3)},
    optional={"weekday": st.integers(0, 6)},
)
LATER = st.fixed_dictionaries(
    {"months": st.integers(1, 6), "day": st.integers(1, 31), "days": st.integers(0, 45)}
)
MONTHS = st.fixed_dictionaries({"months": st.integers(1, 24)})
MONTH_END = st.fixed_dictionaries({"day": st.just(31), "days": st.integers(0, 120)})
DELTAS = st.one_of(
    st.tuples(),
    st.tuples(st.one_of(AHEAD, LATER, MONTHS, MONTH_END)),
    st.tuples(st.one_of(LATER, MONTHS, MONTH_END), AHEAD),
)
SHARES = st.integers(1, 9_999).map(lambda part: Decimal(part).scaleb(-4))
PART: st.SearchStrategy[Row] = st.tuples(
    st.sampled_from(["percent", "percent_on_total"]), SHARES, DELTAS
)
REST: st.SearchStrategy[Row] = st.tuples(st.just("remainder"), st.none(), DELTAS)
TERMS = st.builds(lambda parts, rest: (*parts, rest), st.lists(PART, max_size=4), REST)


@pytest.mark.parametrize("name", ["net 30", "30/30/40", "end of month + 45"])
@pytest.mark.parametrize("day", [date(2024, 1, 31), date(2024, 2, 29), date(2025, 9, 30)])
@pytest.mark.parametrize("amount", ["0.00", "0.01", "0.05", "100.00", "49437.51", "-33.33"])
def test_a_stored_term_gives_what_tryton_computes(
    shop: Shop, name: str, day: date, amount: str
) -> None:
    def compare() -> None:
        term = shop.glue.the("account.invoice.payment_term", name=name)
        own = shop.compute(term, Decimal(amount), shop.yuan(), day)
        assert shop.planned(term, Decimal(amount), day) == own

    shop.do(compare)


def test_any_term_gives_what_tryton_computes_and_adds_up_where_tryton_gives_up(
    shop: Shop,
) -> None:
    @given(rows=TERMS, amount=AMOUNTS, day=BASES)
    @example(
        rows=(
            ("percent", Decimal("0.33333333"), ({"days": 30},)),
            ("percent", Decimal("0.5"), ({"days": 60},)),
            ("remainder", None, ({"days": 90},)),
        ),
        amount=Decimal("100.00"),
        day=date(2024, 1, 31),
    )
    def compare(rows: tuple[Row, ...], amount: Decimal, day: date) -> None:
        term = shop.term(rows)
        try:
            found = shop.planned(term, amount, day)
        except PolicyError:  # shares of more than the total
            assume(False)
        try:
            own = shop.compute(term, amount, shop.yuan(), day)
        except shop.gives_up:
            assert sum(part for _, part in found) == amount
        else:
            assert found == [part for part in own if part[1] or not amount]

    shop.do(compare)


def test_shares_of_more_than_all_are_refused_where_tryton_books_a_part_of_nothing(
    shop: Shop,
) -> None:
    def compare() -> None:
        first, second = Decimal("0.8334"), Decimal("0.1667")
        parts = (("percent", first, ()), ("percent_on_total", second, ()))
        term, amount = shop.term((*parts, ("remainder", None, ()))), Decimal("0.03")
        assert shop.compute(term, amount, shop.yuan(), TODAY) == [(TODAY, amount), (TODAY, 0)]
        with pytest.raises(shop.user_error, match=r"instalment 2 of 3 takes 16\.67% of"):
            term.compute(amount, shop.yuan(), TODAY)

    shop.do(compare)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_fixed_amount_comes_first_and_a_credit_note_mirrors_it(shop: Shop, sign: int) -> None:
    def compare() -> None:
        term = shop.term((("fixed", Decimal(40), ()), ("remainder", None, ({"days": 30},))))
        amount = sign * Decimal("100.00")
        own = shop.compute(term, amount, shop.yuan(), TODAY)
        assert [part for _, part in own] == [sign * 40, sign * 60]
        assert shop.planned(term, amount, TODAY) == own

    shop.do(compare)


def test_where_a_part_rounds_beyond_what_is_left_only_kamcore_has_a_plan(shop: Shop) -> None:
    def compare() -> None:
        half = ("percent_on_total", Decimal("0.5"), ())
        term, amount = shop.term((half, half, ("remainder", None, ()))), Decimal("0.03")
        with pytest.raises(shop.gives_up):
            shop.compute(term, amount, shop.yuan(), TODAY)
        assert shop.planned(term, amount, TODAY) == [
            (TODAY, Decimal("0.02")),
            (TODAY, Decimal("0.01")),
        ]

    shop.do(compare)


def test_a_fixed_amount_of_more_than_the_invoice_is_refused_by_both(shop: Shop) -> None:
    def compare() -> None:
        term = shop.term((("fixed", Decimal(40), ()), ("remainder", None, ())))
        with pytest.raises(shop.gives_up):
            shop.compute(term, Decimal(30), shop.yuan(), TODAY)
        with pytest.raises(InputError, match=r"instalment 1 takes CNY 40\.00"):
            shop.planned(term, Decimal(30), TODAY)

    shop.do(compare)


@pytest.mark.parametrize(
    ("delta", "said"),
    [
        ({"day": 10}, r"a term: instalment: the 10th of the month may lie before the day"),
        ({"days": -5}, r"a term: days -5; pass 1 to"),
    ],
)
def test_a_term_that_kamcore_refuses_stops_the_posting_with_the_mend(
    shop: Shop, delta: dict[str, int], said: str
) -> None:
    def refuse() -> None:
        term = shop.term((("remainder", None, (delta,)),))
        with pytest.raises(shop.user_error, match=said):
            term.compute(Decimal(30), shop.yuan(), TODAY)

    shop.do(refuse)


def test_a_fixed_month_has_no_date_step(shop: Shop) -> None:
    def refuse() -> None:
        term = shop.term((("remainder", None, ({},)),))
        term.lines[0].relativedeltas[0].month = shop.glue.the("ir.calendar.month", index=12)
        with pytest.raises(shop.user_error, match=r"a fixed month \(December\)"):
            term.compute(Decimal(30), shop.yuan(), TODAY)

    shop.do(refuse)


def test_a_difference_from_tryton_stops_the_posting(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = shop.billing.ask_plan
    monkeypatch.setattr(
        shop.billing, "ask_plan", lambda amount, *rest: ask(amount + Decimal("0.01"), *rest)
    )

    def refuse() -> None:
        term = shop.glue.the("account.invoice.payment_term", name="net 30")
        with pytest.raises(shop.user_error, match=r"net 30: Tryton has .*, kamcore "):
            term.compute(Decimal(30), shop.yuan(), TODAY)

    shop.do(refuse)


# --- what a customer owes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "owed"), [("A", 169_500), ("B", 29_325), ("C", 25_425), ("D", 2_650)]
)
def test_the_exposure_is_tryton_s_receivable_and_orders_with_tax(
    shop: Shop, code: str, owed: int
) -> None:
    def compare() -> None:
        party, billing = shop.party(code), shop.billing
        found = find_exposure(
            code,
            billing.CREDIT,
            invoices=billing.invoices_of(party),
            commitments=billing.orders_of(party),
            as_of=TODAY,
            currency="CNY",
        ).value
        assert found.invoices + found.credit_notes == Money(owed, "CNY")
        assert party.receivable == owed
        orders = party.credit_amount - party.receivable
        assert found.orders.amount == orders * Decimal("1.13")

    shop.do(compare, date=TODAY)


@pytest.mark.parametrize(
    ("code", "invoices"),
    [
        (
            "B",
            [
                ("2025-2-1", "2025-07-02", 25_425, None, {"2025-07-01": 25_425}),
                ("2025-2-2", "2025-08-01", 25_425, None, {"2025-08-12": 25_425}),
                ("2025-2-3", "2025-08-31", 33_900, None, {"2025-08-12": 4_575}),
            ],
        ),
        (
            "C",
            [
                ("2025-3", "2025-08-14", 33_900, "2025-08-29", {}),
                ("2025-5", "2025-09-14", 28_250, None, {}),
                ("2025-6", "2025-10-15", -2_825, None, {}),
            ],
        ),
        ("D", [("2025-1", "2025-06-11", 5_650, None, {"2025-06-30": 3_000})]),
    ],
)
def test_every_instalment_is_an_invoice_and_payments_settle_the_earliest(
    shop: Shop, code: str, invoices: list[object]
) -> None:
    def compare() -> None:
        found = sorted(shop.billing.invoices_of(shop.party(code)), key=lambda one: one.number)
        assert [
            (
                one.number,
                str(one.due),
                one.amount.amount,
                None if one.paid is None else str(one.paid),
                {str(payment.day): payment.amount.amount for payment in one.payments},
            )
            for one in found
        ] == invoices

    shop.do(compare)


def test_an_order_that_is_invoiced_counts_once(shop: Shop) -> None:
    def compare() -> None:
        party, billing = shop.party("B"), shop.billing
        (before,) = billing.orders_of(party)
        order = shop.glue.the("sale.sale", number=before.number)
        (invoice,) = order.invoices
        invoice.invoice_date = TODAY
        invoice.save()
        invoice.post([invoice])
        (after,) = billing.orders_of(party)
        assert (before.on_credit.amount, after.on_credit.amount) == (70_625, 0)
        left = sum(one.open_on(TODAY).minor for one in billing.invoices_of(party))
        assert left == 100 * party.receivable == 100 * (29_325 + 70_625)

    shop.do(compare, date=TODAY)


def test_a_customer_without_a_class_has_no_price(shop: Shop) -> None:
    def refuse() -> None:
        party = shop.glue.new("party.party", name="Newcomer", categories=[])
        with pytest.raises(shop.user_error, match=r"Newcomer has no class; add a category such as"):
            shop.billing.tier_of(party)

    shop.do(refuse)


def test_no_limit_and_a_limit_of_nothing_are_two_things(shop: Shop) -> None:
    def compare() -> None:
        limits = [shop.billing.limit_of(shop.party(code)) for code in "ABD"]
        nothing, some = CreditLimit.up_to(Money(0, "CNY")), CreditLimit.up_to(Money(150_000, "CNY"))
        assert limits == [UNLIMITED, some, nothing]

    shop.do(compare, company=1)


# --- where Tryton asks ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "quantity", "price"),
    [
        ("A", 1, "1250"),
        ("A", 49.5, "1250"),
        ("A", 50, "1225"),
        ("B", 100, "1200"),
        ("D", 2, "1312.5"),
    ],
)
def test_a_line_typed_by_hand_has_the_price_of_the_class(
    shop: Shop, code: str, quantity: float, price: str
) -> None:
    def compare() -> None:
        invoice = shop.glue.new("account.invoice", type="out", party=shop.party(code))
        invoice.invoice_date, invoice.currency = TODAY, shop.yuan()
        line = shop.glue.new("account.invoice.line", type="line", invoice=invoice)
        line.quantity, line.product = quantity, shop.glue.the("product.product", code="P-40")
        line.on_change_product()
        assert line.unit_price == Decimal(price)

    shop.do(compare)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "needs the approval of"), ("zh_CN", "须经销售总监批准")]
)
def test_a_refused_order_says_why_in_the_language_of_the_user(
    shop: Shop, language: str, said: str
) -> None:
    def refuse() -> None:
        order = shop.glue.new_order("B", 36)
        with pytest.raises(shop.user_error, match=said):
            order.quote([order])
        assert order.state == "draft"

    shop.do(refuse, language=language)


def test_an_order_within_the_limit_becomes_a_quotation(shop: Shop) -> None:
    def allow() -> None:
        order = shop.glue.new_order("B", 35)
        order.quote([order])
        assert order.state == "quotation"

    shop.do(allow)
