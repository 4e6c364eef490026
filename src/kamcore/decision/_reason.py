"""A reason: a rule, the values it speaks of, and the clause it rests on."""

from datetime import date, datetime
from decimal import Decimal

from attrs import field, frozen

from kamcore.decision._rule import Rule
from kamcore.errors import PolicyError
from kamcore.values import Label, Lang, Money, Ratio, Seat, Source, UnitPrice

__all__ = ["Param", "Reason", "show"]

Param = int | Decimal | str | date | datetime | Money | UnitPrice | Ratio | Label | Seat


@frozen(order=False)
class Reason:
    """Why an answer is what it is; `params` are pairs of name and value, in the rule's order."""

    rule: Rule = field()
    params: tuple[tuple[str, Param], ...] = field(default=())
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Check that every name of the rule has its value."""
        given = tuple(name for name, _ in self.params)
        if given != self.rule.names:
            raise PolicyError(f"rule {self.rule.id} speaks of {self.rule.names}, given are {given}")

    @classmethod
    def of(cls, rule: Rule, *values: Param, source: Source | None = None) -> "Reason":
        """Build from the values in the rule's order."""
        if len(values) != len(rule.names):
            raise PolicyError(f"rule {rule.id} speaks of {rule.names}, given are {values}")
        return cls(rule, tuple(zip(rule.names, values, strict=True)), source)

    def text(self, lang: Lang) -> str:
        """Return the sentence in `lang`."""
        shown = {name: show(value, lang) for name, value in self.params}
        return self.rule.sentence(lang).format_map(shown)


def show(value: Param, lang: Lang) -> str:
    """Return a value as a reader of `lang` writes it, with its unit."""
    if isinstance(value, Label):
        return value.text(lang)
    if isinstance(value, Seat):
        return value.label.text(lang)
    if isinstance(value, Money | UnitPrice):
        if lang == "zh" and value.currency == "CNY":
            return f"{value.amount:,f} 元"
        return str(value)
    if isinstance(value, datetime):
        return _instant(value, lang)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _instant(value: datetime, lang: Lang) -> str:
    clock = "%H:%M:%S" if value.second or value.microsecond else "%H:%M"
    offset = value.strftime("%z")
    zone = f"{getattr(value.tzinfo, 'key', '')} UTC{offset[:3]}:{offset[3:]}".strip()
    shown = f"{show(value.date(), lang)} {value.strftime(clock)}"
    return f"{shown}（{zone}）" if lang == "zh" else f"{shown} ({zone})"
