import pickle
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import pytest

from kamcore import errors
from kamcore.errors import (
    BatchError,
    CodecError,
    CurrencyMismatch,
    DuplicateName,
    FactError,
    FingerprintMismatch,
    FloatRefused,
    GapOrOverlap,
    InexactValue,
    InputError,
    KamcoreError,
    NaiveInstant,
    NotADate,
    NoTruthValue,
    PolicyError,
    Undecided,
    UnknownName,
    did_you_mean,
)

FAULTS = tuple(FactError(f"row {number}", "scale", "is missing") for number in range(1, 7))

EXAMPLES = {
    "root": (KamcoreError("something is wrong; mend it"), "something is wrong; mend it"),
    "policy": (PolicyError("tiers are 0; pass 1"), "tiers are 0; pass 1"),
    "input": (InputError("days are 0; pass 1"), "days are 0; pass 1"),
    "no date": (NotADate("day 5 is not a date; pass it"), "day 5 is not a date; pass it"),
    "gap": (
        GapOrOverlap("gap", Decimal("79.5"), "60-79", "80-100"),
        "79.5 lies in no band, between 60-79 and 80-100; move one edge, or state a coarser grain",
    ),
    "overlap": (
        GapOrOverlap("overlap", 80, "60-80", "80-100"),
        "80 lies in two bands, 60-80 and 80-100; move one edge",
    ),
    "repeated name": (DuplicateName("tier", "A"), "tier 'A' appears twice; rename or remove one"),
    "near name": (
        UnknownName("tier", "Gld", ("Gold", "Silver")),
        "unknown tier 'Gld'; did you mean 'Gold'?",
    ),
    "far name": (
        UnknownName("tier", "X", ("Gold", "Silver")),
        "unknown tier 'X'; known are 'Gold', 'Silver'",
    ),
    "no names": (UnknownName("tier", None, ()), "unknown tier None; none are known"),
    "float": (
        FloatRefused("CNY amount", 0.1),
        'CNY amount is the float 0.1; pass an int or Decimal("0.1")',
    ),
    "NaN": (
        FloatRefused("CNY amount", float("nan")),
        "CNY amount is the float nan; pass an int or a finite Decimal",
    ),
    "infinite": (
        FloatRefused("CNY amount", float("-inf")),
        "CNY amount is the float -inf; pass an int or a finite Decimal",
    ),
    "NaN Decimal": (
        FloatRefused("CNY amount", Decimal("NaN")),
        "CNY amount is the Decimal Decimal('NaN'); pass an int or a finite Decimal",
    ),
    "bool": (
        FloatRefused("CNY amount", value=True),
        "CNY amount is the bool True; pass an int or a finite Decimal",
    ),
    "text": (
        FloatRefused("CNY amount", "95.50"),
        "CNY amount is the str '95.50'; pass an int or Decimal('95.50')",
    ),
    "inexact": (
        InexactValue("CNY amount", Decimal("0.005"), "2 decimals"),
        "CNY amount 0.005 is finer than 2 decimals; round it and name the rounding",
    ),
    "currencies": (CurrencyMismatch("CNY", "EUR"), "CNY meets EUR; convert one of them first"),
    "naive": (
        NaiveInstant("at", datetime(2013, 1, 5)),
        'at 2013-01-05 00:00:00 has no zone; use value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))',
    ),
    "fact of a row": (
        FactError("row 7", "scale", "is missing"),
        "row 7, field 'scale': is missing",
    ),
    "fact": (FactError("", "scale", "is missing"), "field 'scale': is missing"),
    "one fault": (BatchError(FAULTS[:1]), "1 fault: row 1, field 'scale': is missing"),
    "two faults": (
        BatchError(FAULTS[:2]),
        "2 faults: row 1, field 'scale': is missing; row 2, field 'scale': is missing",
    ),
    "no truth value": (
        NoTruthValue("a decision", "read .value, or ask .decided"),
        "a decision has no truth value; read .value, or ask .decided",
    ),
    "undecided": (
        Undecided(["scale"], "no rule could be tested"),
        "no rule could be tested; supply the facts or use .value_or(...)",
    ),
    "codec path": (CodecError("policy.hours", "key is missing"), "at policy.hours: key is missing"),
    "codec root": (CodecError("", "is not an object"), "at $: is not an object"),
    "fingerprints": (
        FingerprintMismatch("0011", "2233"),
        "the answer rests on policy 0011, not 2233; pass the policy of that day",
    ),
}
RAISED = {name: error for name, (error, _) in EXAMPLES.items()}

TREE = [
    (PolicyError, (KamcoreError, ValueError)),
    (InputError, (KamcoreError, ValueError)),
    (GapOrOverlap, (PolicyError,)),
    (DuplicateName, (PolicyError, InputError)),
    (UnknownName, (PolicyError, InputError)),
    (FloatRefused, (InputError,)),
    (InexactValue, (InputError,)),
    (CurrencyMismatch, (InputError,)),
    (NaiveInstant, (InputError,)),
    (FactError, (InputError,)),
    (BatchError, (InputError,)),
    (NoTruthValue, (KamcoreError, TypeError)),
    (Undecided, (KamcoreError,)),
    (CodecError, (InputError,)),
    (FingerprintMismatch, (InputError,)),
]


every_error = pytest.mark.parametrize("error", RAISED.values(), ids=RAISED)


def test_every_error_has_an_example() -> None:
    assert {type(error).__name__ for error in RAISED.values()} == set(errors.__all__)


@pytest.mark.parametrize(("error", "message"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_message_names_the_value_and_the_mend(error: KamcoreError, message: str) -> None:
    assert str(error) == message


@every_error
def test_the_message_is_one_line_without_a_full_stop(error: KamcoreError) -> None:
    assert len(str(error).splitlines()) == 1
    assert not str(error).endswith((".", "。"))


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@every_error
def test_an_error_survives_pickling(error: KamcoreError, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(error, protocol))
    assert type(again) is type(error)
    assert str(again) == str(error)
    # As text: NaN differs from itself, and so do the exceptions that a batch holds.
    assert repr(again.args) == repr(error.args)
    assert repr(vars(again)) == repr(vars(error))


@pytest.mark.parametrize(("kind", "parents"), TREE, ids=[kind.__name__ for kind, _ in TREE])
def test_the_tree(kind: type[KamcoreError], parents: tuple[type[Exception], ...]) -> None:
    assert kind.__bases__ == parents


def test_the_offending_values_can_be_read() -> None:
    mismatch = FingerprintMismatch("0011", "2233")
    assert (mismatch.expected, mismatch.found) == ("0011", "2233")
    gap = GapOrOverlap("gap", 80, "60-79", "81-100")
    assert (gap.kind, gap.witness, gap.lower, gap.upper) == ("gap", 80, "60-79", "81-100")
    unknown = UnknownName("tier", "X", iter(("A", "B")))
    assert (unknown.what, unknown.name, unknown.known) == ("tier", "X", ("A", "B"))
    undecided = Undecided(["scale", "trade"], "why")
    assert (undecided.missing, undecided.why) == (("scale", "trade"), "why")


@pytest.mark.parametrize(
    ("count", "rest"), [(5, ""), (6, "; and 1 more")], ids=["five shown", "six"]
)
def test_a_batch_shows_five_faults_and_has_all(count: int, rest: str) -> None:
    batch = BatchError(list(FAULTS[:count]))
    shown = "; ".join(f"row {number}, field 'scale': is missing" for number in range(1, 6))
    assert str(batch) == f"{count} faults: {shown}{rest}"
    assert batch.faults == FAULTS[:count]


@pytest.mark.parametrize(
    ("name", "known", "mend"),
    [
        ("slver", ("gold", "silver"), "did you mean 'silver'?"),
        ("cny", ("CNY", "EUR"), "did you mean 'CNY'?"),
        ("bronze", ("gold", "silver"), "known are 'gold', 'silver'"),
        ("gold", (), "none are known"),
    ],
    ids=["near", "other case", "far", "nothing known"],
)
def test_did_you_mean(name: str, known: Sequence[str], mend: str) -> None:
    assert did_you_mean(name, known) == mend
