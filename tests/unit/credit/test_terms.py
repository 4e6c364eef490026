"""Terms by tier (S3-P08-5A to 5D), the demotion of the payment mode, and a mode asked for."""

from datetime import date, datetime

import attrs
import pytest

from kamcore.credit import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    CreditPolicy,
    DateStep,
    Demotion,
    Instalment,
    Invoice,
    PaymentMode,
    PaymentTerm,
    Terms,
    TermsVerdict,
    TierTerms,
    check_terms,
    deferred_days,
    deferred_months,
    find_terms,
    parse_term,
)
from kamcore.decision import Decision, MissingFact
from kamcore.errors import DuplicateName, InputError, PolicyError, UnknownName
from kamcore.facts import Facts, Fields, FlagField, TextField, read_facts
from kamcore.values import Label, Money, Seat, Source
from kamcore.values._checks import brief
from kamcore.values._words import tier_label

TITLE = Label("Customer grading rules", "客户分级管理制度")
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
SAFE = FlagField("collection_safe", zh="收款安全有保证", en="safe collection")
DEMOTION = Demotion(breaches=2, source=Source("P08-5N", TITLE))
MONTHS, DAYS = deferred_months(3), deferred_days(30)
POLICY = CreditPolicy(
    tiers=(
        TierTerms("A", (MONTHS, CASH_ON_DELIVERY, PREPAYMENT), source=Source("P08-5A", TITLE)),
        TierTerms("B", (DAYS, CASH_ON_DELIVERY, PREPAYMENT), source=Source("P08-5B", TITLE)),
        TierTerms("C", (CASH_ON_DELIVERY, PREPAYMENT), in_principle=True),
        TierTerms("D", (PREPAYMENT,)),
    ),
    safe=SAFE,
    demotion=DEMOTION,
    approver=MANAGER,
    source=Source("P08-5", TITLE),
)
GRADED_ON, AS_OF, DELIVERY = date(2013, 1, 15), date(2013, 12, 31), date(2014, 2, 1)


def facts(*, safe: bool | None = True, account: str = "K01") -> Facts:
    """Return the facts of an account."""
    return read_facts({"id": account, "collection_safe": safe}, Fields((SAFE,)), key="id")


def invoice(number: int, due: date, account: str = "K01") -> Invoice:
    """Return an invoice that stays open."""
    return Invoice(number=f"I{number}", account=account, due=due, amount=Money(100, "CNY"))


def quarters(number: int) -> tuple[Invoice, ...]:
    """Return two open invoices in each of the first quarters after the grading."""
    return tuple(
        invoice(2 * quarter + half, date(2013, 3 * quarter + 2 + half, 1))
        for quarter in range(number)
        for half in (0, 1)
    )


def ask(
    tier: str,
    policy: CreditPolicy = POLICY,
    *,
    safe: bool | None = True,
    invoices: tuple[Invoice, ...] = (),
) -> Decision[Terms]:
    """Ask for the terms of a tier."""
    return find_terms(
        facts(safe=safe), policy, tier=tier, as_of=AS_OF, graded_on=GRADED_ON, invoices=invoices
    )


def ids(decision: Decision[Terms] | Decision[TermsVerdict]) -> list[str]:
    """Return the rule ids of the reasons."""
    return [reason.rule.id for reason in decision.reasons]


def conventions(decision: Decision[Terms]) -> list[str]:
    """Return the rule ids of the conventions."""
    return [reason.rule.id for reason in decision.assumed]


def joined(*labels: Label) -> Label:
    """Return labels in a row."""
    return Label(", ".join(one.en for one in labels), "、".join(one.zh for one in labels))


def words(*modes: PaymentMode) -> Label:
    """Return payment modes in a row."""
    return joined(*(mode.label for mode in modes))


def changed(**given: object) -> CreditPolicy:
    """Return the policy with a changed demotion."""
    return attrs.evolve(POLICY, demotion=attrs.evolve(DEMOTION, **given))


# --- the modes of a tier --------------------------------------------------------------------


def test_the_answer_is_the_modes_and_why() -> None:
    decision = ask("A")
    assert decision.value == Terms("A", "A", (MONTHS, CASH_ON_DELIVERY, PREPAYMENT))
    assert not decision.value.lowered
    assert ids(decision) == ["credit.terms", "credit.safe"]
    first, safe = decision.reasons
    assert dict(first.params) == {
        "tier": Label("class A", "A类"),
        "modes": words(MONTHS, CASH_ON_DELIVERY, PREPAYMENT),
    }
    assert first.source == POLICY.tiers[0].source
    assert dict(safe.params) == {"fact": SAFE.label, "modes": words(MONTHS)}
    assert conventions(decision) == ["credit.no_invoices"]
    assert decision.assumed[0].text("en") == (
        "no invoices of the account were given, so no demotion was looked for"
    )
    assert decision.assumed[0].text("zh") == "未提供该客户的发票，故未核对是否降级"
    assert (decision.missing, decision.fingerprint) == ((), POLICY.fingerprint)


def test_who_must_pay_before_delivery_is_told_so() -> None:
    decision = ask("D")
    assert decision.value.modes == (PREPAYMENT,)
    assert ids(decision) == ["credit.must_prepay"]
    assert dict(decision.reasons[0].params) == {"tier": Label("class D", "D类")}
    assert decision.assumed == ()


def test_a_tier_without_a_source_rests_on_that_of_the_policy() -> None:
    assert ask("D").reasons[0].source == POLICY.source


def test_collection_that_is_not_safe_takes_the_deferral_away() -> None:
    decision = ask("A", safe=False)
    assert decision.value.modes == (CASH_ON_DELIVERY, PREPAYMENT)
    last = decision.reasons[-1]
    assert last.rule.id == "credit.not_safe"
    assert dict(last.params) == {"fact": SAFE.label, "modes": words(MONTHS)}
    assert decision.missing == ()


def test_a_mode_that_defers_nothing_may_have_the_premise_as_well() -> None:
    modes = (DAYS, CASH_ON_DELIVERY, PREPAYMENT)
    policy = CreditPolicy(tiers=(TierTerms("B", modes, premised=(CASH_ON_DELIVERY,)),), safe=SAFE)
    safe, unsafe = ask("B", policy), ask("B", policy, safe=False)
    assert safe.value.modes == modes
    assert dict(safe.reasons[-1].params)["modes"] == words(DAYS, CASH_ON_DELIVERY)
    assert unsafe.value.modes == (PREPAYMENT,)
    assert dict(unsafe.reasons[-1].params)["modes"] == words(DAYS, CASH_ON_DELIVERY)


def test_a_missing_fact_counts_as_no_and_the_answer_says_so() -> None:
    decision = ask("A", safe=None)
    assert decision.value.modes == (CASH_ON_DELIVERY, PREPAYMENT)
    assert ids(decision)[-1] == "credit.safety_missing"
    assert decision.missing == (MissingFact("collection_safe", SAFE.label),)


def test_without_the_premise_in_the_policy_a_deferral_is_given() -> None:
    policy = attrs.evolve(POLICY, safe=None)
    nobody = read_facts({}, policy.fields)
    found = find_terms(nobody, policy, tier="A", as_of=AS_OF, graded_on=GRADED_ON)
    assert found.value.modes[0] == MONTHS
    assert ids(found) == ["credit.terms"]


@pytest.mark.parametrize(
    ("lowest", "left"),
    [
        ((CASH_ON_DELIVERY, PREPAYMENT), (CASH_ON_DELIVERY, PREPAYMENT)),
        ((DAYS, PREPAYMENT), (PREPAYMENT,)),
        ((DAYS,), (PREPAYMENT,)),
    ],
    ids=["the modes of the lowest tier", "those that defer nothing", "payment before delivery"],
)
def test_who_may_only_defer_and_is_not_safe_is_left_with(
    lowest: tuple[PaymentMode, ...], left: tuple[PaymentMode, ...]
) -> None:
    policy = CreditPolicy(tiers=(TierTerms("A", (MONTHS,)), TierTerms("B", lowest)), safe=SAFE)
    assert ask("A", policy, safe=False).value.modes == left


def test_the_premise_of_the_lowest_tier_is_kept_where_its_modes_are_all_that_is_left() -> None:
    lowest = TierTerms("B", (CASH_ON_DELIVERY,), premised=(CASH_ON_DELIVERY,))
    policy = CreditPolicy(tiers=(TierTerms("A", (MONTHS,)), lowest), safe=SAFE)
    assert ask("A", policy, safe=False).value.modes == (PREPAYMENT,)


def test_a_mode_refused_for_its_premise_does_not_come_back_from_the_lowest_tier() -> None:
    best = TierTerms("A", (MONTHS, CASH_ON_DELIVERY), premised=(CASH_ON_DELIVERY,))
    lowest = TierTerms("B", (CASH_ON_DELIVERY, PREPAYMENT))
    policy = CreditPolicy(tiers=(best, lowest), safe=SAFE)
    assert ask("A", policy, safe=False).value.modes == (PREPAYMENT,)


def test_without_a_demotion_breaches_mean_nothing() -> None:
    policy = attrs.evolve(POLICY, demotion=None)
    decision = ask("A", policy, invoices=quarters(2))
    assert decision.value == Terms("A", "A", POLICY.tiers[0].modes)
    assert ids(decision) == ["credit.terms", "credit.safe"]
    assert decision.assumed == ()


# --- the demotion ---------------------------------------------------------------------------


def test_a_bad_quarter_lowers_the_mode_and_not_the_tier() -> None:
    decision = ask("A", invoices=quarters(1))
    terms = decision.value
    assert (terms.tier, terms.level, terms.lowered) == ("A", "B", True)
    assert terms.modes == (DAYS, CASH_ON_DELIVERY, PREPAYMENT)
    assert ids(decision) == [
        "credit.lowered",
        "credit.bad_period",
        "credit.safe",
        "credit.without_demotion",
    ]
    first, bad, _, without = decision.reasons
    assert first.source == POLICY.tiers[1].source
    assert dict(first.params)["level"] == Label("class B", "B类")
    assert bad.source == DEMOTION.source
    (period,) = terms.bad_periods
    assert dict(bad.params) == {
        "period": Label("Q1 2013", "2013年第1季度"),
        "count": 2,
        "day": date(2013, 3, 2),
        "upper": Label("class A", "A类"),
        "lower": Label("class B", "B类"),
        "invoices": joined(*(breach.label for breach in period.breaches)),
    }
    assert without.source == POLICY.tiers[0].source
    assert dict(without.params) == {
        "tier": Label("class A", "A类"),
        "modes": words(MONTHS, CASH_ON_DELIVERY, PREPAYMENT),
    }
    assert conventions(decision) == ["credit.breaches_counted_by", "credit.lasts_until_grading"]
    assert decision.assumed[0].text("en") == (
        "period: one calendar quarter, by due date; open invoices count; disputed ones count"
    )
    assert decision.assumed[0].text("zh") == (
        "期间：同一自然季度（按到期日归属）；未付发票计入；有争议发票计入"
    )
    assert dict(decision.assumed[1].params) == {"graded": GRADED_ON}


def test_invoices_that_lower_nothing_are_told_as_those_given() -> None:
    decision = ask("A", invoices=(invoice(1, date(2013, 3, 1)),))
    assert ids(decision) == ["credit.terms", "credit.safe", "credit.no_breach"]
    said = decision.reasons[2]
    assert said.source == DEMOTION.source
    assert said.text("en") == (
        "by the invoices given, payment terms were not broken 2 times or more in any one period "
        "since 2013-01-15, so nothing is lowered"
    )
    assert said.text("zh") == (
        "按已提供的发票，自2013年1月15日评级以来，任一期间内均未达到 2 次不按付款条件付款，"
        "付款方式不降级"
    )
    assert decision.assumed == ()


def test_who_is_at_the_last_level_is_not_told_that_nothing_lowers_it() -> None:
    decision = ask("D", invoices=(invoice(1, date(2013, 3, 1)),))
    assert (ids(decision), decision.assumed) == (["credit.must_prepay"], ())


# --- what the source names ------------------------------------------------------------------

NAMED = attrs.evolve(
    POLICY,
    tiers=(
        attrs.evolve(POLICY.tiers[0], named=(MONTHS,)),
        attrs.evolve(POLICY.tiers[1], named=(DAYS, CASH_ON_DELIVERY)),
        attrs.evolve(POLICY.tiers[2], named=()),
        POLICY.tiers[3],
    ),
)


@pytest.mark.parametrize(
    ("tier", "own"),
    [
        ("A", words(CASH_ON_DELIVERY, PREPAYMENT)),
        ("B", words(PREPAYMENT)),
        ("C", words(CASH_ON_DELIVERY, PREPAYMENT)),
        ("D", None),
    ],
)
def test_modes_that_the_source_does_not_name_are_told_as_a_reading(
    tier: str, own: Label | None
) -> None:
    decision = ask(tier, NAMED)
    assert decision.value == ask(tier).value
    said = [one for one in decision.assumed if one.rule.id == "credit.modes_by_reading"]
    assert [dict(one.params)["modes"] for one in said] == ([own] if own else [])
    if tier == "B":
        assert said[0].text("en") == (
            "permitted by kamcore's reading, not named in the clause: payment before delivery"
        )
        assert said[0].text("zh") == "条款未写明、按口径允许的方式：款到发货"


def test_a_reading_tells_of_the_modes_that_are_granted_only() -> None:
    first = ask("A", NAMED, invoices=quarters(1)).assumed[0]
    assert dict(first.params) == {"modes": words(PREPAYMENT)}


def test_a_mode_named_by_the_source_is_one_of_the_tier() -> None:
    with pytest.raises(PolicyError) as fault:
        TierTerms("D", (PREPAYMENT,), named=(CASH_ON_DELIVERY,))
    assert str(fault.value) == (
        "tier 'D': the source names cash on delivery, which is no mode of it; add it to modes"
    )


@pytest.mark.parametrize("safe", [True, False, None])
def test_without_the_demotion_the_premise_would_still_be_asked(safe: bool | None) -> None:
    without = ask("A", safe=safe, invoices=quarters(1)).reasons[-1]
    assert without.rule.id == "credit.without_demotion"
    assert dict(without.params)["modes"] == words(*ask("A", safe=safe).value.modes)


def test_what_would_be_granted_rests_on_the_source_of_the_policy_where_the_tier_has_none() -> None:
    without = ask("C", invoices=quarters(1)).reasons[-1]
    assert without.rule.id == "credit.without_demotion"
    assert without.source == POLICY.source


def test_every_bad_quarter_says_from_which_level_to_which() -> None:
    bad = [
        dict(reason.params)
        for reason in ask("A", invoices=quarters(2)).reasons
        if reason.rule.id == "credit.bad_period"
    ]
    steps = [(tier_label(upper), tier_label(lower)) for upper, lower in ("AB", "BC")]
    assert [(said["upper"], said["lower"]) for said in bad] == steps


@pytest.mark.parametrize(
    ("tier", "repeat", "rules"),
    [
        ("C", True, ["credit.bad_period", "credit.bad_period_at_bottom"]),
        ("A", False, ["credit.bad_period", "credit.bad_period_at_bottom"]),
        ("A", True, ["credit.bad_period", "credit.bad_period"]),
    ],
    ids=["the lowest level is reached", "once is enough", "every time"],
)
def test_a_bad_quarter_that_lowers_nothing_more_is_told_apart(
    tier: str, repeat: bool, rules: list[str]
) -> None:
    found = ids(ask(tier, changed(repeat=repeat), invoices=quarters(2)))
    assert [rule for rule in found if "bad_period" in rule] == rules


def test_three_breaches_are_all_shown() -> None:
    three = tuple(invoice(number, date(2013, 2, number)) for number in range(1, 4))
    decision = ask("A", invoices=three)
    (period,) = decision.value.bad_periods
    shown = joined(*(breach.label for breach in period.breaches))
    assert dict(decision.reasons[1].params)["invoices"] == shown


@pytest.mark.parametrize(("count", "more"), [(4, 1), (5, 2)])
def test_many_breaches_are_shown_as_three_and_a_number(count: int, more: int) -> None:
    many = tuple(invoice(number, date(2013, 2, number + 1)) for number in range(count))
    decision = ask("A", invoices=many)
    bad = decision.reasons[1]
    said = dict(bad.params)
    (period,) = decision.value.bad_periods
    three = joined(*(breach.label for breach in period.breaches[:3]))
    assert said["count"] == count
    assert said["invoices"] == Label(f"{three.en} and {more} more", f"{three.zh}等 {count} 张")


@pytest.mark.parametrize(
    ("repeat", "levels"), [(True, ["A", "B", "C", "D", "D"]), (False, ["A", "B", "B", "B", "B"])]
)
def test_repeat_says_whether_every_bad_quarter_lowers_again(
    repeat: bool, levels: list[str]
) -> None:
    four = changed(repeat=repeat)
    found = [
        find_terms(
            facts(),
            four,
            tier="A",
            as_of=date(2014, 1, 14),
            graded_on=GRADED_ON,
            invoices=quarters(number),
        ).value.level
        for number in range(4)
    ]
    five = (*quarters(3), invoice(8, date(2013, 11, 1)), invoice(9, date(2013, 12, 1)))
    last = find_terms(
        facts(), four, tier="A", as_of=date(2014, 1, 14), graded_on=GRADED_ON, invoices=five
    )
    assert [*found, last.value.level] == levels


def test_the_lowest_level_stays() -> None:
    decision = ask("D", invoices=quarters(2))
    assert decision.value.level == "D"
    assert len(decision.value.bad_periods) == 2
    assert ids(decision) == [
        "credit.must_prepay",
        "credit.bad_period_at_bottom",
        "credit.bad_period_at_bottom",
        "credit.at_bottom",
    ]
    assert decision.reasons[1].source == DEMOTION.source
    assert dict(decision.reasons[1].params)["count"] == 2
    assert decision.assumed == ()


@pytest.mark.parametrize(
    ("demoted_to", "modes"),
    [("all_modes", (DAYS, CASH_ON_DELIVERY, PREPAYMENT)), ("strictest", (PREPAYMENT,))],
)
def test_demoted_to_says_which_modes_of_the_lower_level_are_given(
    demoted_to: str, modes: tuple[PaymentMode, ...]
) -> None:
    policy = changed(demoted_to=demoted_to)
    assert ask("A", policy, invoices=quarters(1)).value.modes == modes
    assert ask("A", policy).value.modes == POLICY.tiers[0].modes


def test_the_strictest_mode_of_the_lowest_level_is_not_forced_on_who_is_not_lowered() -> None:
    policy = CreditPolicy(
        tiers=(TierTerms("C", (CASH_ON_DELIVERY, PREPAYMENT)),),
        demotion=attrs.evolve(DEMOTION, demoted_to="strictest"),
    )
    nobody = read_facts({"id": "K01"}, policy.fields, key="id")
    found = find_terms(
        nobody, policy, tier="C", as_of=AS_OF, graded_on=GRADED_ON, invoices=quarters(1)
    )
    assert found.value.modes == (CASH_ON_DELIVERY, PREPAYMENT)


@pytest.mark.parametrize(
    ("recovery", "level", "rules"),
    [
        ("next_grading", "A", []),
        ("never", "B", ["credit.breaches_counted_by", "credit.lasts_for_good"]),
    ],
)
def test_recovery_says_how_long_a_demotion_lasts(
    recovery: str, level: str, rules: list[str]
) -> None:
    before = (invoice(1, date(2012, 11, 1)), invoice(2, date(2012, 12, 1)))
    decision = ask("A", changed(recovery=recovery), invoices=before)
    assert decision.value.level == level
    assert conventions(decision) == rules
    assert ("credit.no_breach" in ids(decision)) is (level == "A")


def test_what_lasts_for_good_has_no_day_from_which_nothing_happened() -> None:
    decision = ask("A", changed(recovery="never"), invoices=(invoice(1, date(2013, 3, 1)),))
    assert (ids(decision), decision.assumed) == (["credit.terms", "credit.safe"], ())


def test_a_level_in_principle_names_who_approves() -> None:
    decision = ask("B", invoices=quarters(1))
    assert decision.value.level == "C"
    assert ids(decision) == [
        "credit.lowered",
        "credit.no_deferred",
        "credit.bad_period",
        "credit.without_demotion",
    ]
    own = decision.assumed[0]
    assert own.rule.id == "credit.in_principle_lowered"
    assert own.text("en") == (
        "the rule of the lower level leaves room for exceptions approved by the general manager, "
        "named by the company"
    )
    assert own.text("zh") == "降级后适用的规则允许例外，由公司指定的总经理批准"
    plain = ask("C")
    assert ids(plain) == ["credit.terms", "credit.no_deferred", "credit.in_principle"]
    assert plain.reasons[2].text("en") == (
        "the rule holds in principle; exceptions are approved by the general manager, named by the "
        "company"
    )
    assert plain.reasons[2].text("zh") == "本条为原则性规定；例外由公司指定的总经理批准"


def test_a_level_in_principle_that_defers_does_not_say_that_it_does_not() -> None:
    policy = CreditPolicy(
        tiers=(TierTerms("C", (DAYS, PREPAYMENT), in_principle=True),), approver=MANAGER
    )
    nobody = read_facts({}, policy.fields)
    found = find_terms(nobody, policy, tier="C", as_of=AS_OF, graded_on=GRADED_ON)
    assert ids(found) == ["credit.terms", "credit.in_principle"]


def test_the_lower_level_asks_for_safe_collection_as_well() -> None:
    decision = ask("A", safe=None, invoices=quarters(1))
    assert decision.value.modes == (CASH_ON_DELIVERY, PREPAYMENT)
    assert [fact.name for fact in decision.missing] == ["collection_safe"]


# --- what is wrong input --------------------------------------------------------------------


def test_an_invoice_of_another_account_is_refused() -> None:
    with pytest.raises(InputError) as fault:
        ask("A", invoices=(invoice(1, AS_OF, account="K02"),))
    assert str(fault.value) == ("invoice I1 is of 'K02', not of 'K01'; pass the account's own")


def test_facts_without_an_account_take_any_invoices() -> None:
    anonymous = read_facts({"collection_safe": True}, POLICY.fields)
    found = find_terms(
        anonymous, POLICY, tier="A", as_of=AS_OF, graded_on=GRADED_ON, invoices=quarters(1)
    )
    assert found.value.level == "B"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"facts": {"collection_safe": True}}, "facts is {'collection_safe': True}; pass Facts"),
        ({"facts": None}, "facts is None; pass Facts"),
        ({"policy": DEMOTION}, f"policy is {brief(DEMOTION)}; pass CreditPolicy"),
        ({"policy": None}, "policy is None; pass CreditPolicy"),
        ({"invoices": None}, "invoices is None; pass a list of Invoice"),
        ({"invoices": "I1"}, "invoices is 'I1'; pass a list of Invoice"),
        ({"invoices": ["I1"]}, "invoices holds 'I1'; pass Invoice"),
        ({"tier": 1}, "unknown tier 1; known are 'A', 'B', 'C', 'D'"),
        ({"as_of": None}, "as_of None is not a date; pass a datetime.date"),
        ({"graded_on": "2013"}, "graded_on '2013' is not a date; pass a datetime.date"),
    ],
)
def test_an_argument_of_another_type_is_refused(given: dict[str, object], message: str) -> None:
    asked = {"tier": "A", "as_of": AS_OF, "graded_on": GRADED_ON, **given}
    who, rules = asked.pop("facts", facts()), asked.pop("policy", POLICY)
    with pytest.raises(InputError) as fault:
        find_terms(who, rules, **asked)  # type: ignore[arg-type]
    assert str(fault.value) == message


def test_a_decision_in_the_place_of_facts_is_refused_with_the_mend() -> None:
    with pytest.raises(InputError) as fault:
        find_terms(ask("A"), POLICY, tier="A", as_of=AS_OF, graded_on=GRADED_ON)  # type: ignore[arg-type]
    assert str(fault.value).endswith("; pass Facts, which is its .value")


@pytest.mark.parametrize(
    ("tier", "message"),
    [
        ("a", "unknown tier 'a'; did you mean 'A'?"),
        ("gold", "unknown tier 'gold'; known are 'A', 'B', 'C', 'D'"),
    ],
)
def test_an_unknown_tier_is_refused(tier: str, message: str) -> None:
    with pytest.raises(UnknownName) as fault:
        ask(tier)
    assert str(fault.value) == message


def test_facts_that_lack_the_premise_are_refused() -> None:
    with pytest.raises(UnknownName) as fault:
        find_terms(read_facts({}, Fields(())), POLICY, tier="A", as_of=AS_OF, graded_on=GRADED_ON)
    assert str(fault.value) == "unknown field 'collection_safe'; none are known"


def test_a_premise_read_as_another_kind_of_fact_is_refused() -> None:
    """A text "no" is not false."""
    text = TextField("collection_safe")
    read = read_facts({"collection_safe": "no"}, Fields((text,)))
    with pytest.raises(InputError) as fault:
        find_terms(read, POLICY, tier="A", as_of=AS_OF, graded_on=GRADED_ON)
    assert str(fault.value) == (
        f"field 'collection_safe' was read as {text!r}; the policy asks {SAFE!r}"
    )


def test_an_instant_is_no_day_asked() -> None:
    with pytest.raises(PolicyError) as fault:
        find_terms(facts(), POLICY, tier="A", as_of=datetime(2013, 12, 31), graded_on=GRADED_ON)
    assert str(fault.value) == (
        "as_of datetime.datetime(2013, 12, 31, 0, 0) is not a date; "
        "take its date in a zone: value.astimezone(zone).date()"
    )


@pytest.mark.parametrize(("as_of", "refused"), [(14, True), (15, False)])
def test_a_grading_after_the_day_asked_is_refused(as_of: int, refused: bool) -> None:
    asked = date(2013, 1, as_of)
    if not refused:
        find_terms(facts(), POLICY, tier="A", as_of=asked, graded_on=GRADED_ON)
        return
    with pytest.raises(InputError) as fault:
        find_terms(facts(), POLICY, tier="A", as_of=asked, graded_on=GRADED_ON)
    assert str(fault.value) == (
        "graded_on 2013-01-15 lies after as_of 2013-01-14; pass the grading before it"
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"tiers": ()},
            "no tier is given; pass at least one TierTerms, the best tier first",
        ),
        (
            {"approver": None},
            "tier 'C' holds in principle and nobody approves exceptions; name the approver",
        ),
        (
            {"anchor": "delivry"},
            "CreditPolicy.anchor 'delivry' is no named convention; did you mean 'delivery'?",
        ),
        ({"approver": "manager"}, "CreditPolicy.approver is 'manager'; pass Seat"),
        ({"demotion": 2}, "CreditPolicy.demotion is 2; pass Demotion"),
        ({"safe": "safe"}, "CreditPolicy.safe is 'safe'; pass FlagField"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(POLICY, **given)
    assert str(fault.value) == message


def test_a_tier_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName) as fault:
        attrs.evolve(POLICY, tiers=(TierTerms("D", (PREPAYMENT,)),) * 2)
    assert str(fault.value) == "tier 'D' appears twice; rename or remove one"


@pytest.mark.parametrize(
    ("modes", "premised", "message"),
    [
        ((), (), "tier 'D' has no payment mode; pass at least one"),
        (
            (PREPAYMENT, CASH_ON_DELIVERY),
            (),
            (
                "tier 'D' has the modes payment before delivery, cash on delivery; write the "
                "most generous first: deferred, on delivery, before delivery"
            ),
        ),
        (
            (CASH_ON_DELIVERY, DAYS),
            (),
            (
                "tier 'D' has the modes cash on delivery, deferred up to 30 days; write the "
                "most generous first: deferred, on delivery, before delivery"
            ),
        ),
        (
            (PREPAYMENT,),
            (CASH_ON_DELIVERY,),
            "tier 'D': cash on delivery has a premise and is no mode of it; add it to modes",
        ),
    ],
    ids=["no mode", "the strictest first", "the deferral last", "a premise for no mode"],
)
def test_modes_that_cannot_be_are_refused(
    modes: tuple[PaymentMode, ...], premised: tuple[PaymentMode, ...], message: str
) -> None:
    with pytest.raises(PolicyError) as fault:
        TierTerms("D", modes, premised=premised)
    assert str(fault.value) == message


# --- a mode asked for -----------------------------------------------------------------------


def check(
    tier: str, asked: PaymentMode | PaymentTerm, *, safe: bool = True
) -> Decision[TermsVerdict]:
    """Ask whether a mode may be used."""
    return check_terms(asked, ask(tier, safe=safe).value, POLICY, anchor=DELIVERY)


def test_an_allowed_deferral_names_the_days() -> None:
    decision = check("A", deferred_days(89))
    assert decision.value == TermsVerdict("allowed", ask("A").value)
    assert ids(decision) == ["credit.allowed", "credit.due"]
    first, due = decision.reasons
    assert first.source == due.source == POLICY.tiers[0].source
    assert dict(due.params) == {
        "anchor": DELIVERY,
        "asked": date(2014, 5, 1),
        "latest": date(2014, 5, 1),
    }


def test_a_refused_deferral_names_the_latest_day_and_what_would_pass() -> None:
    decision = check("A", deferred_days(90))
    assert decision.value.outcome == "refused"
    assert ids(decision) == ["credit.refused", "credit.due"]
    first, due = decision.reasons
    assert dict(first.params)["modes"] == words(MONTHS, CASH_ON_DELIVERY, PREPAYMENT)
    assert dict(due.params)["asked"] == date(2014, 5, 2)
    assert dict(due.params)["latest"] == date(2014, 5, 1)


def test_an_exception_in_principle_needs_approval() -> None:
    decision = check("C", DAYS)
    assert decision.value == TermsVerdict("needs_approval", ask("C").value, MANAGER)
    assert ids(decision) == ["credit.needs_approval", "credit.due"]
    assert decision.reasons[0].source == POLICY.source
    assert dict(decision.reasons[0].params)["approver"] == MANAGER


def test_a_strict_rule_knows_no_exception() -> None:
    decision = check("D", CASH_ON_DELIVERY)
    assert decision.value == TermsVerdict("refused", ask("D").value)
    assert ids(decision) == ["credit.refused"]


@pytest.mark.parametrize("tier", ["A", "B", "C", "D"])
def test_payment_before_delivery_is_always_allowed(tier: str) -> None:
    assert check(tier, PREPAYMENT).value.outcome == "allowed"


def test_the_terms_of_a_lowered_account_decide() -> None:
    terms = ask("A", invoices=quarters(1)).value
    assert check_terms(MONTHS, terms, POLICY, anchor=DELIVERY).value.outcome == "refused"
    assert check_terms(DAYS, terms, POLICY, anchor=DELIVERY).value.outcome == "allowed"


def test_a_lowered_account_is_told_whose_modes_decide() -> None:
    terms = ask("B", invoices=quarters(1)).value
    decision = check_terms(DAYS, terms, POLICY, anchor=DELIVERY)
    assert ids(decision) == ["credit.needs_approval", "credit.checked_as", "credit.due"]
    said = decision.reasons[1]
    assert said.text("en") == "class B is lowered and is checked by the payment modes of class C"
    assert said.text("zh") == "B类的付款方式已降级，按C类的付款方式核对"


@pytest.mark.parametrize("safe", [False, None], ids=["not safe", "not confirmed"])
def test_what_the_premise_withholds_is_said(safe: bool | None) -> None:
    decision = check_terms(DAYS, ask("A", safe=safe).value, POLICY, anchor=DELIVERY)
    assert ids(decision) == ["credit.refused", "credit.withheld", "credit.due"]
    said = decision.reasons[1]
    assert said.source == POLICY.tiers[0].source
    assert said.text("en") == (
        "withheld, as the premise “safe collection” does not hold or is not confirmed: "
        "deferred up to 3 months"
    )
    assert said.text("zh") == (
        "前提“收款安全有保证”不成立或尚未确认，暂不给予：远期付款（3 个月内）"
    )


def test_what_a_demotion_takes_is_not_withheld_for_safety() -> None:
    strict = changed(demoted_to="strictest")
    for safe in (True, False):
        terms = ask("A", strict, safe=safe, invoices=quarters(1)).value
        found = check_terms(DAYS, terms, strict, anchor=DELIVERY)
        assert ids(found) == ["credit.refused", "credit.checked_as", "credit.due_prepaid"]


def test_without_a_premise_nothing_is_withheld() -> None:
    policy = attrs.evolve(POLICY, safe=None)
    terms = Terms("A", "A", (CASH_ON_DELIVERY,))
    found = check_terms(DAYS, terms, policy, anchor=DELIVERY)
    assert ids(found) == ["credit.refused", "credit.due"]


def test_where_only_prepayment_is_left_no_latest_day_is_told() -> None:
    decision = check("D", DAYS)
    assert ids(decision) == ["credit.refused", "credit.due_prepaid"]
    said = decision.reasons[1]
    assert said.source == POLICY.source
    assert said.text("en") == ("it would be due on 2014-03-03; payment is required before delivery")
    assert said.text("zh") == "按此应于2014年3月3日付款，而货款须在发货前付清"


def test_terms_of_another_policy_are_refused() -> None:
    with pytest.raises(UnknownName) as fault:
        check_terms(DAYS, Terms("A", "AA", (DAYS,)), POLICY, anchor=DELIVERY)
    assert str(fault.value) == "unknown tier 'AA'; did you mean 'A'?"


@pytest.mark.parametrize("safe", [False, None], ids=["not safe", "not confirmed"])
def test_a_demotion_never_improves_the_terms(safe: bool | None) -> None:
    strict = attrs.evolve(
        POLICY,
        tiers=(
            POLICY.tiers[0],
            attrs.evolve(POLICY.tiers[1], premised=(CASH_ON_DELIVERY,)),
            *POLICY.tiers[2:],
        ),
    )
    assert ask("B", strict, safe=safe).value.modes == (PREPAYMENT,)
    lowered = ask("B", strict, safe=safe, invoices=quarters(1)).value
    assert (lowered.level, lowered.modes) == ("C", (PREPAYMENT,))
    assert ask("C", strict, safe=safe).value.modes == (CASH_ON_DELIVERY, PREPAYMENT)


# --- paying earlier than permitted ----------------------------------------------------------


@pytest.mark.parametrize(
    ("modes", "asked", "outcome"),
    [
        ((DAYS,), CASH_ON_DELIVERY, "allowed"),
        ((DAYS, PREPAYMENT), CASH_ON_DELIVERY, "allowed"),
        ((CASH_ON_DELIVERY,), CASH_ON_DELIVERY, "allowed"),
        ((PREPAYMENT,), CASH_ON_DELIVERY, "refused"),
        ((CASH_ON_DELIVERY, PREPAYMENT), DAYS, "refused"),
        ((DAYS,), PREPAYMENT, "allowed"),
    ],
)
def test_paying_earlier_than_permitted_is_always_allowed(
    modes: tuple[PaymentMode, ...], asked: PaymentMode, outcome: str
) -> None:
    policy = CreditPolicy(tiers=(TierTerms("A", (DAYS,)),))
    found = check_terms(asked, Terms("A", "A", modes), policy, anchor=DELIVERY)
    assert found.value.outcome == outcome


def test_what_is_allowed_as_earlier_says_so() -> None:
    policy = CreditPolicy(tiers=(TierTerms("A", (MONTHS, DAYS)),))
    terms = Terms("A", "A", (MONTHS, DAYS))
    decision = check_terms(CASH_ON_DELIVERY, terms, policy, anchor=DELIVERY)
    assert ids(decision) == ["credit.allowed", "credit.paid_earlier"]
    assert decision.explain("en") == (
        "“cash on delivery” is allowed; permitted are: deferred up to 3 months, "
        "deferred up to 30 days\n"
        "“cash on delivery” comes before “deferred up to 30 days”, and paying earlier than "
        "permitted is always allowed"
    )
    assert decision.explain("zh") == (
        "可以采用“货到付款”；允许的付款方式：远期付款（3 个月内）、远期付款（30 日内）\n"
        "“货到付款”早于“远期付款（30 日内）”；早于允许期限付款的，一律可以"
    )
    assert ids(check("A", CASH_ON_DELIVERY)) == ["credit.allowed"]


# --- a term asked for -----------------------------------------------------------------------


def term(number: int, anchor: str = "delivery") -> PaymentTerm:
    """Return a term of a number of days."""
    steps = (DateStep.days(number),) if number else ()
    return PaymentTerm(instalments=(Instalment(None, steps),), anchor=anchor)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tier", "asked", "outcome"),
    [
        ("A", term(89), "allowed"),
        ("A", term(90), "refused"),
        ("B", term(30), "allowed"),
        ("B", term(31), "refused"),
        ("C", term(0), "allowed"),
        ("C", term(1), "needs_approval"),
        ("D", term(0), "refused"),
        ("D", term(0, "invoice"), "refused"),
        ("D", term(0, "order"), "allowed"),
        ("D", term(0, "signing"), "allowed"),
        ("D", term(1, "order"), "refused"),
    ],
)
def test_a_term_is_compared_by_its_last_due_date(
    tier: str, asked: PaymentTerm, outcome: str
) -> None:
    assert check(tier, asked).value.outcome == outcome


def test_of_a_term_in_parts_the_last_one_decides() -> None:
    late = PaymentTerm(
        instalments=(Instalment(Money(100, "CNY")), Instalment(None, (DateStep.days(31),))),
        anchor="delivery",
    )
    decision = check("B", late)
    assert decision.value.outcome == "refused"
    assert dict(decision.reasons[1].params)["asked"] == date(2014, 3, 4)
    assert dict(decision.reasons[1].params)["latest"] == date(2014, 3, 3)


def test_a_term_asked_for_is_said_in_words() -> None:
    decision = check("B", term(31))
    assert ids(decision) == ["credit.refused", "credit.due"]
    assert decision.explain("en").splitlines()[:2] == [
        (
            "“payment due 31 days after the delivery date” is refused; would pass: "
            "deferred up to 30 days, cash on delivery, payment before delivery"
        ),
        (
            "from 2014-02-01 the last day to pay would be 2014-03-04; the latest permitted is "
            "2014-03-03"
        ),
    ]
    assert decision.explain("zh").splitlines()[0] == (
        "不接受“交货日后 31 天内付款”；可以采用：远期付款（30 日内）、货到付款、款到发货"
    )
    assert decision.assumed == ()


def test_a_term_due_at_once_comes_before_a_deferral() -> None:
    policy = CreditPolicy(tiers=(TierTerms("A", (DAYS,)),))
    decision = check_terms(term(0), Terms("A", "A", (DAYS,)), policy, anchor=DELIVERY)
    assert ids(decision) == ["credit.allowed", "credit.due", "credit.paid_earlier"]


@pytest.mark.parametrize(
    ("anchor", "number", "said"),
    [("delivery", 30, False), ("invoice", 30, True), ("order", 30, True), ("order", 0, False)],
)
def test_days_that_are_taken_to_be_one_are_said(anchor: str, number: int, said: bool) -> None:
    decision = check("A", term(number, anchor))
    assert [one.rule.id for one in decision.assumed] == ["credit.anchors_one_day"] * said
    if said and anchor == "invoice":
        (one,) = decision.assumed
        assert one.text("en") == (
            "the invoice date and the delivery date are taken to be one day, 2014-02-01"
        )
        assert one.text("zh") == "开票日与交货日视为同一天，即2014年2月1日"


def test_what_trade_writes_can_be_asked() -> None:
    assert check("D", parse_term("COD")).value.outcome == "refused"
    assert check("D", parse_term("PIA")).value.outcome == "allowed"
    assert check("B", parse_term("net 30")).value.outcome == "allowed"
    assert check("B", parse_term("EOM+45")).value.outcome == "refused"
