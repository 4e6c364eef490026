"""The main job: one account, or a whole book, under a rulebook."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import cast

from attrs import field, frozen

from kamcore.credit import Invoice, Terms, find_terms
from kamcore.decision import Decision, Fingerprint, show
from kamcore.errors import (
    InputError,
)
from kamcore.facts import Facts, Fields, Wire
from kamcore.price import Price, PriceRange, find_price_range
from kamcore.routing import Duty, NoOwner, route_work
from kamcore.rulebook._rulebook import TIER, WORK, Rulebook
from kamcore.score import Score, score_account
from kamcore.sla import Case, Event, LeadTime, NoPromise, find_deadline, find_lead_time
from kamcore.tier import (
    CutPoints,
    TierBands,
    TierRules,
    assign_tier,
    stand,
)
from kamcore.values import Label, Lang, MoneyLike

__all__ = ["Cell", "ClockDeadline", "Review", "WorkDuty", "review"]

Cell = str | int | Decimal | date | datetime | bool | None
SECTIONS: Mapping[str, Label] = {
    "tier": Label("Tier", "等级"),
    "score": Label("Score", "得分"),
    "price": Label("Price", "价格"),
    "terms": Label("Payment terms", "付款条件"),
    "lead_time": Label("Lead time", "交期"),
}
HEAD: Mapping[Lang, str] = {"en": "{account} · as of {day}", "zh": "{account} · 截至{day}"}
NO_TIER: Mapping[Lang, str] = {
    "en": "Price, payment terms, lead time: the account has no tier, so there is no answer",
    "zh": "价格、付款条件、交期：该客户未定级，暂无结论",
}
ACCOUNTABLE = Label("Responsibility", "职责")
TIME_LIMIT = Label("Time limit", "时限")


@frozen(order=False)
class WorkDuty:
    """Who answers for one kind of work."""

    work: str = field()
    label: Label = field()
    duty: Decision[Duty | NoOwner] = field()


@frozen(order=False)
class ClockDeadline:
    """The deadline of one clock for a request that came in now."""

    clock: str = field()
    label: Label = field()
    deadline: Decision[datetime | NoPromise] = field()


@frozen(order=False, kw_only=True)
class Review:
    """Every answer about one account; None where the rulebook or the question has no such part.

    Without a tier there is no price, no terms and no lead time: the tier's own reasons say why.
    """

    account: str = field()
    as_of: date = field()
    fingerprint: Fingerprint = field()
    tier: Decision[str] = field()
    score: Decision[Score] | None = field(default=None)
    price: Decision[PriceRange] | None = field(default=None)
    terms: Decision[Terms] | None = field(default=None)
    lead_time: Decision[LeadTime] | None = field(default=None)
    deadlines: tuple[ClockDeadline, ...] = field(default=())
    duties: tuple[WorkDuty, ...] = field(default=())

    def row(self) -> dict[str, Cell]:
        """Return the answers as a flat row of plain values with the same keys for every account."""
        cells: dict[str, Cell] = {"account": self.account, "tier": self.tier.value_or(None)}
        if self.score is not None:
            score = self.score.value_or(None)
            cells["score"] = score.total if score else None
            for item in score.items if score else ():
                cells[f"points_{item.name}"] = item.points if item.counted else None
        price = self.price.value_or(None) if self.price is not None else None
        cells["price_low"] = price.low.amount if price and price.low else None
        cells["price_high"] = price.high.amount if price and price.high else None
        terms = self.terms.value_or(None) if self.terms is not None else None
        cells["payment_level"] = terms.level if terms else None
        cells["payment_modes"] = ", ".join(mode.label.en for mode in terms.modes) if terms else None
        cells["bad_periods"] = len(terms.bad_periods) if terms else None
        lead = self.lead_time.value_or(None) if self.lead_time is not None else None
        cells["ready_by"] = lead.ready_by if lead else None
        for clock in self.deadlines:
            due = clock.deadline.value_or(None)
            cells[f"{clock.clock}_by"] = due if isinstance(due, datetime) else None
        for one in self.duties:
            owner = one.duty.value_or(None)
            cells[f"accountable_{one.work}"] = (
                owner.accountable.name if isinstance(owner, Duty) else None
            )
        answers = [one for _, one in self._sections()] + [one.duty for one in self.duties]
        missing = {fact.name: None for one in answers for fact in one.missing}
        own = (name for name in missing if name not in {TIER, WORK})
        cells["missing"] = ", ".join(own)
        return cells

    def parts(self) -> tuple[tuple[Label, Decision[object]], ...]:
        """Return the parts that there are, with their headings."""
        found = self._sections()
        for clock in self.deadlines:
            found.append((TIME_LIMIT, clock.deadline))
        for one in self.duties:
            zh = f"{ACCOUNTABLE.zh}（{one.label.zh}）"
            found.append((Label(f"{ACCOUNTABLE.en}, {one.label.en}", zh), one.duty))
        return tuple(found)

    def _sections(self) -> list[tuple[Label, Decision[object]]]:
        found: list[tuple[Label, Decision[object]]] = []
        for name, label in SECTIONS.items():
            decision = getattr(self, name)
            if decision is not None:
                found.append((label, decision))
        return found

    def summary(self, lang: Lang = "en") -> str:
        """Return the answers, a line each."""
        lines = [
            f"{label.text(lang)}: {decision.lines(lang)[0]}" for label, decision in self.parts()
        ]
        return "\n".join([self.account, *lines])

    def explain(self, lang: Lang = "en") -> str:
        """Return every answer with its reasons, under headings."""
        blocks = [HEAD[lang].format(account=self.account, day=show(self.as_of, lang))]
        for label, decision in self._sections():
            body = "\n".join(f"  {line}" for line in decision.lines(lang))
            blocks.append(f"{label.text(lang)}\n{body}")
        for clock in self.deadlines:
            body = "\n".join(f"  {line}" for line in clock.deadline.lines(lang))
            blocks.append(f"{TIME_LIMIT.text(lang)}\n{body}")
        if not self.tier.decided:
            blocks.insert(2, NO_TIER[lang])
        if self.duties:
            lines = [f"  {_duty_line(one, lang)}" for one in self.duties]
            blocks.append("\n".join([ACCOUNTABLE.text(lang), *lines]))
        return "\n\n".join(blocks)

    def __str__(self) -> str:
        """Summarise in English."""
        return self.summary("en")

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{escape(label.en)}</th>"
            f"<td>{'<br>'.join(map(escape, decision.lines('en')))}</td></tr>"
            for label, decision in self.parts()
        )
        return f"<table><caption>{escape(self.account)} · {self.as_of}</caption>{rows}</table>"


def _duty_line(one: WorkDuty, lang: Lang) -> str:
    """Return the work, who answers for it, and the clause."""
    first = one.duty.reasons[0]
    colon, clause = ("：", "") if lang == "zh" else (": ", "")
    if first.source is not None:
        place = first.source.place(lang)
        clause = f"（{place}）" if lang == "zh" else f" ({place})"
    return f"{one.label.text(lang)}{colon}{first.text(lang)}{clause}"


def review(  # noqa: PLR0913 - each is one thing that a user may ask for
    facts: Facts,
    rulebook: Rulebook,
    *,
    as_of: date,
    graded_on: date,
    cuts: CutPoints | None = None,
    invoices: Iterable[Invoice] = (),
    control: Price | MoneyLike | None = None,
    signed: date | None = None,
    opened: datetime | None = None,
) -> Review:
    """Return every answer about one account, as known on the date `as_of`.

    Under a quota the tier comes from the `cuts` of a grading run. `graded_on` is the day of the
    last grading, `invoices` are the account's own, `control` is the control price of one unit (for
    the price), `signed` the day of the order (for the lead time), `opened` the aware instant at
    which a request came in (for the time limits). What is not passed is not answered.
    """
    score = None if rulebook.card is None else score_account(facts, rulebook.card)
    tier = _tier(facts, rulebook, score, cuts)
    name = tier.value_or(None)
    price = terms = lead_time = None
    if name is not None:
        if rulebook.price is not None and control is not None:
            price = find_price_range(name, rulebook.price, control=control)
        if rulebook.credit is not None:
            terms = find_terms(
                facts,
                rulebook.credit,
                tier=name,
                as_of=as_of,
                graded_on=graded_on,
                invoices=invoices,
            )
        if rulebook.lead_times is not None and signed is not None:
            lead_time = find_lead_time(name, rulebook.lead_times, anchor=signed)
    return Review(
        account=facts.account,
        as_of=as_of,
        fingerprint=rulebook.fingerprint,
        tier=tier,
        score=score,
        price=price,
        terms=terms,
        lead_time=lead_time,
        deadlines=_deadlines(facts, rulebook, name, opened),
        duties=_duties(facts, rulebook, name, as_of),
    )


def _tier(
    facts: Facts, rulebook: Rulebook, score: Decision[Score] | None, cuts: CutPoints | None
) -> Decision[str]:
    policy = rulebook.tiers
    if isinstance(policy, TierRules):
        return assign_tier(facts, policy)
    scored = cast("Decision[Score]", score)  # a rulebook of bands or a quota has a card
    if isinstance(policy, TierBands):
        if scored.decided:
            return assign_tier(scored.value, policy)
        return Decision(scored._answer, scored.reasons, policy.fingerprint, scored.missing)  # type: ignore[arg-type]  # noqa: SLF001 - no score, no tier, for the same reasons
    if cuts is None:
        raise InputError(
            "tiers by quota need the cut points of a grading run; pass cuts=grading.cuts"
        )
    if cuts.quota != policy:
        raise InputError(
            f"the cuts are of quota {cuts.quota.fingerprint}, "
            f"the rulebook has {policy.fingerprint}; grade again"
        )
    return assign_tier(stand(facts, scored, policy), cuts)


def _deadlines(
    facts: Facts, rulebook: Rulebook, tier: str | None, opened: datetime | None
) -> tuple[ClockDeadline, ...]:
    """Return the deadline of every clock that a request of the account would start."""
    service = rulebook.service
    if service is None or opened is None:
        return ()
    own: Mapping[str, Wire | None] = {**facts.values, TIER: tier}
    fields = service.fields
    asked = Facts(facts.account, fields, tuple(own.get(name) for name in fields.names))
    case = Case(facts.account or "request", (Event("opened", opened, facts=asked),))
    labels = {clock.name: clock.label for clock in service.clocks()}
    return tuple(
        ClockDeadline(name, label, find_deadline(case, service, clock=name))
        for name, label in labels.items()
    )


def _duties(
    facts: Facts, rulebook: Rulebook, tier: str | None, as_of: date
) -> tuple[WorkDuty, ...]:
    """Return who answers for every kind of work, by the rules in force on `as_of`."""
    duties = rulebook.duties
    if duties is None:
        return ()
    fields: Fields = duties.fields
    found: list[WorkDuty] = []
    for work in rulebook.works:
        own: Mapping[str, Wire | None] = {**facts.values, TIER: tier, WORK: work.name}
        asked = Facts(facts.account, fields, tuple(own[name] for name in fields.names))
        found.append(WorkDuty(work.name, work.label, route_work(asked, duties, on=as_of)))
    return tuple(found)
