"""Keeping an answer so that it can be asked again years later, and asking again."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, MappingView
from typing import Generic, ParamSpec, Protocol, TypeVar, cast

from attrs import field, frozen

from kamcore import __version__
from kamcore.calendars import check_review_day, zone_data_version
from kamcore.credit import (
    check_consignment,
    check_credit,
    check_suspension,
    check_terms,
    find_exposure,
    find_interest,
    find_reminder,
    find_terms,
    plan_payments,
    recheck_orders,
)
from kamcore.decision import Answer, Policy, Record, Versions
from kamcore.errors import FingerprintMismatch, UnknownName
from kamcore.facts import Facts
from kamcore.price import check_floor, find_price_range, quote_price, share_revenue
from kamcore.routing import (
    check_access,
    check_authority,
    check_duties,
    compare_duties,
    plan_escalation,
    route_work,
    staff_duty,
)
from kamcore.rulebook._review import review
from kamcore.score import score_account
from kamcore.sla import (
    check_rush,
    find_batch_handling,
    find_clocks,
    find_deadline,
    find_lead_time,
    order_work,
    plan_renewal,
)
from kamcore.tier import assign_tier
from kamcore.values import Money, MoneyLike, UnitPrice

__all__ = ["Replay", "keep_record", "replay"]

P = ParamSpec("P")
A = TypeVar("A", bound=Answer)


class Question(Protocol):
    """A decision function, called by name."""

    def __call__(self, *args: object, **named: object) -> Answer:
        """Answer."""
        ...


QUESTIONS: Mapping[str, object] = {
    question.__name__: question
    for question in (
        assign_tier,
        check_access,
        check_authority,
        check_consignment,
        check_credit,
        check_duties,
        check_floor,
        check_review_day,
        check_rush,
        check_suspension,
        check_terms,
        compare_duties,
        find_batch_handling,
        find_clocks,
        find_deadline,
        find_exposure,
        find_interest,
        find_lead_time,
        find_price_range,
        find_reminder,
        find_terms,
        order_work,
        plan_escalation,
        plan_payments,
        plan_renewal,
        quote_price,
        recheck_orders,
        review,
        route_work,
        score_account,
        share_revenue,
        staff_duty,
    )
}
POLICY_NAMES = ("policy", "card", "rulebook", "window", "term", "after", "staff")


@frozen(order=False)
class Replay(Generic[A]):
    """The recorded answer and today's; `versions` are today's."""

    then: A = field()
    again: A = field()
    versions: Versions = field()

    @property
    def same(self) -> bool:
        """Whether both answers are equal: value, reasons, what was missing and what was assumed."""
        return self.then == self.again


def keep_record(question: Callable[P, A], *args: P.args, **named: P.kwargs) -> Record[A]:
    """Ask `question` and return its answer with all that it rests on.

    `question` is any decision function of kamcore, such as `assign_tier` or `review`.
    """
    name = getattr(question, "__name__", repr(question))
    if QUESTIONS.get(name) is not question:
        raise UnknownName("question", name, QUESTIONS)
    bound = inspect.signature(question).bind(*args, **named)
    bound.apply_defaults()
    given = {key: _kept(value) for key, value in bound.arguments.items()}
    answer = cast("A", cast("Question", question)(**given))
    policy = cast("Policy", given.pop(_slot(given)))
    return Record(
        question=name,
        arguments=tuple(given.items()),
        policy=policy,
        fingerprint=policy.fingerprint,
        versions=_versions(),
        answer=answer,
    )


def replay(record: Record[A], policy: Policy | None = None) -> Replay[A]:
    """Ask the recorded question again, of the recorded policy or of an equal one that is passed."""
    if policy is not None and policy.fingerprint != record.fingerprint:
        raise FingerprintMismatch(record.fingerprint, policy.fingerprint)
    if record.question not in QUESTIONS:
        raise UnknownName("question", record.question, QUESTIONS)
    question = cast("Question", QUESTIONS[record.question])
    slot = _slot(inspect.signature(question).parameters)
    again = question(**dict(record.arguments), **{slot: record.policy})
    return Replay(record.answer, cast("A", again), _versions())


def _slot(names: Iterable[str]) -> str:
    """Return the argument by which the policy goes that the answer's fingerprint is of."""
    return next(name for name in names if name in POLICY_NAMES)


def _kept(value: object) -> object:
    """Return an argument as it is kept: lists and iterators as tuples, money as kamcore's."""
    if isinstance(value, Money | UnitPrice | Facts | str):
        return value
    if isinstance(value, MoneyLike):
        return UnitPrice.of(value)
    if isinstance(value, list | Iterator | MappingView):
        return tuple(cast("Iterable[object]", value))
    return value


def _versions() -> Versions:
    return Versions(__version__, zone_data_version())
