"""A grading run: every account's tier, the cut points, the cut-off report."""

from datetime import date, datetime
from decimal import Decimal, localcontext

import attrs
import pytest

from kamcore.decision import MissingFact
from kamcore.errors import DuplicateName, PolicyError, Undecided, UnknownName
from kamcore.facts import MoneyField, NumberField
from kamcore.score import ItemScore, Score
from kamcore.tier import (
    Cut,
    CutLine,
    CutPoints,
    Grading,
    Ladder,
    RankKey,
    Standing,
    Tier,
    TierQuota,
    assign_tier,
    grade_book,
)
from kamcore.values import Label, Ratio, Source

P08 = Source("P08-3", Label("Customer grading rules", "客户分级管理制度"), mark="figure")
QUOTA = TierQuota(
    ladder=Ladder(*(Tier(name, zh=f"{name}类") for name in "ABCD")),
    shares=tuple(Ratio.percent(share) for share in (20, 30, 40, 10)),
    tie="share_better",
    source=P08,
)
KEYED = attrs.evolve(QUOTA, keys=(RankKey(NumberField("margin", zh="利润")),))
DAY = date(2013, 1, 15)
PAYMENT = Label("payment reputation", "付款信誉")
VOLUME = Label("sales volume", "销售规模")


def score(points: int | str, *items: ItemScore) -> Score:
    """Return a score of 100 points."""
    return Score(Decimal(points), Decimal(100), items)


def standing(account: str, points: int | str, *keys: int | None) -> Standing:
    """Return the standing of a ranked account."""
    return Standing(account, score(points), keys)


def book(*points: int | str) -> list[Standing]:
    """Return the standings of the accounts a1, a2, ..."""
    return [standing(f"a{number}", one) for number, one in enumerate(points, start=1)]


def grade(standings: list[Standing], quota: TierQuota = QUOTA) -> Grading:
    """Grade a book on the day."""
    return grade_book(standings, quota, graded_on=DAY)


FIVE = book(90, 80, 80, 70, 60)


def test_the_report_holds_size_cut_and_the_best_that_missed_each_tier() -> None:
    assert grade(FIVE).lines == (
        CutLine("A", 1, 1, Decimal(90), (), "a2", Decimal(10)),
        CutLine("B", 2, 2, Decimal(80), (), "a4", Decimal(10)),
        CutLine("C", 2, 2, Decimal(60)),
        CutLine("D", 0, 0),
    )


def test_the_cut_points_are_the_least_standing_of_each_tier() -> None:
    grading = grade(FIVE)
    assert grading.cuts == CutPoints(
        quota=QUOTA,
        graded_on=DAY,
        ranked=5,
        cuts=(Cut("A", Decimal(90)), Cut("B", Decimal(80)), Cut("C", Decimal(60))),
    )
    assert grading.cuts.fields == QUOTA.fields
    assert grading.cuts.source == P08


TIED = book(90, 90, 80, 70, 60)


@pytest.mark.parametrize(
    ("tie", "tiers", "line_a", "cuts"),
    [
        (
            "share_better",
            "AABCC",
            CutLine("A", 1, 2, Decimal(90), ("a1", "a2"), "a3", Decimal(10)),
            [("A", 90, None), ("B", 80, None), ("C", 60, None)],
        ),
        (
            "share_worse",
            "BBBCC",
            CutLine("A", 1, 0, None, ("a1", "a2")),
            [("B", 80, None), ("C", 60, None)],
        ),
        (
            "by_account",
            "ABBCC",
            CutLine("A", 1, 1, Decimal(90), ("a1", "a2"), "a2", Decimal(0)),
            [("A", 90, "a1"), ("B", 80, "a3"), ("C", 60, "a5")],
        ),
    ],
)
def test_a_tie_at_a_cut_is_settled_as_the_policy_says(
    tie: str, tiers: str, line_a: CutLine, cuts: list[tuple[str, int, str | None]]
) -> None:
    grading = grade(TIED, attrs.evolve(QUOTA, tie=tie))
    assert "".join(grading[account].value for account in grading) == tiers
    assert grading.lines[0] == line_a
    assert [(cut.tier, cut.points, cut.account) for cut in grading.cuts.cuts] == cuts


def test_only_the_accounts_that_an_edge_would_part_are_tied() -> None:
    standings = [
        standing("a1", 90, 5),
        standing("a2", 90, 5),
        standing("a3", 90, 4),
        standing("a4", 80, 1),
        standing("a5", 70, 1),
    ]
    assert grade(standings, KEYED).lines[0].tied == ("a1", "a2")


def test_the_report_in_english() -> None:
    standings = [*TIED, Standing("new", score(99), (), ranked=False)]
    assert grade(standings).report() == (
        "Graded on 2013-01-15; accounts ranked: 5, not ranked: 1\n"
        "A: 2 of 5 accounts (1 by share) · cut at 90 points · a3 missed it by 10"
        " · 2 equal accounts at the cut: all share the better tier\n"
        "B: 1 of 5 accounts (2 by share) · cut at 80 points · a4 missed it by 10\n"
        "C: 2 of 5 accounts (2 by share) · cut at 60 points\n"
        "D: 0 of 5 accounts (0 by share)"
    )


def test_the_report_in_chinese() -> None:
    standings = [*TIED, Standing("new", score(99), (), ranked=False)]
    assert grade(standings).report("zh") == (
        "评级日期 2013年1月15日：参与排名 5 户，未参与 1 户\n"
        "A类：2 户（按比例 1 户） · 分数线 90 分 · a3 差 10 分未达到"
        " · 分数线上有 2 户完全相同：一并列入较高等级\n"
        "B类：1 户（按比例 2 户） · 分数线 80 分 · a4 差 10 分未达到\n"
        "C类：2 户（按比例 2 户） · 分数线 60 分\n"
        "D类：0 户（按比例 0 户）"
    )


@pytest.mark.parametrize(
    ("tie", "en", "zh"),
    [
        ("share_worse", "all share the worse tier", "一并列入较低等级"),
        ("by_account", "the account id decided", "按客户编号先后决定"),
    ],
)
def test_the_report_says_how_a_tie_was_settled(tie: str, en: str, zh: str) -> None:
    grading = grade(TIED, attrs.evolve(QUOTA, tie=tie))
    assert grading.report("en").splitlines()[1].endswith(f"2 equal accounts at the cut: {en}")
    assert grading.report("zh").splitlines()[1].endswith(f"分数线上有 2 户完全相同：{zh}")


def test_the_lowest_tier_has_no_cut() -> None:
    grading = grade(book(*range(90, 80, -1)))
    assert grading.lines[3] == CutLine("D", 1, 1, Decimal(81))
    assert grading.report().splitlines()[4] == "D: 1 of 10 accounts (1 by share)"


def test_an_empty_book_has_no_cuts_and_gives_nobody_a_tier() -> None:
    grading = grade([])
    assert len(grading) == 0
    assert grading.cuts.cuts == ()
    assert [line.actual for line in grading.lines] == [0, 0, 0, 0]
    decision = assign_tier(standing("a1", 90), grading.cuts)
    assert not decision.decided
    assert decision.reasons[0].rule.id == "tier.nobody_ranked"
    assert decision.reasons[0].source == P08


def test_a_grading_is_a_book_of_decisions_in_the_order_given() -> None:
    grading = grade(book(60, 90))
    assert len(grading) == 2
    assert [(account, grading[account].value) for account in grading] == [("a1", "C"), ("a2", "B")]
    assert grading.unranked == ()


def test_an_account_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName) as fault:
        grade([standing("a1", 90), standing("a2", 80), standing("a1", 70)])
    assert str(fault.value) == "account 'a1' appears twice; rename or remove one"


def test_an_account_that_was_not_given_is_refused() -> None:
    with pytest.raises(UnknownName) as fault:
        _ = grade(FIVE)["a11"]
    assert str(fault.value) == "unknown account 'a11'; did you mean 'a1'?"


def test_an_instant_is_no_day_of_grading() -> None:
    with pytest.raises(PolicyError) as fault:
        grade_book(FIVE, QUOTA, graded_on=datetime(2013, 1, 15))
    assert str(fault.value) == (
        "day of grading datetime.datetime(2013, 1, 15, 0, 0) is not a date; "
        "take its date in a zone: value.astimezone(zone).date()"
    )


SALES = MissingFact("sales", Label("sales", "销售额"))


@pytest.mark.parametrize(
    ("outsider", "rule"),
    [
        (Standing("new", score(99), (), ranked=False), "tier.not_ranked"),
        (Standing("new", None, (), ranked=False), "tier.not_ranked"),
        (Standing("new", None, (), ranked=False, missing=(SALES,)), "tier.not_scored"),
    ],
    ids=["a new account with a score", "a new account without a score", "facts are missing"],
)
def test_who_is_not_ranked_gets_no_tier(outsider: Standing, rule: str) -> None:
    grading = grade([*FIVE, outsider])
    decision = grading["new"]
    assert not decision.decided
    assert [reason.rule.id for reason in decision.reasons] == [rule]
    assert decision.missing == outsider.missing
    assert grading.unranked == ("new",)
    assert grading.cuts == grade(FIVE).cuts
    with pytest.raises(Undecided):
        _ = decision.value


def test_who_is_outside_the_population_is_told_its_condition() -> None:
    sales = MoneyField("sales", currency="CNY", zh="销售额")
    quota = attrs.evolve(QUOTA, population=sales > 0)
    decision = grade([Standing("new", score(99), (), ranked=False)], quota)["new"]
    assert not decision.decided
    (first,) = decision.reasons
    assert (first.rule.id, first.source) == ("tier.not_ranked", P08)
    condition = dict(first.params)["condition"]
    assert condition == Label(quota.population.text("en"), quota.population.text("zh"))


# --- why this tier, and what the next one asks ----------------------------------------------


def ids(account: Standing, grading: Grading) -> list[str]:
    """Return the rule ids of the answer for one account."""
    return [reason.rule.id for reason in assign_tier(account, grading.cuts).reasons]


def test_the_answer_names_points_share_cut_and_what_lacks_to_the_next() -> None:
    grading = grade(FIVE)
    asked = Standing(
        "a4",
        score(
            70,
            ItemScore("payment", PAYMENT, Decimal(5), Decimal(20)),
            ItemScore("volume", VOLUME, Decimal(65), Decimal(80)),
        ),
        (),
    )
    decision = assign_tier(asked, grading.cuts)
    by_cut, cut, lacking, item = decision.reasons
    assert (by_cut.rule.id, by_cut.source) == ("tier.by_cut", P08)
    assert dict(by_cut.params) == {
        "tier": Label("C", "C类"),
        "score": Decimal(70),
        "ranked": 5,
        "day": DAY,
    }
    assert cut.rule.id == "tier.next_cut_reached"
    assert dict(cut.params) == {
        "before": Ratio.percent(50),
        "share": Ratio.percent(40),
        "tier": Label("C", "C类"),
        "points": Decimal(60),
    }
    assert lacking.rule.id == "tier.to_next_cut"
    assert dict(lacking.params) == {
        "lacking": Decimal(10),
        "tier": Label("B", "B类"),
        "points": Decimal(80),
    }
    assert item.rule.id == "tier.to_next_by_item"
    assert dict(item.params) == {
        "item": PAYMENT,
        "gain": Decimal(15),
        "lacking": Decimal(10),
        "tier": Label("B", "B类"),
    }
    assert decision.fingerprint == grading.cuts.fingerprint


@pytest.mark.parametrize(
    ("lost", "found"),
    [
        (11, ["tier.to_next_cut", "tier.to_next_by_item"]),
        (10, ["tier.to_next_cut", "tier.to_next_by_item"]),
        (9, ["tier.to_next_cut"]),
    ],
    ids=["more than enough", "just enough", "one too few"],
)
def test_an_item_is_named_only_if_it_alone_could_give_the_points(
    lost: int, found: list[str]
) -> None:
    item = ItemScore("payment", PAYMENT, Decimal(20 - lost), Decimal(20))
    rest = ItemScore("rest", Label("rest", "其余"), Decimal(80), Decimal(80))
    account = Standing("a4", score(70, item, rest), ())
    assert ids(account, grade(FIVE))[2:] == found


def test_an_item_gives_more_where_others_were_left_out() -> None:
    item = ItemScore("payment", PAYMENT, Decimal(17), Decimal(20))
    out = ItemScore("volume", VOLUME, Decimal(0), Decimal(80), counted=False)
    decision = assign_tier(Standing("a4", score(70, item, out), ()), grade(FIVE).cuts)
    said = dict(decision.reasons[3].params)
    assert (said["item"], said["gain"], said["lacking"]) == (PAYMENT, Decimal(15), Decimal(10))


def test_the_best_tier_has_no_next_one() -> None:
    assert ids(FIVE[0], grade(FIVE)) == ["tier.by_cut", "tier.cut_reached"]


def test_who_reaches_no_cut_is_in_the_lowest_tier() -> None:
    grading = grade(book(*range(90, 80, -1)))
    decision = grading["a10"]
    assert decision.value == "D"
    assert [reason.rule.id for reason in decision.reasons] == [
        "tier.by_cut",
        "tier.below_all_cuts",
        "tier.to_next_cut",
    ]
    assert dict(decision.reasons[1].params)["share"] == Ratio.percent(10)


def test_behind_a_cut_by_a_key() -> None:
    standings = [
        standing("a1", 90, 5),
        standing("a2", 90, 7),
        *(standing(f"a{number}", 60, 0) for number in (3, 4, 5)),
    ]
    decision = grade(standings, KEYED)["a1"]
    assert decision.value == "B"
    behind = decision.reasons[2]
    assert behind.rule.id == "tier.behind_by_key"
    assert dict(behind.params) == {
        "tier": Label("A", "A类"),
        "points": Decimal(90),
        "keys": Label("margin", "利润"),
    }
    assert decision.assumed == ()


def test_behind_a_cut_by_the_account_id() -> None:
    decision = grade(TIED, attrs.evolve(QUOTA, tie="by_account"))["a2"]
    assert decision.value == "B"
    assert decision.reasons[2].rule.id == "tier.by_account_id"


def test_a_missing_key_ranks_last_and_the_answer_says_so() -> None:
    standings = [
        standing("a1", 90, None),
        standing("a2", 90, 0),
        *(standing(f"a{number}", 60, 0) for number in (3, 4, 5)),
    ]
    grading = grade(standings, KEYED)
    assert (grading["a2"].value, grading["a1"].value) == ("A", "B")
    (said,) = grading["a1"].assumed
    assert said.rule.id == "tier.missing_key_last"
    assert dict(said.params) == {"keys": Label("margin", "利润")}
    assert grading["a1"].missing == ()
    assert grading["a2"].assumed == ()


# --- cut points answer later questions ------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "tier"),
    [
        ("90", "A"),
        ("89.99", "B"),
        ("80", "B"),
        ("79.99", "C"),
        ("60", "C"),
        ("59.99", "D"),
        ("0", "D"),
        ("100", "A"),
    ],
)
def test_a_later_question_is_answered_by_the_cuts(points: str, tier: str) -> None:
    assert assign_tier(standing("newcomer", points), grade(FIVE).cuts).value == tier


@pytest.mark.parametrize(("account", "tier"), [("a0", "A"), ("a1", "A"), ("a2", "B"), ("b", "B")])
def test_a_later_question_at_a_cut_decided_by_id_is_decided_by_id(account: str, tier: str) -> None:
    cuts = grade(TIED, attrs.evolve(QUOTA, tie="by_account")).cuts
    assert assign_tier(standing(account, 90), cuts).value == tier


CUTS = CutPoints(quota=QUOTA, graded_on=DAY, ranked=5, cuts=(Cut("A", Decimal(90)),))


def test_cuts_of_an_unknown_tier_are_refused() -> None:
    with pytest.raises(UnknownName) as fault:
        attrs.evolve(CUTS, cuts=(Cut("AA", Decimal(90)),))
    assert str(fault.value) == "unknown tier 'AA'; did you mean 'A'?"


@pytest.mark.parametrize(
    ("cuts", "message"),
    [
        (
            (Cut("B", Decimal(80)), Cut("A", Decimal(90))),
            "cuts B at 80, A at 90 are not in order; a better tier comes first, at more",
        ),
        (
            (Cut("A", Decimal(80)), Cut("B", Decimal(90))),
            "cuts A at 80, B at 90 are not in order; a better tier comes first, at more",
        ),
        (
            (Cut("A", Decimal(90)), Cut("A", Decimal(80))),
            "cuts A at 90, A at 80 are not in order; a better tier comes first, at more",
        ),
        (
            (Cut("A", Decimal(90), account="a2"), Cut("B", Decimal(90), account="a1")),
            "cuts A at 90, B at 90 are not in order; a better tier comes first, at more",
        ),
    ],
    ids=["tiers", "points", "a tier twice", "accounts of equal points"],
)
def test_cuts_under_which_more_points_would_cost_a_tier_are_refused(
    cuts: tuple[Cut, ...], message: str
) -> None:
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(CUTS, cuts=cuts)
    assert str(fault.value) == message


def test_two_cuts_may_part_equal_points_by_account() -> None:
    parted = (Cut("A", Decimal(90), account="a1"), Cut("B", Decimal(90), account="a2"))
    cuts = attrs.evolve(CUTS, quota=attrs.evolve(QUOTA, tie="by_account"), cuts=parted)
    tiers = [assign_tier(standing(account, 90), cuts).value for account in ("a1", "a2", "a3")]
    assert tiers == ["A", "B", "D"]


def test_the_callers_decimal_context_changes_nothing() -> None:
    standings = book("99.25", "99.26", "80.33", "80.34", "80.35")
    expected = grade(standings)
    with localcontext(prec=2):
        found = grade(standings)
        assert found == expected
        assert found.lines[0].gap == Decimal("0.01")
        lacking = dict(found["a1"].reasons[2].params)["lacking"]
        assert lacking == Decimal("0.01")
