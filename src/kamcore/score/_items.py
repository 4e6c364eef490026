"""The four kinds of scorecard item. Each says what a missing fact means."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

import attrs
from attrs import field, frozen

from kamcore.decision import Param, show
from kamcore.errors import InputError, PolicyError, UnknownName
from kamcore.facts import ChoiceField, DateField, Field, MoneyField, NumberField, RatioField, Wire
from kamcore.values import Label, Lang, Number, Steps
from kamcore.values._checks import instance_of, some_text, unique_names
from kamcore.values._exact import exact, to_scaled

__all__ = ["BandItem", "CategoryItem", "EnteredItem", "Item", "Missing", "PerUnitItem"]

Missing = int | Decimal | Literal["undecided", "left_out"]


def _missing_rule(owner: object, attribute: "attrs.Attribute[Missing]", value: Missing) -> None:
    if not isinstance(value, str):
        exact(value, f"{type(owner).__name__}.{attribute.name}")
    elif value not in {"undecided", "left_out"}:
        raise PolicyError(f"missing={value!r} is no rule; pass points, 'undecided' or 'left_out'")


@frozen(order=False)
class Item(ABC):
    """One item of a scorecard: points for one fact.

    `missing` is what an absent fact means: a number of points, "undecided" (no score), or
    "left_out" (the item does not count and the rest is scaled up to the card's maximum).
    """

    name: str = field(validator=some_text)
    fact: Field = field(validator=instance_of(Field))
    missing: Missing = field(kw_only=True, validator=_missing_rule)
    zh: str = field(default="", kw_only=True)
    en: str = field(default="", kw_only=True)

    @property
    def label(self) -> Label:
        """The words for it; they fall back on those of the fact."""
        return Label(self.en or self.fact.label.en, self.zh or self.fact.label.zh)

    @property
    def measure(self) -> Label:
        """The words for it and, where they differ, those of the fact that measures it."""
        name, fact = self.label, self.fact.label
        en = name.en if name.en == fact.en else f"{name.en} ({fact.en})"
        return Label(en, name.zh if name.zh == fact.zh else f"{name.zh}（{fact.zh}）")

    @property
    @abstractmethod
    def maximum(self) -> Number:
        """The most points that the item gives."""

    @property
    @abstractmethod
    def grades(self) -> tuple[Number, ...]:
        """All points written in the item."""

    @abstractmethod
    def points(self, wire: Wire, decimals: int) -> int:
        """Return the points for a fact, in units of 10^-decimals."""

    @abstractmethod
    def outcome(self, wire: Wire) -> Label:
        """Return in words which part of the item a fact falls into."""

    def shown(self, wire: Wire) -> Param:
        """Return the fact as a reason's parameter."""
        return self.fact.show(wire)


@frozen(order=False)
class BandItem(Item):
    """Points by the band in which a number, an amount, a ratio or a date lies."""

    steps: Steps[Number] = field(kw_only=True, validator=instance_of(Steps))

    def __attrs_post_init__(self) -> None:
        """Refuse a fact without order, and edges that the fact cannot have."""
        fact: Field = self.fact
        if not isinstance(fact, MoneyField | NumberField | RatioField | DateField):
            raise PolicyError(f"item {self.name!r}: {fact.name!r} has no order; use a CategoryItem")
        for edge in (*self.steps.edges, self.steps.low, self.steps.high):
            if edge is not None:
                fact.take(edge)
        for points in self.steps.values:
            exact(points, f"points of item {self.name!r}")

    @property
    def maximum(self) -> Number:
        """The points of the best band."""
        return max(self.steps.values)

    @property
    def grades(self) -> tuple[Number, ...]:
        """The points of all bands."""
        return self.steps.values

    def edges(self) -> tuple[int, ...]:
        """Return the first wire value of each band after the first."""
        shift = 0 if self.steps.edge == "left" else 1
        return tuple(int(self.fact.take(edge)) + shift for edge in self.steps.edges)

    def limits(self) -> tuple[int | None, int | None]:
        """Return the first and last wire value that the bands cover, None where they are open."""
        low, high = self.steps.low, self.steps.high
        return (
            None if low is None else int(self.fact.take(low)),
            None if high is None else int(self.fact.take(high)),
        )

    def index(self, wire: Wire) -> int:
        """Return which band a fact lies in; raises `InputError` outside the bands."""
        low, high = self.limits()
        if (low is not None and int(wire) < low) or (high is not None and int(wire) > high):
            given = show(self.shown(wire), "en")
            msg = f"item {self.name!r}: {given} lies outside {self.steps.low} to {self.steps.high}"
            raise InputError(f"{msg}; check the fact or widen the bands")
        return sum(1 for edge in self.edges() if edge <= int(wire))

    def points(self, wire: Wire, decimals: int) -> int:
        """Return the points of the band."""
        return to_scaled(self.steps.values[self.index(wire)], decimals)

    def outcome(self, wire: Wire) -> Label:
        """Return the band in words."""
        return self.band_label(self.index(wire))

    def band_label(self, number: int) -> Label:
        """Return the band of an index in words."""
        edges = [self.fact.show(self.fact.take(edge)) for edge in self.steps.edges]
        kind = ("" if number == 0 else "low") + ("" if number == len(edges) else "high")
        said: list[str] = []
        languages: tuple[Lang, ...] = ("en", "zh")
        for lang in languages:
            low = show(edges[number - 1], lang) if number else ""
            high = show(edges[number], lang) if number < len(edges) else ""
            words = BAND_WORDS[lang][self.steps.edge][kind]
            said.append(words.format(low=low, high=high))
        return Label(*said)


BAND_WORDS: dict[Lang, dict[str, dict[str, str]]] = {
    "en": {
        "left": {
            "": "any value",
            "low": "{low} or more",
            "high": "below {high}",
            "lowhigh": "from {low} to below {high}",
        },
        "right": {
            "": "any value",
            "low": "above {low}",
            "high": "up to and including {high}",
            "lowhigh": "above {low}, up to and including {high}",
        },
    },
    "zh": {
        "left": {
            "": "任意值",
            "low": "{low}及以上",
            "high": "低于 {high}",
            "lowhigh": "{low}（含）至 {high}（不含）",
        },
        "right": {
            "": "任意值",
            "low": "高于 {low}",
            "high": "不超过 {high}",
            "lowhigh": "{low}（不含）至 {high}（含）",
        },
    },
}


def _pairs(
    points: Mapping[str, Number] | tuple[tuple[str, Number], ...],
) -> tuple[tuple[str, Number], ...]:
    if isinstance(points, tuple):
        return tuple((str(option), number) for option, number in points)
    return tuple((str(option), number) for option, number in points.items())


@frozen(order=False)
class CategoryItem(Item):
    """Points by the option of a choice; every option has its points."""

    options: tuple[tuple[str, Number], ...] = field(kw_only=True, converter=_pairs)

    def __attrs_post_init__(self) -> None:
        """Refuse another kind of fact, unknown options and options without points."""
        if not isinstance(self.fact, ChoiceField):
            raise PolicyError(
                f"item {self.name!r}: {self.fact.name!r} is not a choice; use a BandItem"
            )
        unique_names("option", (option for option, _ in self.options))
        given = dict(self.options)
        for option, points in self.options:
            if option not in self.fact.names:
                raise UnknownName(self.fact.name, option, self.fact.names)
            exact(points, f"points of item {self.name!r}")
        if lacking := [name for name in self.fact.names if name not in given]:
            raise PolicyError(
                f"item {self.name!r} gives no points for {', '.join(map(repr, lacking))}; add them"
            )

    @property
    def maximum(self) -> Number:
        """The points of the best option."""
        return max(points for _, points in self.options)

    @property
    def grades(self) -> tuple[Number, ...]:
        """The points of all options."""
        return tuple(points for _, points in self.options)

    def points(self, wire: Wire, decimals: int) -> int:
        """Return the points of the option."""
        return to_scaled(dict(self.options)[str(wire)], decimals)

    def outcome(self, wire: Wire) -> Label:
        """Return the option in words."""
        shown = self.fact.show(wire)
        return Label(show(shown, "en"), show(shown, "zh"))


@frozen(order=False)
class PerUnitItem(Item):
    """`each` points for every full `per` of a number or an amount, at most `cap` points."""

    each: Number = field(kw_only=True)
    per: Number = field(default=1, kw_only=True)
    cap: Number = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a fact that cannot be counted and a unit that is not above 0."""
        if not isinstance(self.fact, MoneyField | NumberField):
            raise PolicyError(
                f"item {self.name!r}: {self.fact.name!r} cannot be counted in units; use a BandItem"
            )
        if int(self.fact.take(self.per)) <= 0 or exact(self.each) <= 0 or exact(self.cap) <= 0:
            msg = f"item {self.name!r}: each, per and cap are {self.each}, {self.per}, {self.cap}"
            raise PolicyError(f"{msg}; let all be above 0")

    @property
    def maximum(self) -> Number:
        """The cap."""
        return self.cap

    @property
    def grades(self) -> tuple[Number, ...]:
        """The points for one unit and the cap."""
        return (self.each, self.cap)

    def points(self, wire: Wire, decimals: int) -> int:
        """Return the points of all full units; none below 0."""
        units = max(0, int(wire)) // int(self.fact.take(self.per))
        return min(units * to_scaled(self.each, decimals), to_scaled(self.cap, decimals))

    def outcome(self, wire: Wire) -> Label:  # noqa: ARG002 - the rule says it all
        """Return how the units are counted."""
        per = self.fact.show(self.fact.take(self.per))
        return Label(
            f"for every full {show(per, 'en')}: {self.each}, at most {self.cap}",
            f"每满 {show(per, 'zh')}计 {self.each} 分，最多 {self.cap} 分",
        )


@frozen(order=False)
class EnteredItem(Item):
    """Points that a person enters, from 0 to `most`; the fact is a number of points."""

    most: Number = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a fact that is not a number."""
        if not isinstance(self.fact, NumberField):
            raise PolicyError(
                f"item {self.name!r}: entered points are a number; "
                f"{self.fact.name!r} is not a NumberField"
            )
        if int(self.fact.take(self.most)) <= 0:
            raise PolicyError(f"item {self.name!r}: most is {self.most}; let it be above 0")

    @property
    def maximum(self) -> Number:
        """The most that can be entered."""
        return self.most

    @property
    def grades(self) -> tuple[Number, ...]:
        """The most, and one unit of the fact."""
        return (self.most, Decimal(1).scaleb(-self._decimals))

    @property
    def _decimals(self) -> int:
        return self.fact.decimals if isinstance(self.fact, NumberField) else 0

    def points(self, wire: Wire, decimals: int) -> int:
        """Return the entered points; raises `InputError` outside 0 to `most`."""
        entered = int(wire)
        if not 0 <= entered <= int(self.fact.take(self.most)):
            given = show(self.shown(wire), "en")
            raise InputError(
                f"item {self.name!r}: {given} points are entered; enter 0 to {self.most}"
            )
        return entered * int(10 ** (decimals - self._decimals))

    def outcome(self, wire: Wire) -> Label:  # noqa: ARG002 - the points say it all
        """Say that a person entered them."""
        return Label("entered by judgement", "人工评定")
