"""A payment term (付款条件): what is due when, in how many parts, and what early payment saves.

>>> from datetime import date
>>> from kamcore.credit import DateStep, find_due_date
>>> term = PaymentTerm(
...     instalments=(Instalment(None, (DateStep.end_of_month(), DateStep.days(45))),),
... )
>>> find_due_date(term, anchor=date(2019, 1, 15)), term.notation
(datetime.date(2019, 3, 17), 'EOM+45')
"""

from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal

from attrs import converters, field, frozen

from kamcore.credit._dates import DateStep, Walk, check_steps, steps_label, walk
from kamcore.decision import Policy, show
from kamcore.errors import PolicyError
from kamcore.values import Label, Money, Ratio, Rounding, Source
from kamcore.values._checks import instance_of, one_of, tuple_of
from kamcore.values._words import counted

__all__ = [
    "ANCHORS",
    "PREVIOUS",
    "SHOWN",
    "EarlyPayment",
    "Instalment",
    "PaymentTerm",
    "TaxTreatment",
    "TermAnchor",
]

TaxTreatment = Literal["included", "excluded", "mixed"]
TermAnchor = Literal["invoice", "delivery", "signing", "order"]
ANCHORS: dict[TermAnchor, Label] = {
    "invoice": Label("the invoice date", "开票日"),
    "delivery": Label("the delivery date", "交货日"),
    "signing": Label("the signing date", "签订日"),
    "order": Label("the order date", "下单日"),
}
PREVIOUS = Label("the due date of the part before", "上一期到期日")
NOTHING, ALL = Ratio(0), Ratio(1)
SHOWN = 4


@frozen(order=False)
class Instalment:
    """One part of a payment term: how much, and when.

    `takes` is a share, a fixed amount, or None for the rest. A share is `of` the "total" or of the
    "rest" that the parts before left. The steps count from the term's anchor, or from the due date
    of the "previous" part. A rounded share takes at most what is left.
    """

    takes: Ratio | Money | None = field(validator=instance_of(Ratio, Money, type(None)))
    steps: tuple[DateStep, ...] = field(default=(), validator=tuple_of(DateStep))
    of: Literal["total", "rest"] = field(
        default="total", kw_only=True, validator=one_of("total", "rest")
    )
    counts_from: Literal["anchor", "previous"] = field(
        default="anchor", kw_only=True, validator=one_of("anchor", "previous")
    )
    source: Source | None = field(
        default=None, kw_only=True, validator=instance_of(Source, type(None))
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a part of nothing, a share of more than all, and steps that cannot be."""
        takes = self.takes
        if isinstance(takes, Ratio):
            if takes <= NOTHING or not takes <= ALL:
                raise PolicyError(f"an instalment takes {takes}; pass a share above 0, up to 100%")
        elif self.of == "rest":
            raise PolicyError(f"an instalment takes {self.label.en} of the rest; leave `of` out")
        elif takes is not None and takes.minor <= 0:
            raise PolicyError(
                f"an instalment takes {takes}; pass an amount above 0, a credit note mirrors it"
            )
        check_steps(self.steps, "instalment")

    @cached_property
    def compiled(self) -> Walk:
        """Its steps as one function; no API."""
        return walk(self.steps)

    def share_of(self, total: Ratio, left: Ratio) -> Ratio:
        """Return what a share takes of a total of which `left` is left, exactly."""
        takes = self.takes if isinstance(self.takes, Ratio) else NOTHING
        base = left if self.of == "rest" else total
        return Ratio(base.numerator * takes.numerator, base.denominator * takes.denominator)

    @property
    def label(self) -> Label:
        """How much it takes, in words."""
        if self.takes is None:
            return Label("the rest", "余款")
        if isinstance(self.takes, Money):
            return Label(str(self.takes), show(self.takes, "zh"))
        of = ("what is left", "余额") if self.of == "rest" else ("the amount", "总额")
        return Label(f"{self.takes} of {of[0]}", f"{of[1]}的 {self.takes}")


@frozen(order=False)
class EarlyPayment:
    """A discount (现金折扣) for who pays until the day that the steps lead to, from the anchor.

    `tax` says what happens to the tax: "included", it falls with the discount; "excluded", it is
    paid in full and the discount is on the net; "mixed", it was reckoned on the discounted net when
    invoiced and stays.
    """

    discount: Ratio = field(validator=instance_of(Ratio))
    steps: tuple[DateStep, ...] = field(default=(), validator=tuple_of(DateStep))
    tax: TaxTreatment = field(
        default="included", kw_only=True, validator=one_of("included", "excluded", "mixed")
    )
    source: Source | None = field(
        default=None, kw_only=True, validator=instance_of(Source, type(None))
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a discount of nothing or of all, and steps that cannot be."""
        if self.discount <= NOTHING or not self.discount < ALL:
            raise PolicyError(f"a discount of {self.discount}; pass one above 0 and below 100%")
        check_steps(self.steps, "early payment")

    @cached_property
    def compiled(self) -> Walk:
        """Its steps as one function; no API."""
        return walk(self.steps)

    @property
    def pays(self) -> Ratio:
        """What is left to pay, as a share."""
        return ALL + -self.discount


@frozen(order=False, kw_only=True)
class PaymentTerm(Policy):
    """When an amount is due, in one part or several, and what early payment saves.

    The last instalment takes the rest, and only it, so that no plan loses a cent. Discounts for
    early payment go with a term of one part, the greatest first. Days count from the `anchor` day.
    Amounts are rounded once, directly to `step` (the smallest coin, else the minor unit), by
    `rounding`, which must be named where there is anything to round. With one part it is the amount
    to pay that is rounded, never the discount.
    """

    instalments: tuple[Instalment, ...] = field(validator=tuple_of(Instalment))
    early: tuple[EarlyPayment, ...] = field(default=(), validator=tuple_of(EarlyPayment))
    anchor: TermAnchor = field(default="invoice", validator=one_of(*ANCHORS))
    rounding: Rounding | None = field(default=None, converter=converters.optional(Rounding))
    step: Money | None = field(default=None, validator=instance_of(Money, type(None)))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse parts that cannot add up, a rounding left open, discounts out of order."""
        _check_parts(self.instalments)
        _check_amounts(self)
        if self.early:
            _check_early(self)

    @cached_property
    def compiled(self) -> Walk:
        """The last due date as a function of the anchor; no API."""
        if len(self.instalments) == 1:
            return self.instalments[0].compiled
        return lambda anchor: max(self.due_days(anchor))

    def due_days(self, anchor: date) -> tuple[date, ...]:
        """Return the due date of every instalment."""
        found: list[date] = []
        for one in self.instalments:
            start = found[-1] if one.counts_from == "previous" else anchor
            found.append(one.compiled(start))
        return tuple(found)

    @property
    def label(self) -> Label:
        """The term in words."""
        anchor = ANCHORS[self.anchor]
        if len(self.instalments) == 1:
            return _once(self.instalments[0].steps, self.early, anchor)
        count, anchors = len(self.instalments), (anchor, PREVIOUS)
        parts = [
            (one.label, steps_label(one.steps, anchors[one.counts_from == "previous"]))
            for one in self.instalments[:SHOWN]
        ]
        more = count - len(parts)
        return Label(
            f"payment in {count} parts: "
            + "; ".join(f"{takes.en} {when.en}" for takes, when in parts)
            + (f"; and {more} more" if more else ""),
            f"分 {count} 期付款："
            + "；".join(f"{takes.zh}，{when.zh}" for takes, when in parts)
            + (f"；其余 {more} 期略" if more else ""),
        )

    @property
    def notation(self) -> str:
        """The term as trade writes it, such as "2/10 net 30"; see `parse_term`.

        It says due dates and discounts, not the rounding, the step, the tax treatment or the
        source. A term that trade has no notation for is said in English words, which `parse_term`
        does not read.
        """
        from kamcore.credit._notation import written  # noqa: PLC0415 - it builds terms

        return written(self) or self.label.en


def _once(steps: tuple[DateStep, ...], early: tuple[EarlyPayment, ...], anchor: Label) -> Label:
    """Return a term of one part in words, with its discounts."""
    when = steps_label(steps, anchor)
    until = [(one.discount, steps_label(one.steps, anchor)) for one in early]
    en = ", ".join(f"{share} off until {_bare(said.en)}" for share, said in until)
    zh = "，".join(f"{said.zh}之内付清减 {share}" for share, said in until)
    within = "内" if [step.kind in {"days", "months"} for step in steps] == [True] else ""
    return Label(
        f"payment due {when.en}" + (f" ({en})" if en else ""),
        f"{when.zh}{within}付款" + (f"（{zh}）" if zh else ""),
    )


def _bare(words: str) -> str:
    """Return "the end of the month" for "at the end of the month"."""
    return words.removeprefix("at ").removeprefix("on ")


def _check_parts(parts: tuple[Instalment, ...]) -> None:
    if not parts:
        raise PolicyError("a term without instalments; pass at least one, the last taking None")
    if parts[-1].takes is not None:
        raise PolicyError(
            f"the last instalment takes {parts[-1].label.en}; let it take None, the rest"
        )
    left = ALL
    for number, one in enumerate(parts[:-1], start=1):
        if one.takes is None:
            raise PolicyError(
                f"instalment {number} of {len(parts)} takes the rest; only the last one may"
            )
        if isinstance(one.takes, Ratio):
            before, left = left, left + -one.share_of(ALL, left)
            if left < NOTHING:
                raise PolicyError(
                    f"instalment {number} of {len(parts)} takes {one.label.en} and {before} is "
                    "left; let the shares come to 100% at most"
                )
    if parts[0].counts_from == "previous":
        raise PolicyError("the first instalment counts from the previous one; count it from anchor")


def _check_amounts(term: PaymentTerm) -> None:
    fixed = [one.takes for one in term.instalments if isinstance(one.takes, Money)]
    if term.step is not None:
        fixed.append(term.step)
        if term.step.minor <= 0:
            raise PolicyError(f"step {term.step}; pass the smallest amount that is paid, above 0")
    currencies = sorted({money.currency for money in fixed})
    if len(currencies) > 1:
        raise PolicyError(f"a term in {' and '.join(currencies)}; use one currency")
    shares = any(isinstance(one.takes, Ratio) for one in term.instalments)
    if term.rounding is None and (shares or term.early or term.step):
        raise PolicyError(
            "a term with shares or discounts and no rounding; name it, such as "
            "rounding=Rounding.HALF_AWAY_FROM_ZERO"
        )


def _check_early(term: PaymentTerm) -> None:
    only, *others = term.instalments
    if others:
        raise PolicyError(
            f"a discount for early payment and {len(term.instalments)} instalments; "
            "use a term of one part"
        )
    if len({one.tax for one in term.early}) > 1:
        raise PolicyError("discounts of one term treat the tax differently; use one treatment")
    for one, other in pairwise(term.early):
        ahead = _days_ahead(one.steps, other.steps)
        if not other.discount < one.discount or (ahead is not None and ahead >= 0):
            raise PolicyError(
                f"{other.discount} off follows {one.discount} off; write the greatest discount "
                "first and let it end first"
            )
    for one in term.early:
        ahead = _days_ahead(one.steps, only.steps)
        if ahead is not None and ahead > 0:
            days = counted(ahead, "day", "天").en
            raise PolicyError(
                f"{one.discount} off ends {days} after the due date; let it end before"
            )


def _days_ahead(one: tuple[DateStep, ...], other: tuple[DateStep, ...]) -> int | None:
    """Return how many days steps lead further than others; None where not only days differ."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    rest = (one[same:], other[same:])
    if any(step.kind != "days" for steps in rest for step in steps):
        return None
    ahead, behind = (sum(step.numbers[0] for step in steps) for steps in rest)
    return ahead - behind
