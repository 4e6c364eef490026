"""A reason: a rule, the values it speaks of, and the clause it rests on."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from attrs import field, frozen

from kamcore.decision._rule import Rule
from kamcore.errors import PolicyError
from kamcore.values import Label, Lang, Money, Ratio, Seat, Source, UnitPrice
from kamcore.values._duration import duration_label
from kamcore.values._words import amount_zh, zone_label

__all__ = ["Param", "Reason", "show"]

Param = int | Decimal | str | date | datetime | timedelta | Money | UnitPrice | Ratio | Label | Seat


@frozen(order=False)
class Reason:
    """Why an answer is what it is; `params` are pairs of name and value, in the rule's order.

    `source` is the clause that it rests on, `also` are further ones.
    """

    rule: Rule = field()
    params: tuple[tuple[str, Param], ...] = field(default=())
    source: Source | None = field(default=None)
    also: tuple[Source, ...] = field(default=())

    def __attrs_post_init__(self) -> None:
        """Check that every name of the rule has its value."""
        given = tuple(name for name, _ in self.params)
        if given != self.rule.names:
            raise PolicyError(f"rule {self.rule.id} speaks of {self.rule.names}, given are {given}")

    @classmethod
    def of(
        cls, rule: Rule, *values: Param, source: Source | None = None, also: tuple[Source, ...] = ()
    ) -> "Reason":
        """Build from the values in the rule's order."""
        if len(values) != len(rule.names):
            raise PolicyError(f"rule {rule.id} speaks of {rule.names}, given are {values}")
        return cls(rule, tuple(zip(rule.names, values, strict=True)), source, also)

    def text(self, lang: Lang, zones: set[str] | None = None) -> str:
        """Return the sentence in `lang`.

        Instants are written with their zone; with `zones`, only where the zone is not yet among
        them, and it is then added.
        """
        shown = {name: _shown(value, lang, zones) for name, value in self.params}
        return self.rule.sentence(lang).format_map(shown)


def show(value: Param, lang: Lang) -> str:
    """Return a value as a reader of `lang` writes it, with its unit."""
    if isinstance(value, Label):
        return value.text(lang)
    if isinstance(value, Seat):
        return value.label.text(lang)
    if isinstance(value, Money | UnitPrice):
        amount = f"{value.amount:,f}"
        return amount_zh(amount, value.currency) if lang == "zh" else f"{value.currency} {amount}"
    if isinstance(value, datetime):
        return _instant(value, lang)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else value.isoformat()
    if isinstance(value, timedelta):
        return duration_label(value).text(lang)
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


BEIJING = "Asia/Shanghai UTC+08:00"
DAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "zh": "一二三四五六日"}


def _shown(value: Param, lang: Lang, zones: set[str] | None) -> str:
    if zones is None or not isinstance(value, datetime):
        return show(value, lang)
    zone = _zone(value)
    if zone in zones:
        return _wall(value, lang)
    zones.add(zone)
    return _instant(value, lang)


def _instant(value: datetime, lang: Lang) -> str:
    zone = _zone(value)
    zone = zone_label("Asia/Shanghai").zh if lang == "zh" and zone == BEIJING else zone
    return f"{_wall(value, lang)}（{zone}）" if lang == "zh" else f"{_wall(value, lang)} ({zone})"


def _wall(value: datetime, lang: Lang) -> str:
    clock = "%H:%M:%S" if value.second or value.microsecond else "%H:%M"
    time = value.strftime(clock) + (f".{value.microsecond:06}" if value.microsecond else "")
    day = DAYS[lang][value.weekday()]
    said = show(value.date(), lang)
    return f"{said}（周{day}）{time}" if lang == "zh" else f"{day} {said} {time}"


def _zone(value: datetime) -> str:
    name, offset = getattr(value.tzinfo, "key", ""), value.strftime("%z")
    if name in {"", "UTC", "Etc/UTC"} and offset == "+0000":
        return "UTC"
    return f"{name} UTC{offset[:3]}:{offset[3:]}".strip()
