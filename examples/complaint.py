"""A large customer complains on the eve of the holidays: who answers, which person, and by when.

    python examples/complaint.py [--lang zh]

It is Wednesday 30 September 2026, 15:10 in Shanghai. A harbour on a 110 kV line complains about
dips in its voltage and asks for compensation. What comes in is one row of a billing system. The
duties stand in `duties_book.py`; people, hours and limits are made up as well.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from duties_book import CENTRE, COMPANY, DIRECTOR, ENGINEER, REGION, REGIONAL, TODAY

from kamcore.calendars import Holiday, Hours, SpecialDay, Week, WorkCalendar, WorkingDays
from kamcore.codec import from_json, to_json
from kamcore.decision import Record
from kamcore.facts import Fields, MoneyField, read_facts
from kamcore.presets import power_utility
from kamcore.routing import (
    Absence,
    Authority,
    AuthorityLevel,
    Duty,
    Escalation,
    EscalationStep,
    Grant,
    Person,
    Staff,
    check_access,
    check_authority,
    find_rivals,
    plan_escalation,
    route_work,
    staff_duty,
)
from kamcore.rulebook import keep_record, replay
from kamcore.values import Days, Label, Lang, Seat

# --- what comes in --------------------------------------------------------------------------

RECEIVED = {
    "cons_no": "3100042217",
    "busi_type": "complaint",
    "org_no": "harbour",
    "volt_kv": "110",
    "claim_amt": "6800.00",
    "accept_time": "2026-09-30T15:10:00+08:00",
}
NAMES = {
    "work": "busi_type",
    "region": "org_no",
    "supply_voltage": "volt_kv",
    "claim": "claim_amt",
}

# --- who is there ---------------------------------------------------------------------------

SHANGHAI = "Asia/Shanghai"
SUPERVISOR = Seat("supervisor", Label("the complaints supervisor", "投诉督办专责"))


def away(first: str, last: str, stand_in: str | None = None) -> tuple[Absence, ...]:
    """Return one absence; its first and its last day count."""
    days = Days.through(date.fromisoformat(first), date.fromisoformat(last))
    return (Absence(days, stand_in),)


STAFF = Staff(
    zone=SHANGHAI,
    unit=REGION,
    people=(
        Person("li", en="Li Na", zh="李娜", unit="north", roles=(REGIONAL.name,),
               absences=away("2026-09-28", "2026-10-09", stand_in="zhao")),
        Person("zhao", en="Zhao Lei", zh="赵磊", unit="north",
               absences=away("2026-09-21", "2026-09-30")),
        Person("qian", en="Qian Min", zh="钱敏", unit="north", roles=("head",), heads=("north",)),
        Person("sun", en="Sun Yue", zh="孙悦", unit="south", roles=(REGIONAL.name,),
               heads=("south",)),
        Person("zhou", en="Zhou Bin", zh="周斌", roles=(COMPANY.name,)),
        Person("wu", en="Wu Fan", zh="吴帆", roles=(ENGINEER.name,)),
        Person("feng", en="Feng Jie", zh="冯洁", roles=(SUPERVISOR.name,),
               absences=away("2026-10-08", "2026-10-09")),
        Person("shen", en="Shen Qi", zh="沈琪", roles=(DIRECTOR.name,)),
    ),
)  # fmt: skip

# --- what happens by when -------------------------------------------------------------------

DAY_SHIFT = (Hours("08:30", "12:00"), Hours("13:30", "17:30"))
OFFICE = WorkCalendar(
    name="office hours",
    zh="办公时间",
    zone=SHANGHAI,
    week=Week.of(*DAY_SHIFT),
    holidays=tuple(
        Holiday(date(2026, 10, day), "National Day", zh="国庆节") for day in range(1, 8)
    ),
    special_days=(SpecialDay(date(2026, 10, 10), DAY_SHIFT),),
)
LADDER = Escalation(
    calendar=OFFICE,
    steps=(
        EscalationStep("remind", zh="提醒", after=timedelta(hours=2), tell=(REGIONAL,)),
        EscalationStep("supervise", zh="督办", after=timedelta(hours=4), tell=(SUPERVISOR,)),
        EscalationStep("company", zh="上报公司", after=WorkingDays(1), tell=(COMPANY,)),
        EscalationStep("director", zh="上报主任", after=WorkingDays(3), tell=(DIRECTOR,)),
    ),
)

# --- what a seat may decide, and whose accounts a person may see ----------------------------

CLAIM = MoneyField("claim", currency="CNY", en="compensation", zh="补偿金额")
LIMITS = Authority(
    levels=(
        AuthorityLevel(CENTRE, CLAIM <= 1_000),
        AuthorityLevel(REGIONAL, CLAIM <= 5_000),
        AuthorityLevel(COMPANY, CLAIM <= 50_000),
        AuthorityLevel(DIRECTOR),
    ),
    within=timedelta(hours=4),
    calendar=OFFICE,
)
ACCESS = power_utility.access(
    unit=REGION,
    grants=(
        Grant(REGIONAL.name, "unit_and_below"),
        Grant("head", "unit_and_below"),
        Grant(COMPANY.name, "all"),
    ),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Ask every question that this complaint raises, in order, and keep the answer."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(description="A complaint on the eve of the holidays.")
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    lang: Lang = parser.parse_args(argv).lang
    words = WORDS[lang]

    asked = Fields.of(TODAY, STAFF, LIMITS, ACCESS)
    facts = read_facts(RECEIVED, asked, key="cons_no", names=NAMES)
    now = datetime.fromisoformat(RECEIVED["accept_time"])
    print(words["head"].format(facts.account, f"{now:%Y-%m-%d %H:%M}"))

    duty = keep_record(route_work, facts, TODAY)
    tell(words["duty"], duty.answer.explain(lang))
    tell(words["rivals"], find_rivals(facts, TODAY).text(lang))
    records: list[Record] = [duty]
    given = duty.answer.value
    if isinstance(given, Duty):
        person = keep_record(staff_duty, facts, given, STAFF, at=now)
        tell(words["person"], person.answer.explain(lang))
        records.append(person)
    plan = keep_record(plan_escalation, facts, LADDER, start=now, staff=STAFF)
    tell(words["plan"], plan.answer.explain(lang))
    claim = keep_record(check_authority, facts, LIMITS, seat=CENTRE, at=now)
    tell(words["claim"], claim.answer.explain(lang))
    colleagues = [STAFF.person(name) for name in ("sun", "qian")]
    seen = [check_access(facts, ACCESS, person=one).explain(lang) for one in colleagues]
    tell(words["access"], "\n\n".join(seen))

    lines = [to_json(record) for record in (*records, plan, claim)]
    same = all(replay(from_json(line, Record)).same for line in lines)
    size = sum(len(line.encode()) for line in lines)
    tell(words["kept"], words["same" if same else "other"].format(len(lines), f"{size:,}"))
    return 0


def tell(question: str, answer: str) -> None:
    print(f"\n## {question}\n\n{answer}")


WORDS = {
    "en": {
        "head": "Complaint of customer {}, received {}",
        "duty": "Who is accountable?",
        "rivals": "Why not somebody else?",
        "person": "Which person, today?",
        "plan": "Who is told when, if nothing happens?",
        "claim": "May the service centre promise the compensation itself?",
        "access": "Who may open the account: Sun Yue of the south, Qian Min of the north?",
        "kept": "And in two years?",
        "same": "{} lines of JSON, {} bytes, read back and asked again: nothing differs.",
        "other": "AN ANSWER DIFFERS ({} lines of JSON, {} bytes).",
    },
    "zh": {
        "head": "客户 {} 的投诉，{} 受理",
        "duty": "由谁负责？",
        "rivals": "为什么不是别人？",
        "person": "今天具体是谁？",
        "plan": "如果一直无人处理，何时通知谁？",
        "claim": "客户服务中心能否自行承诺补偿？",
        "access": "谁可以查看该客户：南区的孙悦，北区的钱敏？",
        "kept": "两年之后呢？",
        "same": "存为 {} 行 JSON（{} 字节），读回后重新提问：答案与理由均无差异。",
        "other": "有答案不一致（{} 行 JSON，{} 字节）。",
    },
}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
