import operator
import pickle
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import frozen
from attrs.exceptions import FrozenInstanceError

from kamcore.decision import UNDECIDED, Decision, MissingFact, Reason, Rule, Trace
from kamcore.errors import NoTruthValue, Undecided
from kamcore.sla import OrderOfWork
from kamcore.values import Label, Lang, Source

PRINT = OrderOfWork(tiers=("A", "B")).fingerprint
OTHER_PRINT = OrderOfWork(tiers=("B", "A")).fingerprint
TIER = Rule("test.tier", ("tier",), en="tier {tier}", zh="{tier}级")
UNKNOWN = Rule("test.unknown", (), en="no tier can be named", zh="无法定级")
POINTS = Rule("test.points", ("number",), en="item {number} earns points", zh="第{number}项得分")
YEARLY = Rule("test.yearly", (), en="graded once a year", zh="每年评定一次")
ROUNDED = Rule("test.rounded", (), en="sizes are rounded", zh="人数取整")
REGULATION = Label("Grading regulation", "分级管理制度")
OTHER = Label("Price list", "价目表")
CLAUSE = Source("P08-3", REGULATION, clause=Label("clause 3", "第三条"))
TRADE = MissingFact("trade_12m", Label("trade of 12 months", "近12个月交易额"))
SCALE = MissingFact("scale", Label("scale", "客户规模"))


def graded(points: int = 0, source: Source | None = None) -> tuple[Reason, ...]:
    """An answer and reasons for it: one line for the tier, one for each item."""
    items = (Reason.of(POINTS, number) for number in range(1, points + 1))
    return (Reason.of(TIER, "A", source=source), *items)


DECIDED: Decision[str] = Decision("A", graded(), PRINT)
OPEN: Decision[str] = Decision(UNDECIDED, (Reason.of(UNKNOWN),), PRINT, missing=(TRADE, SCALE))


@frozen
class Noted(Trace):
    """What a room notes: here only how many items were counted."""

    points: int

    def reasons(self) -> tuple[Reason, ...]:
        return graded(self.points)


# --- the answer ---------------------------------------------------------------------------------


def test_an_answer() -> None:
    assert DECIDED.decided
    assert DECIDED.value == "A"
    assert DECIDED.value_or("none") == "A"


def test_no_answer() -> None:
    assert not OPEN.decided
    assert OPEN.value_or("none") == "none"
    assert OPEN.value_or(None) is None


def test_no_answer_names_the_missing_facts() -> None:
    with pytest.raises(Undecided) as caught:
        _ = OPEN.value
    assert caught.value.missing == ("trade_12m", "scale")
    assert str(caught.value) == ("no tier can be named; supply the facts or use .value_or(...)")


@pytest.mark.parametrize("answer", [None, False, 0, ""], ids=repr)
def test_an_answer_may_be_empty(answer: object) -> None:
    decision = Decision(answer, graded(), PRINT)
    assert decision.decided
    assert decision.value is answer
    assert decision.value_or("none") is answer


@pytest.mark.parametrize("decision", [DECIDED, OPEN], ids=["decided", "open"])
def test_a_decision_is_no_yes_or_no(decision: Decision[str]) -> None:
    with pytest.raises(NoTruthValue) as caught:
        bool(decision)
    assert str(caught.value) == ("a decision has no truth value; read .value, or ask .decided")


# --- equality -----------------------------------------------------------------------------------


def test_reasons_are_built_when_they_are_read() -> None:
    noted: Decision[str] = Decision("A", Noted(2), PRINT)
    built: Decision[str] = Decision("A", graded(2), PRINT)
    assert noted.reasons == built.reasons
    assert noted == built
    assert hash(noted) == hash(built)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Decision("B", graded(), PRINT), id="answer"),
        pytest.param(Decision(UNDECIDED, graded(), PRINT), id="no answer"),
        pytest.param(Decision("A", graded(1), PRINT), id="reasons"),
        pytest.param(Decision("A", graded(source=CLAUSE), PRINT), id="source"),
        pytest.param(Decision("A", graded(), OTHER_PRINT), id="policy"),
        pytest.param(Decision("A", graded(), PRINT, missing=(TRADE,)), id="missing"),
        pytest.param(Decision("A", graded(), PRINT, assumed=(Reason.of(YEARLY),)), id="assumed"),
        pytest.param("A", id="the bare answer"),
    ],
)
def test_what_makes_decisions_differ(other: object) -> None:
    assert other != DECIDED


@pytest.mark.parametrize(
    "decision",
    [
        pytest.param(DECIDED, id="decided"),
        pytest.param(OPEN, id="open"),
        pytest.param(Decision("A", Noted(2), PRINT, assumed=(Reason.of(YEARLY),)), id="noted"),
    ],
)
def test_a_decision_survives_pickling(decision: Decision[str]) -> None:
    again = pickle.loads(pickle.dumps(decision))
    assert again == decision
    assert hash(again) == hash(decision)
    assert again.decided is decision.decided


def test_a_pickle_has_the_reasons_and_not_the_trace() -> None:
    assert b"Noted" not in pickle.dumps(Decision("A", Noted(2), PRINT))


def test_a_decision_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        DECIDED.fingerprint = OTHER_PRINT  # type: ignore[misc]


# --- the explanation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "en", "zh"),
    [
        pytest.param(DECIDED, ("tier A",), ("A级",), id="answer"),
        pytest.param(
            OPEN,
            ("no tier can be named", "Missing: trade of 12 months, scale"),
            ("无法定级", "未提供：近12个月交易额、客户规模"),
            id="missing",
        ),
        pytest.param(
            Decision("A", graded(), PRINT, assumed=(Reason.of(YEARLY), Reason.of(ROUNDED))),
            ("tier A", "Convention: graded once a year; sizes are rounded"),
            ("A级", "口径：每年评定一次；人数取整"),
            id="assumed",
        ),
        pytest.param(
            Decision("A", graded(source=CLAUSE), PRINT),
            ("tier A", "Source: “Grading regulation” P08-3, clause 3"),
            ("A级", "依据：《分级管理制度》P08-3 第三条"),
            id="source",
        ),
        pytest.param(
            Decision(
                "A",
                (
                    Reason.of(TIER, "A", source=Source("P08-3", REGULATION)),
                    Reason.of(POINTS, 1, source=Source("X-1", OTHER)),
                    Reason.of(POINTS, 2, source=Source("P08-2", REGULATION)),
                    Reason.of(POINTS, 3, source=Source("P08-3", REGULATION)),
                ),
                PRINT,
                missing=(TRADE,),
                assumed=(Reason.of(YEARLY),),
            ),
            (
                "tier A",
                "item 1 earns points",
                "item 2 earns points",
                "item 3 earns points",
                "Missing: trade of 12 months",
                "Convention: graded once a year",
                "Source: “Grading regulation” P08-3; P08-2; “Price list” X-1",
            ),
            (
                "A级",
                "第1项得分",
                "第2项得分",
                "第3项得分",
                "未提供：近12个月交易额",
                "口径：每年评定一次",
                "依据：《分级管理制度》P08-3、P08-2；《价目表》X-1",
            ),
            id="everything",
        ),
    ],
)
def test_the_explanation(decision: Decision[str], en: tuple[str, ...], zh: tuple[str, ...]) -> None:
    assert decision.lines() == decision.lines("en") == en
    assert decision.lines("zh") == zh
    assert decision.explain() == str(decision) == "\n".join(en)
    assert decision.explain("zh") == "\n".join(zh)


DUE = Rule("test.due", ("due",), en="by {due}", zh="不晚于{due}")
SEEN = Rule("test.seen", ("at",), en="seen at {at}", zh="{at}查看")


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            (
                "by Sat 2013-01-05 09:30 (Asia/Shanghai UTC+08:00)",
                "seen at Fri 2013-01-04 09:30",
                "seen at Fri 2013-01-04 01:30 (UTC)",
                "seen at Fri 2013-01-04 01:30",
            ),
        ),
        (
            "zh",
            (
                "不晚于2013年1月5日（周六）09:30（北京时间）",
                "2013年1月4日（周五）09:30查看",
                "2013年1月4日（周五）01:30（UTC）查看",
                "2013年1月4日（周五）01:30查看",
            ),
        ),
    ],
)
def test_an_explanation_writes_each_zone_once(lang: Lang, lines: tuple[str, ...]) -> None:
    due = datetime(2013, 1, 5, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    seen = due - timedelta(days=1)
    reasons = (
        Reason.of(DUE, due),
        Reason.of(SEEN, seen),
        Reason.of(SEEN, seen.astimezone(UTC)),
        Reason.of(SEEN, seen.astimezone(UTC)),
    )
    decision = Decision(due, reasons, PRINT)
    assert decision.lines(lang) == lines
    assert decision.lines(lang) == lines


@pytest.mark.parametrize(
    ("points", "lang", "last"),
    [
        pytest.param(6, "en", "item 6 earns points", id="seven lines en"),
        pytest.param(6, "zh", "第6项得分", id="seven lines zh"),
        pytest.param(7, "en", "… and 2 more reasons", id="eight reasons en"),
        pytest.param(7, "zh", "……另有 2 条理由", id="eight reasons zh"),
        pytest.param(20, "en", "… and 15 more reasons", id="many reasons"),
    ],
)
def test_an_explanation_has_at_most_seven_lines(points: int, lang: Lang, last: str) -> None:
    lines = Decision("A", graded(points), PRINT).lines(lang)
    assert len(lines) == 7
    assert lines[-1] == last


@pytest.mark.parametrize(
    ("points", "kept"),
    [
        (3, ("tier A", "item 1 earns points", "item 2 earns points", "item 3 earns points")),
        (4, ("tier A", "item 1 earns points", "item 2 earns points", "… and 2 more reasons")),
    ],
)
def test_what_is_missing_assumed_and_published_is_always_told(
    points: int, kept: tuple[str, ...]
) -> None:
    decision = Decision(
        "A", graded(points, CLAUSE), PRINT, missing=(TRADE,), assumed=(Reason.of(YEARLY),)
    )
    assert decision.lines() == (
        *kept,
        "Missing: trade of 12 months",
        "Convention: graded once a year",
        "Source: “Grading regulation” P08-3, clause 3",
    )


@pytest.mark.parametrize(
    ("at_most", "lines"),
    [
        pytest.param(None, 22, id="all"),
        pytest.param(22, 22, id="as many as there are"),
        pytest.param(21, 21, id="one fewer"),
        pytest.param(3, 3, id="the answer, the rest and the source"),
        pytest.param(1, 3, id="no fewer than these"),
    ],
)
def test_an_explanation_may_be_longer_or_shorter(at_most: int | None, lines: int) -> None:
    told = Decision("A", graded(20, CLAUSE), PRINT).lines(at_most=at_most)
    assert len(told) == lines
    assert told[0] == "tier A"
    assert told[-1] == "Source: “Grading regulation” P08-3, clause 3"
    assert any("more reasons" in line for line in told) is (lines < 22)


def test_in_a_notebook_the_text_is_escaped() -> None:
    decision = Decision("A", (Reason.of(TIER, "<b>R&D"), Reason.of(POINTS, 1)), PRINT)
    assert decision._repr_html_() == (
        "<div><b>tier &lt;b&gt;R&amp;D</b><ul><li>item 1 earns points</li></ul></div>"
    )


def test_the_repr_shows_answer_and_policy() -> None:
    assert repr(DECIDED) == f"Decision('A', policy {PRINT})"


# --- as data ------------------------------------------------------------------------------------


def test_as_data_the_reasons_are_built() -> None:
    decision = Decision("A", Noted(1), PRINT, assumed=(Reason.of(YEARLY),))
    assert decision.__plain__() == {
        "type": "Decision",
        "answer": "A",
        "reasons": [
            {
                "type": "Reason",
                "rule": {"rule": "test.tier"},
                "params": [["tier", "A"]],
                "source": None,
                "also": [],
            },
            {
                "type": "Reason",
                "rule": {"rule": "test.points"},
                "params": [["number", 1]],
                "source": None,
                "also": [],
            },
        ],
        "fingerprint": PRINT,
        "missing": [],
        "assumed": [
            {
                "type": "Reason",
                "rule": {"rule": "test.yearly"},
                "params": [],
                "source": None,
                "also": [],
            }
        ],
    }


def test_as_data_no_answer_is_no_text() -> None:
    stored = OPEN.__plain__()
    assert isinstance(stored, dict)
    assert stored["answer"] == {"undecided": True}
    assert stored["missing"] == [
        {
            "type": "MissingFact",
            "name": "trade_12m",
            "label": {"type": "Label", "en": "trade of 12 months", "zh": "近12个月交易额"},
        },
        {
            "type": "MissingFact",
            "name": "scale",
            "label": {"type": "Label", "en": "scale", "zh": "客户规模"},
        },
    ]


@pytest.mark.parametrize("value", [DECIDED, TRADE], ids=["decision", "missing fact"])
def test_a_decision_has_no_order(value: object) -> None:
    with pytest.raises(TypeError):
        operator.lt(value, value)
