"""Who answers for what at one fictional power supply company, and a book of 300 of its customers.

The company works by a published process (`kamcore.presets.power_utility`, S0) and puts rules of its
own before it. **Regions, the rules 3.1 to 3.4, and what makes a customer critical or important are
the example company's own.** The text leaves that open, and its rule for work of any other kind
names nobody (S0-2m); 3.4 stands in its place.

The book is synthetic. It is counted out and not drawn, so that it is the same everywhere.
"""

from kamcore.facts import Facts, Node, NumberField, RuleTable, TableRule, TreeField, read_book
from kamcore.presets import power_utility
from kamcore.presets.power_utility import COMPANY_MANAGER, REGIONAL_MANAGER, SERVICE_CENTRE, WORK
from kamcore.routing import Duty, DutyRules
from kamcore.values import Label, Seat, Source

__all__ = [
    "CENTRE", "COMPANY", "DIRECTOR", "DISPATCH", "ENGINEER", "OWN", "REGION", "REGIONAL", "TODAY",
    "VOLTAGE", "WORK", "book", "rules_of",
]  # fmt: skip

# --- the facts that rules ask for, besides the kind of work ---------------------------------

REGION = TreeField(
    "region",
    nodes=(
        Node("north", en="the north", zh="北区"),
        Node("steelworks", under="north", en="Steelworks district", zh="钢城片区"),
        Node("harbour", under="north", en="Harbour district", zh="港口片区"),
        Node("south", en="the south", zh="南区"),
        Node("old_town", under="south", en="Old Town district", zh="老城片区"),
        Node("university", under="south", en="University district", zh="大学城片区"),
    ),
    zh="区域",
)
VOLTAGE = NumberField("supply_voltage", unit=Label("kV", "千伏"), zh="供电电压")

# --- the seats ------------------------------------------------------------------------------

CENTRE, REGIONAL, COMPANY = SERVICE_CENTRE, REGIONAL_MANAGER, COMPANY_MANAGER
DISPATCH = Seat("dispatch", Label("the dispatch centre", "调度中心"), kind="queue")
ENGINEER = Seat("power_quality", Label("the power quality engineer", "电能质量专责"))
DIRECTOR = Seat("director", Label("the marketing director", "营销部主任"))

# --- the rules: the first that holds wins ----------------------------------------------------

DISTURBED = WORK.one_of("complaint", "emergency_repair") & REGION.within("north")
OWN: tuple[TableRule[Duty], ...] = (
    TableRule(
        "3.1",
        DISTURBED & (VOLTAGE >= 220),
        Duty(COMPANY, responsible=(DISPATCH,), consulted=(ENGINEER,), informed=(DIRECTOR,)),
    ),
    TableRule(
        "3.2",
        DISTURBED & (VOLTAGE >= 110),
        Duty(REGIONAL, responsible=(DISPATCH,), consulted=(ENGINEER,), informed=(COMPANY,)),
    ),
    TableRule(
        "3.3",
        WORK.is_("capacity_expansion") & (VOLTAGE >= 35) & (VOLTAGE < 220),
        Duty(REGIONAL, responsible=(CENTRE,), informed=(COMPANY,)),
    ),
    TableRule("3.4", WORK.is_("other"), Duty(REGIONAL, responsible=(CENTRE,))),
)
PROCESS = power_utility.duties(
    critical=VOLTAGE >= 220,
    important=VOLTAGE >= 35,
    others=Duty(CENTRE),
    revision_owner=COMPANY,
)
PUBLISHED = tuple(rule for rule in PROCESS.table.rules if rule.name != "S0-2m")
HOUSE = Source(
    "HX-2026", Label("Division of duties of the example company", "示例供电公司职责分工")
)


def rules_of(*own: TableRule[Duty]) -> DutyRules:
    """Put a company's own rules before those of the published process."""
    return DutyRules(table=RuleTable(rules=(*own, *PUBLISHED)), source=HOUSE)


TODAY = rules_of(*OWN)

# --- the book -------------------------------------------------------------------------------

DISTRICTS = ("steelworks", "harbour", "old_town", "university")
VOLTAGES = (10, 10, 35, 10, 110, 10, 35, 10, 220)


def book() -> tuple[Facts, ...]:
    """Return 300 customers; the kind of work is left open, as each of them may bring any."""
    rows = (
        {
            "account": f"E-{number:03}",
            "work": None,
            "region": DISTRICTS[number % len(DISTRICTS)],
            "supply_voltage": VOLTAGES[number % len(VOLTAGES)],
        }
        for number in range(1, 301)
    )
    return read_book(rows, TODAY.fields, key="account")
