"""Credit limits (信用额度), requests for credit, and the weighing of the one against the other."""

from datetime import date
from typing import Literal

from attrs import Factory, field, frozen

from kamcore.credit._commitments import refuse_negative, zero_like
from kamcore.credit._exposure import Exposure
from kamcore.credit._limit_policy import STAGES, LimitPolicy, OverdueGate, Stage
from kamcore.credit._limit_reasons import words
from kamcore.errors import InputError, PolicyError
from kamcore.values import Label, Money, Ratio, Rounding
from kamcore.values._checks import as_date, instance_of, one_of, some_text

__all__ = [
    "BLOCKED",
    "UNLIMITED",
    "CreditLimit",
    "CreditRequest",
    "Weighed",
    "known_limit",
    "ships_late",
    "weigh",
]


@frozen(order=False)
class CreditLimit:
    """How much an account may owe: `CreditLimit.up_to(money)`, `UNLIMITED` or `BLOCKED`.

    `up_to(Money(0, ...))` grants nothing on credit; what is prepaid in full still passes, and an
    approver may grant more. `BLOCKED` stops prepaid orders as well, and nobody grants more.
    """

    kind: Literal["up_to", "unlimited", "blocked"] = field(
        validator=one_of("up_to", "unlimited", "blocked")
    )
    amount: Money | None = field(default=None, validator=instance_of(Money, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse an amount where there is none, none where there is one, and one below 0."""
        if (self.amount is None) is (self.kind == "up_to"):
            raise PolicyError(
                f"credit limit {self.kind!r} with amount {self.amount}; "
                "write CreditLimit.up_to(money), UNLIMITED or BLOCKED"
            )
        if self.amount is not None and self.amount.minor < 0:
            raise PolicyError(f"a credit limit of {self.amount}; pass 0 or more, or write BLOCKED")

    @classmethod
    def up_to(cls, amount: Money) -> "CreditLimit":
        """Grant credit up to and including an amount."""
        return cls("up_to", amount)

    def with_tolerance(self, tolerance: Ratio) -> Money | None:
        """Return what may be owed with a tolerance, rounded down; None without a limit."""
        if self.amount is None:
            return None
        return self.amount + self.amount.times(tolerance, Rounding.FLOOR)

    @property
    def label(self) -> Label:
        """The limit in words."""
        if self.amount is None:
            unlimited = Label("unlimited", "不设上限")
            return unlimited if self.kind == "unlimited" else Label("blocked", "已冻结")
        if self.amount.minor == 0:
            return words("{} (nothing on credit)", "{}（不予赊销）", self.amount)
        return words("{}", "{}", self.amount)


UNLIMITED = CreditLimit("unlimited")
BLOCKED = CreditLimit("blocked")


def known_limit(limit: CreditLimit) -> CreditLimit:
    """Return a credit limit; refuse None, 0 and all else that could mean two things."""
    given: object = limit
    if not isinstance(given, CreditLimit):
        raise InputError(
            f"limit {given!r} is no credit limit; "
            "pass CreditLimit.up_to(money), UNLIMITED or BLOCKED"
        )
    return limit


def _nothing(owner: "CreditRequest") -> Money:
    return zero_like(owner.amount)


@frozen(order=False)
class CreditRequest:
    """A quote, order, delivery or invoice of `amount` that asks for credit.

    `prepaid` of it is paid already. `replaces` is what the same order counts in the exposure
    already: an order raised from 100 to 200 asks for 200 and replaces 100, a delivery replaces its
    order. Both are 0 unless given. `day` is when an order ships, for a policy with a horizon; None:
    it counts. Raises `InputError` where an amount is negative, or more is prepaid than asked.
    """

    number: str = field(validator=some_text)
    amount: Money = field(validator=instance_of(Money))
    stage: Stage = field(validator=one_of(*STAGES))
    prepaid: Money = field(
        default=Factory(_nothing, takes_self=True), kw_only=True, validator=instance_of(Money)
    )
    replaces: Money = field(
        default=Factory(_nothing, takes_self=True), kw_only=True, validator=instance_of(Money)
    )
    day: date | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse negative amounts, more prepaid than asked, and what is no date."""
        what = f"{self.stage} {self.number}"
        parts = {"amount": self.amount, "prepaid": self.prepaid, "replaces": self.replaces}
        refuse_negative(what, parts)
        if not self.prepaid <= self.amount:
            raise InputError(
                f"{what} of {self.amount}: {self.prepaid} prepaid; pass at most the amount"
            )
        if self.day is not None:
            as_date(self.day, f"{what}: day")

    @property
    def on_credit(self) -> Money:
        """What is not prepaid."""
        return self.amount - self.prepaid

    @property
    def label(self) -> Label:
        """The request in words."""
        kind, number = STAGES[self.stage], Label(self.number, self.number)
        return words("{} {} of {}", "{} {}（{}）", kind, number, self.amount)


@frozen(order=False, kw_only=True)
class Weighed:
    """What a check finds; `gate` is the overdue block that stands in the way."""

    passes: bool
    gate: OverdueGate | None
    headroom: Money | None
    over: Money
    would_pass: Money | None
    prepay: Money | None


def weigh(
    request: CreditRequest,
    base: Money,
    exposure: Exposure,
    policy: LimitPolicy,
    limit: CreditLimit,
) -> Weighed:
    """Weigh a request against the exposure `base` that counts without it."""
    nothing = base - base
    need = request.on_credit + nothing  # in one currency, even where nothing is compared
    if limit.kind == "blocked":
        return Weighed(
            passes=False, gate=None, headroom=nothing, over=need, would_pass=nothing, prepay=None
        )
    gate = policy.overdue
    closed = gate if gate is not None and gate.closed_by(exposure.overdue) else None
    most = None if ships_late(request, exposure, policy) else limit.with_tolerance(policy.tolerance)
    left = None if most is None else most - base
    over = nothing if left is None or need <= left else need - left
    prepaid = policy.prepaid_passes and need.minor == 0
    passes = prepaid or (closed is None and over.minor == 0)
    would_pass = None if left is None else request.prepaid + left
    prepay: Money | None = over
    if closed is not None or (left is not None and left < nothing):
        would_pass = request.prepaid if policy.prepaid_passes else nothing
        prepay = need if policy.prepaid_passes else None
    return Weighed(
        passes=passes,
        gate=closed,
        headroom=None if limit.amount is None else limit.amount - base,
        over=nothing if passes else over,
        would_pass=would_pass,
        prepay=nothing if passes else prepay,
    )


def ships_late(request: CreditRequest, exposure: Exposure, policy: LimitPolicy) -> bool:
    """Say whether an order ships too late to count yet."""
    last = policy.last_day(exposure.as_of)
    early = request.stage in ("quote", "order")
    return early and last is not None and request.day is not None and request.day > last
