"""What users write, and the types that they get; checked by mypy and pyright, never run."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import assert_type

from kamcore.calendars import Calendar, Hours, Week, WorkCalendar, WorkingDays, around_the_clock
from kamcore.codec import from_json, to_json
from kamcore.credit import (
    UNLIMITED,
    Ageing,
    AgeingBands,
    Arrears,
    Commitment,
    ConsignmentLimit,
    ConsignmentVerdict,
    CreditLimit,
    CreditPolicy,
    CreditRequest,
    CreditVerdict,
    DateStep,
    DunningPolicy,
    EarlyPayment,
    Exposure,
    Instalment,
    Interest,
    Invoice,
    LateInterest,
    LimitPolicy,
    Notice,
    PaymentMode,
    PaymentPlan,
    PaymentTerm,
    Recheck,
    Reminder,
    ReminderStep,
    SuspensionPolicy,
    SuspensionVerdict,
    TaxedAmount,
    Terms,
    TermsVerdict,
    age_receivables,
    check_consignment,
    check_credit,
    check_suspension,
    check_terms,
    deferred_days,
    find_arrears,
    find_due_date,
    find_exposure,
    find_interest,
    find_reminder,
    find_terms,
    parse_term,
    plan_payments,
    plan_reminders,
    recheck_orders,
    simulate_reminders,
)
from kamcore.decision import Decision, Policy, Record
from kamcore.facts import (
    ChoiceField,
    Comparison,
    Condition,
    DateField,
    Facts,
    FlagField,
    MoneyField,
    Node,
    NumberField,
    RatioField,
    RuleTable,
    TableRule,
    TreeField,
    read_book,
    read_facts,
)
from kamcore.price import (
    Adjustment,
    Cliff,
    FloorProof,
    FreeUnits,
    Price,
    PricePolicy,
    PriceRange,
    Quote,
    RevenuePart,
    RevenueShare,
    Sale,
    Stack,
    TierPrice,
    check_floor,
    find_cliffs,
    find_price_range,
    quote_price,
    share_revenue,
    without_tax,
)
from kamcore.routing import (
    AccessRules,
    AccessVerdict,
    Authority,
    AuthorityVerdict,
    Duty,
    DutyAudit,
    DutyChanges,
    DutyRules,
    Escalation,
    EscalationNotice,
    EscalationPlan,
    Grant,
    NoOwner,
    Person,
    Placement,
    RateLimit,
    Space,
    Staff,
    Staffing,
    Unstaffed,
    Vacancy,
    Workload,
    check_access,
    check_authority,
    check_duties,
    compare_duties,
    draw_matrix,
    find_rivals,
    find_vacancies,
    plan_escalation,
    route_work,
    simulate_load,
    staff_duty,
)
from kamcore.rulebook import (
    Review,
    Rulebook,
    describe,
    keep_record,
    replay,
    review,
    review_book,
)
from kamcore.score import Score, Scorecard, points, score_account
from kamcore.sla import (
    Agreements,
    BatchHandling,
    BatchRules,
    Case,
    CaseState,
    Clock,
    Event,
    LeadTimes,
    NoPromise,
    OrderOfWork,
    Placed,
    RenewalPlan,
    Renewals,
    RushVerdict,
    WorkOrder,
    check_rush,
    find_batch_handling,
    find_clocks,
    find_deadline,
    order_work,
    plan_renewal,
)
from kamcore.tier import (
    CutPoints,
    Ladder,
    Standing,
    Tier,
    TierBands,
    TierRule,
    TierRules,
    assign_tier,
)
from kamcore.values import Label, Money, Ratio, Rounding, Seat, Steps, UnitPrice

scale = MoneyField("scale", currency="CNY", zh="客户规模")
trade = MoneyField("trade_12m", currency="CNY", zh="近12个月交易额")
agreed = FlagField("long_term_agreement", zh="长期合作协议")
orders = NumberField("orders")
margin = RatioField("margin")
since = DateField("since")

assert_type(
    (scale > 1_000_000) & (trade > Decimal("500000.50")) & agreed,
    Condition,
)
assert_type(agreed & (scale >= Money(1, "CNY")), Condition)
assert_type(since <= date(2013, 1, 5), Comparison)
assert_type(~agreed | (orders < 3) | (margin >= Ratio.percent(5)), Condition)

TIERS = TierRules(
    ladder=Ladder(Tier("super", zh="超级客户"), "ordinary"),
    rules=(TierRule("super", (scale > 1_000_000) & agreed), TierRule("super", agreed)),
    otherwise="ordinary",
)


class Customer:
    """An application's own class."""

    code: str
    scale: Decimal


def developer(customer: Customer, opened: datetime, service: Agreements) -> str:
    """Ask one question and store the answer."""
    facts = read_facts(customer, TIERS.fields, key="code")
    assert_type(facts, Facts)
    decision = assign_tier(facts, TIERS)
    assert_type(decision, Decision[str])
    assert_type(decision.value, str)
    assert_type(decision.value_or(None), str | None)
    case = Case("T1", (Event("opened", opened),)).with_event(Event("answered", opened))
    assert_type(find_deadline(case, service, clock="answer").value, datetime | NoPromise)
    state = find_clocks(case, service, as_of=opened)
    assert_type(state, Decision[CaseState])
    assert_type(state.value.next_change, datetime | None)
    assert_type(keep_record(find_clocks, case, service, as_of=opened), Record[Decision[CaseState]])
    record = keep_record(assign_tier, facts, TIERS)
    assert_type(record, Record[Decision[str]])
    assert_type(replay(record).same, bool)
    return to_json(record)


PRICES = PricePolicy(
    tiers=(TierPrice("A", low=Ratio.percent(95)),),
    rounding=Rounding.HALF_EVEN,
    stacks=(
        Stack(
            "add",
            (
                Adjustment("one value", Ratio.percent(-2), when=agreed),
                Adjustment("for each unit", UnitPrice(Decimal("-0.25"), "CNY")),
                Adjustment("for the sale", Money(-300, "CNY"), when=(scale > 1) & ~agreed),
                Adjustment("in kind", FreeUnits(10, 1)),
                Adjustment(
                    "steps", Steps.rising(Ratio(0), (100, Ratio.percent(-1))), by="quantity"
                ),
            ),
        ),
    ),
)


def money(tier: str, policy: PricePolicy, control: Money, shares: RevenueShare) -> None:
    """Ask for a price."""
    assert_type(find_price_range(tier, policy, control=control), Decision[PriceRange])
    decision = quote_price(Sale(tier, control, quantity=3, discount=Ratio.percent(6)), policy)
    assert_type(decision, Decision[Quote])
    assert_type(decision.value.line, Money)
    assert_type(decision.value.permitted, PriceRange | None)
    assert_type(decision.value.would_pass, Money | UnitPrice | None)
    assert_type(check_floor(policy, control=control), Decision[FloorProof])
    assert_type(find_cliffs(policy, control=control), tuple[Cliff, ...])
    assert_type(without_tax(control, Ratio.percent(13), Rounding.HALF_EVEN), Price)
    parts = share_revenue(control, shares, investments=[("us", control), ("them", control)])
    assert_type(parts, Decision[tuple[RevenuePart, ...]])
    assert_type(keep_record(quote_price, Sale(tier, control), policy), Record[Decision[Quote]])
    assert_type(describe(policy, "zh"), str)


def terms(facts: Facts, policy: CreditPolicy, day: date) -> None:
    """Ask for terms."""
    assert_type(find_terms(facts, policy, tier="A", as_of=day, graded_on=day), Decision[Terms])


TERM = PaymentTerm(
    instalments=(Instalment(None, (DateStep.end_of_month(), DateStep.days(45))),),
    early=(EarlyPayment(Ratio.percent(2), (DateStep.days(10),), tax="included"),),
    rounding=Rounding.HALF_EVEN,
)


def payments(amount: Money, given: Terms, policy: CreditPolicy, day: date) -> None:
    """Ask for due dates and amounts, of a term or of a mode."""
    assert_type(parse_term("2/10 net 30"), PaymentMode | PaymentTerm)
    for term in (TERM, deferred_days(30), parse_term("COD")):
        assert_type(plan_payments(amount, term, anchor=day), Decision[PaymentPlan])
        assert_type(check_terms(term, given, policy, anchor=day), Decision[TermsVerdict])
        assert_type(find_due_date(term, anchor=day), date)
    taxed = TaxedAmount.of_net(amount, Ratio.percent(13), rounding=Rounding.HALF_EVEN)
    assert_type(plan_payments(taxed, TERM, anchor=day).value.to_settle(day), Money)
    mode: Policy = deferred_days(30)
    assert_type(describe(mode), str)


def limits(
    request: CreditRequest, orders: Sequence[Commitment], policy: LimitPolicy, day: date
) -> None:
    """Ask for exposure, and whether an order may go out."""
    found = find_exposure("K01", policy, invoices=(), commitments=orders, as_of=day, currency="CNY")
    assert_type(found, Decision[Exposure])
    limit = CreditLimit.up_to(Money(5_000, "CNY"))
    decision = check_credit(request, found.value, policy, limit=limit)
    assert_type(decision, Decision[CreditVerdict])
    assert_type(decision.value.would_pass, Money | None)
    again = recheck_orders(orders, found.value, policy, limit=UNLIMITED)
    assert_type(again, Decision[tuple[Recheck, ...]])


def stock(facts: Facts, policy: ConsignmentLimit, asked: Money) -> None:
    """Ask for consignment stock."""
    verdict = check_consignment(facts, policy, held=asked, asked=asked)
    assert_type(verdict, Decision[ConsignmentVerdict])


def arrears(
    invoices: Sequence[Invoice], facts: Facts, ladder: DunningPolicy, stop: SuspensionPolicy
) -> None:
    """Ask what is past due, and what is to be done about it."""
    day = date(2026, 3, 5)
    assert_type(age_receivables(invoices, AgeingBands(), as_of=day), Ageing)
    assert_type(find_arrears(invoices, as_of=day, suspended={"K01"}), tuple[Arrears, ...])
    assert_type(find_reminder(invoices[0], ladder, as_of=day), Decision[ReminderStep])
    assert_type(plan_reminders(invoices, ladder, as_of=day), tuple[Notice, ...])
    assert_type(simulate_reminders(invoices, ladder, through=day), tuple[Reminder, ...])
    verdict = check_suspension(facts, stop, invoices=invoices, suspended=False, as_of=day)
    assert_type(verdict, Decision[SuspensionVerdict])
    terms = LateInterest(
        yearly=Ratio.percent(10), day_count="actual/365", rounding=Rounding.HALF_EVEN
    )
    assert_type(find_interest(invoices[0], terms, as_of=day), Decision[Interest])


def promises(
    lead: LeadTimes, order: OrderOfWork, batches: BatchRules, renewals: Renewals, day: date
) -> None:
    """Ask for what is promised in time."""
    waiting = (WorkOrder("O1", tier="A", score=Decimal(90), received=day),)
    assert_type(check_rush("B", lead, production_allows=True), Decision[RushVerdict])
    assert_type(order_work(waiting, order), Decision[tuple[Placed, ...]])
    assert_type(find_batch_handling(30, batches, tier="A"), Decision[BatchHandling])
    assert_type(plan_renewal(day, renewals), Decision[RenewalPlan])


def working_time(opened: datetime) -> None:
    """Ask a calendar."""
    office = WorkCalendar(name="o", zone="Asia/Shanghai", week=Week.of(Hours("09:00", "18:00")))
    assert_type(office.add(opened, WorkingDays(2)), datetime)
    assert_type(office.between(opened, opened), timedelta)
    assert_type(office | around_the_clock("Asia/Shanghai"), Calendar)
    assert_type(Clock("answer", limit=timedelta(hours=1), calendar=office).calendar, Calendar)


WORK = ChoiceField("work", options=("call", "visit"))
UNIT = TreeField("unit", nodes=(Node("north"), Node("beijing", "north")))
DESK = Seat("desk", Label("the desk", "专席"), kind="queue")
DUTIES = DutyRules(
    table=RuleTable(
        rules=(
            TableRule("calls", WORK.is_("call"), Duty(DESK, skills=("roaming",)), in_force=None),
            TableRule("visits", WORK.is_("visit") & UNIT.within("north"), NoOwner()),
        ),
        match="most_specific",
        dimensions=(WORK, UNIT),
    ),
    otherwise=Duty(DESK),
)
STAFF = Staff(
    people=(Person("li", roles=("desk",), rate=RateLimit(3, timedelta(hours=8))),),
    zone="Asia/Shanghai",
    unit=UNIT,
)


def responsibility(book: Sequence[Facts], day: date, opened: datetime) -> None:
    """Ask who answers, and prove that somebody does."""
    decision = route_work(book[0], DUTIES, on=day)
    assert_type(decision, Decision[Duty | NoOwner])
    duty = decision.value
    if isinstance(duty, Duty):
        assert_type(duty.accountable, Seat)
        assert_type(duty.in_absence, Seat | None)
        found = staff_duty(book[0], duty, STAFF, at=opened, workload=Workload(open={"li": 2}))
        assert_type(found, Decision[Staffing | Unstaffed])
        assert_type(found.value.accountable, Placement)
    else:
        assert_type(duty.note, Label | None)
    assert_type(find_rivals(book[0], DUTIES).winner, str | None)
    audit = check_duties(DUTIES, Space((WORK, UNIT), open=("work",)))
    assert_type(audit, Decision[DutyAudit])
    assert_type([box.when for box in audit.value.gaps], list[Condition | None])
    changes = compare_duties(DUTIES, DUTIES, book=(facts for facts in book), each=WORK, on=day)
    assert_type(changes, Decision[DutyChanges])
    assert_type(simulate_load(book, DUTIES, by=UNIT).rows(), list[dict[str, str | int | None]])
    assert_type(find_vacancies(DUTIES, STAFF), tuple[Vacancy, ...])
    assert_type(draw_matrix(DUTIES, lang="zh", form="html"), str)
    assert_type(keep_record(route_work, book[0], DUTIES, on=day), Record[Decision[Duty | NoOwner]])
    kept = keep_record(staff_duty, book[0], Duty(DESK), STAFF, at=opened)
    assert_type(kept, Record[Decision[Staffing | Unstaffed]])


def beyond_the_seat(
    facts: Facts, told: Escalation, limits: Authority, access: AccessRules, at: datetime
) -> None:
    """Ask who is told when nothing happens, who decides, and who may see an account."""
    plan = plan_escalation(facts, told, start=at, staff=STAFF)
    assert_type(plan, Decision[EscalationPlan])
    assert_type(plan.value.next(at), EscalationNotice | None)
    for seat in (DESK, "desk"):
        verdict = check_authority(facts, limits, seat=seat, at=at)
        assert_type(verdict, Decision[AuthorityVerdict])
    may = check_access(facts, access, person=STAFF.person("li"), act="export")
    assert_type(may, Decision[AccessVerdict])
    assert_type(may.value.grant, Grant | None)


def analyst(rows: Sequence[dict[str, str]], book: Rulebook, card: Scorecard, day: date) -> None:
    """Review a book."""
    accounts = read_book(rows, book.fields, key="account", names={"sales": "销售额"})
    assert_type(accounts, tuple[Facts, ...])
    result = review_book(accounts, book, as_of=day, graded_on=day)
    assert_type(result["ACME"], Review)
    assert_type(points(card, accounts[0]), Decimal)
    assert_type(score_account(accounts[0], card), Decision[Score])
    assert_type(keep_record(review, accounts[0], book, as_of=day, graded_on=day), Record[Review])


def tiers(score: Score, bands: TierBands, standing: Standing, cuts: CutPoints) -> None:
    """Ask the other kinds of tier policy."""
    assert_type(assign_tier(score, bands), Decision[str])
    assert_type(assign_tier(standing, cuts), Decision[str])
    assert_type(Steps.rising(0, (10, 5)), Steps[int])
    assert_type(from_json("{}", Rulebook), Rulebook)
