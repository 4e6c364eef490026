"""Revenue shared in proportion to investment (委托经营, S2-6b)."""

from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import field, frozen

from kamcore.decision import Decision, Policy, Reason, show
from kamcore.errors import InputError, PolicyError
from kamcore.price._says import PART, SHARED, SHARED_NET
from kamcore.values import Label, Money, Ratio, Source, Split
from kamcore.values._checks import expect, instance_of, members, one_of, unique_names
from kamcore.values._words import joined

__all__ = ["RevenuePart", "RevenueShare", "share_revenue"]


@frozen(order=False, kw_only=True)
class RevenueShare(Policy):
    """How the revenue of a jointly financed service is split by what each side invested.

    `base` says what is shared: the "gross" revenue, or what is left "net" of the costs named.
    `split` says who gets the units that remain, none of which is lost. Source: S2-6b.
    """

    base: Literal["gross", "net"] = field(default="gross", validator=one_of("gross", "net"))
    split: Split = field(default=Split.LARGEST_REMAINDER, converter=Split)
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse splits that leave a line to nobody."""
        if self.split in (Split.REMAINDER_LAST, Split.WHOLE_BLOCKS):
            raise PolicyError(
                f"split {self.split.value!r} leaves a rest to no side; "
                "pass 'largest_remainder', 'largest_ratio' or 'first'"
            )


@frozen(order=False)
class RevenuePart:
    """What a side gets, and its exact share of all investments."""

    side: str = field()
    invested: Money = field()
    share: Ratio = field()
    amount: Money = field()


def share_revenue(
    revenue: Money,
    policy: RevenueShare,
    *,
    investments: Iterable[tuple[str, Money]],
    costs: Money | None = None,
) -> Decision[tuple[RevenuePart, ...]]:
    """Return each side's part of `revenue`, by its investment; the parts add up exactly.

    `investments` are pairs of side and amount: all that the sides put in. `costs` are asked for
    where the policy shares what is net of them, and refused where it shares the gross revenue.
    Raises `InputError` for costs above the revenue, an investment below 0, and where nothing was
    invested, `DuplicateName` for a side that stands twice, and `CurrencyMismatch` for a second
    currency. Source: S2-6b.
    """
    expect("policy", policy, RevenueShare)
    given = members("investments", investments, tuple)
    if (costs is None) is (policy.base == "net"):
        mend = "pass the costs" if policy.base == "net" else "leave them out, or share base='net'"
        raise InputError(f"revenue is shared {policy.base} and costs are {costs}; {mend}")
    shared = Money.of(revenue) if costs is None else Money.of(revenue) - Money.of(costs)
    if shared.minor < 0:
        what = "is below 0" if costs is None else f"less the costs {costs} is below 0"
        raise InputError(f"revenue {revenue} {what}; there is nothing to share")
    for pair in given:
        if len(pair) != 2:  # noqa: PLR2004 - a side and its amount
            raise InputError(f"investment {pair!r} is not a pair; write (side, amount)")
    sides = tuple((side, Money.of(invested)) for side, invested in given)
    unique_names("side", (side for side, _ in sides))
    total = Money(0, shared.currency)
    for side, invested in sides:
        if invested.minor < 0:
            raise InputError(f"{side!r} invested {invested}; pass what was put in, 0 or more")
        total += invested
    if total.minor == 0:
        raise InputError("nothing was invested; pass at least one investment above 0")
    parts = shared.allocate([invested.minor for _, invested in sides], policy.split)
    answer = tuple(
        RevenuePart(side, invested, Ratio(invested.minor, total.minor), part)
        for (side, invested), part in zip(sides, parts, strict=True)
    )
    return Decision(answer, tuple(_reasons(answer, shared, policy)), policy.fingerprint)


SIDES_SHOWN = 4


def _reasons(
    parts: tuple[RevenuePart, ...], shared: Money, policy: RevenueShare
) -> Iterator[Reason]:
    told, more = parts[:SIDES_SHOWN], len(parts) - SIDES_SHOWN
    said = [
        Label(f"{one.side} {show(one.amount, 'en')}", f"{one.side} {show(one.amount, 'zh')}")
        for one in told
    ]
    if more > 0:
        said.append(Label(f"and {more:,} more", f"另有 {more:,} 方"))
    yield Reason.of(SHARED, shared, joined(said), source=policy.source)
    for one in told:
        yield Reason.of(PART, one.side, one.invested, one.share, one.amount)
    if policy.base == "net":
        yield Reason.of(SHARED_NET)
