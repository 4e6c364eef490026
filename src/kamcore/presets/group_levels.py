"""S3-P14, super / gold / silver / ordinary (集团客户层次分类服务管理办法): tiers and service.

The regulation carries no date. It gives the limits and the agreement; it does not say what measures
a customer's scale (客户规模), so the field is a required argument. It does not say either when a
trade is completed (完成): the default field reads delivered trade of the 12 months to the day
asked, which is kamcore's own reading.

The service promises three kinds of answer by tier, within the tier's service hours a day. When
those hours begin is missing, so it is a required argument. That inquiry, request and problem are
three kinds of work and not three stages of one, that service hours are hours of every day, and that
the time limits run only within them, are kamcore's readings.
"""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Literal

from kamcore.calendars import WEEKDAYS, Calendar, Hours, Week, WorkCalendar, around_the_clock
from kamcore.errors import PolicyError
from kamcore.facts import Choice, ChoiceField, FlagField, MoneyField, RuleTable, TableRule
from kamcore.sla import Agreement, Agreements, Clock, PauseKind
from kamcore.tier import Ladder, Tier, TierRule, TierRules
from kamcore.values import Label, Source
from kamcore.values._checks import named_convention

__all__ = ["AGREEMENT", "LADDER", "REQUEST", "TRADE_12M", "service", "tiers"]

TITLE = Label("Rules for the tiered service of group customers", "集团客户层次分类服务管理办法")
LADDER = Ladder(
    Tier("super", zh="超级客户"),
    Tier("gold", zh="金牌客户"),
    Tier("silver", zh="银牌客户"),
    Tier("ordinary", zh="普通客户"),
)
TRADE_12M = MoneyField(
    "trade_12m",
    currency="CNY",
    zh="过去12个月内完成的交易额",
    en="trade completed in the past 12 months",
)
AGREEMENT = FlagField(
    "long_term_agreement", zh="已签长期合作协议", en="a long-term agreement is signed"
)


def _source(clause: str) -> Source:
    return Source(f"P14-{clause}", TITLE, mark="figure")


def tiers(
    *, scale: MoneyField, trade: MoneyField = TRADE_12M, agreement: FlagField = AGREEMENT
) -> TierRules:
    """Return P14-1, P14-2, P14-3 and P14-8: all three conditions of a tier must hold.

    `scale` is the field that measures the customer's scale in CNY; the text leaves open which.
    """
    for one in (scale, trade):
        if one.currency != "CNY":
            raise PolicyError(
                f"field {one.name!r} is in {one.currency}; the regulation's limits are in CNY, "
                "so pass fields in CNY"
            )
    return TierRules(
        ladder=LADDER,
        rules=(
            TierRule(
                "super",
                (scale > 1_000_000) & (trade > 500_000) & agreement,
                _source("1/2/3 super"),
            ),
            TierRule(
                "gold",
                (scale > 500_000) & (trade > 100_000) & agreement,
                _source("1/2/3 gold"),
            ),
            TierRule(
                "silver",
                (scale > 100_000) & (trade > 10_000) & agreement,
                _source("1/2/3 silver"),
            ),
        ),
        otherwise="ordinary",
        source=Source("P14-8", TITLE, mark="rule"),
    )


REQUEST = ChoiceField(
    "request",
    options=(
        Choice("inquiry", zh="咨询", en="inquiry"),
        Choice("request", zh="诉求", en="request"),
        Choice("problem", zh="问题", en="problem"),
    ),
    zh="客户事项类型",
    en="the customer's matter",
)
TIER = ChoiceField(
    "tier",
    options=tuple(Choice(one.name, zh=one.zh, en=one.en) for one in LADDER.tiers),
    zh="等级",
    en="tier",
)
HOURS_A_DAY = {"super": 24, "gold": 18, "silver": 12, "ordinary": 8}
LIMITS: dict[str, dict[str, timedelta]] = {
    "inquiry": {
        "super": timedelta(minutes=30),
        "gold": timedelta(hours=1),
        "silver": timedelta(hours=2),
        "ordinary": timedelta(hours=24),
    },
    "request": {
        "super": timedelta(hours=1),
        "gold": timedelta(hours=4),
        "silver": timedelta(hours=8),
        "ordinary": timedelta(hours=48),
    },
    "problem": {
        "super": timedelta(hours=2),
        "gold": timedelta(hours=8),
        "silver": timedelta(hours=24),
        "ordinary": timedelta(hours=72),
    },
}
CLOCKS = {
    "inquiry": ("reply", "回复咨询", "5", ("answered",)),
    "request": ("response", "响应诉求", "6", ("answered",)),
    "problem": ("handling", "处理问题", "7", ("solved",)),
}


def service(
    *,
    opens: Mapping[str, str | time],
    zone: str,
    clock_hours: Literal["service", "elapsed"] = "service",
    pauses: tuple[PauseKind, ...] = (),
) -> Agreements:
    """Return P14-4 to P14-7 and P14-9: clocks "reply", "response" and "handling".

    `opens` gives for gold, silver and ordinary when the service hours of a day begin, such as
    {"gold": "06:00", "silver": "08:00", "ordinary": "09:00"}; the text states only how many there
    are. Super has all 24. With `clock_hours` "elapsed" the limits run around the clock. `pauses`
    names the states in which the clocks stand still, none by default, as the text knows no pause.
    """
    named_convention("clock_hours", clock_hours, ("service", "elapsed"))
    if sorted(opens) != sorted(name for name in HOURS_A_DAY if name != "super"):
        raise PolicyError(
            f"opening times are given for {sorted(opens)}; give gold, silver and ordinary one each"
        )
    always = around_the_clock(zone)
    calendars: dict[str, Calendar] = {"super": always}
    for name, begins in opens.items():
        hours = _hours(begins, HOURS_A_DAY[name])
        calendars[name] = always if clock_hours == "elapsed" else _calendar(name, hours, zone)
    rules = tuple(
        TableRule(
            f"{kind} of {name}",
            REQUEST.is_(kind) & TIER.is_(name),
            (_clock(kind, name, limit, calendars[name], pauses),),
        )
        for kind, limits in LIMITS.items()
        for name, limit in limits.items()
    )
    agreement = Agreement(
        name="service by tier",
        zh="分级服务承诺",
        clocks=RuleTable(rules=rules),
        source=Source("P14-9", TITLE, mark="rule"),
        note=_hours_note(opens) if clock_hours == "service" else None,
    )
    return Agreements(agreements=(agreement,), source=Source("S3-P14", TITLE))


def _hours(begins: str | time, hours: int) -> Hours:
    """Return so many hours from a time of day on."""
    first = Hours(begins, begins).opens
    return Hours(first, first.replace(hour=(first.hour + hours) % 24))


def _calendar(name: str, hours: Hours, zone: str) -> WorkCalendar:
    """Return the service hours of a tier: the same on every day of the week."""
    label = LADDER.tiers[LADDER.names.index(name)].label
    return WorkCalendar(
        name=f"service hours of {name}",
        zh=f"{label.zh}服务时间",
        zone=zone,
        week=Week.of(hours, days=WEEKDAYS),
    )


def _hours_note(opens: Mapping[str, str | time]) -> Label:
    """Return how many hours a day the text states, and when they begin, which it does not."""
    begins = {
        name: f"{Hours(opens[name], opens[name]).opens:%H:%M}"
        for name in HOURS_A_DAY
        if name in opens
    }
    zh = {one.name: one.zh for one in LADDER.tiers}
    hours = ", ".join(f"{name} {count}" for name, count in HOURS_A_DAY.items())
    starts = ", ".join(f"{name} from {begin}" for name, begin in begins.items())
    hours_zh = "、".join(f"{zh[name]} {count} 小时" for name, count in HOURS_A_DAY.items())
    starts_zh = "、".join(f"{zh[name]}自 {begin} 起" for name, begin in begins.items())
    return Label(
        f"hours a day: {hours} [P14-4]; own: {starts}, every day, also on holidays",
        f"每日服务时间：{hours_zh}（P14-4）；口径：{starts_zh}，每天提供，含节假日",
    )


def _clock(
    kind: str, tier: str, limit: timedelta, calendar: Calendar, pauses: tuple[PauseKind, ...]
) -> Clock:
    name, zh, clause, stops = CLOCKS[kind]
    return Clock(
        name,
        zh=zh,
        en={"reply": "reply to an inquiry", "response": "response to a request"}.get(
            name, "handling of a problem"
        ),
        limit=limit,
        calendar=calendar,
        pauses=pauses,
        stops=stops,  # type: ignore[arg-type]  # one of the events
        source=_source(f"{clause} {tier}"),
    )
