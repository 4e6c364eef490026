"""A grading run: the whole book ranked once, its cut points, and the cut-off report."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import accumulate, groupby

from attrs import field, frozen

from kamcore.decision import Decision, show
from kamcore.errors import DuplicateName, UnknownName
from kamcore.tier._by_cut import assign_by_cuts
from kamcore.tier._quota import Cut, CutPoints, RankOrder, Standing, TierQuota, order_of
from kamcore.values import Lang
from kamcore.values._exact import difference

__all__ = ["CutLine", "Grading", "grade_book"]


@frozen(order=False)
class CutLine:
    """One tier of the cut-off report.

    `by_share` is its size by the shares, `actual` how many reached it. `points` are those of its
    least standing. `tied` are the accounts, equal in points and keys, whom the lower edge by share
    of the tier would part; the tie policy decided them together, or by account id. `below` is the
    best account that missed the tier, `gap` how many points it lacked.
    """

    tier: str = field()
    by_share: int = field()
    actual: int = field()
    points: Decimal | None = field(default=None)
    tied: tuple[str, ...] = field(default=())
    below: str | None = field(default=None)
    gap: Decimal | None = field(default=None)


@frozen(order=False)
class Grading:
    """The result of a grading run."""

    cuts: CutPoints = field()
    standings: tuple[Standing, ...] = field(repr=False)
    lines: tuple[CutLine, ...] = field()
    _index: dict[str, Standing] = field(repr=False, eq=False)

    def __getitem__(self, account: str) -> Decision[str]:
        """Return the tier of an account with its reasons."""
        if account not in self._index:
            raise UnknownName("account", account, self._index)
        return assign_by_cuts(self._index[account], self.cuts)

    def __iter__(self) -> Iterator[str]:
        """Go through the accounts in the order given."""
        return iter(self._index)

    def __len__(self) -> int:
        """Count the accounts, ranked or not."""
        return len(self._index)

    @property
    def unranked(self) -> tuple[str, ...]:
        """The accounts that were not ranked."""
        return tuple(one.account for one in self.standings if not one.ranked)

    def report(self, lang: Lang = "en") -> str:
        """Return the cut-off report in words, a line a tier."""
        said = [
            _HEAD[lang].format(
                day=show(self.cuts.graded_on, lang),
                ranked=self.cuts.ranked,
                out=len(self.unranked),
            )
        ]
        ladder = self.cuts.quota.ladder
        for line in self.lines:
            words = [
                _LINE[lang].format(
                    tier=ladder.label(line.tier).text(lang),
                    by_share=line.by_share,
                    actual=line.actual,
                    ranked=self.cuts.ranked,
                )
            ]
            if line.points is not None and line.tier != ladder.names[-1]:
                words.append(_CUT[lang].format(points=line.points))
            if line.below is not None:
                missed = _BELOW if line.gap else _BEHIND
                words.append(missed[lang].format(account=line.below, gap=line.gap))
            if line.tied:
                tie = _TIES[lang][self.cuts.quota.tie]
                words.append(_TIED[lang].format(count=len(line.tied), tie=tie))
            said.append((" · ").join(words))
        return "\n".join(said)


_HEAD = {
    "en": "Graded on {day}; accounts ranked: {ranked}, not ranked: {out}",
    "zh": "评级日期 {day}：参与排名 {ranked} 户，未参与 {out} 户",
}
_LINE = {
    "en": "{tier}: {actual} of {ranked} accounts ({by_share} by share)",
    "zh": "{tier}：{actual} 户（按比例 {by_share} 户）",
}
_CUT = {"en": "cut at {points} points", "zh": "分数线 {points} 分"}
_BEHIND = {
    "en": "{account} has equal points and ranks just behind",
    "zh": "{account} 同分但排名靠后",
}
_BELOW = {"en": "{account} missed it by {gap}", "zh": "{account} 差 {gap} 分未达到"}
_TIED = {
    "en": "{count} equal accounts at the cut: {tie}",
    "zh": "分数线上有 {count} 户完全相同：{tie}",
}
_TIES = {
    "en": {
        "share_better": "all share the better tier",
        "share_worse": "all share the worse tier",
        "by_account": "the account id decided",
    },
    "zh": {
        "share_better": "一并列入较高等级",
        "share_worse": "一并列入较低等级",
        "by_account": "按客户编号先后决定",
    },
}


def grade_book(standings: Iterable[Standing], quota: TierQuota, *, graded_on: date) -> Grading:
    """Rank a book once and return every account's tier, the cut points and the cut-off report.

    Accounts that the population leaves out, or that have no score, are not ranked and get no tier.
    Raises `DuplicateName` for an account that stands twice. An empty book gives no cuts.
    """
    everyone = tuple(standings)
    index: dict[str, Standing] = {}
    for one in everyone:
        if one.account in index:
            what = "account"
            raise DuplicateName(what, one.account)
        index[one.account] = one
    ranked = sorted(
        (
            (order_of(one.points, one.keys, quota), one.account, one)
            for one in everyone
            if one.ranked
        ),
        key=lambda entry: entry[:2],
    )
    sizes = quota.sizes(len(ranked))
    tiers = _tiers(ranked, quota, sizes)
    lines: list[CutLine] = []
    cuts: list[Cut] = []
    for rank, (name, by_share) in enumerate(zip(quota.ladder.names, sizes, strict=True)):
        members = [entry for entry, tier in zip(ranked, tiers, strict=True) if tier == rank]
        edge = sum(sizes[: rank + 1])
        tied = _tied(ranked, edge)
        if not members:
            lines.append(CutLine(name, by_share, 0, tied=tied))
            continue
        least = members[-1][2]
        last = rank == len(sizes) - 1
        below = (
            None
            if last
            else next(
                (entry[2] for entry, tier in zip(ranked, tiers, strict=True) if tier > rank), None
            )
        )
        gap = None if below is None else difference(least.points, below.points)
        name_below = below.account if below else None
        lines.append(CutLine(name, by_share, len(members), least.points, tied, name_below, gap))
        if not last:
            by_id = least.account if quota.tie == "by_account" else None
            cuts.append(Cut(name, least.points, least.keys, by_id))
    points = CutPoints(quota=quota, graded_on=graded_on, ranked=len(ranked), cuts=tuple(cuts))
    return Grading(points, everyone, tuple(lines), index)


Entry = tuple[RankOrder, str, Standing]


def _tiers(ranked: list[Entry], quota: TierQuota, sizes: tuple[int, ...]) -> list[int]:
    """Return the index of the tier of every ranked account."""
    ends = tuple(accumulate(sizes))
    found: list[int] = []
    for _, group in groupby(ranked, key=lambda entry: entry[0]):
        equal = len(list(group))
        start = len(found)
        for number in range(start, start + equal):
            place = {"share_better": start, "share_worse": start + equal - 1, "by_account": number}[
                quota.tie
            ]
            found.append(next(rank for rank, end in enumerate(ends) if place < end))
    return found


def _tied(ranked: list[Entry], edge: int) -> tuple[str, ...]:
    """Return the accounts equal to each other on both sides of an edge by share."""
    if not 0 < edge < len(ranked) or ranked[edge - 1][0] != ranked[edge][0]:
        return ()
    order = ranked[edge][0]
    return tuple(account for found, account, _ in ranked if found == order)
