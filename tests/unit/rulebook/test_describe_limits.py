"""Credit limits and consignment stock in words: every choice, in both languages."""

import pytest
from attrs import evolve
from tests.money import CONSIGNMENT, LIMITS, PLAIN_LIMITS, cny

from kamcore.credit import OverdueGate
from kamcore.decision import Policy
from kamcore.rulebook import describe
from kamcore.values import Ratio


def lines(policy: Policy) -> tuple[list[str], list[str]]:
    """Return the description in English and in Chinese."""
    return describe(policy, "en").splitlines(), describe(policy, "zh").splitlines()


def test_a_limit_with_every_choice_made_otherwise() -> None:
    english, chinese = lines(LIMITS)
    assert english == [
        "Credit limit [X-2]",
        "  own: the text gives no figures; those below are the company's",
        "  owed on credit are open orders, deliveries not invoiced",
        "  not counted: open invoices",
        "  own: of orders and deliveries, what is prepaid or invoiced in advance does not count",
        "  own: an order that ships more than 30 days after the day asked does not count yet",
        "  checked at: quote, order, invoice; not checked at: delivery",
        "  the limit may be exceeded by up to 5% of it (own: rounded down)",
        (
            "  nothing new passes while CNY 1,000.00 or more is overdue for more than 30 days "
            "[X-1, article 1]"
        ),
        "  own: calendar days after the due date; an open credit note pays nothing off",
        "  own: exceptions are approved by the finance director",
        "  own: disputed invoices do not count, nor are they taken for overdue",
        "  own: what is prepaid in full is checked as any other",
        "  own: orders accepted before stay accepted when the limit or a rule changes",
        "  own: an account that is blocked gets nothing, prepaid or not, and its orders are held",
    ]
    assert chinese == [
        "信用额度（X-2）",
        "  口径：原文未写明具体数值，以下数值由公司自定",
        "  计入信用占用：未交货订单、已发货未开票",
        "  不计入：未收款发票",
        "  口径：订单和发货中已预付或已提前开票的部分不计入",
        "  口径：发货日在查询日 30 天之后的订单暂不计入",
        "  信用检查环节：报价单、订单、发票；不检查：发货单",
        "  可超出信用额度，但不得超过其 5%（口径：金额向下取整）",
        "  逾期超过 30 天的款项达到 1,000.00 元的，停止放行（X-1 第一条）",
        "  口径：逾期天数自到期日次日起按自然日计算；未冲抵红字发票不抵减逾期款项",
        "  口径：例外由财务总监批准",
        "  口径：有争议的发票不计入，也不按逾期处理",
        "  口径：全额预付的订单照常检查",
        "  口径：额度或规定变更后，此前已接受的订单予以保留",
        "  口径：客户被冻结的，预付订单亦不放行，未交货订单一律暂停",
    ]


def test_a_limit_with_every_default() -> None:
    english, chinese = lines(PLAIN_LIMITS)
    assert english == [
        "Credit limit",
        "  owed on credit are open orders, deliveries not invoiced, open invoices",
        "  own: of orders and deliveries, what is prepaid or invoiced in advance does not count",
        "  own: an order counts whenever it ships",
        "  checked at: order, delivery; not checked at: quote, invoice",
        "  the limit may not be exceeded",
        "  nothing new passes while any amount is overdue",
        "  own: calendar days after the due date; an open credit note pays nothing off",
        "  own: exceptions are approved by the finance director",
        "  own: disputed invoices count as any other",
        "  own: open credit notes reduce what is owed",
        "  own: what is prepaid in full passes over the limit and over what is overdue",
        "  own: a changed limit or rule is applied to orders accepted before",
        "  own: an account that is blocked gets nothing, prepaid or not, and its orders are held",
    ]
    assert chinese == [
        "信用额度",
        "  计入信用占用：未交货订单、已发货未开票、未收款发票",
        "  口径：订单和发货中已预付或已提前开票的部分不计入",
        "  口径：订单不论何时发货均计入",
        "  信用检查环节：订单、发货单；不检查：报价单、发票",
        "  不得超出信用额度",
        "  有款项已逾期的，停止放行",
        "  口径：逾期天数自到期日次日起按自然日计算；未冲抵红字发票不抵减逾期款项",
        "  口径：例外由财务总监批准",
        "  口径：有争议的发票照常计入",
        "  口径：未冲抵红字发票冲减信用占用",
        "  口径：全额预付的订单不受信用额度和逾期款项的限制",
        "  口径：额度或规定变更后，此前已接受的订单一并复核",
        "  口径：客户被冻结的，预付订单亦不放行，未交货订单一律暂停",
    ]


def test_consignment_stock() -> None:
    english, chinese = lines(CONSIGNMENT)
    assert english == [
        "Consignment stock [X-2]",
        "  own: the text gives no figures; those below are the company's",
        (
            "  if (region is north and yearly trade > CNY 500,000.00) or a new account: up to "
            "CNY 200,000.00, what is held already included"
        ),
        "  own: more is approved by the sales director",
        "  own: while a missing fact could decide, no stock is given",
    ]
    assert chinese == [
        "铺货（X-2）",
        "  口径：原文未写明具体数值，以下数值由公司自定",
        (
            "  （区域是北区 且 年交易额 > 500,000.00 元） 或 新客户：铺货额度 200,000.00 "
            "元（含已铺货）"
        ),
        "  口径：超出额度的，由销售总监批准",
        "  口径：缺少的数据可能影响结论的，暂不铺货",
    ]


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        (
            {"overdue": None},
            "  own: what is overdue blocks nothing",
            "  口径：有逾期款项的，照常放行",
        ),
        (
            {"overdue": None},
            "  own: what is prepaid in full passes over the limit",
            "  口径：全额预付的订单不受信用额度的限制",
        ),
        ({"approver": None}, "  there are no exceptions", "  无例外"),
        (
            {"unapplied_credit": "skip"},
            "  own: open credit notes do not reduce what is owed",
            "  口径：未冲抵红字发票不冲减信用占用",
        ),
        (
            {"horizon_days": 1},
            "  own: an order that ships more than 1 day after the day asked does not count yet",
            "  口径：发货日在查询日 1 天之后的订单暂不计入",
        ),
        (
            {"tolerance": Ratio(1, 100)},
            "  the limit may be exceeded by up to 1% of it (own: rounded down)",
            "  可超出信用额度，但不得超过其 1%（口径：金额向下取整）",
        ),
        (
            {"overdue": OverdueGate(days=0, at_least=cny(1))},
            "  nothing new passes while CNY 1.00 or more is overdue",
            "  已逾期的款项达到 1.00 元的，停止放行",
        ),
        (
            {"overdue": OverdueGate(days=1)},
            "  nothing new passes while any amount is overdue for more than 1 day",
            "  有款项逾期超过 1 天的，停止放行",
        ),
        (
            {"checked_at": ("quote", "order", "delivery", "invoice")},
            "  checked at: quote, order, delivery, invoice",
            "  信用检查环节：报价单、订单、发货单、发票",
        ),
    ],
)
def test_choices(changes: dict[str, object], english: str, chinese: str) -> None:
    found, found_zh = lines(evolve(PLAIN_LIMITS, **changes))
    assert english in found
    assert chinese in found_zh
    assert english not in lines(PLAIN_LIMITS)[0]


def test_what_is_said_of_orders_and_deliveries_is_left_out_without_them() -> None:
    english, chinese = lines(evolve(PLAIN_LIMITS, counted=("invoices",)))
    assert english[1:4] == [
        "  owed on credit are open invoices",
        "  not counted: open orders, deliveries not invoiced",
        "  checked at: order, delivery; not checked at: quote, invoice",
    ]
    assert chinese[1:3] == ["  计入信用占用：未收款发票", "  不计入：未交货订单、已发货未开票"]
    assert "  own: open credit notes reduce what is owed" in english
    delivered = lines(evolve(PLAIN_LIMITS, counted=("deliveries",)))[0]
    assert "  own: disputed invoices count as any other" in delivered
    assert not any("credit notes" in line for line in delivered)
    free = lines(evolve(PLAIN_LIMITS, counted=("deliveries",), overdue=None))[0]
    assert not any("invoices count" in line for line in free)
    assert any(line.startswith("  own: of orders and deliveries") for line in delivered)
    assert not any("ships" in line for line in delivered)


def test_more_consignment_stock_is_refused_where_nobody_approves_it() -> None:
    english, chinese = lines(evolve(CONSIGNMENT, approver=None, source=None))
    assert english == [
        "Consignment stock",
        (
            "  if (region is north and yearly trade > CNY 500,000.00) or a new account: "
            "up to CNY 200,000.00, what is held already included"
        ),
        "  more is refused",
        "  own: while a missing fact could decide, no stock is given",
    ]
    assert chinese[2] == "  超出额度的，不予铺货"
