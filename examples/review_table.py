"""A review of a book on the terminal: a table, the cut-off report, one account's reasoning."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar


from kamcore.price import PriceRange
from kamcore.routing import Duty
from kamcore.rulebook import BookReview, Review
from kamcore.values import Lang
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

__all__ = ["Line", "line_of", "print_reasoning", "print_table", "watched"]

T = TypeVar("T")
WIDTH = 130
MANY = 3_000
COLUMNS = {
    "en": ("Account", "Tier", "Points", "Price", "Payment by", "Ready by", "In care of", "Remarks"),
    "zh": ("客户", "等级", "得分", "价格", "付款方式", "交期", "客户维护", "说明"),
}
WORDS = {
    "en": {
        "lowered": "lowered to {level}: {periods}",
        "bottom": "strictest mode already: {periods}",
        "period": "{period} ({count} breaches)",
        "credit.not_safe": "collection is not safe",
        "credit.safety_missing": "not known whether collection is safe",
        "missing": "missing: {facts}",
        "undecided": "no tier without: {facts}",
        "not_ranked": "not ranked; a tier at the next grading",
        "counts": "{counts}; payment mode lowered: {lowered}",
        "none": "no tier",
        "rest": "{shown} of {all} accounts shown",
        "items": "Score, every item",
        "joint": ", ",
        "tail": "; ",
    },
    "zh": {
        "lowered": "降至{level}类：{periods}",
        "bottom": "已是最严格的付款方式：{periods}",
        "period": "{period}（{count} 次违约）",
        "credit.not_safe": "收款安全没有保证",
        "credit.safety_missing": "收款是否安全未知",
        "missing": "缺少：{facts}",
        "undecided": "缺少以下数据，未定级：{facts}",
        "not_ranked": "未参与排名，下次评级时定级",
        "counts": "{counts}；付款方式被降级：{lowered} 户",
        "none": "未定级",
        "rest": "显示 {shown} 户，共 {all} 户",
        "items": "得分明细",
        "joint": "、",
        "tail": "；",
    },
}


@dataclass(frozen=True, slots=True)
class Line:
    """What the table shows of one account, and by what it is sorted."""

    account: str
    rank: tuple[int, Decimal]
    tier: str | None
    lowered: bool
    cells: tuple[str, ...]


def line_of(review: Review, ladder: Sequence[str], common: frozenset[str], lang: Lang) -> Line:
    """Return the table's line of a review; facts in `common` are missing everywhere, not said again."""
    tier = review.tier.value_or(None)
    score = review.score.value_or(None) if review.score else None
    points = score.total if score else Decimal(-1)
    terms = review.terms.value_or(None) if review.terms else None
    lead = review.lead_time.value_or(None) if review.lead_time else None
    cells = (
        review.account,
        tier or "–",
        str(score.total) if score else "–",
        _price(review.price.value_or(None) if review.price else None),
        terms.modes[0].label.text(lang) if terms else "–",
        lead.ready_by.isoformat() if lead and lead.ready_by else "–",
        _care(review, lang),
        WORDS[lang]["tail"].join(_remarks(review, common, lang)),
    )
    rank = len(ladder) if tier is None else ladder.index(tier)
    return Line(review.account, (rank, -points), tier, bool(terms and terms.lowered), cells)


def _price(price: PriceRange | None) -> str:
    if price is None or price.low is None:
        return "–"
    sign = "=" if price.low == price.high else "≥"
    return f"{sign} {price.low.amount:,f}"


def _care(review: Review, lang: Lang) -> str:
    owners = (one.duty.value_or(None) for one in review.duties if one.work == "care")
    seats = [owner.accountable for owner in owners if isinstance(owner, Duty)]
    return seats[0].label.text(lang) if seats else "–"


def _remarks(review: Review, common: frozenset[str], lang: Lang) -> Iterator[str]:
    words = WORDS[lang]
    lacking = {
        fact.name: fact.label.text(lang)
        for _, decision in review.parts()
        for fact in decision.missing
        if fact.name not in common and fact.name != "tier"
    }
    if not review.tier.decided:
        rule = "undecided" if review.tier.missing else "not_ranked"
        yield words[rule].format(
            facts=words["joint"].join(one.label.text(lang) for one in review.tier.missing)
        )
        return
    terms = review.terms.value_or(None) if review.terms else None
    if terms and terms.bad_periods:
        periods = words["joint"].join(
            words["period"].format(period=one.label.text(lang), count=len(one.breaches))
            for one in terms.bad_periods
        )
        rule = "lowered" if terms.lowered else "bottom"
        yield words[rule].format(level=terms.level, periods=periods)
    for reason in review.terms.reasons if review.terms else ():
        if reason.rule.id in words and "collection_safe" not in common:
            lacking.pop("collection_safe", None)
            yield words[reason.rule.id]
    if lacking:
        yield words["missing"].format(facts=words["joint"].join(lacking.values()))


def print_table(lines: Sequence[Line], ladder: Sequence[str], lang: Lang, limit: int) -> None:
    """Print the lines, the best tier first, then the number of accounts a tier."""
    words = WORDS[lang]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in COLUMNS[lang]:
        right = name in {"Points", "得分", "Price", "价格"}
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    ordered = sorted(lines, key=lambda line: line.rank)
    for line in ordered[:limit]:
        table.add_row(*(Text(cell) for cell in line.cells))
    width = None if sys.stdout.isatty() else shutil.get_terminal_size((WIDTH, 24)).columns
    console = Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)
    console.print(table)
    tiers = Counter(line.tier for line in lines)
    counts = [f"{tier} {tiers[tier]}" for tier in ladder]
    counts += [f"{words['none']} {tiers[None]}"] if tiers[None] else []
    lowered = sum(line.lowered for line in lines)
    print(words["counts"].format(counts=" · ".join(counts), lowered=lowered))
    if len(ordered) > limit:
        print(words["rest"].format(shown=limit, all=f"{len(ordered):,}"))


def print_reasoning(review: Review, lang: Lang) -> None:
    """Print every answer about an account with its reasons, and no item of the score left out."""
    print(review.explain(lang))
    reasons = review.score.reasons if review.score else ()
    if review.score and len(reasons) > len(review.score.lines(lang)):
        print(f"\n{WORDS[lang]['items']}")
        print("\n".join(f"  {reason.text(lang)}" for reason in reasons[1:]))


def watched(items: Iterable[T], many: int, what: str) -> Iterator[T]:
    """Go through `many` items and show on stderr how far, on a terminal or where they are many."""
    console = Console(stderr=True)
    if console.is_terminal:
        yield from track(items, description=what, total=many, console=console, transient=True)
        return
    for number, item in enumerate(items, start=1):
        yield item
        if many > MANY and (number % MANY == 0 or number == many):
            print(f"{what}: {number:,} of {many:,}", file=sys.stderr)
