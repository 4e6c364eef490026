"""Write the example book: `book/accounts.csv` and `book/invoices.csv`.

**Everything in it is synthetic**: no account, amount or date stands for anything real. The figures
are drawn from a seed with integers, so that every Python writes the same bytes, and nothing but the
standard library is needed: `python make_book.py [FOLDER]`.

`sales_volume` and `late_share` of an account are what its invoices say on the day of grading.
"""

import csv
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from ledger_facts import Entry, derive_facts

SEED = 20260105
GRADED_ON = date(2026, 1, 5)
EXPORTED_ON = date(2026, 6, 30)
BOOK = Path(__file__).parent / "book"

# Invented names in invented places; about a third are customers abroad.
LARGE = (
    "青雾阀门 石榴港机电 白鹭洲泵业 云梯山水务 Port Amber Pumps 星渡能源 Quill & Harrow 鲸落湾化工"
)
MIDDLE = (
    "十里荷机械 半月滩船配 Tern Island Marine 柳絮河水利 铜铃寨矿业 Saltmere Valves 麦浪原农机 "
    "雨前镇管业 灯塔岬海工 Ferncastle Water 九曲桥设备 枫火岭热力 Grey Heron Works 竹影庄环保"
)
SMALL = (
    "橘子洲头五金 小满站配件 Lantern Hill Supply 桐花巷水暖 冬至坡机修 Mossgate Fittings "
    "野鹤渡商行 萤火湖工程 Larkspur Trading 杏帘村泵站 听松岭安装 Otter Ford Hardware"
)
TWINS = ("双子渡一号库", "双子渡二号库")
NEW = ("新芽湾科技", "Dawn Quay Systems")
LATECOMERS = frozenset(
    {"白鹭洲泵业", "Port Amber Pumps", "柳絮河水利", "Saltmere Valves", "枫火岭热力", "九曲桥设备"}
)
"""Their payments slip in 2026: the payment mode is lowered."""

ACCOUNT_COLUMNS = (
    "account", "sales_volume", "late_share", "product_margin", "order_quantity", "sales_mode",
    "our_share", "history_years", "standing_points", "collection_safe",
)  # fmt: skip
INVOICE_COLUMNS = ("number", "account", "issued", "due", "amount", "paid", "disputed")
MODES = ("direct", "distributor", "agent")

Row = dict[str, str]


class Draw:
    """Integers from a seed, by `random()` alone: the one sequence that Python promises to keep."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def between(self, low: int, high: int) -> int:
        """Return an integer from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, percent: int) -> bool:
        """Return True in `percent` of a hundred draws."""
        return self.between(1, 100) <= percent


@dataclass(frozen=True, slots=True)
class Kind:
    """What the accounts of one size have in common; money in whole yuan, times in days."""

    yuan: tuple[int, int]
    invoices_a_year: tuple[int, int]
    term: int
    margin_percent: tuple[int, int]


KINDS = {
    "large": Kind((400_000, 1_600_000), (12, 20), 90, (8, 22)),
    "middle": Kind((90_000, 420_000), (8, 14), 30, (10, 28)),
    "small": Kind((15_000, 110_000), (3, 9), 30, (6, 30)),
}


def names(text: str) -> list[str]:
    """Split names at spaces, but keep together the words of a name in Latin letters."""
    found: list[str] = []
    for word in text.split():
        latin = not any("\u4e00" <= letter <= "\u9fff" for letter in word)
        if latin and found and found[-1].isascii():
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def main(folder: Path) -> None:
    accounts: list[Row] = []
    entries: list[tuple[Entry, bool]] = []
    for number, (kind, account) in enumerate(everyone()):
        draw = Draw(SEED + number)
        own = list(invoices(draw, kind, account))
        entries += own
        accounts.append(facts(draw, KINDS[kind], account, [entry for entry, _ in own]))
    twin = accounts[-1]
    accounts.append({**twin, "account": TWINS[1]})
    entries += [
        (Entry(TWINS[1], entry.issued, entry.due, entry.amount, entry.paid), disputed)
        for entry, disputed in entries
        if entry.account == TWINS[0]
    ]
    adjust(accounts)
    accounts.sort(key=lambda row: row["account"])
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "accounts.csv", ACCOUNT_COLUMNS, accounts)
    write(folder / "invoices.csv", INVOICE_COLUMNS, numbered(entries))


def everyone() -> Iterator[tuple[str, str]]:
    """Yield kind and name of every account but the second twin, who copies the first."""
    for kind, text in (("large", LARGE), ("middle", MIDDLE), ("small", SMALL)):
        for name in names(text):
            yield kind, name
    for name in (*NEW, TWINS[0]):
        yield "middle", name


def invoices(draw: Draw, kind: str, account: str) -> Iterator[tuple[Entry, bool]]:
    """Yield a year and a half of invoices in order of time, and whether each is disputed."""
    features = KINDS[kind]
    late_percent = (0, 0, 5, 10, 20, 35, 60)[draw.between(0, 6)]
    issued = date(2026, 2, 1) if account in NEW else date(2025, 1, 2)
    gap = 365 // draw.between(*features.invoices_a_year)
    usual = draw.between(*features.yuan)
    issued += timedelta(days=draw.between(0, gap))
    while issued <= EXPORTED_ON:
        due = issued + timedelta(days=features.term)
        slips = account in LATECOMERS and due >= GRADED_ON
        late = draw.chance(75 if slips else late_percent)
        paid = due + timedelta(days=draw.between(1, 40) if late else -draw.between(0, 6))
        amount = Decimal(usual * draw.between(60, 140) + draw.between(0, 99)) / 100
        known = paid <= EXPORTED_ON and not draw.chance(1)
        yield Entry(account, issued, due, amount, paid if known else None), draw.chance(4)
        issued += timedelta(days=gap + draw.between(-gap // 3, gap // 3))


def facts(draw: Draw, kind: Kind, account: str, own: list[Entry]) -> Row:
    """Return the row of an account: two figures from its invoices, the others drawn."""
    (derived,) = derive_facts(own, graded_on=GRADED_ON)
    sales, late = derived["sales_volume"], derived["late_share"]
    if account in NEW:
        return {
            "account": account,
            "sales_volume": "0.00",
            "sales_mode": MODES[draw.between(0, 2)],
            "history_years": "0",
            "collection_safe": "yes",
        }
    return {
        "account": account,
        "sales_volume": f"{sales:.2f}",
        "late_share": "" if late is None else f"{late:.4f}",
        "product_margin": f"{draw.between(*kind.margin_percent)}.{draw.between(0, 9)}%",
        "order_quantity": str(int(f"{sales:.0f}") // draw.between(14_000, 30_000)),
        "sales_mode": MODES[draw.between(0, 2)],
        "our_share": f"{draw.between(2, 75)}%",
        "history_years": str(draw.between(1, 14)),
        "standing_points": str(draw.between(0, 5)),
        "collection_safe": "yes" if draw.chance(85) else "no",
    }


def adjust(accounts: list[Row]) -> None:
    """Take some facts away, as nobody knows everything, and set a few for what they show."""
    for account, column, value in (
        ("星渡能源", "collection_safe", ""),
        ("十里荷机械", "our_share", ""),
        ("Ferncastle Water", "standing_points", ""),
        ("九曲桥设备", "standing_points", ""),
        ("野鹤渡商行", "product_margin", ""),
        ("Larkspur Trading", "our_share", ""),
        ("听松岭安装", "late_share", ""),
        ("云梯山水务", "collection_safe", "yes"),
        (TWINS[0], "standing_points", "1"),  # equal to the last fact, and astride the cut of B
        (TWINS[1], "standing_points", "1"),
    ):
        row = next(row for row in accounts if row["account"] == account)
        row[column] = value


def numbered(entries: list[tuple[Entry, bool]]) -> Iterator[Row]:
    """Yield the invoices in order of time with their numbers."""
    ordered = sorted(entries, key=lambda one: (one[0].issued, one[0].account))
    for number, (entry, disputed) in enumerate(ordered, start=1):
        yield {
            "number": f"EX{entry.issued.year % 100}-{number:04}",
            "account": entry.account,
            "issued": entry.issued.isoformat(),
            "due": entry.due.isoformat(),
            "amount": f"{entry.amount:.2f}",
            "paid": entry.paid.isoformat() if entry.paid else "",
            "disputed": "yes" if disputed else "no",
        }


def write(path: Path, columns: tuple[str, ...], rows: list[Row] | Iterator[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else BOOK)
