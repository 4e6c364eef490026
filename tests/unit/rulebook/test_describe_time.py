"""Promises and calendars in words: every part, every convention, in both languages."""

from datetime import date, timedelta

import attrs
import pytest
from tests import promises
from tests.promises import OFFICE, RESOLUTION, SERVICE, SOURCE

from kamcore.calendars import (
    Calendar,
    Closure,
    Every,
    Holiday,
    Hours,
    ReviewWindow,
    SpecialDay,
    Sweep,
    Week,
    WorkCalendar,
    WorkingDays,
    around_the_clock,
)
from kamcore.decision import Policy
from kamcore.facts import RuleTable, TableRule
from kamcore.rulebook import describe
from kamcore.sla import (
    Agreement,
    Agreements,
    Alert,
    Clock,
    TierLeadTime,
)
from kamcore.values import Label, Source

ALWAYS = around_the_clock("Asia/Shanghai")
RULE = TableRule("all", None, (RESOLUTION,))


def agreement(*clocks: Clock, name: str = "service", rules: int = 1) -> Agreement:
    """Return an agreement that gives the same clocks by so many rules."""
    table = RuleTable(
        rules=tuple(TableRule(f"rule {number}", None, clocks) for number in range(rules))
    )
    return Agreement(name=name, zh="服务" + name.removeprefix("service"), clocks=table)


def lines(policy: Policy) -> tuple[list[str], list[str]]:
    """Return the description in English and in Chinese."""
    return describe(policy, "en").splitlines(), describe(policy, "zh").splitlines()


# --- agreements -------------------------------------------------------------------------------


def test_an_agreement_in_full() -> None:
    english, chinese = lines(SERVICE)
    assert english[:9] == [
        "Time limits [X-1, article 1]",
        (
            "  “standard service” (general standard, in force from 2026-01-01 to 2027-12-31) "
            "[X-1, article 1]"
        ),
        (
            "    priority is high: response within 1 hour (“around the clock”), stating the "
            "measure planned [X-1, article 1]; resolution within 8 hours (“office”), alerts: "
            "50 % of the time, 1 hour before the deadline (own: whichever of solution and "
            "confirmation comes first); update: every 4 hours (“office”), until it is solved "
            "(own: counted from the answer) [X-1, article 1]"
        ),
        (
            "    always: resolution within 2 working days "
            "(“(office or night watch) without stocktaking”)"
        ),
        "  “key accounts” (customer agreement, in force from 2026-07-01 to 2026-12-31)",
        "    a key account: response within 30 minutes (“around the clock”)",
        "  “incidents” (work-specific agreement, in force from 2026-01-01 to 2026-12-31)",
        "    a key account and priority is high: resolution within 4 hours (“office”)",
        (
            "  own: the kind of agreement decides: work-specific agreement, then customer "
            "agreement, then general standard"
        ),
    ]
    assert chinese[:9] == [
        "服务时限（X-1 第一条）",
        "  “标准服务”（通用标准，2026年1月1日至2027年12月31日有效）（X-1 第一条）",
        (
            "    优先级是high：1 小时内响应（按“自然时间”），须说明解决措施（X-1 第一条）；"
            "8 小时内解决（按“办公时间”），提醒：已用 50% 时限、截止前 1 小时"
            "（口径：以解决或客户确认先到者为准）；进展通报：每 4 小时一次（按“办公时间”），"
            "直至解决（口径：自答复时起算）（X-1 第一条）"
        ),
        "    任何情况：2 个工作日内解决（按“（办公时间或夜班）（扣除盘点）”）",
        "  “重点客户”（客户专属协议，2026年7月1日至2026年12月31日有效）",
        "    重点客户：30 分钟内响应（按“自然时间”）",
        "  “故障处理”（特定工作协议，2026年1月1日至2026年12月31日有效）",
        "    重点客户 且 优先级是high：4 小时内解决（按“办公时间”）",
        "  口径：按协议类别先后：特定工作协议 → 客户专属协议 → 通用标准",
    ]


def test_promises_that_stand_still_in_different_states_are_named() -> None:
    english, chinese = lines(SERVICE)
    still = [line for line in english if "paused" in line or "waits" in line]
    assert still == [
        (
            "  own: time in which a case is paused or waits for the customer does not count "
            "(response, resolution within 8 hours)"
        ),
        "  own: time in which a case waits for the customer does not count (update)",
        (
            "  own: time counts on while a case is paused or waits for the customer "
            "(resolution within 2 working days)"
        ),
        "  own: time in which a case is paused does not count (resolution within 4 hours)",
    ]
    assert [line for line in chinese if "期间" in line] == [
        "  口径：暂停或等待客户期间不计时（响应、8 小时内解决）",
        "  口径：等待客户期间不计时（进展通报）",
        "  口径：暂停或等待客户期间照常计时（2 个工作日内解决）",
        "  口径：暂停期间不计时（4 小时内解决）",
    ]


@pytest.mark.parametrize(
    ("pauses", "english", "chinese"),
    [
        (
            (),
            "  own: time counts on while a case is paused or waits for the customer",
            "  口径：暂停或等待客户期间照常计时",
        ),
        (
            ("paused",),
            "  own: time in which a case is paused does not count",
            "  口径：暂停期间不计时",
        ),
        (
            ("waiting",),
            "  own: time in which a case waits for the customer does not count",
            "  口径：等待客户期间不计时",
        ),
        (
            ("waiting", "paused"),
            "  own: time in which a case is paused or waits for the customer does not count",
            "  口径：暂停或等待客户期间不计时",
        ),
    ],
    ids=["none", "paused", "waiting", "both"],
)
def test_promises_that_stand_still_alike_are_told_once(
    pauses: tuple[str, ...], english: str, chinese: str
) -> None:
    clocks = tuple(
        Clock(name, limit=timedelta(hours=1), calendar=OFFICE, pauses=pauses)  # type: ignore[arg-type]
        for name in ("one", "two")
    )
    policy = Agreements(agreements=(agreement(*clocks),))
    said = lines(policy)
    assert said[0].count(english) == said[1].count(chinese) == 1


@pytest.mark.parametrize(
    ("field", "value", "english", "chinese"),
    [
        (
            "precedence",
            "by_kind",
            (
                "  own: the kind of agreement decides: work-specific agreement, then customer "
                "agreement, then general standard"
            ),
            "  口径：按协议类别先后：特定工作协议 → 客户专属协议 → 通用标准",
        ),
        (
            "precedence",
            "stricter",
            "  own: the earliest deadline decides",
            "  口径：以最早的截止时间为准",
        ),
        (
            "precedence",
            "later",
            "  own: the agreement that came into force last decides",
            "  口径：以最后生效的协议为准",
        ),
        (
            "retarget",
            "from_start",
            "  own: after a change the new limit counts from the start",
            "  口径：变更后，新时限自起算时点重新计算",
        ),
        (
            "retarget",
            "from_change",
            "  own: after a change the new limit counts from the change",
            "  口径：变更后，新时限自变更时点起算",
        ),
        (
            "retarget",
            "keep_share",
            "  own: after a change the share of the limit that was left is kept",
            "  口径：变更后，按原时限剩余比例折算",
        ),
        (
            "retarget",
            "keep_stricter",
            "  own: after a change the earlier deadline holds",
            "  口径：变更后，以较早的截止时间为准",
        ),
        (
            "reopening",
            "skip",
            "  own: the time between solution and re-opening does not count",
            "  口径：解决至重新打开之间的时间不计",
        ),
        (
            "reopening",
            "count",
            "  own: the time between solution and re-opening counts",
            "  口径：解决至重新打开之间的时间计入",
        ),
        (
            "reopening",
            "restart",
            "  own: a re-opened case starts the limit anew",
            "  口径：重新打开后，时限重新起算",
        ),
    ],
)
def test_every_convention_of_agreements_is_said(
    field: str, value: str, english: str, chinese: str
) -> None:
    said = lines(attrs.evolve(SERVICE, **{field: value}))
    assert english in said[0]
    assert chinese in said[1]


def test_what_cannot_matter_is_not_said() -> None:
    answer = Clock("answer", limit=timedelta(hours=1), calendar=OFFICE, stops=("answered",))
    one = Agreements(agreements=(agreement(answer),))
    english = describe(one, "en")
    assert "decides" not in english
    assert "after a change" not in english
    assert "re-opening" not in english
    two = describe(Agreements(agreements=(agreement(answer, rules=2),)), "en")
    assert "after a change" in two
    solved = Agreements(agreements=(agreement(RESOLUTION),))
    assert "re-opening" in describe(solved, "en")


@pytest.mark.parametrize(
    ("match", "english", "chinese"),
    [
        (
            "last",
            "    own: where several rules hold, the last of them decides",
            "    口径：多条规则同时成立的，以排在最后的为准",
        ),
        (
            "most_specific",
            "    own: where several rules hold, the most specific decides, by a key account",
            "    口径：多条规则同时成立的，以最具体的为准，依次比较：重点客户",
        ),
        ("first", None, None),
    ],
)
def test_what_decides_between_the_rules_of_an_agreement_is_said(
    match: str, english: str | None, chinese: str | None
) -> None:
    one = agreement(RESOLUTION, rules=2)
    dimensions = (promises.KEY,) if match == "most_specific" else ()
    table = attrs.evolve(one.clocks, match=match, dimensions=dimensions)
    said = lines(Agreements(agreements=(attrs.evolve(one, clocks=table),)))
    words = ("several rules", "多条规则")
    found = [
        [line for line in told if word in line] for told, word in zip(said, words, strict=True)
    ]
    expected = [] if english is None else [english], [] if chinese is None else [chinese]
    assert tuple(found) == expected


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (
            WorkingDays(1),
            (
                "  own: working days: the day of receipt is day 0, "
                "they end at the close of the last day"
            ),
            "  口径：工作日：受理当日不计，至最后一个工作日下班时止",
        ),
        (
            WorkingDays(1, ends="same_time", first="same_day"),
            (
                "  own: working days: the day of receipt is day 1, "
                "they end at the same time of the last day"
            ),
            "  口径：工作日：受理当日为工作日的计为第 1 天，至最后一个工作日的同一时刻止",
        ),
    ],
)
def test_how_working_days_are_counted_is_said(
    days: WorkingDays, english: str, chinese: str
) -> None:
    clock = Clock("answer", limit=days, calendar=ALWAYS, stops=("answered",))
    said = lines(Agreements(agreements=(agreement(clock),)))
    assert english in said[0]
    assert chinese in said[1]
    assert not any("own: hours" in line for line in said[0])


DAILY = WorkCalendar(
    name="daily",
    zh="每日",
    zone="Asia/Shanghai",
    week=Week.of(
        Hours("06:00", "24:00"),
        days=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ),
)


@pytest.mark.parametrize(
    ("calendar", "runs_on"),
    [
        (ALWAYS, True),
        (attrs.evolve(ALWAYS, name="hotline", zh="热线"), True),
        (DAILY, False),
        (OFFICE, False),
        (attrs.evolve(ALWAYS, breaks=Week.of(Hours("12:00", "13:00"))), False),
        (attrs.evolve(ALWAYS, closures=promises.OFFICE.closures), False),
        (attrs.evolve(ALWAYS, holidays=promises.OFFICE.holidays), False),
        (attrs.evolve(ALWAYS, special_days=promises.OFFICE.special_days), False),
        (ALWAYS | OFFICE, True),
        (ALWAYS & OFFICE, False),
        (ALWAYS - OFFICE, False),
    ],
    ids=[
        *("around the clock", "of another name", "every day", "office", "breaks", "closures"),
        *("holidays", "special days", "either", "both", "without"),
    ],
)
def test_only_hours_that_never_rest_run_through_nights(calendar: Calendar, runs_on: bool) -> None:
    clock = Clock("answer", limit=timedelta(hours=1), calendar=calendar, stops=("answered",))
    said = lines(Agreements(agreements=(agreement(clock),)))
    name = calendar.label
    english = f"  own: hours of “{name.en}” run on through nights and holidays"
    assert (english in said[0]) is runs_on
    assert (f"  口径：“{name.zh}”连续计时，含夜间与节假日" in said[1]) is runs_on
    assert (
        f"  own: hours count only within the open time of “{name.en}”" in said[0]
    ) is not runs_on
    assert (f"  口径：小时数仅在“{name.zh}”的开放时段内累计" in said[1]) is not runs_on


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        (
            {"starts": "assigned"},
            "resolution within 8 hours (“office”) (own: counted from the assignment)",
            "8 小时内解决（按“办公时间”）（口径：自分派时起算）",
        ),
        ({"stops": ("solved",)}, "resolution within 8 hours (“office”)", "8 小时内解决"),
        (
            {"stops": ("confirmed",)},
            "resolution within 8 hours (“office”) (own: until the confirmation)",
            "8 小时内解决（按“办公时间”）（口径：至客户确认时止）",
        ),
        (
            {"stops": ("answered", "solved", "confirmed"), "source": SOURCE},
            (
                "resolution within 8 hours (“office”) [X-1, article 1] "
                "(own: whichever of answer, solution and confirmation comes first)"
            ),
            (
                "8 小时内解决（按“办公时间”）（X-1 第一条）"
                "（口径：以答复、解决或客户确认先到者为准）"
            ),
        ),
        (
            {"starts": "assigned", "stops": ("updated", "confirmed"), "repeats": True},
            (
                "resolution: every 8 hours (“office”), until it is solved (own: counted from the "
                "assignment; whichever of update and confirmation comes first)"
            ),
            (
                "解决：每 8 小时一次（按“办公时间”），直至解决"
                "（口径：自分派时起算；以进展通报或客户确认先到者为准）"
            ),
        ),
        (
            {
                "alerts": (
                    Alert(name="over", percent=120),
                    Alert(name="h", offset=timedelta(hours=2)),
                )
            },
            (
                "resolution within 8 hours (“office”), alerts: 120 % of the time, "
                "2 hours after the deadline"
            ),
            "8 小时内解决（按“办公时间”），提醒：已用 120% 时限、截止后 2 小时",
        ),
    ],
    ids=["starts", "solved", "confirmed", "several", "repeats", "alerts"],
)
def test_the_parts_of_a_promise(changes: dict[str, object], english: str, chinese: str) -> None:
    plain = attrs.evolve(RESOLUTION, stops=("solved",), alerts=())
    said = lines(Agreements(agreements=(agreement(attrs.evolve(plain, **changes)),)))
    assert said[0][2] == f"    always: {english}"
    assert said[1][2].startswith(f"    任何情况：{chinese}")


@pytest.mark.parametrize(
    ("source", "chinese"),
    [
        (None, "  “服务规定”（通用标准）"),
        (SOURCE, "  《服务规定》（通用标准）（X-1 第一条）"),
    ],
    ids=["a name", "the title of its source"],
)
def test_only_a_title_stands_in_the_marks_of_titles(source: Source | None, chinese: str) -> None:
    named = attrs.evolve(agreement(RESOLUTION), name="service rules", zh="服务规定", source=source)
    assert describe(Agreements(agreements=(named,)), "zh").splitlines()[1] == chinese
    other = attrs.evolve(named, zh="服务", source=SOURCE)
    assert "  “服务”（通用标准）" in describe(Agreements(agreements=(other,)), "zh")


def test_a_note_of_an_agreement_stands_under_its_head() -> None:
    note = Label("internal", "内部使用")
    policy = Agreements(agreements=(attrs.evolve(agreement(RESOLUTION), note=note),))
    english, chinese = lines(policy)
    assert english[1:3] == ["  “service” (general standard)", "    internal"]
    assert chinese[1:3] == ["  “服务”（通用标准）", "    内部使用"]


def test_a_calendar_of_several_promises_is_described_once_and_the_clock_itself_never() -> None:
    english = describe(SERVICE, "en").splitlines()
    assert not any(line.startswith("  Calendar “around the clock”") for line in english)
    assert [line.strip() for line in english if "“office”" in line][-2:] == [
        "Calendar “office”, Asia/Shanghai [X-1, article 1]",
        "“office” (see above)",
    ]


def test_a_calendar_that_was_described_as_a_part_is_not_described_again() -> None:
    clocks = (
        attrs.evolve(RESOLUTION, calendar=OFFICE | DAILY),
        Clock("one", limit=timedelta(hours=1), calendar=DAILY),
    )
    for said, head in zip(
        lines(Agreements(agreements=(agreement(*clocks),))),
        ("Calendar “daily”", "工作日历“每日”"),
        strict=True,
    ):
        assert sum(head in line for line in said) == 1


# --- lead times, order, batches, renewals -----------------------------------------------------


@pytest.mark.parametrize(
    ("anchor", "english", "chinese"),
    [
        ("signing", "from signing", "自订单签订起"),
        ("confirmation", "from confirmation", "自订单确认起"),
        ("deposit", "from deposit", "自收到定金起"),
    ],
)
def test_lead_times_say_their_days_and_their_event(anchor: str, english: str, chinese: str) -> None:
    policy = attrs.evolve(promises.LEAD_TIMES, anchor=anchor)
    for calendar, days, kind, within, chinese_unit in (
        (OFFICE, "working days of “office”", "“办公时间”的工作日", "working days", "个工作日"),
        (None, "calendar days", "自然日", "days", "天"),
    ):
        said = lines(attrs.evolve(policy, calendar=calendar))
        assert said[0][:2] == [
            f"Lead times of ordinary orders (own: {days} {english}, which is day 0)",
            f"  class A: within 20 {within}",
        ]
        assert said[1][:2] == [
            f"常规订单交期（口径：{chinese}按{kind}计算，当日不计）",
            f"  A类：20 {chinese_unit}内交货",
        ]


@pytest.mark.parametrize(
    ("rush", "english", "chinese"),
    [
        ("allowed", "rush orders may be inserted", "加急订单允许插单"),
        (
            "by_production",
            "whether a rush order is inserted depends on the state of production",
            "加急订单视生产状况决定是否接受插单",
        ),
        ("at_discretion", "rush orders at discretion", "加急订单酌情处理"),
        ("not_stated", "rush orders: not stated", "加急订单：未写明"),
    ],
)
def test_what_is_said_about_rush_orders(rush: str, english: str, chinese: str) -> None:
    tier = TierLeadTime("A", None, rush=rush, rush_source=SOURCE)  # type: ignore[arg-type]
    policy = attrs.evolve(promises.LEAD_TIMES, tiers=(tier,), contract_wins=True)
    cited = rush != "not_stated"
    assert lines(policy)[0][1:] == [
        "  class A: not stated",
        f"    {english}" + (" [X-1, article 1]" if cited else ""),
        "  own: a date agreed in the contract goes first",
    ]
    assert lines(policy)[1][1:] == [
        "  A类：未写明",
        f"    {chinese}" + ("（X-1 第一条）" if cited else ""),
        "  口径：合同另有交期的，以合同为准",
    ]


def test_what_is_not_stated_cites_no_clause() -> None:
    tier = TierLeadTime("A", None, source=SOURCE, rush_source=SOURCE)
    english, chinese = lines(attrs.evolve(promises.LEAD_TIMES, tiers=(tier,)))
    assert english[1:3] == ["  class A: not stated", "    rush orders: not stated"]
    assert chinese[1:3] == ["  A类：未写明", "    加急订单：未写明"]


@pytest.mark.parametrize(
    ("wins", "english", "chinese"),
    [
        (True, "a date agreed in the contract goes first", "合同另有交期的，以合同为准"),
        (False, "a date agreed in the contract is not used", "不采用合同日期"),
    ],
)
def test_the_clauses_on_contracts_are_cited_for_their_tiers(
    wins: bool, english: str, chinese: str
) -> None:
    other = Source("X-2", promises.RULES)
    clauses = {"A": SOURCE, "B": SOURCE, "gold": other, "D": None}
    tiers = tuple(TierLeadTime(name, 9, contract_source=one) for name, one in clauses.items())
    policy = attrs.evolve(promises.LEAD_TIMES, tiers=tiers, contract_wins=wins)
    said = lines(policy)
    assert said[0][-3:] == [
        "  class A, class B: in principle as the contract requires [X-1, article 1]",
        "  tier gold: in principle as the contract requires [X-2]",
        f"  own: {english}",
    ]
    assert said[1][-3:] == [
        "  A类、B类：原则上按合同要求交货（X-1 第一条）",
        "  等级gold：原则上按合同要求交货（X-2）",
        f"  口径：{chinese}",
    ]


def test_strict_examination_is_said_with_its_clause() -> None:
    english, chinese = lines(promises.LEAD_TIMES)
    assert english[-2] == (
        "    every order is examined strictly at signing, and accepted at discretion "
        "[X-1, article 1]"
    )
    assert chinese[-2] == "    订单签订时综合考虑现有订单，严格审单，酌情接单（X-1 第一条）"


def test_an_order_of_work() -> None:
    english, chinese = lines(promises.ORDER)
    assert english == [
        "Order of work: class A, then class B [X-1, article 1]",
        "  within a class the higher score first",
        "  own: equal scores go by the day of the order, then as listed",
        "  own: an order without a score comes last in its class",
        "  own: the place of class D is not stated; such orders come last",
    ]
    assert chinese == [
        "生产次序：A类、B类，依次优先（X-1 第一条）",
        "  同类内积分高者优先",
        "  口径：积分相同的，按下单日期先后；日期也相同的，按提交顺序",
        "  口径：缺少积分的订单排在本类最后",
        "  口径：D类的次序未写明，其订单排在最后",
    ]
    assert lines(attrs.evolve(promises.ORDER, unranked=()))[0] == english[:4]


@pytest.mark.parametrize(
    ("scope", "english", "chinese"),
    [
        ("one_request", "counted in one request", "按一次申请计算"),
        ("added_up", "added up over the period counted", "按所统计期间累计"),
    ],
)
def test_batch_business(scope: str, english: str, chinese: str) -> None:
    said = lines(attrs.evolve(promises.BATCHES, scope=scope))
    assert said[0] == [
        f"Batch business: 30 or more transactions of one kind (own: {english}) [X-1, article 1]",
        "  class A: first priority, at the desk [X-1, article 1]",
        "  class B: no priority stated",
    ]
    assert said[1] == [
        f"批量业务：同一种类业务 30 笔及以上（口径：{chinese}）（X-1 第一条）",
        "  A类：最优先，专席办理（X-1 第一条）",
        "  B类：未写明优先级",
    ]


@pytest.mark.parametrize(
    ("weeks", "english", "chinese"),
    [
        (
            1,
            [
                "Renewals: a weekly screening lists products about to expire [X-1, article 1]",
                "    own: it looks 30 days ahead, so it lists products expiring within 30 days",
                "    screened every Monday from 2026-01-05 on (the company's own)",
            ],
            [
                "续约：每周筛查，列出即将到期的产品（X-1 第一条）",
                "    口径：向前查看 30 天，即列出 30 天内到期的产品",
                "    筛查日：自2026年1月5日起，每周一（公司自定）",
            ],
        ),
        (
            2,
            [
                "Renewals: a 2-weekly screening lists products about to expire [X-1, article 1]",
                "    own: it looks 30 days ahead, so it lists products expiring within 30 days",
                "    screened every 2 weeks on Monday from 2026-01-05 on (the company's own)",
            ],
            [
                "续约：每 2 周筛查，列出即将到期的产品（X-1 第一条）",
                "    口径：向前查看 30 天，即列出 30 天内到期的产品",
                "    筛查日：自2026年1月5日起，每 2 周的周一（公司自定）",
            ],
        ),
    ],
)
def test_how_renewals_are_screened(weeks: int, english: list[str], chinese: list[str]) -> None:
    every = Every(count=weeks, unit="week", anchor=date(2026, 1, 5))
    sweep = Sweep(every=every, lookahead_days=30)
    said = lines(attrs.evolve(promises.RENEWALS, sweep=sweep, source=SOURCE))
    assert (said[0][:3], said[1][:3]) == (english, chinese)


FORM = attrs.evolve(SOURCE, mark="form")


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        (
            SOURCE,
            "7 days before expiry (own: calendar days) [X-1, article 1]",
            "7 天报审（口径：自然日）（X-1 第一条）",
        ),
        (
            None,
            "7 days (the company's own) before expiry (own: calendar days)",
            "7 天（公司自定）报审（口径：自然日）",
        ),
        (
            FORM,
            "7 days (the company's own) before expiry (own: calendar days)",
            "7 天（公司自定）报审（口径：自然日）",
        ),
    ],
    ids=["stated", "own", "not stated there"],
)
def test_days_of_approval_that_no_clause_gives_are_the_companys_own(
    source: Source | None, english: str, chinese: str
) -> None:
    said = lines(attrs.evolve(promises.RENEWALS, lead_source=source))
    assert said[0][3] == f"  submitted for approval {english}"
    assert said[1][3] == f"  到期前 {chinese}"


@pytest.mark.parametrize(
    ("days", "source", "english", "chinese"),
    [
        (
            None,
            FORM,
            ("the customer is told in advance; how long in advance is not stated [X-1, article 1]"),
            "提前提醒客户，提前多久未写明（X-1 第一条）",
        ),
        (
            10,
            SOURCE,
            "the customer is told 10 days before expiry [X-1, article 1]",
            "到期前 10 天提醒客户（X-1 第一条）",
        ),
        (
            1,
            FORM,
            (
                "the customer is told in advance [X-1, article 1]: "
                "1 day (the company's own) before expiry"
            ),
            "提前提醒客户（X-1 第一条）：到期前 1 天（公司自定）",
        ),
        (
            10,
            None,
            "the customer is told in advance: 10 days (the company's own) before expiry",
            "提前提醒客户：到期前 10 天（公司自定）",
        ),
    ],
    ids=["not stated", "stated", "asked for and not stated", "own"],
)
def test_when_the_customer_is_told(
    days: int | None, source: Source | None, english: str, chinese: str
) -> None:
    policy = attrs.evolve(promises.RENEWALS, reminder_days=days, reminder_source=source)
    said = lines(policy)
    assert (said[0][-1], said[1][-1]) == (f"  {english}", f"  {chinese}")


# --- calendars and windows --------------------------------------------------------------------


def test_a_calendar_in_full() -> None:
    english, chinese = lines(OFFICE)
    assert english == [
        "Calendar “office”, Asia/Shanghai [X-1, article 1]",
        "  Mon–Fri 09:00–18:00",
        "  break Mon–Fri 12:00–13:00",
        "  2026-09-20 (make-up workday) 09:00–18:00",
        "  2026-10-10 (make-up workday) 09:00–18:00",
        "  closed 2026-11-02 09:00–10:30 (power cut)",
        "  7 holidays are listed, known until 2026-12-31",
    ]
    assert chinese == [
        "工作日历“办公时间”，时区 Asia/Shanghai（X-1 第一条）",
        "  周一至周五 09:00–18:00",
        "  休息时段：周一至周五 12:00–13:00",
        "  2026年9月20日（调休上班日）09:00–18:00",
        "  2026年10月10日（调休上班日）09:00–18:00",
        "  2026年11月2日 09:00–10:30 暂停服务（停电）",
        "  已录入节假日 7 天，录入至2026年12月31日",
    ]


WEEK = Week(
    monday=(Hours("09:00", "12:00"), Hours("13:00", "18:00")),
    tuesday=(Hours("09:00", "18:00"),),
    thursday=(Hours("09:00", "18:00"),),
    friday=(Hours("09:00", "18:00"),),
    saturday=(Hours("09:00", "09:00"),),
    sunday=(Hours("22:00", "06:00"),),
)


def test_days_with_the_same_hours_stand_together() -> None:
    english, chinese = lines(WorkCalendar(name="odd", zone="UTC", week=WEEK))
    assert english[1:-1] == [
        "  Mon 09:00–12:00, 13:00–18:00",
        "  Tue, Thu–Fri 09:00–18:00",
        "  Sat 09:00–09:00 (next day)",
        "  Sun 22:00–06:00 (next day)",
    ]
    assert chinese[1:-1] == [
        "  周一 09:00–12:00、13:00–18:00",
        "  周二、周四至周五 09:00–18:00",
        "  周六 09:00–次日09:00",
        "  周日 22:00–次日06:00",
    ]


def test_the_end_of_a_day_is_no_next_day() -> None:
    late = WorkCalendar(name="late", zone="UTC", week=Week.of(Hours("18:00", "24:00")))
    assert lines(late)[0][1] == "  Mon–Fri 18:00–24:00"
    assert lines(late)[1][1] == "  周一至周五 18:00–24:00"


def test_special_days_and_closures_say_their_hours_alike() -> None:
    day = date(2026, 10, 10)
    special = SpecialDay(day, (Hours("20:00", "04:00"),), breaks=(Hours("23:30", "00:30"),))
    closure = Closure(day, Hours("22:00", "02:00"), "power cut", zh="停电")
    own = WorkCalendar(name="own", zone="UTC", special_days=(special,), closures=(closure,))
    assert lines(own)[0][1:3] == [
        ("  2026-10-10 (make-up workday) 20:00–04:00 (next day), break 23:30–00:30 (next day)"),
        "  closed 2026-10-10 22:00–02:00 (next day) (power cut)",
    ]
    assert lines(own)[1][1:3] == [
        "  2026年10月10日（调休上班日）20:00–次日04:00，休息时段 23:30–次日00:30",
        "  2026年10月10日 22:00–次日02:00 暂停服务（停电）",
    ]


HOLIDAY = Holiday(date(2026, 10, 1), "National Day", zh="国庆节")


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({}, "no holidays are listed", "未录入节假日"),
        (
            {"holidays": (HOLIDAY,)},
            "1 holiday is listed, known until 2026-12-31",
            "已录入节假日 1 天，录入至2026年12月31日",
        ),
        (
            {"holidays": (HOLIDAY,), "holidays_until": date(2026, 10, 7)},
            "1 holiday is listed, known until 2026-10-07",
            "已录入节假日 1 天，录入至2026年10月7日",
        ),
        (
            {"holidays_until": date(2026, 6, 30)},
            "no holidays until 2026-06-30; later ones are not known",
            "已录入至2026年6月30日，其间无节假日",
        ),
        (
            {"special_days": (SpecialDay(date(2026, 10, 10), (Hours("09:00", "18:00"),)),)},
            "no holidays until 2026-12-31; later ones are not known",
            "已录入至2026年12月31日，其间无节假日",
        ),
        (
            {"week": Week.always()},
            "open on every day, also on holidays",
            "全年无休，不受节假日影响",
        ),
    ],
    ids=["none", "one", "known until", "none until", "only make-up workdays", "never rests"],
)
def test_what_is_known_of_holidays(changes: dict[str, object], english: str, chinese: str) -> None:
    own = WorkCalendar(name="own", zone="UTC", week=Week.of(Hours("09:00", "18:00")))
    said = lines(attrs.evolve(own, **changes))
    assert said[0][-1] == f"  {english}"
    assert said[1][-1] == f"  {chinese}"


@pytest.mark.parametrize(
    ("calendar", "english", "chinese"),
    [
        (
            OFFICE | DAILY,
            "Calendar “office or daily”, open when either of these is open:",
            "组合日历“办公时间或每日”，以下任一日历开放即计时：",
        ),
        (
            OFFICE & DAILY,
            "Calendar “office and daily”, open when both of these are open:",
            "组合日历“办公时间与每日的重合时间”，以下两个日历均开放才计时：",
        ),
        (
            DAILY - OFFICE,
            ("Calendar “daily without office”, open when the first is open and the second is not:"),
            "组合日历“每日（扣除办公时间）”，以下前者开放而后者不开放时计时：",
        ),
    ],
    ids=["either", "both", "without"],
)
def test_a_combined_calendar_and_its_parts(calendar: Calendar, english: str, chinese: str) -> None:
    said = lines(calendar)
    assert (said[0][0], said[1][0]) == (english, chinese)
    for language, own in (("en", said[0]), ("zh", said[1])):
        inside = "\n".join(line[2:] for line in own[1:])
        for part in (OFFICE, DAILY):
            assert describe(part, language) in inside  # type: ignore[arg-type]


def test_the_parts_of_a_combined_calendar_are_described_once() -> None:
    english, chinese = lines((OFFICE | DAILY) - OFFICE)
    assert (english[0], chinese[0]) == (
        (
            "Calendar “(office or daily) without office”, "
            "open when the first is open and the second is not:"
        ),
        "组合日历“（办公时间或每日）（扣除办公时间）”，以下前者开放而后者不开放时计时：",
    )
    assert (english[-1], chinese[-1]) == ("  “office” (see above)", "  “办公时间”（见上）")


@pytest.mark.parametrize(
    ("mode", "english", "chinese"),
    [
        (
            "usual",
            "usually in this window; a review outside it is only noted",
            "一般在此期间进行；期外评审仅作提示",
        ),
        ("fixed", "a review outside it is refused", "期外评审予以驳回"),
    ],
)
@pytest.mark.parametrize(
    ("first", "last", "span", "chinese_span"),
    [
        ((3, 25), (3, 30), "25 March to 30 March", "3月25日至3月30日"),
        ((3, 25), (3, 25), "25 March to 25 March", "3月25日至3月25日"),
        (
            (12, 25),
            (1, 5),
            "25 December to 5 January of the next year",
            "12月25日至次年1月5日",
        ),
    ],
    ids=["within a year", "one day", "over the new year"],
)
def test_a_review_window(
    mode: str,
    english: str,
    chinese: str,
    first: tuple[int, int],
    last: tuple[int, int],
    span: str,
    chinese_span: str,
) -> None:
    window = ReviewWindow(first=first, last=last, mode=mode, source=SOURCE)  # type: ignore[arg-type]
    assert describe(window, "en") == (
        f"Review window: each year from {span}, both days included; {english} [X-1, article 1]"
    )
    assert describe(window, "zh") == (
        f"评审期：每年{chinese_span}（含首尾两日）；{chinese}（X-1 第一条）"
    )
