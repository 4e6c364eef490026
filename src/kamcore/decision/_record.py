"""A record: one question, everything it was answered from, and the answer."""

from typing import Generic, Protocol, TypeVar

from attrs import field, frozen

from kamcore.decision._policy import Fingerprint, Policy
from kamcore.errors import FingerprintMismatch
from kamcore.values._checks import instance_of, some_text, tuple_of

__all__ = ["Answer", "Record", "Versions"]


class Answer(Protocol):
    """What a record keeps: a decision, or a review of several."""

    @property
    def fingerprint(self) -> Fingerprint:
        """The fingerprint of the policy that was asked."""
        ...


A = TypeVar("A", bound=Answer)


@frozen(order=False)
class Versions:
    """With what an answer was computed: kamcore's version and that of the time-zone data."""

    kamcore: str = field(validator=some_text)
    zone_data: str = field(validator=some_text)


@frozen(order=False, kw_only=True)
class Record(Generic[A]):
    """What an auditor needs to ask again.

    `question` is the name of the function that was asked, `arguments` its facts and other arguments
    as pairs of name and value (among them the as-of date or instant), `policy` the policy itself.
    """

    question: str = field(validator=some_text)
    arguments: tuple[tuple[str, object], ...] = field(validator=tuple_of(tuple))
    policy: Policy = field(validator=instance_of(Policy))
    fingerprint: Fingerprint = field(converter=Fingerprint)
    versions: Versions = field(validator=instance_of(Versions))
    answer: A = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a policy or an answer that is not the one recorded."""
        for found in (self.policy.fingerprint, self.answer.fingerprint):
            if found != self.fingerprint:
                raise FingerprintMismatch(self.fingerprint, found)
