"""The picture of a deadline: what lies where, and how it is named."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from kamcore.calendars import Holiday, Hours, SpecialDay, Week, WorkCalendar, WorkingDays
from kamcore.errors import PolicyError
from kamcore.facts import RuleTable, TableRule
from kamcore.sla import (
    Agreement,
    Agreements,
    Case,
    Clock,
    Entry,
    Event,
    Ledger,
    draw_ledger,
    find_ledger,
)
from kamcore.values import Label

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
OPEN = Label("working time", "工作时间")
NS = "{http://www.w3.org/2000/svg}"
LEFT, HOUR, BAR = 116, 27, 24
RIGHT = LEFT + 24 * HOUR


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0, us: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, second, us, tzinfo=SHANGHAI)


def entry(
    begins: datetime,
    ends: datetime,
    kind: str = "open",
    label: Label = OPEN,
    *,
    target: int = 1,
    late: bool = False,
) -> Entry:
    return Entry(begins, ends, kind, label, target, late)


def ledger(*entries: Entry, due: datetime | None = None, ended: datetime | None = None) -> Ledger:
    last = entries[-1].target
    budget = sum((one.counted for one in entries if one.target == last), timedelta())
    return Ledger(
        case="T-1",
        clock=Label("resolution", "解决"),
        calendar=Label("desk", "服务台"),
        started=entries[0].begins,
        due=due or entries[-1].ends,
        ended=ended,
        limit=budget,
        budget=budget,
        target=last,
        never_closes=False,
        entries=entries,
    )


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314 - our own


def bars(picture: str) -> list[tuple[float, float, int, str, str]]:
    """Return x, width, height, fill and words of every stretch."""
    found = []
    for group in parsed(picture).iter(f"{NS}g"):
        if group.find(f"{NS}title") is not None:
            rect, words = group.find(f"{NS}rect"), group.find(f"{NS}text")
            x, width = float(rect.get("x")), float(rect.get("width"))
            said = "" if words is None else words.text
            found.append((x, width, int(rect.get("height")), rect.get("fill"), said))
    return found


def texts(picture: str) -> list[str]:
    return [one.text or "" for one in parsed(picture).iter(f"{NS}text")]


def days(picture: str, lang: str = "en") -> list[str]:
    form = r"\d+月\d+日（周.）" if lang == "zh" else r"[A-Z][a-z]{2} \d{4}-\d\d-\d\d"
    return [one for one in texts(picture) if re.fullmatch(form, one)]


def legend(picture: str) -> list[str]:
    group = list(parsed(picture).findall(f"{NS}g"))[-1]
    return [one.text or "" for one in group.iter(f"{NS}text")]


def marks(picture: str) -> list[tuple[float, int, str]]:
    """Return x, y and text of the marks, from the left."""
    words = "start|new limit|deadline|stop|起算|新时限|截止|结束计时"
    return sorted(
        (float(one.get("x")) - 5, int(one.get("y")), one.text)
        for one in parsed(picture).iter(f"{NS}text")
        if re.match(rf"({words}) \d", one.text or "")
    )


# --- the committed pictures -------------------------------------------------------------------


def example() -> Ledger:
    """The example of docs/deadlines.md."""
    hours = (Hours("09:00", "18:00"),)
    desk = WorkCalendar(
        name="service desk",
        zh="服务台",
        zone="Asia/Shanghai",
        week=Week.of(*hours),
        breaks=Week.of(Hours("12:00", "13:00")),
        holidays=tuple(
            Holiday(date(2026, 10, day), "National Day", zh="国庆节") for day in range(1, 8)
        ),
        special_days=(
            SpecialDay(date(2026, 9, 20), hours),
            SpecialDay(date(2026, 10, 10), hours),
        ),
    )
    clock = Clock("resolution", zh="解决", limit=timedelta(hours=20), calendar=desk)
    rules = RuleTable(rules=(TableRule("all", None, (clock,)),))
    events = (
        Event("opened", datetime(2026, 9, 30, 15, tzinfo=SHANGHAI)),
        Event("waiting", datetime(2026, 10, 8, 10, tzinfo=SHANGHAI), by="Li Na"),
        Event("resumed", datetime(2026, 10, 8, 15, tzinfo=SHANGHAI)),
    )
    policy = Agreements(agreements=(Agreement(name="standard", clocks=rules),))
    return find_ledger(Case("T-1042", events), policy, clock="resolution")


@pytest.mark.parametrize(("lang", "file"), [("en", "deadline.svg"), ("zh", "deadline.zh.svg")])
def test_the_pictures_of_the_docs_are_what_is_drawn(lang: str, file: str) -> None:
    kept = Path("docs/pictures", file).read_text(encoding="utf-8")
    assert draw_ledger(example(), lang) == kept


# --- where a stretch lies -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "x", "width"),
    [
        (at(7), at(8), LEFT, 24 * HOUR),
        (at(7, 9), at(7, 18), LEFT + 9 * HOUR, 9 * HOUR),
        (at(7, 23), at(8), RIGHT - HOUR, HOUR),
        (at(7, 9, 20), at(7, 9, 40), LEFT + 9 * HOUR + 9, 9),
        (at(7, 9, 10), at(7, 9, 20), LEFT + 9 * HOUR + 4.5, 4.5),
        # nothing is narrower than half a pixel
        (at(7, 9), at(7, 9, 1, 7), LEFT + 9 * HOUR, 0.5),
        (at(7, 9), at(7, 9, 1, 20), LEFT + 9 * HOUR, 0.6),
        (at(7, 9), at(7, 9, us=1), LEFT + 9 * HOUR, 0.5),
    ],
)
def test_a_stretch_lies_at_its_wall_time(
    begins: datetime, ends: datetime, x: float, width: float
) -> None:
    ((drawn_x, drawn_width, height, _, _),) = bars(draw_ledger(ledger(entry(begins, ends))))
    assert (drawn_x, drawn_width, height) == (x, width, BAR)


def test_a_stretch_over_midnight_lies_in_two_lanes() -> None:
    picture = draw_ledger(ledger(entry(at(7, 22), at(8, 6))))
    assert days(picture) == ["Mon 2026-09-07", "Tue 2026-09-08"]
    assert [(x, width, said) for x, width, _, _, said in bars(picture)] == [
        (RIGHT - 2 * HOUR, 2 * HOUR, "2 h"),
        (LEFT, 6 * HOUR, "6 h"),
    ]


def test_days_are_those_of_the_calendar() -> None:
    """23:30 of UTC is 7:30 of the next day in Shanghai; the start is stored in UTC."""
    began = datetime(2026, 9, 7, 23, 30, tzinfo=UTC)
    one = evolve(ledger(entry(at(8, 7, 30), at(8, 9))), started=began)
    picture = draw_ledger(one, "zh")
    assert days(picture, "zh") == ["9月8日（周二）"]
    assert marks(picture)[0] == (LEFT + 7.5 * HOUR, 97, "起算 07:30")
    assert picture == draw_ledger(evolve(one, started=began.astimezone(SHANGHAI)), "zh")


JUMPS = [
    # zone, day, begins, ends: the bars of that day as (x in hours, width in hours, height)
    ("Europe/Berlin", date(2026, 3, 29), [(0, 2, 24), (3, 21, 24)], "23 h"),
    (
        "Europe/Berlin",
        date(2026, 10, 25),
        [(0, 2, 24), (2, 1, 12), (2, 1, 12), (3, 21, 24)],
        "25 h",
    ),
    ("Europe/Berlin", date(2026, 10, 26), [(0, 24, 24)], None),
    # clocks that jump at midnight: the day begins at 01:00, has 00:00 twice, or ends twice
    ("America/Santiago", date(2026, 9, 6), [(1, 23, 24)], "23 h"),
    ("America/Santiago", date(2026, 9, 5), [(0, 24, 24)], None),
    ("America/Havana", date(2026, 11, 1), [(0, 1, 12), (0, 1, 12), (1, 23, 24)], "25 h"),
    ("America/Santiago", date(2026, 4, 4), [(0, 23, 24), (23, 1, 12), (23, 1, 12)], "25 h"),
    # half an hour
    (
        "Australia/Lord_Howe",
        date(2026, 4, 5),
        [(0, 1.5, 24), (1.5, 0.5, 12), (1.5, 0.5, 12), (2, 22, 24)],
        "24 h 30 min",
    ),
]


@pytest.mark.parametrize(("zone", "day", "lanes", "length"), JUMPS)
def test_where_the_clocks_jump(
    zone: str, day: date, lanes: list[tuple[float, float, int]], length: str | None
) -> None:
    place, after = ZoneInfo(zone), day + timedelta(days=1)
    begins = datetime(day.year, day.month, day.day, tzinfo=place)
    ends = datetime(after.year, after.month, after.day, tzinfo=place)
    picture = draw_ledger(ledger(entry(begins, ends)))
    found = [((x - LEFT) / HOUR, width / HOUR, height) for x, width, height, *_ in bars(picture)]
    assert found == lanes
    assert noted(picture) == ([] if length is None else [length])


def noted(picture: str) -> list[str | None]:
    return [one.text for one in parsed(picture).iter(f"{NS}text") if one.get("font-size") == "10"]


def test_the_day_that_samoa_left_out_is_an_empty_lane() -> None:
    begins = datetime(2011, 12, 29, tzinfo=ZoneInfo("Pacific/Apia"))
    picture = draw_ledger(ledger(entry(begins, begins + timedelta(days=3))))
    assert days(picture) == ["Thu 2011-12-29", "Fri 2011-12-30", "Sat 2011-12-31"]
    assert [(x, width) for x, width, *_ in bars(picture)] == [(LEFT, 24 * HOUR)] * 2
    assert noted(picture) == ["0 min"]


def test_what_lies_in_an_hour_shown_twice_is_told_apart() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = first.replace(minute=20, fold=1)
    one = ledger(
        entry(first, second, "paused", Label("window", "窗口")),
        entry(second, datetime(2026, 10, 25, 4, tzinfo=BERLIN)),
        due=second,
    )
    picture = draw_ledger(one)
    assert [((x - LEFT) / HOUR, height) for x, _, height, _, _ in bars(picture)] == [
        (2.5, 12),
        (2, 12),
        (pytest.approx(7 / 3, abs=0.01), 12),
        (3, 24),
    ]
    assert "deadline 02:20 (UTC+0100)" in texts(picture)


# --- what it looks like -------------------------------------------------------------------------

KINDS = [
    ("open", "counted", "计时"),
    ("special_day", "special day, counted", "调休上班日等（计时）"),
    ("outside_hours", "outside hours", "工作时间以外"),
    ("rest_day", "rest day", "休息日"),
    ("holiday", "holiday", "节假日"),
    ("break", "break", "休息"),
    ("closure", "closure", "暂停服务"),
    ("paused", "paused", "暂停"),
]


@pytest.mark.parametrize(("kind", "en", "zh"), KINDS)
def test_the_legend_names_the_kinds_that_occur(kind: str, en: str, zh: str) -> None:
    one = ledger(entry(at(7, 9), at(7, 10), kind, Label("reason", "原因")))
    assert legend(draw_ledger(one)) == [en]
    assert legend(draw_ledger(one, "zh")) == [zh]


def test_every_kind_has_its_own_look_and_its_pattern_is_given() -> None:
    entries = [
        entry(at(7, number), at(7, number + 1), kind) for number, (kind, *_) in enumerate(KINDS)
    ]
    late = [entry(at(7, 9), at(7, 10), late=True)]
    picture = draw_ledger(ledger(*entries, *late, due=at(7, 9)))
    fills = [fill for *_, fill, _ in bars(picture)]
    assert len(set(fills)) == len(fills) == 9
    asked = {fill[5:-1] for fill in fills if fill.startswith("url(#")}
    given = {one.get("id") for one in parsed(picture).iter(f"{NS}pattern")}
    assert asked == given
    assert len(given) == 7
    assert len(legend(picture)) == 9


@pytest.mark.parametrize(
    ("kind", "named"),
    [("open", "after the deadline"), ("special_day", "after the deadline"), ("break", "break")],
)
def test_time_after_the_deadline_is_late_only_where_it_counts(kind: str, named: str) -> None:
    one = ledger(
        entry(at(7, 9), at(7, 10), "holiday"),
        entry(at(7, 10), at(7, 12), kind, late=True),
        due=at(7, 10),
    )
    assert set(legend(draw_ledger(one))) == {"holiday", named}


def test_a_long_legend_goes_on_in_a_second_line() -> None:
    entries = [
        entry(at(7, number), at(7, number + 1), kind) for number, (kind, *_) in enumerate(KINDS)
    ]
    picture = draw_ledger(ledger(*entries))
    group = list(parsed(picture).findall(f"{NS}g"))[-1]
    places = [(int(one.get("y")), int(one.get("x"))) for one in group.iter(f"{NS}text")]
    assert places == sorted(places)
    first, second = sorted({y for y, _ in places})
    assert second - first == 20
    assert int(parsed(picture).get("height")) > second


LI_NA = Label("waiting for the customer (by Li Na)", "等待客户（李娜）")


@pytest.mark.parametrize(
    ("minutes", "en", "zh"),
    [
        (60, "", ""),
        (70, "", ""),
        (90, "waiti…", "等待…"),
        (240, "waiting for the…", "等待客户（李娜）"),
        (480, "waiting for the customer (by Li Na)", "等待客户（李娜）"),
    ],
)
def test_a_name_is_written_where_there_is_room(minutes: int, en: str, zh: str) -> None:
    one = ledger(entry(at(7, 9), at(7, 9) + timedelta(minutes=minutes), "paused", LI_NA))
    for lang, said in (("en", en), ("zh", zh)):
        ((*_, words),) = bars(draw_ledger(one, lang))
        assert words == said


@pytest.mark.parametrize(
    ("length", "en", "zh"),
    [
        (timedelta(minutes=20), "", ""),
        (timedelta(hours=1), "1 h", ""),
        (timedelta(hours=2), "2 h", "2 小时"),
        (timedelta(hours=2, minutes=30), "2 h 30 min", ""),
        (timedelta(hours=5, minutes=30, seconds=7), "5 h 30 min 7 s", "5 小时 30 分 7 秒"),
    ],
)
def test_time_that_counts_is_written_whole_or_not_at_all(
    length: timedelta, en: str, zh: str
) -> None:
    one = ledger(entry(at(7, 9), at(7, 9) + length))
    assert [bars(draw_ledger(one, lang))[0][-1] for lang in ("en", "zh")] == [en, zh]


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        (
            "en",
            "Mon 2026-09-07 09:00:30 – 12:00 · working time · 2 hours 59 minutes 30 seconds",
            "Mon 2026-09-07 12:00 – 24:00 · waiting for the customer · not counted",
        ),
        (
            "zh",
            "2026年9月7日（周一）09:00:30 – 12:00 · 工作时间 · 2 小时 59 分钟 30 秒",
            "2026年9月7日（周一）12:00 – 24:00 · 等待客户 · 不计时",
        ),
    ],
)
def test_every_stretch_tells_from_when_to_when_why_and_what_it_counts(
    lang: str, first: str, second: str
) -> None:
    one = ledger(
        entry(at(7, 9, 0, 30), at(7, 12)),
        entry(at(7, 12), at(8), "paused", Label("waiting for the customer", "等待客户")),
    )
    told = [group.find(f"{NS}title") for group in parsed(draw_ledger(one, lang)).iter(f"{NS}g")]
    assert [title.text for title in told if title is not None] == [first, second]


# --- sums ---------------------------------------------------------------------------------------


def sums(picture: str) -> list[str]:
    """Return the column at the right: its head, the days, and the total."""
    return [
        one.text for one in parsed(picture).iter(f"{NS}text") if one.get("text-anchor") == "end"
    ]


def test_a_day_shows_what_counts_towards_the_last_target_until_the_deadline() -> None:
    one = ledger(
        entry(at(7, 9), at(7, 12)),
        entry(at(7, 12), at(7, 14), target=2),
        entry(at(7, 14), at(8, 9), "outside_hours", target=2),
        entry(at(8, 9), at(8, 12, 0, 5), "special_day", target=2),
        entry(at(8, 12, 0, 5), at(8, 18), target=2, late=True),
        entry(at(8, 18), at(10), "rest_day", target=2, late=True),
        due=at(8, 12, 0, 5),
    )
    assert one.counted == timedelta(hours=5, seconds=5)
    assert sums(draw_ledger(one)) == ["counted", "2 h", "3 h 5 s", "5 h 5 s"]
    assert sums(draw_ledger(one, "zh")) == ["计时", "2 小时", "3 小时 5 秒", "5 小时 5 秒"]


@pytest.mark.parametrize(
    ("us", "said"), [(999_999, "0 min"), (1_000_000, "1 s"), (1_999_999, "1 s")]
)
def test_sums_are_rounded_down_to_the_second(us: int, said: str) -> None:
    one = ledger(entry(at(7, 9), at(7, 9) + timedelta(microseconds=us)))
    assert sums(draw_ledger(one)) == ["counted", said, said]


# --- marks --------------------------------------------------------------------------------------


def test_start_new_limit_deadline_and_stop_are_marked() -> None:
    one = ledger(
        entry(at(7, 9), at(7, 11)),
        entry(at(7, 11), at(7, 13), target=2),
        entry(at(7, 13), at(7, 15), target=3),
        entry(at(7, 15), at(7, 18), target=3, late=True),
        due=at(7, 15),
        ended=at(7, 18),
    )
    picture = draw_ledger(one)
    assert [(x, said) for x, _, said in marks(picture)] == [
        (LEFT + 9 * HOUR, "start 09:00"),
        (LEFT + 13 * HOUR, "new limit 13:00"),
        (LEFT + 15 * HOUR, "deadline 15:00"),
        (LEFT + 18 * HOUR, "stop 18:00"),
    ]
    assert [said for *_, said in marks(draw_ledger(one, "zh"))] == [
        "起算 09:00",
        "新时限 13:00",
        "截止 15:00",
        "结束计时 18:00",
    ]
    assert "stop" not in draw_ledger(evolve(one, ended=None))


@pytest.mark.parametrize(
    ("due", "lane", "x", "said"),
    [
        (at(7, 23, 59, 59), "Mon 2026-09-07", RIGHT - 0.1, "deadline 23:59:59"),
        (at(8), "Mon 2026-09-07", RIGHT, "deadline 24:00"),
        (at(8, 0, 1), "Tue 2026-09-08", LEFT + 0.4, "deadline 00:01"),
    ],
)
def test_a_deadline_at_midnight_ends_the_day_before(
    due: datetime, lane: str, x: float, said: str
) -> None:
    picture = draw_ledger(ledger(entry(at(7, 20), due)))
    assert days(picture)[-1] == lane
    assert said in [mark for *_, mark in marks(picture)]
    assert x in [place for place, _, _ in marks(picture)]


def test_a_start_at_midnight_begins_its_day() -> None:
    picture = draw_ledger(ledger(entry(at(7), at(7, 4))))
    assert days(picture) == ["Mon 2026-09-07"]
    assert marks(picture)[0][::2] == (LEFT, "start 00:00")


@pytest.mark.parametrize(
    ("due", "stop", "rows"),
    [
        # start, deadline and stop from the left: the row counts from the lane upwards
        (at(7, 14), at(7, 20), [0, 0, 0]),
        (at(7, 10), at(7, 20), [1, 0, 0]),
        (at(7, 10), at(7, 11), [2, 1, 0]),
        (at(7, 11), at(7, 10), [2, 1, 0]),
        (at(7, 18), at(7, 19), [0, 1, 0]),
    ],
)
def test_marks_stand_above_each_other_where_there_is_no_room(
    due: datetime, stop: datetime, rows: list[int]
) -> None:
    one = ledger(entry(at(7, 9), due), due=due, ended=stop)
    found = marks(draw_ledger(one))
    lowest = max(y for _, y, _ in found)
    assert [(lowest - y) // 18 for _, y, _ in found] == rows


def test_a_stop_after_the_last_stretch_has_its_lane() -> None:
    """Stopped while re-opened cases are not counted: the stop lies after the last entry."""
    one = ledger(entry(at(7, 9), at(7, 12)), ended=at(9, 10))
    assert days(draw_ledger(one))[-1] == "Wed 2026-09-09"


def test_a_ledger_without_stretches_is_start_and_deadline() -> None:
    one = evolve(ledger(entry(at(7, 9), at(8, 9))), entries=())
    picture = draw_ledger(one)
    assert bars(picture) == []
    assert days(picture) == ["Mon 2026-09-07", "Tue 2026-09-08"]
    assert sums(picture) == ["counted", "0 min"]


# --- long ledgers -------------------------------------------------------------------------------


def long(count: int, *, due: int) -> Ledger:
    """A ledger of so many days, open from 9 to 10, with its deadline on one of them."""
    first = datetime(2026, 1, 1, 9, tzinfo=SHANGHAI)
    whole = [first + timedelta(days=number) for number in range(count)]
    entries = [
        part
        for number, opens in enumerate(whole)
        for part in (
            entry(opens, opens + timedelta(hours=1), late=number >= due),
            entry(opens + timedelta(hours=1), opens + timedelta(days=1), "outside_hours"),
        )
    ][:-1]
    return ledger(*entries, due=whole[due - 1] + timedelta(hours=1))


@pytest.mark.parametrize(
    ("count", "due", "drawn", "said"),
    [
        (30, 30, 30, []),
        (31, 31, 31, []),
        (32, 32, 28, ["4 days left out: 4 h counted"]),
        (400, 400, 28, ["372 days left out: 372 h counted"]),
        # the day of the deadline is drawn wherever it lies
        (32, 16, 29, ["1 day left out: 1 h counted", "2 days left out"]),
        (32, 15, 29, ["3 days left out"]),
        (32, 14, 28, ["4 days left out"]),
        (400, 200, 29, ["185 days left out: 185 h counted", "186 days left out"]),
    ],
)
def test_a_long_ledger_leaves_days_out_and_says_so(
    count: int, due: int, drawn: int, said: list[str]
) -> None:
    one = long(count, due=due)
    picture = draw_ledger(one)
    assert len(days(picture)) == drawn
    assert [text for text in texts(picture) if "left out" in text] == said
    assert [text for *_, text in marks(picture)] == ["start 09:00", "deadline 10:00"]
    assert len(picture) < 60_000
    assert sums(picture)[-1] == f"{due} h"


@pytest.mark.parametrize(
    ("count", "due", "said"),
    [
        (40, 40, ["略去 12 天，其间计时 12 小时"]),
        (32, 16, ["略去 1 天，其间计时 1 小时", "略去 2 天"]),
    ],
)
def test_days_left_out_in_chinese(count: int, due: int, said: list[str]) -> None:
    picture = draw_ledger(long(count, due=due), "zh")
    assert [text for text in texts(picture) if "略去" in text] == said


# --- words --------------------------------------------------------------------------------------


def test_the_head_says_what_is_drawn() -> None:
    one = ledger(entry(at(7, 9), at(7, 12)), entry(at(7, 12), at(8), "break"), due=at(8))
    assert texts(draw_ledger(one))[:2] == [
        "T-1 · resolution",
        "desk: limit 3 hours, deadline Mon 2026-09-07 24:00 (Asia/Shanghai)",
    ]
    assert texts(draw_ledger(one, "zh"))[:2] == [
        "T-1 · 解决",
        "服务台：时限 3 小时，截止时间 2026年9月7日（周一）24:00（Asia/Shanghai）",
    ]
    assert parsed(draw_ledger(one)).find(f"{NS}title").text == "T-1 · resolution"


def test_a_limit_in_working_days_is_said_with_its_hours() -> None:
    one = evolve(ledger(entry(at(7, 9), at(7, 12))), limit=WorkingDays(1))
    assert texts(draw_ledger(one))[1].startswith("desk: limit 1 working day (3 hours), deadline ")
    assert texts(draw_ledger(one, "zh"))[1].startswith("服务台：时限 1 个工作日（折合 3 小时），")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Mon 2026-09-07 22:00 – Tue 2026-09-08 06:00 · break · not counted"),
        ("zh", "2026年9月7日（周一）22:00 – 2026年9月8日（周二）06:00 · 休息 · 不计时"),
    ],
)
def test_a_stretch_over_midnight_tells_both_days(lang: str, said: str) -> None:
    one = ledger(entry(at(7, 22), at(8, 6), "break", Label("break", "休息")))
    assert f"<title>{said}</title>" in draw_ledger(one, lang)


def test_the_name_of_a_lane_ends_before_its_hours() -> None:
    """In Chinese it has no year, for which there is no room; the head and every bar have it."""
    one = ledger(entry(at(28, 9), at(28, 12)))
    for lang in ("en", "zh"):
        (name,) = days(draw_ledger(one, lang), lang)
        wide = sum(12 if ord(letter) >= 0x2E80 else 7 for letter in name)
        assert 16 + wide <= LEFT


@pytest.mark.parametrize("title", ["Why Friday?", ""])
def test_a_title_takes_the_place_of_case_and_clock(title: str) -> None:
    picture = draw_ledger(ledger(entry(at(7, 9), at(7, 12))), title=title)
    assert texts(picture)[0] == title
    assert "T-1" not in picture


def test_a_title_that_is_too_long_is_cut() -> None:
    picture = draw_ledger(ledger(entry(at(7, 9), at(7, 12))), title="why " * 100)
    assert texts(picture)[0].endswith("…")
    assert len(texts(picture)[0]) < 110
    assert parsed(picture).find(f"{NS}title").text == "why " * 100


@pytest.mark.parametrize("title", [None, "a title"])
def test_an_unknown_language_is_refused(title: str | None) -> None:
    with pytest.raises(PolicyError, match=r"^unknown language 'fr'; pass 'en' or 'zh'$"):
        draw_ledger(ledger(entry(at(7, 9), at(7, 12))), "fr", title=title)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("<script>&\"'", "<script>&\"'"),
        ("a\x00b\x0bc\nd", "a b c d"),
        ("half \ud800 pair", "half   pair"),
        ("国庆\u3000节", "国庆 节"),
    ],
)
def test_texts_are_escaped_and_what_xml_cannot_hold_is_a_blank(given: str, written: str) -> None:
    one = ledger(entry(at(7), at(7, 23), "paused", Label(given, given)))
    picture = draw_ledger(evolve(one, case=given, calendar=Label(given, given)), title=given)
    picture.encode()
    assert texts(picture)[0] == written
    assert bars(picture)[0][-1] == written
    assert "<script>" not in picture


# --- laws ---------------------------------------------------------------------------------------


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """A ledger of some days, in zones with and without jumps."""
    zone = ZoneInfo(draw(st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Havana"])))
    first = draw(st.sampled_from([date(2026, 3, 6), date(2026, 3, 28), date(2026, 10, 24)]))
    began = datetime(first.year, first.month, first.day, tzinfo=UTC)
    steps = draw(st.lists(st.integers(1, 30 * 3600), min_size=1, max_size=12))
    places = [began]
    for seconds in steps:
        places.append(places[-1] + timedelta(seconds=seconds))
    kinds = [kind for kind, *_ in KINDS]
    entries = [
        entry(begins.astimezone(zone), ends.astimezone(zone), draw(st.sampled_from(kinds)))
        for begins, ends in pairwise(places)
    ]
    return ledger(*entries, ended=draw(st.none() | st.just(places[-1])))


@given(ledgers())
def test_the_bars_are_as_long_as_the_time_of_the_ledger(one: Ledger) -> None:
    drawn = sum(width for _, width, _, _, _ in bars(draw_ledger(one)))
    real = one.entries[-1].ends.astimezone(UTC) - one.entries[0].begins.astimezone(UTC)
    count = len(bars(draw_ledger(one)))
    assert abs(drawn - real / timedelta(hours=1) * HOUR) <= 0.5 * count


@given(ledgers())
def test_every_bar_lies_within_its_day(one: Ledger) -> None:
    for x, width, _, _, _ in bars(draw_ledger(one)):
        assert x >= LEFT
        assert x + width <= RIGHT + 0.5


@given(ledgers(), st.sampled_from(["en", "zh"]))
def test_places_have_at_most_one_decimal(one: Ledger, lang: str) -> None:
    picture = draw_ledger(one, lang)
    assert not re.search(r' (x|y|width|height)="-?\d+\.\d\d', picture)
    assert picture == draw_ledger(one, lang)
