"""A whole book of accounts under a rulebook, reviewed one account at a time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from html import escape

from attrs import frozen

from kamcore.credit import Invoice
from kamcore.errors import (
    BatchError,
    DuplicateName,
    FactError,
    InputError,
    UnknownName,
    did_you_mean,
)
from kamcore.facts import Facts
from kamcore.price import Price
from kamcore.rulebook._review import Cell, Review, review
from kamcore.rulebook._rulebook import Rulebook
from kamcore.score import Scorecard, score_account
from kamcore.tier import CutPoints, Grading, Standing, TierQuota, grade_book, stand
from kamcore.values import MoneyLike

__all__ = ["BookReview", "review_book"]


class BookReview:
    """The review of a book: iterate over it, ask one account, or take the rows.

    Reviews are made while you iterate, so that a large book needs no memory for all of them.
    """

    def __init__(self, reviews: "_Reviews", grading: Grading | None) -> None:
        self._reviews = reviews
        self.grading = grading

    def __iter__(self) -> Iterator[Review]:
        """Go through the reviews in the order of the book."""
        return (self._reviews.of(facts) for facts in self._reviews.book.values())

    def __len__(self) -> int:
        """Count the accounts."""
        return len(self._reviews.book)

    def __getitem__(self, account: str) -> Review:
        """Return the review of one account."""
        book = self._reviews.book
        if account not in book:
            raise UnknownName("account", account, book)
        return self._reviews.of(book[account])

    def rows(self) -> Iterator[dict[str, Cell]]:
        """Go through the reviews as flat rows of plain values, ready for a dataframe."""
        names: dict[str, None] = {}
        card = self._reviews.rulebook.card
        if card is not None:
            names = dict.fromkeys(
                ["account", "tier", "score", *(f"points_{item.name}" for item in card.items)]
            )
        for one in self:
            yield {**names, **one.row()}

    def _repr_html_(self) -> str:
        tiers: dict[str, int] = {}
        for one in self:
            name = one.tier.value_or("–")
            tiers[name] = tiers.get(name, 0) + 1
        ladder = [*self._reviews.rulebook.ladder.names, "–"]
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{tiers[name]}</td></tr>"
            for name in ladder
            if name in tiers
        )
        return f"<table><caption>{len(self)} accounts</caption>{rows}</table>"


@frozen(order=False, kw_only=True)
class _Reviews:
    """What every review of a book shares."""

    book: dict[str, Facts]
    rulebook: Rulebook
    invoices: dict[str, list[Invoice]]
    cuts: CutPoints | None
    as_of: date
    graded_on: date
    control: Price | MoneyLike | None
    signed: date | None
    opened: datetime | None

    def of(self, facts: Facts) -> Review:
        """Review one account."""
        return review(
            facts,
            self.rulebook,
            as_of=self.as_of,
            graded_on=self.graded_on,
            cuts=self.cuts,
            invoices=self.invoices.get(facts.account, ()),
            control=self.control,
            signed=self.signed,
            opened=self.opened,
        )


def review_book(  # noqa: PLR0913 - each is one thing that a user may ask for
    book: Iterable[Facts],
    rulebook: Rulebook,
    *,
    as_of: date,
    graded_on: date,
    invoices: Iterable[Invoice] = (),
    cuts: CutPoints | None = None,
    control: Price | MoneyLike | None = None,
    signed: date | None = None,
    opened: datetime | None = None,
) -> BookReview:
    """Return the review of a book of accounts; see `review` for the arguments.

    Under a quota the book is graded first, unless `cuts` of an earlier grading are passed. Raises
    `DuplicateName` for an account that stands twice, `InputError` for an empty book, and
    `BatchError` with every invoice of an account that is not in the book.
    """
    accounts: dict[str, Facts] = {}
    for facts in book:
        if facts.account in accounts:
            what = "account"
            raise DuplicateName(what, facts.account)
        accounts[facts.account] = facts
    if not accounts:
        raise InputError("the book is empty; pass at least one account")
    grading = None
    card, quota = rulebook.card, rulebook.tiers
    if cuts is None and isinstance(quota, TierQuota) and card is not None:
        standings = _standings(accounts.values(), card, quota)
        grading = grade_book(standings, quota, graded_on=graded_on)
        cuts = grading.cuts
    reviews = _Reviews(
        book=accounts,
        rulebook=rulebook,
        invoices=_by_account(invoices, accounts),
        cuts=cuts,
        as_of=as_of,
        graded_on=graded_on,
        control=control,
        signed=signed,
        opened=opened,
    )
    return BookReview(reviews, grading)


def _standings(book: Iterable[Facts], card: Scorecard, quota: TierQuota) -> list[Standing]:
    """Return where every account stands; raises `BatchError` with all that cannot be scored."""
    standings: list[Standing] = []
    faults: list[FactError] = []
    for facts in book:
        try:
            standings.append(stand(facts, score_account(facts, card), quota))
        except InputError as fault:
            faults.append(FactError(facts.account, "score", str(fault)))
    if faults:
        raise BatchError(faults)
    return standings


def _by_account(invoices: Iterable[Invoice], book: Mapping[str, Facts]) -> dict[str, list[Invoice]]:
    found: dict[str, list[Invoice]] = {}
    faults: list[FactError] = []
    numbers: set[tuple[str, str]] = set()
    for number, invoice in enumerate(invoices, start=1):
        where = f"invoice {number} ({invoice.number})"
        if invoice.account not in book:
            mend = (
                did_you_mean(invoice.account, list(book)[:1000])
                if len(book) <= SMALL
                else "check the id"
            )
            faults.append(
                FactError(where, "account", f"{invoice.account!r} is not in the book; {mend}")
            )
        if (invoice.account, invoice.number) in numbers:
            faults.append(FactError(where, "number", "stands twice for its account; remove one"))
        numbers.add((invoice.account, invoice.number))
        found.setdefault(invoice.account, []).append(invoice)
    if faults:
        raise BatchError(faults)
    return found


SMALL = 1000
