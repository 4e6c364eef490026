import operator
import pickle
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

import attrs
import pytest
from attrs import evolve, field, frozen

from kamcore.calendars import around_the_clock
from kamcore.decision import Plain, Policy, to_plain
from kamcore.errors import PolicyError
from kamcore.sla import LeadTimes, OrderOfWork, TierLeadTime
from kamcore.values import Label, Money, Ratio, Rounding, Source

SOURCE = Source("S3-P08-6P", Label("Regulation", "制度"))
ORDER = OrderOfWork(tiers=("A", "B"))
CITED = OrderOfWork(tiers=("A", "B"), source=SOURCE)
LEAD_TIMES = LeadTimes(tiers=(TierLeadTime("A", 20), TierLeadTime("B", 30)))


@frozen(order=False, kw_only=True)
class Discount(Policy):
    """A policy of this test: one field of each kind."""

    share: Ratio = field(default=Ratio.percent(5))
    least: Money = field(default=Money(100, "CNY"))
    rounding: Rounding = field(default=Rounding.FLOOR)
    since: date | None = field(default=date(2013, 1, 5))
    tiers: tuple[str, ...] = field(default=("A", "B"))
    by_approval: bool = field(default=True)
    counted: int = field(init=False, default=7)


@frozen(order=False, kw_only=True)
class Queue(Policy):
    """The fields of an order of work under another name."""

    tiers: tuple[str, ...] = field()
    unranked: tuple[str, ...] = field(default=())
    source: Source | None = field(default=None)


class Mode(Enum):
    CASH = "cash"


class Own:
    """A value that says itself how it is stored."""

    def __plain__(self) -> Plain:
        return {"own": 1}


def test_a_fingerprint_does_not_change_from_release_to_release() -> None:
    assert ORDER.fingerprint == "4f150cf76a9690f1"
    assert CITED.fingerprint == "2dccebce1c4fabf4"
    assert Discount().fingerprint == "2348aea7eec229eb"


def test_a_fingerprint_is_sixteen_hex_digits() -> None:
    assert len(Discount().fingerprint) == 16
    int(Discount().fingerprint, base=16)


def test_equal_policies_share_it() -> None:
    again = OrderOfWork(tiers=("A", "B"))
    assert again is not ORDER
    assert again == ORDER
    assert again.fingerprint == ORDER.fingerprint


CHANGES = {
    "order of names": (ORDER, {"tiers": ("B", "A")}),
    "one name more": (ORDER, {"unranked": ("D",)}),
    "a source": (ORDER, {"source": SOURCE}),
    "the source's id": (CITED, {"source": evolve(SOURCE, id="S3-P08")}),
    "the source's mark": (CITED, {"source": evolve(SOURCE, mark="figure")}),
    "order of tiers": (LEAD_TIMES, {"tiers": LEAD_TIMES.tiers[::-1]}),
    "number of tiers": (LEAD_TIMES, {"tiers": LEAD_TIMES.tiers[:1]}),
    "days of a tier": (
        LEAD_TIMES,
        {"tiers": (TierLeadTime("A", 20), TierLeadTime("B", None))},
    ),
    "anchor": (LEAD_TIMES, {"anchor": "deposit"}),
    "working days": (LEAD_TIMES, {"calendar": around_the_clock("Asia/Shanghai")}),
    "contract": (LEAD_TIMES, {"contract_wins": False}),
    "source of all": (LEAD_TIMES, {"source": SOURCE}),
    "ratio": (Discount(), {"share": Ratio.percent(3)}),
    "currency": (Discount(), {"least": Money(100, "EUR")}),
    "rounding": (Discount(), {"rounding": Rounding.CEILING}),
    "date": (Discount(), {"since": date(2013, 1, 6)}),
    "no date": (Discount(), {"since": None}),
    "names": (Discount(), {"tiers": ("A",)}),
    "flag": (Discount(), {"by_approval": False}),
}


@pytest.mark.parametrize(("policy", "change"), CHANGES.values(), ids=CHANGES)
def test_it_differs_with_any_field(policy: Policy, change: dict[str, object]) -> None:
    assert evolve(policy, **change).fingerprint != policy.fingerprint


@pytest.mark.parametrize("kind", [OrderOfWork, LeadTimes, Discount])
def test_the_table_changes_every_field(kind: type[Policy]) -> None:
    changed = {
        name for policy, change in CHANGES.values() if type(policy) is kind for name in change
    }
    assert changed == {one.name for one in attrs.fields(kind) if one.init}


def test_it_differs_with_the_kind_of_policy() -> None:
    assert ORDER.fingerprint != Queue(tiers=("A", "B")).fingerprint


def test_a_policy_is_hashable_and_picklable_with_the_same_fingerprint() -> None:
    fresh, read = OrderOfWork(tiers=("A", "B")), OrderOfWork(tiers=("A", "B"))
    assert read.fingerprint
    for policy in (fresh, read):
        again = pickle.loads(pickle.dumps(policy))
        assert again == policy
        assert hash(again) == hash(policy)
        assert again.fingerprint == policy.fingerprint


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        pytest.param(None, None, id="None"),
        pytest.param(True, True, id="bool"),
        pytest.param(7, 7, id="int"),
        pytest.param("A", "A", id="text"),
        pytest.param(Decimal("1.50"), {"decimal": "1.50"}, id="Decimal"),
        pytest.param(date(2013, 1, 5), {"date": "2013-01-05"}, id="date"),
        pytest.param(
            datetime(2013, 1, 5, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")),
            {"instant": "2013-01-05T09:30:00+08:00", "zone": "Asia/Shanghai"},
            id="instant in a zone",
        ),
        pytest.param(
            datetime(2013, 1, 5, 9, 30, tzinfo=UTC),
            {"instant": "2013-01-05T09:30:00+00:00", "zone": ""},
            id="instant at an offset",
        ),
        pytest.param(time(9), {"time": "09:00:00"}, id="time of day"),
        pytest.param(time(9, 30, 7, 1), {"time": "09:30:07.000001"}, id="time, to the microsecond"),
        pytest.param(timedelta(hours=24), {"microseconds": 86_400_000_000}, id="length"),
        pytest.param(timedelta(microseconds=-1), {"microseconds": -1}, id="length below zero"),
        pytest.param((1, ("A", None)), [1, ["A", None]], id="tuple"),
        pytest.param(Rounding.FLOOR, "floor", id="text enum"),
        pytest.param(Mode.CASH, "cash", id="enum"),
        pytest.param(
            Ratio.percent(5), {"type": "Ratio", "numerator": 1, "denominator": 20}, id="attrs"
        ),
        pytest.param(Own(), {"own": 1}, id="own form"),
        pytest.param(
            Discount(share=Ratio(1), since=None, tiers=()),
            {
                "type": "Discount",
                "share": {"type": "Ratio", "numerator": 1, "denominator": 1},
                "least": {"type": "Money", "minor": 10000, "currency": "CNY"},
                "rounding": "floor",
                "since": None,
                "tiers": [],
                "by_approval": True,
            },
            id="policy without what it counts itself",
        ),
    ],
)
def test_plain_data(value: object, plain: Plain) -> None:
    stored = to_plain(value)
    assert stored == plain
    assert type(stored) is type(plain)


@pytest.mark.parametrize(
    "value",
    [0.5, [1], {"a": 1}, {1}, b"A", 1j, len],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_be_stored(value: object) -> None:
    with pytest.raises(PolicyError) as caught:
        to_plain((1, value))
    assert str(caught.value) == (
        f"{value!r} cannot be stored; use numbers, text, dates, tuples and kamcore's values"
    )


def test_a_policy_that_holds_it_has_no_fingerprint() -> None:
    policy = Discount(tiers=["A"])
    with pytest.raises(PolicyError, match=r"^\['A'\] cannot be stored; "):
        _ = policy.fingerprint


@pytest.mark.parametrize("policy", [Policy(), ORDER], ids=["base", "order of work"])
def test_a_policy_has_no_order(policy: Policy) -> None:
    with pytest.raises(TypeError):
        operator.lt(policy, policy)
