"""Ageing, reminders, suspension and late interest in words, in both languages."""

import pytest
from attrs import evolve
from tests.money import AGEING, DUNNING, INTEREST, MANAGER, SUSPENSION

from kamcore.credit import AgeingBands, DunningLevel, DunningPolicy
from kamcore.decision import Policy
from kamcore.rulebook import describe
from kamcore.values import Label, Ratio, Source


def lines(policy: Policy) -> tuple[list[str], list[str]]:
    """Return the description in English and in Chinese."""
    return describe(policy, "en").splitlines(), describe(policy, "zh").splitlines()


def test_ageing() -> None:
    english, chinese = lines(AGEING)
    assert english == [
        "Ageing of receivables, by days since the date of issue [X-1, article 1]",
        "  bands: up to 0 days, 1–7 days, 8–30 days, day 31, 32–90 days, over 90 days",
        "  own: calendar days; the last day of a band belongs to it",
        "  own: a credit note stands in the band of its own date, below 0",
        "  own: disputed invoices stand beside the bands",
    ]
    assert chinese == [
        "应收账款账龄（自开票日起算）（X-1 第一条）",
        "  分段：0 天以内、1–7 天、8–30 天、31 天、32–90 天、超过 90 天",
        "  口径：按自然日计算，每段含其最后一天",
        "  口径：红字发票按其自身日期以负数计入",
        "  口径：有争议的发票不计入各段，另行列示",
    ]


def test_reminders() -> None:
    english, chinese = lines(DUNNING)
    assert english == [
        "Reminders of unpaid invoices [X-2]",
        "  own: the text gives no figures; those below are the company's",
        "  friendly reminder: 5 days after the due date, without a fee [X-1, article 1]",
        "  formal reminder: 10 days after the last reminder, with a fee of CNY 20.00",
        (
            "  reminder “final”: at the end of the month reached 60 days after the due date, "
            "with a fee of 1% of what is open"
        ),
        "  own: calendar days; on the day named the reminder is due already",
        "  own: a fee that is a share is rounded to the nearest, a half away from zero",
        (
            "  no reminder while the arrears of the account are below CNY 50.00 or USD 10.00; "
            "own: other currencies have no minimum"
        ),
        "  two reminders of an invoice are at least 7 days apart",
        (
            "  own: an old debt starts at the highest level reached; from there on no level is "
            "left out"
        ),
        "  own: the next level follows also where a reminder was not sent",
        "  own: disputed invoices are reminded of as any other",
        "  own: credit notes past due are deducted; who then owes nothing is not reminded",
    ]
    assert chinese == [
        "欠费催缴（X-2）",
        "  口径：原文未写明具体数值，以下数值由公司自定",
        "  友情提醒：到期后 5 天，不收费（X-1 第一条）",
        "  书面催缴：上次催缴后 10 天，收取催缴费 20.00 元",
        "  “final”催缴：到期后 60 天所在月的月末，按未付金额的 1% 收取催缴费",
        "  口径：按自然日计算，届满当日即发出催缴",
        "  口径：按比例收取的费用四舍五入",
        (
            "  客户欠费合计低于催缴起点金额（50.00 元、10.00 美元）的，不予催缴；口径："
            "其他币种不设起点"
        ),
        "  同一发票的两次催缴至少间隔 7 天",
        "  口径：旧欠首次催缴即按已达到的最高一级发出，此后逐级进行，不跳级",
        "  口径：上一级催缴未发出的，照常升级",
        "  口径：有争议的发票照常催缴",
        "  口径：到期的红字发票予以抵减，抵减后无欠费的不催缴",
    ]


def test_suspension() -> None:
    english, chinese = lines(SUSPENSION)
    assert english == [
        "Suspension for arrears [X-2]",
        "  own: the text gives no figures; those below are the company's",
        "  only while payment is refused: “payment is refused” says yes",
        "  own: not confirmed counts as no: payment is refused",
        "  only once something is 30 days past due, from that day on",
        "  only for arrears of CNY 500.00 or more",
        "  it is for the account manager to suspend, by hand",
        "  own: restored automatically once nothing is past due",
        "  own: disputed invoices do not count",
        "  own: credit notes past due are deducted",
    ]
    assert chinese == [
        "欠费停机（X-2）",
        "  口径：原文未写明具体数值，以下数值由公司自定",
        "  仅限拒不交费的：“拒不交费”为是",
        "  口径：“拒不交费”尚未确认的，视为否",
        "  逾期满 30 天的，当日起可停机",
        "  欠费达到 500.00 元方可停机",
        "  停机方式：由客户经理手工办理",
        "  口径：逾期欠费全部付清后，自动复机",
        "  口径：有争议的发票不计入",
        "  口径：到期的红字发票抵减欠费",
    ]


def test_late_interest() -> None:
    english, chinese = lines(INTEREST)
    assert english == [
        "Late interest [X-1, article 1]",
        "  18.25% a year (0.05% a day), by actual days over 365",
        (
            "  simple interest on what is left to pay after the due date, the day of payment "
            "included"
        ),
        "  what is paid within 3 days of the due date bears none",
        "  own: what is left after these days bears it from the day after the last of them",
        "  interest below CNY 5.00 an invoice is not charged",
        "  own: a disputed invoice bears no interest",
        (
            "  own: what has accrued stays owed when the invoice is settled; a credit note "
            "bears none"
        ),
        (
            "  own: added up exactly, and rounded once for each invoice (rounded to the "
            "nearest, a half away from zero)"
        ),
    ]
    assert chinese == [
        "逾期利息（X-1 第一条）",
        "  年利率 18.25%（日利率 0.05%），按实际天数/365 计算",
        "  对到期日后仍未付的款项计单利，付款当日计息",
        "  到期日后 3 天的宽限期内付清的款项不计息",
        "  口径：宽限期满仍未付的款项，自宽限期最后一日的次日起计息",
        "  单张发票利息低于 5.00 元的，不予收取",
        "  口径：有争议的发票暂不计息",
        "  口径：发票结清后，此前已计利息仍应支付；红字发票不计息",
        "  口径：精确累计后，每张发票取整一次（四舍五入）",
    ]


def test_ageing_by_default() -> None:
    english, chinese = lines(AgeingBands())
    assert english == [
        "Ageing of receivables, by days since the due date",
        "  bands: not yet due, 1–30 days, 31–60 days, 61–90 days, over 90 days",
        "  own: calendar days; the last day of a band belongs to it",
        "  own: a credit note stands in the band of its own date, below 0",
        "  own: disputed invoices stand in the bands, and are told beside them",
    ]
    assert chinese == [
        "应收账款账龄（自到期日起算）",
        "  分段：未到期、1–30 天、31–60 天、61–90 天、超过 90 天",
        "  口径：按自然日计算，每段含其最后一天",
        "  口径：红字发票按其自身日期以负数计入",
        "  口径：有争议的发票计入各段，并另行列示",
    ]


def test_reminders_by_default() -> None:
    english, chinese = lines(DunningPolicy(levels=(DunningLevel("first", 0),)))
    assert english == [
        "Reminders of unpaid invoices",
        "  reminder “first”: on the due date, without a fee",
        "  own: calendar days; on the day named the reminder is due already",
        "  own: there is a reminder of any amount",
        "  own: two reminders of an invoice are at least 1 day apart",
        "  own: an old debt starts at the first level; no level is left out",
        "  own: nothing further follows a reminder that was not sent",
        "  own: there is no reminder of a disputed invoice",
        "  own: credit notes past due are deducted; who then owes nothing is not reminded",
    ]
    assert chinese == [
        "欠费催缴",
        "  “first”催缴：到期当日，不收费",
        "  口径：按自然日计算，届满当日即发出催缴",
        "  口径：不论金额大小均催缴",
        "  口径：同一发票的两次催缴至少间隔 1 天",
        "  口径：旧欠从第一级开始催缴，逐级进行，不跳级",
        "  口径：上一级催缴未发出的，不再升级",
        "  口径：有争议的发票不催缴",
        "  口径：到期的红字发票予以抵减，抵减后无欠费的不催缴",
    ]


def test_a_minimum_of_an_invoice() -> None:
    english, chinese = lines(
        evolve(DUNNING, minimum=DUNNING.minimum[0], minimum_of="invoice", interval_days=1)
    )
    assert (
        "  no reminder while what is open of an invoice is below CNY 50.00; "
        "own: other currencies have no minimum"
    ) in english
    assert (
        "  单张发票未付金额低于催缴起点金额（50.00 元）的，不予催缴；口径：其他币种不设起点"
    ) in chinese
    assert "  two reminders of an invoice are at least 1 day apart" in english
    assert "  同一发票的两次催缴至少间隔 1 天" in chinese


def test_a_suspension_without_refusal_amount_and_hand() -> None:
    policy = evolve(
        SUSPENSION,
        refusal=None,
        after_days=1,
        at_least=None,
        how="automatic",
        restore="by_hand",
        disputed="count",
        source=None,
    )
    english, chinese = lines(policy)
    assert english == [
        "Suspension for arrears",
        "  own: no refusal to pay is asked for",
        "  only once something is 1 day past due, from that day on",
        "  own: for arrears of any amount",
        "  suspended automatically",
        "  own: it is for the account manager to restore by hand, once nothing is past due",
        "  own: disputed invoices count as any other",
        "  own: credit notes past due are deducted",
    ]
    assert chinese == [
        "欠费停机",
        "  口径：不以拒不交费为前提",
        "  逾期满 1 天的，当日起可停机",
        "  口径：不论欠费金额大小",
        "  停机方式：自动停机",
        "  口径：逾期欠费全部付清后，由客户经理手工办理复机",
        "  口径：有争议的发票照常计入",
        "  口径：到期的红字发票抵减欠费",
    ]
    nobody = lines(evolve(policy, restore="automatic", seat=None))
    assert nobody[0][5] == "  own: restored automatically once nothing is past due"
    assert nobody[1][5] == "  口径：逾期欠费全部付清后，自动复机"
    assert MANAGER.label.zh not in "".join(nobody[1])


def test_interest_by_default() -> None:
    policy = evolve(
        INTEREST,
        yearly=Ratio.percent(6),
        day_count="30/360",
        grace_days=0,
        minimum=None,
        disputed="count",
        source=None,
    )
    english, chinese = lines(policy)
    assert english == [
        "Late interest",
        "  6% a year, by 30/360",
        (
            "  own: 30/360 is the bond basis: every month counts 30 days, in one go from the "
            "first day"
        ),
        "  simple interest on what is left to pay after the due date, the day of payment included",
        "  own: there is no grace",
        "  own: interest of any amount is charged",
        "  own: disputed invoices bear interest as any other",
        "  own: what has accrued stays owed when the invoice is settled; a credit note bears none",
        (
            "  own: added up exactly, and rounded once for each invoice "
            "(rounded to the nearest, a half away from zero)"
        ),
    ]
    assert chinese == [
        "逾期利息",
        "  年利率 6%，按 30/360 计算",
        "  口径：30/360 采用债券基准：每月按 30 天计，自起息日连续计算",
        "  对到期日后仍未付的款项计单利，付款当日计息",
        "  口径：不设宽限期",
        "  口径：利息不论金额大小均收取",
        "  口径：有争议的发票照常计息",
        "  口径：发票结清后，此前已计利息仍应支付；红字发票不计息",
        "  口径：精确累计后，每张发票取整一次（四舍五入）",
    ]


@pytest.mark.parametrize(
    ("yearly", "day_count", "english", "chinese"),
    [
        (Ratio(5 * 365, 10_000), "actual/365", " (0.05% a day)", "（日利率 0.05%）"),
        (Ratio.percent(18), "actual/360", " (0.05% a day)", "（日利率 0.05%）"),
        (Ratio.percent(18), "actual/365", "", ""),
        (Ratio.percent(18), "actual/actual", "", ""),
    ],
)
def test_a_daily_rate_is_told_where_it_is_exact(
    yearly: Ratio, day_count: str, english: str, chinese: str
) -> None:
    found, found_zh = lines(evolve(INTEREST, yearly=yearly, day_count=day_count))
    assert found[1].startswith(f"  {yearly} a year{english}, by actual days over ")
    assert found_zh[1].startswith(f"  年利率 {yearly}{chinese}，按实际天数/")


def test_after_a_grace_interest_counts_from_the_due_date() -> None:
    found, found_zh = lines(evolve(INTEREST, counted_from="due", grace_days=1))
    assert found[3:5] == [
        "  what is paid within 1 day of the due date bears none",
        "  own: what is left after these days bears it from the day after the due date",
    ]
    assert found_zh[3:5] == [
        "  到期日后 1 天的宽限期内付清的款项不计息",
        "  口径：宽限期满仍未付的款项，自到期日次日起计息",
    ]


@pytest.mark.parametrize(
    ("mark", "blank"),
    [
        ("form", True),
        ("rule", True),
        ("cut", True),
        ("figure", False),
        ("company", False),
        ("own", False),
        ("external", False),
    ],
)
def test_figures_that_the_clause_does_not_have_are_marked(mark: str, *, blank: bool) -> None:
    source = Source("S4-8d", Label("title", "标题"), mark=mark)  # type: ignore[arg-type]
    for policy in (SUSPENSION, DUNNING, AGEING, INTEREST):
        english, chinese = lines(evolve(policy, source=source))
        assert (
            english[1] == "  own: the text gives no figures; those below are the company's"
        ) is blank
        assert (chinese[1] == "  口径：原文未写明具体数值，以下数值由公司自定") is blank
