"""What a seat may decide, and to whom what lies beyond its authority goes, by when (S1-7b)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from kamcore.calendars import Holiday, Hours, Week, WorkCalendar, WorkingDays, around_the_clock
from kamcore.decision import Decision
from kamcore.errors import DuplicateName, InputError, NaiveInstant, PolicyError, Undecided
from kamcore.errors import UnknownName as Unknown
from kamcore.facts import ChoiceField, Facts, Fields, FlagField, MoneyField, TextField, read_facts
from kamcore.routing._authority import (
    Authority,
    AuthorityLevel,
    AuthorityVerdict,
    check_authority,
)
from kamcore.values import Label, Money, Seat, Source

SHANGHAI = ZoneInfo("Asia/Shanghai")
TITLE = Label("VIP service desk", "VIP 专席规定")
RULE, DESKS_OWN = Source("S1-7", TITLE), Source("S1-7b", TITLE)
NOTE = Label("the text says “in time” and gives no limit", "原文只写“及时”，未规定时限")

DESK = Seat("desk", Label("the desk", "大客户专席"), kind="queue")
MANAGER = Seat("manager", Label("the sales manager", "销售经理"))
DIRECTOR = Seat("director", Label("the sales director", "销售总监"))
AMOUNT = MoneyField("amount", currency="CNY", zh="金额")
REFUND = FlagField("refund", zh="退款")
KIND = ChoiceField("kind", options=("price", "gift"), zh="事项")
OFFICE = WorkCalendar(
    name="office hours",
    zh="办公时间",
    zone="Asia/Shanghai",
    week=Week.of(Hours("09:00", "18:00")),
    holidays=(Holiday(date(2026, 10, 1), "National Day", zh="国庆节"),),
)
LEVELS = (
    AuthorityLevel(DESK, AMOUNT <= 500, DESKS_OWN),
    AuthorityLevel(MANAGER, AMOUNT <= 5_000),
    AuthorityLevel(DIRECTOR),
)
POLICY = Authority(levels=LEVELS, source=RULE)
IN_TIME = attrs.evolve(POLICY, within=timedelta(hours=4), calendar=OFFICE)
CAPPED = attrs.evolve(POLICY, levels=LEVELS[:2])
AT = datetime(2026, 10, 12, 14, tzinfo=SHANGHAI)


def facts(policy: Authority = POLICY, **given: object) -> Facts:
    """Return the facts that a policy asks for."""
    return read_facts(given, policy.fields)


def ask(
    seat: Seat | str, amount: object, policy: Authority = POLICY, at: datetime | None = None
) -> Decision[AuthorityVerdict]:
    """Ask about an amount."""
    return check_authority(facts(policy, amount=amount), policy, seat=seat, at=at)


def ids(decision: Decision[AuthorityVerdict]) -> list[str]:
    """Return the rules of the reasons in order."""
    return [reason.rule.id for reason in decision.reasons]


# --- the verdict ----------------------------------------------------------------------------

ALLOWED, NOBODY = AuthorityVerdict("allowed"), AuthorityVerdict("nobody")
TO_MANAGER, TO_DIRECTOR = AuthorityVerdict("refer", MANAGER), AuthorityVerdict("refer", DIRECTOR)


@pytest.mark.parametrize(
    ("seat", "amount", "verdict"),
    [
        (DESK, "500.00", ALLOWED),
        (DESK, "500.01", TO_MANAGER),
        (DESK, "5000.00", TO_MANAGER),
        (DESK, "5000.01", TO_DIRECTOR),
        (MANAGER, "500.00", ALLOWED),
        (MANAGER, "5000.00", ALLOWED),
        (MANAGER, "5000.01", TO_DIRECTOR),
        (DIRECTOR, "5000.01", ALLOWED),
        (DIRECTOR, None, ALLOWED),
    ],
)
def test_s1_7b_what_exceeds_the_authority_goes_to_the_next_seat_that_may_decide(
    seat: Seat, amount: str | None, verdict: AuthorityVerdict
) -> None:
    decision = ask(seat, amount)
    assert decision.value == verdict
    assert decision.missing == ()
    assert decision.fingerprint == POLICY.fingerprint


@pytest.mark.parametrize(
    ("seat", "amount", "verdict"),
    [
        (DESK, "5000.00", TO_MANAGER),
        (DESK, "5000.01", NOBODY),
        (MANAGER, "5000.00", ALLOWED),
        (MANAGER, "5000.01", NOBODY),
    ],
)
def test_where_no_level_reaches_nobody_may_decide(
    seat: Seat, amount: str, verdict: AuthorityVerdict
) -> None:
    assert ask(seat, amount, CAPPED).value == verdict


def test_a_seat_is_asked_by_itself_or_by_its_name() -> None:
    assert ask("desk", "800") == ask(DESK, "800")


def test_a_higher_seat_may_do_what_a_lower_one_may() -> None:
    policy = Authority(
        levels=(AuthorityLevel(DESK, KIND.is_("gift")), AuthorityLevel(MANAGER, AMOUNT <= 500))
    )
    asked = facts(policy, kind="gift", amount=9_000)
    decision = check_authority(asked, policy, seat=MANAGER)
    assert decision.value == ALLOWED
    assert ids(decision) == ["routing.within_lower_authority", "facts.is"]
    assert dict(decision.reasons[0].params) == {"seat": MANAGER, "lower": DESK}
    assert check_authority(asked, policy, seat=DESK).value == ALLOWED


# --- in time --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("within", "by"),
    [
        (timedelta(hours=4), (12, 18, 0)),
        (timedelta(hours=4, minutes=1), (13, 9, 1)),
        (WorkingDays(1), (13, 18, 0)),
        (WorkingDays(1, ends="same_time"), (13, 14, 0)),
    ],
    ids=str,
)
def test_a_case_is_passed_on_within_the_time_of_the_calendar(
    within: timedelta | WorkingDays, by: tuple[int, int, int]
) -> None:
    decision = ask(DESK, 800, attrs.evolve(IN_TIME, within=within), AT)
    expected = datetime(2026, 10, *by, tzinfo=SHANGHAI)
    assert decision.value == AuthorityVerdict("refer", MANAGER, expected)
    assert decision.reasons[0].rule.id == "routing.refer_by"


def test_the_time_is_given_in_the_zone_of_the_calendar() -> None:
    verdict = ask(DESK, 800, IN_TIME, datetime(2026, 10, 12, 6, tzinfo=UTC)).value
    assert verdict.by == datetime(2026, 10, 12, 18, tzinfo=SHANGHAI)
    assert str(getattr(verdict.by, "tzinfo", None)) == "Asia/Shanghai"


def test_what_is_allowed_or_nobodys_has_no_time() -> None:
    capped = attrs.evolve(CAPPED, within=timedelta(hours=4), calendar=OFFICE)
    assert ask(DESK, 500, IN_TIME, AT).value == ALLOWED
    assert ask(DESK, 9_000, capped, AT).value == NOBODY


@pytest.mark.parametrize("amount", [500, 800, None])
def test_the_instant_is_needed_where_a_time_is_set_whatever_the_case(amount: int | None) -> None:
    with pytest.raises(InputError) as fault:
        ask(DESK, amount, IN_TIME)
    assert str(fault.value) == (
        "at is None; pass the instant of the case, from which within counts"
    )


@pytest.mark.parametrize("policy", [POLICY, IN_TIME], ids=["without a time", "with a time"])
def test_an_instant_needs_a_zone(policy: Authority) -> None:
    with pytest.raises(NaiveInstant, match=r"^at 2026-10-12 14:00:00 has no zone; use value\."):
        ask(DESK, 800, policy, AT.replace(tzinfo=None))


def test_an_instant_changes_nothing_where_no_time_is_set() -> None:
    assert ask(DESK, 800, POLICY, AT) == ask(DESK, 800)


# --- missing facts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "seat", "given", "missing"),
    [
        (LEVELS, DESK, {}, ["amount"]),
        (LEVELS, MANAGER, {}, ["amount"]),
        (LEVELS, DIRECTOR, {}, []),
        (
            (AuthorityLevel(DESK, REFUND & (AMOUNT <= 500)), AuthorityLevel(DIRECTOR)),
            DESK,
            {"amount": 500},
            ["refund"],
        ),
        (
            (AuthorityLevel(DESK, REFUND & (AMOUNT <= 500)), AuthorityLevel(DIRECTOR)),
            DESK,
            {"amount": 501},
            [],
        ),
        (
            (AuthorityLevel(DESK, REFUND | (AMOUNT <= 500)), AuthorityLevel(DIRECTOR)),
            DESK,
            {"amount": 500},
            [],
        ),
        (
            (AuthorityLevel(DESK, REFUND), AuthorityLevel(MANAGER, AMOUNT <= 500)),
            MANAGER,
            {"amount": 500},
            [],
        ),
        (
            (AuthorityLevel(DESK, REFUND), AuthorityLevel(MANAGER, AMOUNT <= 500)),
            MANAGER,
            {"amount": 501},
            ["refund"],
        ),
        (
            (AuthorityLevel(DESK, REFUND), AuthorityLevel(MANAGER, AMOUNT <= 500)),
            DESK,
            {"refund": False},
            ["amount"],
        ),
        (
            (AuthorityLevel(DESK, REFUND), AuthorityLevel(MANAGER, AMOUNT <= 500)),
            DESK,
            {},
            ["refund", "amount"],
        ),
    ],
)
def test_undecided_where_a_missing_fact_could_change_the_outcome(
    levels: tuple[AuthorityLevel, ...], seat: Seat, given: dict[str, object], missing: list[str]
) -> None:
    policy = Authority(levels=levels)
    decision = check_authority(facts(policy, **given), policy, seat=seat)
    assert decision.decided is (not missing)
    assert [fact.name for fact in decision.missing] == missing


def test_an_open_question_says_which_authority_is_open() -> None:
    decision = ask(DESK, None)
    assert ids(decision) == [
        "routing.authority_undecided",
        "routing.authority",
        "routing.authority",
    ]
    assert dict(decision.reasons[0].params) == {"seat": DESK, "facts": Label("amount", "金额")}
    assert [dict(one.params)["seat"] for one in decision.reasons[1:]] == [DESK, MANAGER]
    with pytest.raises(Undecided) as fault:
        _ = decision.value
    assert fault.value.missing == ("amount",)


def test_an_open_question_about_the_seat_above_says_that_this_one_may_not_decide() -> None:
    policy = Authority(
        levels=(
            AuthorityLevel(DESK, REFUND),
            AuthorityLevel(MANAGER, AMOUNT <= 500),
            AuthorityLevel(DIRECTOR),
        )
    )
    decision = check_authority(facts(policy, refund=False), policy, seat=DESK)
    assert ids(decision) == ["routing.refer_undecided", "routing.authority"]
    assert dict(decision.reasons[1].params)["seat"] == MANAGER


# --- reasons --------------------------------------------------------------------------------


def test_a_referral_gives_its_whole_arithmetic_in_two_languages() -> None:
    decision = ask(DESK, 800, attrs.evolve(IN_TIME, note=NOTE), AT)
    assert decision.lines("en") == (
        (
            "beyond the authority of the desk: the sales manager has to decide, and is to be "
            "asked by Mon 2026-10-12 18:00 (Asia/Shanghai UTC+08:00)"
        ),
        "note: the text says “in time” and gives no limit",
        (
            "not a case for the desk: amount is CNY 800.00, required: ≤ CNY 500.00; CNY 300.00 too "
            "much"
        ),
        "the authority of the sales manager: amount ≤ CNY 5,000.00",
        "asked within 4 hours in the calendar “office hours”, from Mon 2026-10-12 14:00",
        "Convention: hours count only within “office hours”",
        "Source: “VIP service desk” S1-7; S1-7b",
    )
    assert decision.lines("zh") == (
        (
            "超出大客户专席的权限，须报销售经理决定，最迟于2026年10月12日（周一）18:00"
            "（北京时间）报送"
        ),
        "说明：原文只写“及时”，未规定时限",
        "不符合大客户专席的权限：金额为 800.00 元，要求 ≤ 500.00 元，超出 300.00 元",
        "销售经理的权限：金额 ≤ 5,000.00 元",
        "自2026年10月12日（周一）14:00起，按“办公时间”计，4 小时内报送",
        "口径：小时数仅在“办公时间”内累计",
        "依据：《VIP 专席规定》S1-7、S1-7b",
    )


@pytest.mark.parametrize(
    ("policy", "seat", "amount", "rules"),
    [
        (POLICY, DESK, 500, ["routing.within_authority", "facts.meets"]),
        (POLICY, DIRECTOR, 9_000, ["routing.within_authority", "routing.authority"]),
        (POLICY, DESK, 800, ["routing.refer", "facts.over", "routing.authority"]),
        (
            POLICY,
            DESK,
            9_000,
            ["routing.refer", "facts.over", "facts.over", "routing.authority"],
        ),
        (CAPPED, DESK, 9_000, ["routing.beyond_all", "facts.over", "facts.over"]),
        (CAPPED, MANAGER, 9_000, ["routing.beyond_all", "facts.over"]),
    ],
)
def test_the_answer_comes_first_then_why(
    policy: Authority, seat: Seat, amount: int, rules: list[str]
) -> None:
    decision = ask(seat, amount, policy)
    assert ids(decision) == rules
    assert decision.reasons[0].source == RULE


def test_a_reason_rests_on_the_clause_of_its_level() -> None:
    assert [reason.source for reason in ask(DESK, 800).reasons] == [RULE, DESKS_OWN, None]
    assert ask(DESK, 500).reasons[1].source == DESKS_OWN


def test_only_what_fails_for_certain_is_given_as_a_reason() -> None:
    policy = Authority(
        levels=(AuthorityLevel(DESK, REFUND & (AMOUNT <= 500)), AuthorityLevel(DIRECTOR))
    )
    decision = check_authority(facts(policy, amount=501), policy, seat=DESK)
    assert ids(decision) == ["routing.refer", "facts.over", "routing.authority"]


@pytest.mark.parametrize(
    ("policy", "amount", "said"),
    [
        (POLICY, 800, ["routing.note"]),
        (CAPPED, 9_000, ["routing.note"]),
        (POLICY, 500, []),
        (POLICY, None, []),
    ],
)
def test_what_the_text_leaves_open_is_said_where_the_seat_may_not_decide(
    policy: Authority, amount: int | None, said: list[str]
) -> None:
    decision = ask(DESK, amount, attrs.evolve(policy, note=NOTE))
    without = ask(DESK, amount, policy)
    first, *rest = without.reasons
    notes = [reason for reason in decision.reasons if reason not in without.reasons]
    assert [reason.rule.id for reason in notes] == said
    assert all(reason.source == RULE for reason in notes)
    assert list(decision.reasons) == [first, *notes, *rest]
    assert decision.assumed == without.assumed == ()


YEAR_END = datetime(2026, 12, 31, 14, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("calendar", "within", "at", "said"),
    [
        (OFFICE, timedelta(hours=4), YEAR_END, ["calendars.within_hours"]),
        (
            OFFICE,
            timedelta(hours=5),
            YEAR_END,
            ["calendars.within_hours", "calendars.holidays_end"],
        ),
        (OFFICE, WorkingDays(1), AT, ["calendars.days_to_close"]),
        (OFFICE, WorkingDays(1, ends="same_time"), AT, ["calendars.days_to_same_time"]),
        (OFFICE, WorkingDays(1, first="same_day"), AT, ["calendars.days_from_start_to_close"]),
        (
            OFFICE,
            WorkingDays(1, ends="same_time", first="same_day"),
            AT,
            ["calendars.days_from_start_to_same_time"],
        ),
        (around_the_clock("UTC"), timedelta(hours=4), AT, ["calendars.around_the_clock"]),
        (
            attrs.evolve(OFFICE, holidays=()),
            timedelta(hours=4),
            AT,
            ["calendars.within_hours", "calendars.holidays_unlisted"],
        ),
    ],
)
def test_how_time_counts_is_said(
    calendar: WorkCalendar, within: timedelta | WorkingDays, at: datetime, said: list[str]
) -> None:
    policy = attrs.evolve(IN_TIME, calendar=calendar, within=within)
    assert [reason.rule.id for reason in ask(DESK, 800, policy, at).assumed] == said


# --- what cannot be built, what cannot be asked ---------------------------------------------


def test_the_facts_are_those_of_the_levels() -> None:
    assert POLICY.fields == Fields((AMOUNT,))
    assert POLICY.names == ("desk", "manager", "director")
    assert Authority(levels=(AuthorityLevel(DESK, REFUND),)).levels[0].when == REFUND.condition()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"levels": ()}, "an authority without levels; pass at least one AuthorityLevel"),
        (
            {"levels": (AuthorityLevel(DESK), AuthorityLevel(MANAGER, AMOUNT <= 500))},
            (
                "seat 'manager' is never reached, as 'desk' below it decides everything; "
                "state up to which cases that seat decides"
            ),
        ),
        (
            {"levels": LEVELS, "within": timedelta(hours=4)},
            "within is given without calendar; pass both, or neither",
        ),
        (
            {"levels": LEVELS, "calendar": OFFICE},
            "calendar is given without within; pass both, or neither",
        ),
        (
            {"levels": LEVELS, "calendar": OFFICE, "within": timedelta()},
            "within 0:00:00; pass more than 0, or leave it out",
        ),
        (
            {"levels": LEVELS, "calendar": OFFICE, "within": 4},
            "Authority.within is 4; pass timedelta or WorkingDays",
        ),
        ({"levels": ("desk",)}, "Authority.levels holds 'desk'; pass AuthorityLevel"),
        ({"levels": LEVELS, "note": "soon"}, "Authority.note is 'soon'; pass Label"),
        ({"levels": LEVELS, "source": "S1-7"}, "Authority.source is 'S1-7'; pass Source"),
    ],
)
def test_an_authority_that_makes_no_sense_is_refused(
    given: dict[str, object], message: str
) -> None:
    with pytest.raises(PolicyError) as fault:
        Authority(**given)  # type: ignore[arg-type]
    assert str(fault.value) == message


def test_one_seat_has_one_level() -> None:
    with pytest.raises(DuplicateName, match=r"^seat 'desk' appears twice; rename or remove one$"):
        Authority(levels=(LEVELS[0], AuthorityLevel(DESK)))


def test_one_name_means_one_fact() -> None:
    levels = (LEVELS[0], AuthorityLevel(MANAGER, TextField("amount").is_("much")))
    with pytest.raises(PolicyError, match=r"^field 'amount' means both "):
        Authority(levels=levels)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"seat": "desk"}, "AuthorityLevel.seat is 'desk'; pass Seat"),
        ({"seat": DESK, "source": "S1"}, "AuthorityLevel.source is 'S1'; pass Source"),
    ],
)
def test_a_level_takes_seat_and_source(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        AuthorityLevel(**given)  # type: ignore[arg-type]
    assert str(fault.value) == message


def test_a_level_takes_a_condition() -> None:
    with pytest.raises(PolicyError, match="is not a condition; write field > value"):
        AuthorityLevel(DESK, "amount <= 500")  # type: ignore[arg-type]


@pytest.mark.parametrize("seat", ["directr", Seat("directr", Label("a", "b"))])
def test_a_seat_without_a_level_is_a_mistake(seat: Seat | str) -> None:
    with pytest.raises(Unknown, match=r"^unknown seat 'directr'; did you mean 'director'\?$"):
        ask(seat, 800)


@pytest.mark.parametrize(
    ("asked", "policy", "seat", "message"),
    [
        ({"amount": 1}, POLICY, DESK, "facts is {'amount': 1}; pass Facts"),
        (facts(amount=1), RULE, DESK, "policy is "),
        (facts(amount=1), POLICY, None, "seat is None; pass Seat or str"),
    ],
)
def test_wrong_arguments_are_named(
    asked: object, policy: object, seat: object, message: str
) -> None:
    with pytest.raises(InputError) as fault:
        check_authority(asked, policy, seat=seat)  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)


def test_facts_of_another_meaning_are_refused() -> None:
    dollars = read_facts(
        {"amount": Money(1, "USD")}, Fields((MoneyField("amount", currency="USD"),))
    )
    with pytest.raises(InputError, match=r"^field 'amount' was read as "):
        check_authority(dollars, POLICY, seat=DESK)
