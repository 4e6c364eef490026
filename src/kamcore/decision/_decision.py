"""The answer to a question: a value, its reasons, what was missing and what was assumed."""

from abc import ABC, abstractmethod
from enum import Enum
from typing import Generic, TypeVar

from attrs import field, frozen

from kamcore.decision._policy import Fingerprint, Plain, to_plain
from kamcore.decision._reason import Reason
from kamcore.errors import NoTruthValue, Undecided
from kamcore.values import Label, Lang

__all__ = ["UNDECIDED", "Decision", "MissingFact", "NoAnswer", "Trace"]

T_co = TypeVar("T_co", covariant=True)
D = TypeVar("D")
LINES = 7


class NoAnswer(Enum):
    """The one value that stands for "no answer" inside a decision."""

    UNDECIDED = "undecided"


UNDECIDED = NoAnswer.UNDECIDED


@frozen(order=False)
class MissingFact:
    """A fact that was asked for and is not there."""

    name: str = field()
    label: Label = field()


class Trace(ABC):
    """What a room notes while it decides; the reasons are built from it when they are read."""

    __slots__ = ()

    @abstractmethod
    def reasons(self) -> tuple[Reason, ...]:
        """Return the reasons, the answer first."""


@frozen(order=False, eq=False, repr=False)
class Decision(Generic[T_co]):
    """An answer that carries its why.

    `missing` are the facts that were asked for and absent, `assumed` the conventions that the
    answer rests on, `fingerprint` identifies the policy. Two decisions are equal if all of these
    and their reasons are.
    """

    _answer: T_co | NoAnswer = field()
    _trace: tuple[Reason, ...] | Trace = field()
    fingerprint: Fingerprint = field()
    missing: tuple[MissingFact, ...] = field(default=())
    assumed: tuple[Reason, ...] = field(default=())

    @property
    def decided(self) -> bool:
        """Whether there is an answer."""
        return self._answer is not UNDECIDED

    @property
    def value(self) -> T_co:
        """The answer; raises `Undecided` where there is none."""
        if isinstance(self._answer, NoAnswer):
            raise Undecided([fact.name for fact in self.missing], self.reasons[0].text("en"))
        return self._answer

    def value_or(self, default: D) -> T_co | D:
        """Return the answer, or `default` where there is none."""
        return default if isinstance(self._answer, NoAnswer) else self._answer

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons in order; the first one is the answer itself."""
        return self._trace if isinstance(self._trace, tuple) else self._trace.reasons()

    def lines(self, lang: Lang = "en", *, at_most: int | None = LINES) -> tuple[str, ...]:
        """Return the explanation: answer, reasons, missing facts, assumptions, sources.

        At most seven lines, or `at_most`; None gives all of them. The answer and what is missing,
        assumed and published are told in any case. A zone is written once, with its first instant.
        """
        reasons = self.reasons
        zones: set[str] = set()
        body = [reason.text(lang, zones) for reason in reasons]
        tail = [*self._missing_line(lang), *self._assumed_line(lang), *_source_line(reasons, lang)]
        room = len(body) if at_most is None else max(2, at_most - len(tail))
        if len(body) > room:
            left = len(body) - room + 1
            more = f"……另有 {left} 条理由" if lang == "zh" else f"… and {left} more reasons"
            body = [*body[: room - 1], more]
        return (*body, *tail)

    def explain(self, lang: Lang = "en") -> str:
        """Return the explanation in `lang`, which is "en" or "zh"."""
        return "\n".join(self.lines(lang))

    def _missing_line(self, lang: Lang) -> list[str]:
        if not self.missing:
            return []
        names = [fact.label.text(lang) for fact in self.missing]
        return [f"未提供：{'、'.join(names)}" if lang == "zh" else f"Missing: {', '.join(names)}"]

    def _assumed_line(self, lang: Lang) -> list[str]:
        if not self.assumed:
            return []
        said = [reason.text(lang) for reason in self.assumed]
        return [f"口径：{'；'.join(said)}" if lang == "zh" else f"Convention: {'; '.join(said)}"]

    def _key(self) -> tuple[object, ...]:
        return (self._answer, self.reasons, self.fingerprint, self.missing, self.assumed)

    def __eq__(self, other: object) -> bool:
        """Compare answer, reasons, policy, missing facts and assumptions."""
        return self._key() == other._key() if isinstance(other, Decision) else NotImplemented

    def __hash__(self) -> int:
        """Hash what equality compares."""
        return hash(self._key())

    def __plain__(self) -> Plain:
        """Return the decision as JSON-like data, with its reasons built."""
        return {
            "type": "Decision",
            "answer": {"undecided": True} if self._answer is UNDECIDED else to_plain(self._answer),
            "reasons": to_plain(self.reasons),
            "fingerprint": self.fingerprint,
            "missing": to_plain(self.missing),
            "assumed": to_plain(self.assumed),
        }

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the reasons built, so that no policy travels along."""
        return (
            Decision,
            (self._answer, self.reasons, self.fingerprint, self.missing, self.assumed),
        )

    def __bool__(self) -> bool:
        """Refuse: a decision is no yes or no."""
        what = "a decision"
        raise NoTruthValue(what, "read .value, or ask .decided")

    def __repr__(self) -> str:
        """Show answer and policy."""
        return f"Decision({self._answer!r}, policy {self.fingerprint})"

    def __str__(self) -> str:
        """Explain in English."""
        return self.explain("en")

    def _repr_html_(self) -> str:
        from html import escape  # noqa: PLC0415 - only in a notebook

        first, *rest = (escape(line) for line in self.lines("en"))
        items = "".join(f"<li>{line}</li>" for line in rest)
        return f"<div><b>{first}</b><ul>{items}</ul></div>"


def _source_line(reasons: tuple[Reason, ...], lang: Lang) -> list[str]:
    places: dict[Label, dict[str, None]] = {}
    for reason in reasons:
        for source in (reason.source, *reason.also):
            if source:
                places.setdefault(source.title, {})[source.place(lang)] = None
    if not places:
        return []
    if lang == "zh":
        return [
            "依据："
            + "；".join(f"《{title.zh}》{'、'.join(said)}" for title, said in places.items())
        ]
    return [
        "Source: " + "; ".join(f"“{title.en}” {'; '.join(said)}" for title, said in places.items())
    ]
