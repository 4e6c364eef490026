"""Words in two languages, the published source of a rule, and the seat that answers for work."""

from functools import cached_property
from typing import Literal

from attrs import field, frozen

from kamcore.errors import PolicyError
from kamcore.values._checks import instance_of, one_of, plain_text, some_text

__all__ = ["Label", "Lang", "Named", "Seat", "Source"]

Lang = Literal["en", "zh"]
Mark = Literal["figure", "rule", "form", "cut", "external", "own", "company"]
SeatKind = Literal["role", "unit_role", "queue", "account_manager"]


@frozen(order=False)
class Label:
    """One word of the field in English and in Chinese."""

    en: str = field(validator=some_text)
    zh: str = field(validator=some_text)

    def text(self, lang: Lang) -> str:
        """Return the word in `lang`, which is "en" or "zh"."""
        if lang == "en":
            return self.en
        if lang == "zh":
            return self.zh
        raise PolicyError(f"unknown language {lang!r}; pass 'en' or 'zh'")


@frozen(order=False)
class Named:
    """Something with a name and its words, which fall back on the name."""

    name: str = field(validator=some_text, converter=plain_text)
    zh: str = field(default="", kw_only=True, validator=instance_of(str))
    en: str = field(default="", kw_only=True, validator=instance_of(str))

    @cached_property
    def label(self) -> Label:
        """The words for it."""
        words = self.en or self.name
        return Label(words, self.zh or words)


@frozen(order=False)
class Source:
    """Where a rule is published: `id` in the sourcebook, title, clause, and how much the text says.

    `mark` is "figure" (the text gives the number), "rule" (complete without one), "form" (a number
    is missing), "cut", "external", "own" (kamcore's reading), or "company" (the user's own rule).
    """

    id: str = field(validator=some_text)
    title: Label = field(validator=instance_of(Label))
    clause: Label | None = field(default=None, kw_only=True)
    mark: Mark = field(
        default="company",
        kw_only=True,
        validator=one_of("figure", "rule", "form", "cut", "external", "own", "company"),
    )

    def place(self, lang: Lang) -> str:
        """Return id and clause, without the title."""
        if self.clause is None:
            return self.id.replace(", ", "、") if lang == "zh" else self.id
        if lang == "zh":
            return f"{self.id.replace(', ', '、')} {self.clause.zh}"
        return f"{self.id}, {self.clause.en}"

    def text(self, lang: Lang) -> str:
        """Return title, id and clause as one citation."""
        title = self.title.text(lang)
        return (f"《{title}》" if lang == "zh" else f"“{title}” ") + self.place(lang)


@frozen(order=False)
class Seat:
    """Who holds a duty, by office and not by person.

    `kind` is "role" (a role of the company), "unit_role" (a role within the account's unit),
    "queue" (a department or pool), or "account_manager" (the account's own manager).
    """

    name: str = field(validator=some_text)
    label: Label = field(validator=instance_of(Label))
    kind: SeatKind = field(
        default="role",
        kw_only=True,
        validator=one_of("role", "unit_role", "queue", "account_manager"),
    )
