"""A review of a book on the terminal: a table, the cut-off report, one account's reasoning."""

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from kamcore.decision import Decision, MissingFact, show
from kamcore.price import PriceRange
from kamcore.routing import Duty
from kamcore.rulebook import Review
from kamcore.values import Lang, UnitPrice

__all__ = ["Line", "line_of", "print_head", "print_reasoning", "print_table", "watched"]

T = TypeVar("T")
WIDTH = 150
MANY = 3_000
COLUMNS = {
    "en": ("Account", "Tier", "Points", "Price", "Payment by", "Ready by", "In care of", "Remarks"),
    "zh": ("客户", "等级", "得分", "价格", "付款方式", "交期", "客户维护", "说明"),
}
WORDS = {
    "en": {
        "head": "{book} · as of {as_of} · control price {control} · orders signed on {as_of}",
        "example": "Example book (synthetic)",
        "own": "Points and scales are the example company's own; the regulation leaves them open.",
        "ledger": (
            "Derived from the ledger as it stood on {graded_on}: amount and number of the invoices "
            "of {year},\nthe share of them paid late where that was known, the months since the "
            "first invoice\n(the ledger begins on {begins}: an account may be older)."
        ),
        "common": "No account has: {facts}.",
        "unsafe": (
            "Safe collection has not been confirmed, and what rests on it is not granted:\n"
            "deferred payment to anybody, cash on delivery to tier B."
        ),
        "inquiry": "For all accounts, ",
        "lowered": "terms of {level}: {periods}",
        "bottom": "payment terms not kept: {periods}",
        "period": "{period} ({count})",
        "credit.not_safe": "collection is not safe",
        "credit.safety_missing": "safe collection not confirmed",
        "missing": "missing: {facts}",
        "undecided": "no tier without: {facts}",
        "not_ranked": "ranked only if {condition}",
        "counts": (
            "{counts}\n{lowered} accounts pay by the terms of a lower tier; "
            "in brackets: how often payment terms were not kept in that quarter"
        ),
        "none": "no tier",
        "rest": "{shown} of {all} accounts shown",
        "items": "Score, every item",
        "joint": ", ",
        "tail": "; ",
    },
    "zh": {
        "head": "{book} · 截至 {as_of} · 内控价格 {control} · 订单签订日期 {as_of}",
        "example": "示例客户（虚构数据）",
        "own": "各项分值与评分标准为示例公司自定，制度原文未写明。",
        "ledger": (
            "以下数据由截至 {graded_on} 的账目得出：{year} 年的开票金额与发票数，\n"
            "其中已知逾期付款的比例，自首张发票起的月数（账目始于 {begins}，实际合作可能更早）。"
        ),
        "common": "所有客户均未提供：{facts}。",
        "unsafe": "“收款安全有保证”尚未确认，暂不给予：\n所有客户的远期付款、B类客户的货到付款。",
        "inquiry": "所有客户，",
        "lowered": "按{level}类方式付款：{periods}",
        "bottom": "不按付款条件付款：{periods}",
        "period": "{period} {count} 次",
        "credit.not_safe": "收款安全没有保证",
        "credit.safety_missing": "收款安全尚未确认",
        "missing": "未提供：{facts}",
        "undecided": "缺少以下数据，未定级：{facts}",
        "not_ranked": "未参与排名（条件：{condition}）",
        "counts": (
            "{counts}\n{lowered} 户因不按付款条件付款，改按较低等级的方式付款；"
            "说明栏列出各季度的次数"
        ),
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


def line_of(review: Review, ladder: Sequence[str], common: AbstractSet[str], lang: Lang) -> Line:
    """Return the table's line of a review; that `common` facts are missing is not said again."""
    tier = answer(review.tier)
    score = answer(review.score)
    points = score.total if score else Decimal(-1)
    terms = answer(review.terms)
    lead = answer(review.lead_time)
    cells = (
        review.account,
        tier or "–",
        str(score.total) if score else "–",
        _price(answer(review.price)),
        terms.modes[0].label.text(lang) if terms else "–",
        lead.ready_by.isoformat() if lead and lead.ready_by else "–",
        _care(review, lang),
        WORDS[lang]["tail"].join(_remarks(review, common, lang)),
    )
    rank = len(ladder) if tier is None else ladder.index(tier)
    return Line(review.account, (rank, -points), tier, bool(terms and terms.lowered), cells)


def answer(decision: Decision[T] | None) -> T | None:
    return None if decision is None else decision.value_or(None)


def _price(price: PriceRange | None) -> str:
    if price is None or price.low is None:
        return "–"
    sign = "=" if price.low == price.high else "≥"
    return f"{sign} {price.low.amount:,f}"


def _care(review: Review, lang: Lang) -> str:
    owners = (answer(one.duty) for one in review.duties if one.work == "care")
    seats = [owner.accountable for owner in owners if isinstance(owner, Duty)]
    return seats[0].label.text(lang).removeprefix("the ") if seats else "–"


def _remarks(review: Review, common: AbstractSet[str], lang: Lang) -> Iterator[str]:
    words = WORDS[lang]
    lacking = {
        fact.name: fact.label.text(lang)
        for _, decision in review.parts()
        for fact in decision.missing
        if fact.name not in common and fact.name != "tier"
    }
    if not review.tier.decided:
        yield _without_tier(review.tier, lang)
        return
    terms = answer(review.terms)
    if terms and terms.bad_periods:
        periods = words["joint"].join(
            words["period"].format(period=one.label.text(lang), count=len(one.breaches))
            for one in terms.bad_periods
        )
        rule = "lowered" if terms.lowered else "bottom"
        yield words[rule].format(level=terms.level, periods=periods)
    for reason in () if review.terms is None else review.terms.reasons:
        if reason.rule.id in words and "collection_safe" not in common:
            lacking.pop("collection_safe", None)
            yield words[reason.rule.id]
    if lacking:
        yield words["missing"].format(facts=words["joint"].join(lacking.values()))


def _without_tier(tier: Decision[str], lang: Lang) -> str:
    """Say which facts are missing or which condition keeps the account from being ranked."""
    words = WORDS[lang]
    if tier.missing:
        facts = (one.label.text(lang) for one in tier.missing)
        return words["undecided"].format(facts=words["joint"].join(facts))
    conditions = (
        show(value, lang) for name, value in tier.reasons[0].params if name == "condition"
    )
    return words["not_ranked"].format(condition=next(conditions, "–"))


def print_head(
    args: argparse.Namespace, common: Sequence[MissingFact], first: Review, begins: date | None
) -> None:
    """Print what is reviewed, where its figures come from, and what holds for every account."""
    lang: Lang = args.lang
    words = WORDS[lang]
    book = words["example"] if args.example else str(args.ledger or args.accounts)
    control = show(UnitPrice(args.control, "USD" if args.ledger else "CNY"), lang)
    print(words["head"].format(book=book, as_of=args.as_of, control=control))
    print(words["own"])
    if begins is not None:
        year = args.graded_on.year - 1
        print(words["ledger"].format(graded_on=args.graded_on, year=year, begins=begins))
    if common:
        facts = words["joint"].join(fact.label.text(lang) for fact in common)
        print(words["common"].format(facts=facts))
    if "collection_safe" in {fact.name for fact in common}:
        print(words["unsafe"])
    for clock in first.deadlines:
        print(words["inquiry"] + clock.deadline.lines(lang)[0])
    print()


def print_table(lines: Sequence[Line], ladder: Sequence[str], lang: Lang, limit: int) -> None:
    """Print the lines, the best tier first, then the number of accounts a tier."""
    words = WORDS[lang]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for name in COLUMNS[lang]:
        right = name in {"Points", "得分", "Price", "价格"}
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    ordered = sorted(lines, key=lambda line: line.rank)
    for line in ordered[:limit]:
        table.add_row(*(Text(cell) for cell in line.cells))
    width = None if sys.stdout.isatty() else shutil.get_terminal_size((WIDTH, 24)).columns
    console = Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)
    with console.capture() as drawn:
        console.print(table)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()))
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
    if review.score is not None and len(review.score.reasons) >= len(review.score.lines(lang)):
        print(f"\n{WORDS[lang]['items']}")
        for reason in review.score.reasons[1:]:
            print(f"  {reason.text(lang)}")


def watched(items: Iterable[T], many: int, what: str) -> Iterator[T]:
    """Go through `many` items and show on stderr how far, on a terminal or where they are many."""
    console = Console(stderr=True)
    if console.is_terminal:
        yield from track(items, description=what, total=many, console=console, transient=True)
        return
    step = -(-many // 10)
    for number, item in enumerate(items, start=1):
        yield item
        if many > MANY and (number % step == 0 or number == many):
            print(f"{what}: {number:,} of {many:,}", file=sys.stderr)
