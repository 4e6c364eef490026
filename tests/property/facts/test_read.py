"""Laws of reading: the source does not matter, and no fault of a book is lost."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.facts._strategies import EVERYTHING, facts, sales, size

from kamcore.errors import BatchError
from kamcore.facts import Facts, Fields, read_book, read_facts
from kamcore.values import Money, Ratio


def as_given(facts_: Facts) -> dict[str, object]:
    """Return the facts as a program has them."""
    return {"code": "ACME", **{name: facts_[name] for name in facts_.fields.names}}


def as_texts(facts_: Facts) -> dict[str, str]:
    """Return the facts as a CSV row has them."""
    row = {"code": "ACME"}
    for name in facts_.fields.names:
        value = facts_[name]
        if value is None:
            row[name] = ""
        else:
            row[name] = f"{value.amount:f}" if isinstance(value, Money) else f"{value}"
    return row


@given(facts())
def test_all_sources_give_the_same_facts(known: Facts) -> None:
    values = as_given(known)
    sparse = {name: value for name, value in values.items() if value is not None}
    for source in (values, sparse, SimpleNamespace(**values), as_texts(known)):
        assert read_facts(source, EVERYTHING, key="code") == known


@given(facts(), st.permutations(EVERYTHING.names))
def test_the_order_of_the_columns_does_not_matter(known: Facts, order: list[str]) -> None:
    values = as_given(known)
    assert read_facts({name: values[name] for name in order}, EVERYTHING).wires == known.wires


@given(facts(), st.permutations(EVERYTHING.names))
def test_names_are_only_names(known: Facts, columns: list[str]) -> None:
    names = dict(zip(EVERYTHING.names, columns, strict=True))
    values = as_given(known)
    source = {names[name]: values[name] for name in EVERYTHING.names}
    assert read_facts(source, EVERYTHING, names=names).wires == known.wires


@given(facts())
def test_a_ratio_may_be_read_as_a_percentage(known: Facts) -> None:
    share = known["share"]
    if share is not None:
        shown = str(Ratio(int(known.values["share"] or 0), 100))
        assert read_facts({**as_given(known), "share": shown}, EVERYTHING)["share"] == share


CODES = st.sampled_from(("A", "B", "C", "D"))
NUMBERS = st.sampled_from((1, 2, None, 1.5, "two"))
ROWS = st.lists(st.fixed_dictionaries({"code": CODES, "size": NUMBERS, "sales": NUMBERS}))


@given(ROWS.filter(len))
def test_every_fault_of_a_book_is_reported_once(rows: list[dict[str, object]]) -> None:
    expected = []
    first: dict[object, int] = {}
    for number, row in enumerate(rows, start=1):
        expected += [
            (f"row {number} ({row['code']})", name)
            for name in ("size", "sales")
            if row[name] in {1.5, "two"}
        ]
        if first.setdefault(row["code"], number) != number:
            expected.append((f"row {number}", "code"))
    fields = Fields((size, sales))
    if expected:
        with pytest.raises(BatchError) as caught:
            read_book(rows, fields, key="code")
        assert [(fault.row, fault.field) for fault in caught.value.faults] == expected
        assert str(caught.value).count("\n") == 0
    else:
        book = read_book(rows, fields, key="code")
        assert [one.account for one in book] == [row["code"] for row in rows]
        assert list(book) == [read_facts(row, fields, key="code") for row in rows]
