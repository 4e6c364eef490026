"""Ageing, reminders, suspension and late interest in words."""

from kamcore.credit import (
    AgeingBands,
    DayCount,
    DunningLevel,
    DunningPolicy,
    LateInterest,
    SuspensionPolicy,
)
from kamcore.credit._arrears_reasons import THIRTY
from kamcore.credit._interest import WORDS as DAY_COUNTS
from kamcore.decision import show
from kamcore.rulebook._lines import blank, cite
from kamcore.values import Lang, Ratio
from kamcore.values._words import counted

__all__ = ["describe_ageing", "describe_interest", "describe_reminders", "describe_suspension"]

AGED_FROM = {
    "en": {"due": "the due date", "issued": "the date of issue"},
    "zh": {"due": "到期日", "issued": "开票日"},
}
AGED = {
    "en": {
        "count": "  own: disputed invoices stand in the bands, and are told beside them",
        "skip": "  own: disputed invoices stand beside the bands",
    },
    "zh": {
        "count": "  口径：有争议的发票计入各段，并另行列示",
        "skip": "  口径：有争议的发票不计入各段，另行列示",
    },
}


def describe_ageing(policy: AgeingBands, lang: Lang) -> list[str]:
    """Return the bands, and what stands in them."""
    zh = lang == "zh"
    start = AGED_FROM[lang][policy.counted_from]
    head = (
        f"应收账款账龄（自{start}起算）" if zh else f"Ageing of receivables, by days since {start}"
    )
    bands = ("、" if zh else ", ").join(one.text(lang) for one in policy.labels)
    return [
        head + cite(policy.source, lang),
        *blank(policy.source, lang),
        f"  分段：{bands}" if zh else f"  bands: {bands}",
        (
            "  口径：按自然日计算，每段含其最后一天"
            if zh
            else "  own: calendar days; the last day of a band belongs to it"
        ),
        (
            "  口径：红字发票按其自身日期以负数计入"
            if zh
            else "  own: a credit note stands in the band of its own date, below 0"
        ),
        AGED[lang][policy.disputed],
    ]


# --- reminders ------------------------------------------------------------------------------

REMINDED: dict[Lang, dict[str, dict[object, str]]] = {
    "en": {
        "first": {
            "first": "  own: an old debt starts at the first level; no level is left out",
            "highest": "  own: an old debt starts at the highest level reached; from there on no "
            "level is left out",
        },
        "sent_first": {
            True: "  own: nothing further follows a reminder that was not sent",
            False: "  own: the next level follows also where a reminder was not sent",
        },
        "disputed": {
            "skip": "  own: there is no reminder of a disputed invoice",
            "count": "  own: disputed invoices are reminded of as any other",
        },
    },
    "zh": {
        "first": {
            "first": "  口径：旧欠从第一级开始催缴，逐级进行，不跳级",
            "highest": "  口径：旧欠首次催缴即按已达到的最高一级发出，此后逐级进行，不跳级",
        },
        "sent_first": {
            True: "  口径：上一级催缴未发出的，不再升级",
            False: "  口径：上一级催缴未发出的，照常升级",
        },
        "disputed": {
            "skip": "  口径：有争议的发票不催缴",
            "count": "  口径：有争议的发票照常催缴",
        },
    },
}
COVERED = {
    "en": "  own: credit notes past due are deducted; who then owes nothing is not reminded",
    "zh": "  口径：到期的红字发票予以抵减，抵减后无欠费的不催缴",
}


def describe_reminders(policy: DunningPolicy, lang: Lang) -> list[str]:
    """Return the levels with their days and fees, and what keeps a reminder back."""
    head = {"en": "Reminders of unpaid invoices", "zh": "欠费催缴"}[lang]
    lines = [head + cite(policy.source, lang), *blank(policy.source, lang)]
    lines += [_level(one, lang) for one in policy.levels]
    lines.append(
        {
            "en": "  own: calendar days; on the day named the reminder is due already",
            "zh": "  口径：按自然日计算，届满当日即发出催缴",
        }[lang]
    )
    if policy.rounding is not None:
        how = policy.rounding.label.text(lang)
        lines.append(
            {
                "en": f"  own: a fee that is a share is {how}",
                "zh": f"  口径：按比例收取的费用{how}",
            }[lang]
        )
    lines += [_minimum(policy, lang), _interval(policy, lang)]
    lines += [said[getattr(policy, name)] for name, said in REMINDED[lang].items()]
    return [*lines, COVERED[lang]]


def _level(one: DunningLevel, lang: Lang) -> str:
    colon = "：" if lang == "zh" else ": "
    return f"  {one.label.text(lang)}{colon}{one.when.text(lang)}{_fee(one, lang)}" + cite(
        one.source, lang
    )


def _fee(one: DunningLevel, lang: Lang) -> str:
    """Return the fee of a level in words."""
    if one.fee is None:
        return {"en": ", without a fee", "zh": "，不收费"}[lang]
    if isinstance(one.fee, Ratio):
        return {
            "en": f", with a fee of {one.fee} of what is open",
            "zh": f"，按未付金额的 {one.fee} 收取催缴费",
        }[lang]
    fee = show(one.fee, lang)
    return {"en": f", with a fee of {fee}", "zh": f"，收取催缴费 {fee}"}[lang]


def _minimum(policy: DunningPolicy, lang: Lang) -> str:
    """Return below which amounts there is no reminder."""
    if not policy.minimum:
        return {
            "en": "  own: there is a reminder of any amount",
            "zh": "  口径：不论金额大小均催缴",
        }[lang]
    least = ("、" if lang == "zh" else " or ").join(show(one, lang) for one in policy.minimum)
    of = {
        "en": {
            "account": "the arrears of the account are",
            "invoice": "what is open of an invoice is",
        },
        "zh": {"account": "客户欠费合计", "invoice": "单张发票未付金额"},
    }[lang][policy.minimum_of]
    return {
        "en": f"  no reminder while {of} below {least}; own: other currencies have no minimum",
        "zh": f"  {of}低于催缴起点金额（{least}）的，不予催缴；口径：其他币种不设起点",
    }[lang]


def _interval(policy: DunningPolicy, lang: Lang) -> str:
    days = counted(max(1, policy.interval_days), "day", "天").text(lang)
    said = {
        "en": f"two reminders of an invoice are at least {days} apart",
        "zh": f"同一发票的两次催缴至少间隔 {days}",
    }[lang]
    if policy.interval_days:
        return f"  {said}"
    return f"  口径：{said}" if lang == "zh" else f"  own: {said}"


# --- suspension -----------------------------------------------------------------------------


SUSPENDED: dict[Lang, dict[str, dict[object, str]]] = {
    "en": {
        "how": {
            "automatic": "  suspended automatically",
            "by_hand": "  it is for {seat} to suspend, by hand",
        },
        "restore": {
            "automatic": "  own: restored automatically once nothing is past due",
            "by_hand": "  own: it is for {seat} to restore by hand, once nothing is past due",
        },
        "disputed": {
            "skip": "  own: disputed invoices do not count",
            "count": "  own: disputed invoices count as any other",
        },
    },
    "zh": {
        "how": {
            "automatic": "  停机方式：自动停机",
            "by_hand": "  停机方式：由{seat}手工办理",
        },
        "restore": {
            "automatic": "  口径：逾期欠费全部付清后，自动复机",
            "by_hand": "  口径：逾期欠费全部付清后，由{seat}手工办理复机",
        },
        "disputed": {
            "skip": "  口径：有争议的发票不计入",
            "count": "  口径：有争议的发票照常计入",
        },
    },
}


def describe_suspension(policy: SuspensionPolicy, lang: Lang) -> list[str]:
    """Return when an account is suspended and restored, by whom, and what counts."""
    zh = lang == "zh"
    head = {"en": "Suspension for arrears", "zh": "欠费停机"}[lang]
    lines = [head + cite(policy.source, lang), *blank(policy.source, lang)]
    days = counted(policy.after_days, "day", "天").text(lang)
    seat = "" if policy.seat is None else policy.seat.label.text(lang)
    if policy.refusal is None:
        lines.append(
            "  口径：不以拒不交费为前提" if zh else "  own: no refusal to pay is asked for"
        )
    else:
        fact = policy.refusal.label.text(lang)
        lines.append(
            f"  仅限拒不交费的：“{fact}”为是"
            if zh
            else f"  only while payment is refused: “{fact}” says yes"
        )
        lines.append(
            f"  口径：“{fact}”尚未确认的，视为否"
            if zh
            else f"  own: not confirmed counts as no: {fact}"
        )
    lines.append(
        f"  逾期满 {days}的，当日起可停机"
        if zh
        else f"  only once something is {days} past due, from that day on"
    )
    if policy.at_least is None:
        lines.append("  口径：不论欠费金额大小" if zh else "  own: for arrears of any amount")
    else:
        least = show(policy.at_least, lang)
        lines.append(
            f"  欠费达到 {least}方可停机" if zh else f"  only for arrears of {least} or more"
        )
    lines += [
        said[getattr(policy, name)].format(seat=seat) for name, said in SUSPENDED[lang].items()
    ]
    lines.append(
        "  口径：到期的红字发票抵减欠费" if zh else "  own: credit notes past due are deducted"
    )
    return lines


# --- interest -------------------------------------------------------------------------------

YEARS: dict[DayCount, int] = {"actual/365": 365, "actual/360": 360}
BORNE = {
    "en": (
        "  simple interest on what is left to pay after the due date, the day of payment included",
        "  own: what has accrued stays owed when the invoice is settled; a credit note bears none",
        "  own: added up exactly, and rounded once for each invoice ({how})",
    ),
    "zh": (
        "  对到期日后仍未付的款项计单利，付款当日计息",
        "  口径：发票结清后，此前已计利息仍应支付；红字发票不计息",
        "  口径：精确累计后，每张发票取整一次（{how}）",
    ),
}
BORNE_BY: dict[Lang, dict[str, dict[object, str]]] = {
    "en": {
        "disputed": {
            "count": "  own: disputed invoices bear interest as any other",
            "skip": "  own: a disputed invoice bears no interest",
        },
        "counted_from": {
            "due": "  own: what is left after these days bears it from the day after the due date",
            "end_of_grace": "  own: what is left after these days bears it from the day after the "
            "last of them",
        },
    },
    "zh": {
        "disputed": {
            "count": "  口径：有争议的发票照常计息",
            "skip": "  口径：有争议的发票暂不计息",
        },
        "counted_from": {
            "due": "  口径：宽限期满仍未付的款项，自到期日次日起计息",
            "end_of_grace": "  口径：宽限期满仍未付的款项，自宽限期最后一日的次日起计息",
        },
    },
}


def describe_interest(policy: LateInterest, lang: Lang) -> list[str]:
    """Return the rate, what bears it from when, and how it is rounded."""
    head = {"en": "Late interest", "zh": "逾期利息"}[lang]
    borne, stays, rounded = BORNE[lang]
    lines = [head + cite(policy.source, lang), *blank(policy.source, lang), _rate(policy, lang)]
    if policy.day_count == "30/360":
        thirty = THIRTY.sentence(lang)
        lines.append(f"  口径：{thirty}" if lang == "zh" else f"  own: {thirty}")
    lines += [borne, *_grace(policy, lang), _least(policy, lang)]
    lines.append(BORNE_BY[lang]["disputed"][policy.disputed])
    return [*lines, stays, rounded.format(how=policy.rounding.label.text(lang))]


def _rate(policy: LateInterest, lang: Lang) -> str:
    """Return the yearly rate, and the daily one where it is exact."""
    yearly, count, daily = policy.yearly, DAY_COUNTS[policy.day_count].text(lang), ""
    if policy.day_count in YEARS:
        share = Ratio(yearly.numerator, yearly.denominator * YEARS[policy.day_count])
        if not str(share).startswith("≈"):
            daily = {"en": f" ({share} a day)", "zh": f"（日利率 {share}）"}[lang]
    if lang == "zh":
        return f"  年利率 {yearly}{daily}，{count}"
    return f"  {yearly} a year{daily}, {count}"


def _grace(policy: LateInterest, lang: Lang) -> list[str]:
    if not policy.grace_days:
        return [{"en": "  own: there is no grace", "zh": "  口径：不设宽限期"}[lang]]
    days = counted(policy.grace_days, "day", "天").text(lang)
    said = {
        "en": f"  what is paid within {days} of the due date bears none",
        "zh": f"  到期日后 {days}的宽限期内付清的款项不计息",
    }[lang]
    return [said, BORNE_BY[lang]["counted_from"][policy.counted_from]]


def _least(policy: LateInterest, lang: Lang) -> str:
    if policy.minimum is None:
        return {
            "en": "  own: interest of any amount is charged",
            "zh": "  口径：利息不论金额大小均收取",
        }[lang]
    least = show(policy.minimum, lang)
    return {
        "en": f"  interest below {least} an invoice is not charged",
        "zh": f"  单张发票利息低于 {least}的，不予收取",
    }[lang]
