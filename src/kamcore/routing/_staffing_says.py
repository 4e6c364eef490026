"""What the answers about people say, in both languages."""

from kamcore.decision import Rule

__all__ = ["RULES"]

# --- the answer -----------------------------------------------------------------------------

HOLDER = Rule(
    "routing.staffed",
    ("person", "seat"),
    en="{person} is accountable, as {seat}",
    zh="由{seat}{person}负责",
)
MEMBER = Rule(
    "routing.staffed_from_queue",
    ("person", "seat"),
    en="{person} of {seat} is accountable",
    zh="由{seat}的{person}负责",
)
STAND_IN = Rule(
    "routing.staffed_by_stand_in",
    ("person", "absent", "last", "seat"),
    en="{person} (stand-in of {absent}, who is absent through {last}) is accountable, for {seat}",
    zh="由{person}代{absent}履行{seat}职责；{absent}不在岗，至{last}止",
)
HEAD = Rule(
    "routing.staffed_by_head",
    ("person", "unit", "seat"),
    en="{person} is accountable as head of {unit}, for {seat}",
    zh="由{unit}单位负责人{person}代行{seat}职责",
)
HEADS_STAND_IN = Rule(
    "routing.staffed_by_stand_in_of_head",
    ("person", "head", "unit", "last", "seat"),
    en="{person} (stand-in of {head}, head of {unit}, who is absent through {last}) is "
    "accountable, for {seat}",
    zh="由{person}代{unit}单位负责人{head}履行{seat}职责；{head}不在岗，至{last}止",
)
QUEUE = Rule(
    "routing.staffed_by_queue",
    ("seat",),
    en="{seat} is accountable as a whole: nobody is listed for it by name",
    zh="由{seat}负责，未列具体人员",
)
NOBODY = Rule(
    "routing.unstaffed",
    ("seat",),
    en="nobody is accountable: no one can take the work for {seat} at this time",
    zh="无人负责：{seat}目前无人可承担",
)
STAFFING_OPEN = Rule(
    "routing.staffing_undecided",
    ("facts",),
    en="nobody can be named yet: {facts} not known",
    zh="暂无法确定负责人员：未提供{facts}",
)

# --- why this one ---------------------------------------------------------------------------

RELIEVED = Rule(
    "routing.staffed_in_absence",
    ("absent", "seat"),
    en="nobody can take it as {absent}, so it falls to {seat}",
    zh="目前无法由{absent}承担，转由{seat}承担",
)
NO_MANAGER = Rule(
    "routing.staffed_without_manager",
    ("absent", "seat"),
    en="the account does not say who {absent} is, so it falls to {seat}",
    zh="该客户未指定{absent}，转由{seat}承担",
)
CHAIN = Rule(
    "routing.staffed_by_chain",
    ("people",),
    en="next in line, and absent too: {people}",
    zh="其职务代理人亦不在岗：{people}",
)
ABOVE = Rule(
    "routing.staffed_from_above",
    ("home", "seat", "unit"),
    en="{home} has nobody as {seat}, so {unit} above it is asked",
    zh="{home}没有{seat}，由上级单位{unit}的人员承担",
)
UNHELD_HERE = Rule(
    "routing.staffed_unheld_here",
    ("seat", "unit"),
    en="nobody is listed as {seat} in {unit} or above",
    zh="{unit}及上级单位的名单中无人担任{seat}",
)
UNHELD = Rule(
    "routing.staffed_unheld",
    ("seat",),
    en="nobody is listed as {seat}",
    zh="名单中无人担任{seat}",
)
TURN = Rule(
    "routing.staffed_by_turn",
    ("person", "count"),
    en="it is the turn of {person}, among {count} who can take it",
    zh="轮到{person}，目前可承担者共 {count} 人",
)
LEAST = Rule(
    "routing.staffed_by_load",
    ("person", "open", "count"),
    en="{person} has the least open work ({open}) of {count} who can take it",
    zh="{person}未结工作最少（{open} 件），目前可承担者共 {count} 人",
)
LISTED = Rule(
    "routing.staffed_by_list",
    ("person", "count"),
    en="{person} stands first in the list of {count} who can take it",
    zh="{person}在名单上排在最前，目前可承担者共 {count} 人",
)
ALONE = Rule(
    "routing.staffed_alone",
    (),
    en="nobody else can take it at this time",
    zh="目前没有其他人可以承担",
)
KNOWN = Rule(
    "routing.staffed_known",
    ("person",),
    en="{person} knows this work already and goes before the others",
    zh="{person}已熟悉该项工作，优先安排",
)
WITHOUT = Rule(
    "routing.staffed_without_skill",
    ("person", "skills"),
    en="{person} takes it without {skills}",
    zh="{person}承担该项工作，但不具备{skills}",
)
PASSED = Rule(
    "routing.people_passed_over",
    ("people",),
    en="not available: {people}",
    zh="以下人员无法承担：{people}",
)
PASSED_FOR = Rule(
    "routing.people_passed_over_for",
    ("seat", "people"),
    en="not available for {seat}: {people}",
    zh="以下人员无法承担{seat}的工作：{people}",
)
LOOP = Rule(
    "routing.stand_ins_in_a_circle",
    ("loop",),
    en="the stand-ins point in a circle: {loop}",
    zh="职务代理关系形成循环：{loop}",
)

# --- the others -----------------------------------------------------------------------------

PARTS = (
    Rule(
        "routing.staffed_responsible",
        ("people",),
        en="carried out by {people}",
        zh="执行：{people}",
    ),
    Rule(
        "routing.staffed_consulted",
        ("people",),
        en="consulted: {people}",
        zh="征询：{people}",
    ),
    Rule(
        "routing.staffed_informed",
        ("people",),
        en="informed: {people}",
        zh="知会：{people}",
    ),
)
VACANT = Rule(
    "routing.seats_vacant",
    ("seats",),
    en="no one at this time for {seats}",
    zh="目前无人：{seats}",
)

# --- conventions ----------------------------------------------------------------------------

CHOICE = {
    "turn": Rule(
        "routing.convention_turns",
        (),
        en="among several, work goes to the one who has waited longest for a turn",
        zh="多人可承担时，由最久未轮到者承担",
    ),
    "least_loaded": Rule(
        "routing.convention_load",
        (),
        en="among several, work goes to the one with the least open work, then by turn",
        zh="多人可承担时，由未结工作最少者承担，相同的按轮次",
    ),
    "listed": Rule(
        "routing.convention_list",
        (),
        en="among several, work goes to the first in the list",
        zh="多人可承担时，按名单先后",
    ),
}
SUBSTITUTES = Rule(
    "routing.convention_substitutes",
    (),
    en="where no holder of a seat can take it, the stand-ins follow, then the head of the unit and "
    "of those above it",
    zh="本岗位无人可承担的，先由职务代理人、再由所在单位及上级单位的单位负责人承担",
)
DAYS = Rule(
    "routing.convention_absence",
    ("zone",),
    en="absence is counted in days of {zone}, the first and the last included",
    zh="不在岗按{zone}的自然日计，首尾两日均含",
)
RULES = (
    HOLDER, MEMBER, STAND_IN, HEAD, HEADS_STAND_IN, QUEUE, NOBODY, STAFFING_OPEN, RELIEVED,
    NO_MANAGER, CHAIN, ABOVE, UNHELD, UNHELD_HERE, TURN, LEAST, LISTED, ALONE, KNOWN, WITHOUT,
    PASSED, PASSED_FOR, LOOP, *PARTS, VACANT, *CHOICE.values(), SUBSTITUTES, DAYS,
)  # fmt: skip
