"""Promises and calendars in words: every part, every convention, in both languages."""

from datetime import date, timedelta

import attrs
import pytest
from tests import promises
from tests.promises import OFFICE, RESOLUTION, SERVICE, SOURCE

from kamcore.calendars import (
    Calendar,
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
    Renewals,
    TierLeadTime,
)

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
            "  “standard service” (standard, in force from 2026-01-01 to 2027-12-31) "
            "[X-1, article 1]"
        ),
        (
            "    priority is high: response within 1 hour (“around the clock”), stating the "
            "measure planned [X-1, article 1]; resolution within 8 hours (“office”), until it is "
            "solved or confirmed by the customer, alerts: 50 % of the time, 1 hour before the "
            "deadline; update within 4 hours (“office”), from when it is answered, and so on "
            "until the solution [X-1, article 1]"
        ),
        (
            "    always: resolution within 2 working days "
            "(“office or night watch without stocktaking”)"
        ),
        "  “key accounts” (customer, in force from 2026-07-01 to 2026-12-31)",
        "    a key account: response within 30 minutes (“around the clock”)",
        "  “incidents” (work-specific, in force from 2026-01-01 to 2026-12-31)",
        "    a key account and priority is high: resolution within 4 hours (“office”)",
        "  own: the kind of agreement decides: work-specific, then customer, then standard",
    ]
    assert chinese[:9] == [
        "服务时限（X-1 第一条）",
        "  《标准服务》（标准协议，2026年1月1日至2027年12月31日有效）（X-1 第一条）",
        (
            "    优先级是high：1 小时内响应（按“7×24 小时”），须说明解决措施（X-1 第一条）；"
            "8 小时内解决（按“办公时间”），至解决或客户确认为止，提醒：已用 50% 时限、"
            "截止前 1 小时；4 小时内进展通报（按“办公时间”），自答复起算，此后每次同样"
            "（X-1 第一条）"
        ),
        "    任何情况：2 个工作日内解决（按“办公时间或夜班除去盘点”）",
        "  《重点客户》（客户协议，2026年7月1日至2026年12月31日有效）",
        "    重点客户：30 分钟内响应（按“7×24 小时”）",
        "  《故障处理》（特定协议，2026年1月1日至2026年12月31日有效）",
        "    重点客户 且 优先级是high：4 小时内解决（按“办公时间”）",
        "  约定：按协议类别先后：特定协议 → 客户协议 → 标准协议",
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
        "  约定：暂停或等待客户期间不计时（响应、8 小时内解决）",
        "  约定：等待客户期间不计时（进展通报）",
        "  约定：暂停或等待客户期间照常计时（2 个工作日内解决）",
        "  约定：暂停期间不计时（4 小时内解决）",
    ]


@pytest.mark.parametrize(
    ("pauses", "english", "chinese"),
    [
        (
            (),
            "  own: time counts on while a case is paused or waits for the customer",
            "  约定：暂停或等待客户期间照常计时",
        ),
        (
            ("paused",),
            "  own: time in which a case is paused does not count",
            "  约定：暂停期间不计时",
        ),
        (
            ("waiting",),
            "  own: time in which a case waits for the customer does not count",
            "  约定：等待客户期间不计时",
        ),
        (
            ("waiting", "paused"),
            "  own: time in which a case is paused or waits for the customer does not count",
            "  约定：暂停或等待客户期间不计时",
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
            "  own: the kind of agreement decides: work-specific, then customer, then standard",
            "  约定：按协议类别先后：特定协议 → 客户协议 → 标准协议",
        ),
        (
            "precedence",
            "stricter",
            "  own: the earliest deadline decides",
            "  约定：以最早的截止时间为准",
        ),
        (
            "precedence",
            "later",
            "  own: the agreement that came into force last decides",
            "  约定：以最后生效的协议为准",
        ),
        (
            "retarget",
            "from_start",
            "  own: after a change the new limit counts from the start",
            "  约定：变更后，新时限自起算时点重新计算",
        ),
        (
            "retarget",
            "from_change",
            "  own: after a change the new limit counts from the change",
            "  约定：变更后，新时限自变更时点起算",
        ),
        (
            "retarget",
            "keep_share",
            "  own: after a change the share of the limit that was left is kept",
            "  约定：变更后，按原时限剩余比例折算",
        ),
        (
            "retarget",
            "keep_stricter",
            "  own: after a change the earlier deadline holds",
            "  约定：变更后，以较早的截止时间为准",
        ),
        (
            "reopening",
            "skip",
            "  own: the time between solution and re-opening does not count",
            "  约定：解决至重新打开之间的时间不计",
        ),
        (
            "reopening",
            "count",
            "  own: the time between solution and re-opening counts",
            "  约定：解决至重新打开之间的时间计入",
        ),
        (
            "reopening",
            "restart",
            "  own: a re-opened case starts the limit anew",
            "  约定：重新打开后，时限重新起算",
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
    ("days", "english", "chinese"),
    [
        (
            WorkingDays(1),
            (
                "  own: working days: the day of receipt is day 0, "
                "they end at the close of the last day"
            ),
            "  约定：工作日：受理当日不计，至最后一个工作日下班时止",
        ),
        (
            WorkingDays(1, ends="same_time", first="same_day"),
            (
                "  own: working days: the day of receipt is day 1, "
                "they end at the same time of the last day"
            ),
            "  约定：工作日：受理当日为工作日的计为第 1 天，至最后一个工作日的同一时刻止",
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
    assert (f"  约定：“{name.zh}”计时按自然时间连续计算，含夜间与节假日" in said[1]) is runs_on
    assert (
        f"  own: hours count only within the open time of “{name.en}”" in said[0]
    ) is not runs_on
    assert (f"  约定：小时数仅在“{name.zh}”的开放时段内累计" in said[1]) is not runs_on


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        (
            {"starts": "assigned"},
            "resolution within 8 hours (“office”), from when it is assigned",
            "8 小时内解决（按“办公时间”），自分派起算",
        ),
        ({"stops": ("solved",)}, "resolution within 8 hours (“office”)", "8 小时内解决"),
        (
            {"stops": ("confirmed",)},
            "resolution within 8 hours (“office”), until it is confirmed by the customer",
            "8 小时内解决（按“办公时间”），至客户确认为止",
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
    ids=["starts", "solved", "confirmed", "alerts"],
)
def test_the_parts_of_a_promise(changes: dict[str, object], english: str, chinese: str) -> None:
    plain = attrs.evolve(RESOLUTION, stops=("solved",), alerts=())
    said = lines(Agreements(agreements=(agreement(attrs.evolve(plain, **changes)),)))
    assert said[0][2] == f"    always: {english}"
    assert said[1][2].startswith(f"    任何情况：{chinese}")


def test_a_calendar_of_several_promises_is_described_once() -> None:
    english = describe(SERVICE, "en").splitlines()
    assert english.count("  Calendar “around the clock”, Asia/Shanghai") == 1


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
    for calendar, days, tage in (
        (OFFICE, "working days of “office”", "“办公时间”的工作日"),
        (None, "calendar days", "自然日"),
    ):
        said = lines(attrs.evolve(policy, calendar=calendar))
        assert said[0][0] == f"Lead times of ordinary orders (own: {days} {english})"
        assert said[1][0] == f"常规订单交期（约定：{chinese}按{tage}计算）"


@pytest.mark.parametrize(
    ("rush", "english", "chinese"),
    [
        ("allowed", "rush orders may be inserted", "加急订单允许插单"),
        (
            "by_production",
            "rush orders go by the state of production",
            "加急订单视生产状况决定插单",
        ),
        ("at_discretion", "rush orders at discretion", "加急订单酌情处理"),
        ("not_stated", "rush orders: not stated", "加急订单：未写明"),
    ],
)
def test_what_is_said_about_rush_orders(rush: str, english: str, chinese: str) -> None:
    tier = TierLeadTime("A", None, rush=rush, rush_source=SOURCE)  # type: ignore[arg-type]
    policy = attrs.evolve(promises.LEAD_TIMES, tiers=(tier,), contract_wins=True)
    assert lines(policy)[0][1:] == [
        "  A: not stated",
        f"    {english} [X-1, article 1]",
        "  a date in the contract goes first",
    ]
    assert lines(policy)[1][1:] == [
        "  A：未写明",
        f"    {chinese}（X-1 第一条）",
        "  合同约定的日期优先",
    ]


def test_strict_examination_is_said_with_its_clause() -> None:
    english, chinese = lines(promises.LEAD_TIMES)
    assert english[-1] == (
        "    every order is examined strictly at signing, and accepted at discretion "
        "[X-1, article 1]"
    )
    assert chinese[-1] == "    订单签订时综合考虑现有订单，严格审单，酌情接单（X-1 第一条）"


def test_an_order_of_work() -> None:
    english, chinese = lines(promises.ORDER)
    assert english == [
        "Order of work: tier A, then B [X-1, article 1]",
        "  within a tier the higher score first",
        "  own: equal scores go by the day of the order, then as listed",
        "  own: the place of tier D is not stated; it comes last",
    ]
    assert chinese == [
        "生产次序：等级 A、B，依次优先（X-1 第一条）",
        "  同一等级内积分高者优先",
        "  约定：积分相同的，按下单日期先后；日期也相同的，按提交顺序",
        "  约定：等级 D 的先后未写明，排在最后",
    ]
    assert lines(attrs.evolve(promises.ORDER, unranked=()))[0] == english[:3]


@pytest.mark.parametrize(
    ("scope", "english", "chinese"),
    [
        ("one_request", "counted in one request", "按一次申请计算"),
        ("added_up", "added up over a time", "按期间累计"),
    ],
)
def test_batch_business(scope: str, english: str, chinese: str) -> None:
    said = lines(attrs.evolve(promises.BATCHES, scope=scope))
    assert said[0] == [
        f"Batch business: 30 or more transactions of one kind (own: {english}) [X-1, article 1]",
        "  A: priority 1, at the desk [X-1, article 1]",
        "  B: no priority stated",
    ]
    assert said[1] == [
        f"批量业务：同一种类业务 30 笔及以上（约定：{chinese}）（X-1 第一条）",
        "  A：优先级第 1 位，专席办理（X-1 第一条）",
        "  B：优先级未写明",
    ]


@pytest.mark.parametrize(
    ("weeks", "reminder", "english", "chinese"),
    [
        (
            1,
            None,
            ("swept every week (Mon)", "  customer told in advance: not stated when"),
            ("起每周（周一）过滤", "  提前提醒客户，提前多久未写明"),
        ),
        (
            2,
            10,
            ("swept every 2 weeks (Mon)", "  the customer is told 10 days before expiry"),
            ("起每 2 周（周一）过滤", "  到期前 10 天提醒客户"),
        ),
    ],
)
def test_renewals(
    weeks: int, reminder: int | None, english: tuple[str, str], chinese: tuple[str, str]
) -> None:
    every = Every(count=weeks, unit="week", anchor=date(2026, 1, 5))
    policy = Renewals(
        sweep=Sweep(every=every, lookahead_days=30),
        lead_days=7,
        reminder_days=reminder,
        lead_source=SOURCE,
    )
    assert lines(policy)[0] == [
        f"Renewals: {english[0]} from 2026-01-05 (own: 30 days ahead)",
        "  entered for approval 7 days before expiry (own: calendar days) [X-1, article 1]",
        english[1],
    ]
    assert lines(policy)[1] == [
        f"续约：自2026年1月5日{chinese[0]}（约定：向前查看 30 天）",
        "  到期前 7 天报审（约定：自然日）（X-1 第一条）",
        chinese[1],
    ]


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
        "  休息：周一至周五 12:00–13:00",
        "  2026年9月20日（调休上班日）09:00–18:00",
        "  2026年10月10日（调休上班日）09:00–18:00",
        "  2026年11月2日 09:00–10:30 停止（停电）",
        "  列入节假日 7 天，安排掌握到2026年12月31日",
    ]


WEEK = Week(
    monday=(Hours("09:00", "12:00"), Hours("13:00", "18:00")),
    tuesday=(Hours("09:00", "18:00"),),
    thursday=(Hours("09:00", "18:00"),),
    friday=(Hours("09:00", "18:00"),),
    sunday=(Hours("22:00", "06:00"),),
)


def test_days_in_a_row_with_the_same_hours_stand_together() -> None:
    english, chinese = lines(WorkCalendar(name="odd", zone="UTC", week=WEEK))
    assert english[1:-1] == [
        "  Mon 09:00–12:00, 13:00–18:00",
        "  Tue 09:00–18:00",
        "  Thu–Fri 09:00–18:00",
        "  Sun 22:00–06:00",
    ]
    assert chinese[1:-1] == [
        "  周一 09:00–12:00、13:00–18:00",
        "  周二 09:00–18:00",
        "  周四至周五 09:00–18:00",
        "  周日 22:00–06:00",
    ]


HOLIDAY = Holiday(date(2026, 10, 1), "National Day", zh="国庆节")


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({}, "no holidays are listed", "未列入节假日"),
        (
            {"holidays": (HOLIDAY,)},
            "1 holiday is listed, known until 2026-12-31",
            "列入节假日 1 天，安排掌握到2026年12月31日",
        ),
        (
            {"holidays": (HOLIDAY,), "holidays_until": date(2026, 10, 7)},
            "1 holiday is listed, known until 2026-10-07",
            "列入节假日 1 天，安排掌握到2026年10月7日",
        ),
        (
            {"holidays_until": date(2026, 6, 30)},
            "no holidays until 2026-06-30; later ones are not known",
            "截至2026年6月30日无节假日，之后的安排尚未掌握",
        ),
        (
            {"special_days": (SpecialDay(date(2026, 10, 10), (Hours("09:00", "18:00"),)),)},
            "no holidays until 2026-12-31; later ones are not known",
            "截至2026年12月31日无节假日，之后的安排尚未掌握",
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
            "Calendar “office or daily”: open in either of",
            "组合日历“办公时间或每日”：任一日历开放即计时",
        ),
        (
            OFFICE & DAILY,
            "Calendar “office and daily”: open in both of",
            "组合日历“办公时间且每日”：两个日历均开放才计时",
        ),
        (
            DAILY - OFFICE,
            "Calendar “daily without office”: open in the first and not in the second of",
            "组合日历“每日除去办公时间”：前者开放而后者不开放时计时",
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


@pytest.mark.parametrize(
    ("mode", "english", "chinese"),
    [
        ("usual", "a review outside it is reported", "一般在此期间，期外评审仅作提示"),
        ("fixed", "a review outside it is refused", "期外评审不予认可"),
    ],
)
def test_a_review_window(mode: str, english: str, chinese: str) -> None:
    window = ReviewWindow(first=(3, 25), last=(3, 30), mode=mode, source=SOURCE)  # type: ignore[arg-type]
    assert describe(window, "en") == (
        "Review window: 03-25 to 03-30 of each year, both days included; "
        f"{english} [X-1, article 1]"
    )
    assert describe(window, "zh") == (
        f"评审期：每年3月25日至3月30日（含首尾两日）；{chinese}（X-1 第一条）"
    )
