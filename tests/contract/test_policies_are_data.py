"""The contract that every public policy type passes: data, storable, equal by value, described.

A new policy type needs one example in `EXAMPLES`; a policy type without one fails the first test.
"""

import importlib
import pickle
import pkgutil
from collections.abc import Iterator
from datetime import date

import attrs
import pytest
from tests import money, promises
from tests.company import GENERAL_MANAGER, MANAGERS, reviewed, rulebook
from tests.contract import _duties as duties

import kamcore
from kamcore.calendars import Calendar
from kamcore.codec import from_json, to_json
from kamcore.credit import CASH_ON_DELIVERY, PREPAYMENT, deferred_days, deferred_months
from kamcore.decision import Policy, to_plain
from kamcore.facts import Fields, FlagField, MoneyField
from kamcore.presets import (
    basic_service,
    grades_by_potential,
    group_levels,
    hundred_points,
    power_utility,
    preference_grades,
    private_networks,
    service_levels,
    vip_service,
)
from kamcore.rulebook import describe
from kamcore.tier import Ladder, TierBands
from kamcore.values import Band, Ratio

COMPANY = rulebook()
GRADING = reviewed(COMPANY).grading
assert GRADING is not None
EXAMPLES: tuple[Policy, ...] = (
    COMPANY,
    hundred_points.card(COMPANY.card.items if COMPANY.card else ()),
    hundred_points.quota(tie="by_account", population=None),
    hundred_points.price(approver=GENERAL_MANAGER),
    hundred_points.credit(approver=GENERAL_MANAGER),
    hundred_points.DEMOTION,
    hundred_points.consignment(limit=money.cny(300_000)),
    private_networks.fees(
        reliefs={
            "monthly_rent": Ratio.percent(10),
            "number_fee": Ratio(1),
            "communication_fee": Ratio(0),
        },
        smaller=money.NEW,
    ),
    private_networks.REVENUE,
    grades_by_potential.price(raise_by=Ratio.percent(5)),
    preference_grades.price(a=Ratio.percent(8), b=Ratio.percent(5), c=Ratio.percent(2)),
    hundred_points.LEAD_TIMES,
    hundred_points.ANSWER,
    hundred_points.ORDER_OF_WORK,
    basic_service.BATCHES,
    basic_service.coverage(calendar=promises.OFFICE),
    service_levels.agreements(calendar=promises.OFFICE),
    group_levels.service(
        opens={"gold": "06:00", "silver": "08:00", "ordinary": "09:00"}, zone="Asia/Shanghai"
    ),
    vip_service.renewals(first_sweep=date(2026, 1, 5)),
    promises.OFFICE,
    promises.COMBINED,
    promises.SERVICE,
    promises.LEAD_TIMES,
    promises.ORDER,
    promises.BATCHES,
    promises.RENEWALS,
    promises.WINDOW,
    money.PRICE,
    money.GROSS_PRICE,
    money.REVENUE,
    money.PARTS,
    money.EARLY,
    money.ON_WORKING_DAYS,
    PREPAYMENT,
    CASH_ON_DELIVERY,
    deferred_days(30),
    deferred_months(3),
    money.LIMITS,
    money.PLAIN_LIMITS,
    money.CONSIGNMENT,
    money.AGEING,
    money.DUNNING,
    money.SUSPENSION,
    money.INTEREST,
    hundred_points.duties(account_managers=MANAGERS),
    group_levels.tiers(scale=MoneyField("scale", currency="CNY")),
    GRADING.cuts,
    TierBands(
        ladder=Ladder("A", "B", "C"),
        bands=(Band(80, 100, "A"), Band(60, 79, "B"), Band(0, 59, "C")),
    ),
    duties.DUTIES,
    duties.LAST,
    duties.SPECIFIC,
    power_utility.duties(critical=FlagField("critical"), important=FlagField("important")),
    vip_service.duties(contacts=(GENERAL_MANAGER,)),
    basic_service.duties(important=FlagField("important")),
    duties.STAFF,
    duties.ESCALATION,
    duties.AUTHORITY,
    duties.ACCESS,
    vip_service.access(),
)


def named(policy: Policy) -> str:
    """Name a case."""
    return f"{type(policy).__name__} {policy.fingerprint}"


def public_types() -> Iterator[type]:
    """Go through every attrs class that a room exports."""
    for found in pkgutil.iter_modules(kamcore.__path__):
        room = importlib.import_module(f"kamcore.{found.name}")
        for name in getattr(room, "__all__", ()):
            member = getattr(room, name)
            if isinstance(member, type) and attrs.has(member):
                yield member


PUBLIC = sorted(set(public_types()), key=lambda kind: kind.__name__)


def test_every_policy_type_has_an_example() -> None:
    kinds = {kind for kind in PUBLIC if issubclass(kind, Policy)} - {Policy, Calendar}
    assert kinds == {type(policy) for policy in EXAMPLES}


@pytest.mark.parametrize("kind", PUBLIC, ids=lambda kind: kind.__name__)
def test_every_public_value_type_is_frozen_slotted_and_hashable(kind: type) -> None:
    assert kind.__setattr__ is not object.__setattr__
    assert "__dict__" not in dir(kind)
    assert kind.__hash__ is not None
    assert not any(callable(field.default) for field in attrs.fields(kind))


@pytest.mark.parametrize("policy", EXAMPLES, ids=named)
def test_a_policy_survives_json_and_pickling_with_its_fingerprint(policy: Policy) -> None:
    for copy in (from_json(to_json(policy), type(policy)), pickle.loads(pickle.dumps(policy))):
        assert copy == policy
        assert copy is not policy
        assert hash(copy) == hash(policy)
        assert copy.fingerprint == policy.fingerprint
        assert to_json(copy) == to_json(policy)


@pytest.mark.parametrize("policy", EXAMPLES, ids=named)
def test_a_policy_is_frozen(policy: Policy) -> None:
    name = attrs.fields(type(policy))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(policy, name, None)


@pytest.mark.parametrize("policy", EXAMPLES, ids=named)
def test_a_policy_holds_only_codable_values(policy: Policy) -> None:
    def walk(data: object) -> None:
        match data:
            case dict():
                for member in data.values():
                    walk(member)
            case list():
                for member in data:
                    walk(member)
            case _:
                assert data is None or isinstance(data, bool | int | str)

    walk(to_plain(policy))


NO_FACTS = (
    *("Demotion", "LeadTimes", "OrderOfWork", "BatchRules", "Renewals", "RevenueShare"),
    *("PaymentMode", "PaymentTerm", "LimitPolicy", "AgeingBands", "DunningPolicy", "LateInterest"),
    *("WorkCalendar", "CombinedCalendar", "ReviewWindow"),
)


@pytest.mark.parametrize("policy", EXAMPLES, ids=named)
def test_a_policy_that_asks_for_facts_says_which(policy: Policy) -> None:
    asks = isinstance(getattr(policy, "fields", None), Fields)
    assert asks is (type(policy).__name__ not in NO_FACTS)


@pytest.mark.parametrize("policy", EXAMPLES, ids=named)
def test_a_policy_is_described_in_two_languages(policy: Policy) -> None:
    english, chinese = describe(policy, "en"), describe(policy, "zh")
    assert len(english.splitlines()) == len(chinese.splitlines())
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


def test_changing_any_value_changes_the_fingerprint() -> None:
    assert len({policy.fingerprint for policy in EXAMPLES}) == len(EXAMPLES)
    other = attrs.evolve(GRADING.cuts, graded_on=date(2026, 1, 6)) if GRADING else None
    assert other is not None
    assert other.fingerprint != GRADING.cuts.fingerprint
