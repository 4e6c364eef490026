"""May I give 6 % on this order? What a sales lead is told, and how the rules were checked before.

    python examples/discount.py [--lang zh] [--discount 6]

The price rule is S3-P08's; volume steps, freight, early payment and the lower approval are a
company's own, as the regulation has none.
"""

import argparse
from decimal import Decimal
from typing import cast

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from kamcore.presets import hundred_points
from kamcore.price import (
    Adjustment,
    Approval,
    PricePolicy,
    Quote,
    Sale,
    Stack,
    check_floor,
    find_cliffs,
    quote_price,
)
from kamcore.values import Label, Lang, Money, Ratio, Seat, Source, Steps, UnitPrice

percent = Ratio.percent
OWN = Label("Price list of the example company", "示例公司价格表")
LEAD = Seat("sales_lead", Label("the sales lead", "销售主管"))
DIRECTOR = Seat("sales_director", Label("the sales director", "销售总监"))

VOLUME = Adjustment(
    "volume",
    Steps.rising(percent(0), (500, percent(-1)), (2000, percent(-2))),
    by="quantity",
    zh="批量优惠",
    source=Source("2.1", OWN),
)
FREIGHT = Adjustment(
    "freight", Money(-300, "CNY"), off_invoice=True, zh="承担运费", source=Source("2.4", OWN)
)
EARLY = Adjustment(
    "early payment",
    percent(-1),
    off_invoice=True,
    optional=True,
    zh="提前付款折扣",
    source=Source("2.5", OWN),
)
POLICY: PricePolicy = hundred_points.price(
    approver=DIRECTOR,
    lower=(Approval(LEAD, low=percent(92)),),
    stacks=(Stack("compound", (VOLUME,)), Stack("compound", (FREIGHT, EARLY))),
)
CONTROL = UnitPrice(Decimal("128.40"), "CNY")
WORDS = {
    "en": ("step", "change", "price", "Before the rules went live:"),
    "zh": ("步骤", "调整", "价格", "规则生效前的检验："),
}


def main() -> None:
    """Ask for the discount, show the waterfall, and check the rules."""
    parser = argparse.ArgumentParser(description="may I give this discount?")
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    parser.add_argument("--discount", type=Decimal, default=Decimal(6), help="in percent")
    given = parser.parse_args()
    lang = cast("Lang", given.lang)
    asked = quote_price(Sale("A", CONTROL, quantity=800, discount=percent(given.discount)), POLICY)
    print(asked.explain(lang))
    Console().print(waterfall(asked.value, lang))
    passing = asked.value.would_pass
    if passing is not None:
        again = quote_price(Sale("A", CONTROL, quantity=800, price=passing), POLICY)
        print()
        print(again.explain(lang))
    print()
    print(WORDS[lang][3])
    print(check_floor(POLICY, control=CONTROL, quantity=100).explain(lang))
    for cliff in find_cliffs(POLICY, control=CONTROL, up_to=5000)[:2]:
        print(cliff.label.text(lang))


def waterfall(quote: Quote, lang: Lang) -> Table:
    """Return the steps of the price as a table."""
    step, change, price, _ = WORDS[lang]
    table = Table(step, box=SIMPLE)
    table.add_column(change, justify="right")
    table.add_column(price, justify="right")
    for row in quote.rows(lang):
        table.add_row(str(row["step"]), str(row["change"]), str(row["after"]))
    return table


if __name__ == "__main__":
    main()
