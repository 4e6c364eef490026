"""Taking facts in: mappings, objects, CSV rows; every fault of a book at once."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import ClassVar

import attrs
import pytest

from kamcore.errors import BatchError, InputError, UnknownName
from kamcore.facts import (
    ChoiceField,
    DateField,
    Facts,
    Fields,
    FlagField,
    MoneyField,
    NumberField,
    RatioField,
    TextField,
    Wire,
    read_book,
    read_facts,
)
from kamcore.facts._read import read_rows

sales = MoneyField("sales", currency="CNY")
orders = NumberField("orders")
share = RatioField("share")
since = DateField("since")
agreed = FlagField("agreed")
sector = ChoiceField("sector", options=("power", "cable"))
owner = TextField("owner")
FIELDS = Fields((sales, orders, share, since, agreed, sector, owner))
WIRES = (9550, 12, 500, 737_425, True, "power", "Li Lei")
NOTHING = (None,) * 7
NOTATION = "write digits with a point, without commas or signs"
NONE = "(a missing fact is None)"
HOLE = "pass None: frame.astype(object).where(frame.notna(), None)"


@dataclass
class DataCustomer:
    """A dataclass of an application."""

    code: str
    sales: Decimal | None
    orders: int | None
    share: Decimal | None
    since: date | None
    agreed: bool | None
    sector: str | None
    owner: str | None


@attrs.define
class AttrsCustomer:
    """An attrs class of an application."""

    code: str
    sales: Decimal
    orders: int
    share: Decimal
    since: date
    agreed: bool
    sector: str
    owner: str


class OrmCustomer:
    """An object whose columns are computed when they are read, as an ORM's are."""

    row: ClassVar[Mapping[str, object]] = {
        "code": "ACME",
        "sales": Decimal("95.50"),
        "orders": 12,
        "share": Decimal("0.05"),
        "since": date(2020, 1, 1),
        "agreed": True,
        "sector": "power",
    }

    def __getattr__(self, name: str) -> object:
        """Load a column."""
        try:
            return self.row[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def owner(self) -> str:
        """A hybrid property."""
        return "Li " + "Lei"


class Row(Mapping[str, object]):
    """A database row: a mapping that is no dict."""

    def __init__(self, **columns: object) -> None:
        self._columns = columns

    def __getitem__(self, name: str) -> object:
        """Return a column."""
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._columns)

    def __len__(self) -> int:
        """Count the columns."""
        return len(self._columns)


class NotAvailable:
    """A dataframe's NA: its comparison has no truth value."""

    def __ne__(self, other: object) -> bool:
        """Refuse."""
        raise TypeError

    def __hash__(self) -> int:
        """Be hashable."""
        return 0

    def __repr__(self) -> str:
        """Show as pandas does."""
        return "<NA>"


def values() -> dict[str, object]:
    """Return the facts of ACME as an application has them."""
    return {
        "code": "ACME",
        "sales": Decimal("95.50"),
        "orders": 12,
        "share": Decimal("0.05"),
        "since": date(2020, 1, 1),
        "agreed": True,
        "sector": "power",
        "owner": "Li Lei",
    }


TEXTS = {
    "code": " ACME ",
    "sales": "95.50",
    "orders": " 12 ",
    "share": "5%",
    "since": "2020-01-01",
    "agreed": "是",
    "sector": "power",
    "owner": "Li Lei",
}
CSV = """\
code,sales,orders,share,since,agreed,sector,owner
ACME,95.50,12,5%,2020-01-01,yes,power,Li Lei
"""


# --- one account --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(values(), id="dict"),
        pytest.param(Row(**values()), id="mapping"),
        pytest.param(DataCustomer(**values()), id="dataclass"),  # type: ignore[arg-type]
        pytest.param(AttrsCustomer(**values()), id="attrs"),  # type: ignore[arg-type]
        pytest.param(OrmCustomer(), id="ORM object"),
        pytest.param(TEXTS, id="texts"),
        pytest.param(next(csv.DictReader(io.StringIO(CSV))), id="CSV row"),
    ],
)
def test_facts_are_read_from(source: object) -> None:
    assert read_facts(source, FIELDS, key="code") == Facts("ACME", FIELDS, WIRES)


def test_without_a_key_the_account_has_no_id() -> None:
    assert read_facts(values(), FIELDS) == Facts("", FIELDS, WIRES)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param({}, id="empty mapping"),
        pytest.param(dict.fromkeys(FIELDS.names), id="None"),
        pytest.param(dict.fromkeys(FIELDS.names, ""), id="empty text"),
        pytest.param(dict.fromkeys(FIELDS.names, "  \t"), id="blank text"),
        pytest.param({"another": 1, "column": 2}, id="absent keys"),
        pytest.param(DataCustomer("", None, None, None, None, None, None, None), id="attributes"),
    ],
)
def test_a_missing_fact_is_none(source: object) -> None:
    assert read_facts(source, FIELDS).wires == NOTHING


def test_zero_and_no_are_not_missing() -> None:
    assert read_facts({"sales": 0, "agreed": False}, Fields((sales, agreed))).wires == (0, False)
    assert read_facts({"sales": "0", "agreed": "no"}, Fields((sales, agreed))).wires == (0, False)


@pytest.mark.parametrize(
    ("account", "id_"),
    [("ACME", "ACME"), (" ACME ", "ACME"), (4711, "4711"), ("金鹏代理A", "金鹏代理A")],
)
def test_an_account_id_is_a_text_or_a_whole_number(account: object, id_: str) -> None:
    assert read_facts({"code": account}, Fields(()), key="code").account == id_


@pytest.mark.parametrize("account", [None, "", "  ", 1.5, True, date(2020, 1, 1)], ids=repr)
def test_an_account_id_is_refused(account: object) -> None:
    with pytest.raises(BatchError) as caught:
        read_facts({"code": account, "orders": 1}, Fields((orders,)), key="code")
    assert [str(fault) for fault in caught.value.faults] == [
        f"field 'code': account id {account!r} is no id; pass a text or a whole number"
    ]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param({"Verkauf": 95, "orders": 1, "code": "ACME"}, id="mapping"),
        pytest.param(Row(Verkauf="95", orders="1", code="ACME"), id="row"),
        pytest.param(type("Kunde", (), {"Verkauf": 95, "orders": 1, "code": "ACME"}), id="object"),
    ],
)
def test_names_map_a_field_to_another_name_in_the_source(source: object) -> None:
    fields = Fields((sales, orders))
    read = read_facts(source, fields, key="code", names={"sales": "Verkauf"})
    assert read == Facts("ACME", fields, (9500, 1))


@pytest.mark.parametrize("read", [read_facts, partial(read_book, key="code")], ids=["one", "book"])
def test_names_of_a_misspelt_field_are_refused(read: Callable[..., object]) -> None:
    with pytest.raises(UnknownName) as caught:
        read({"Verkauf": 95}, Fields((sales,)), names={"slaes": "Verkauf"})
    assert str(caught.value) == "unknown field in names 'slaes'; did you mean 'sales'?"


def test_names_that_lead_to_no_key_are_refused() -> None:
    with pytest.raises(BatchError) as caught:
        read_facts({"orders": 1}, Fields((sales, orders)), names={"sales": "Verkauf"})
    assert [str(fault) for fault in caught.value.faults] == [
        "field 'sales': no key 'Verkauf', to which names maps it; mend names="
    ]


def test_names_may_swap_two_columns() -> None:
    fields = Fields((sales, orders))
    swapped = {"sales": "orders", "orders": "sales"}
    assert read_facts({"sales": 1, "orders": 2}, fields, names=swapped).wires == (200, 1)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        pytest.param(
            {"sales": 95.5},
            "field 'sales': CNY amount is the float 95.5; pass an int or Decimal(\"95.5\")",
            id="float money",
        ),
        pytest.param({"sales": float("nan")}, f"field 'sales': value is nan; {HOLE}", id="NaN"),
        pytest.param(
            {"owner": float("nan")}, f"field 'owner': value is nan; {HOLE}", id="NaN text"
        ),
        pytest.param({"owner": NotAvailable()}, f"field 'owner': value is <NA>; {HOLE}", id="NA"),
        pytest.param(
            {"sales": Decimal("NaN")},
            "field 'sales': CNY amount is the Decimal Decimal('NaN'); "
            "pass an int or a finite Decimal",
            id="Decimal NaN",
        ),
        pytest.param(
            {"sales": Decimal("sNaN")},
            "field 'sales': CNY amount is the Decimal Decimal('sNaN'); "
            "pass an int or a finite Decimal",
            id="signalling NaN",
        ),
        pytest.param(
            {"orders": True},
            "field 'orders': number is the bool True; pass an int or a finite Decimal",
            id="bool for a number",
        ),
        pytest.param(
            {"sales": Decimal("95.505")},
            "field 'sales': CNY amount 95.505 is finer than 2 decimals; "
            "round it and name the rounding",
            id="half a cent",
        ),
        pytest.param(
            {"sales": "1,000"},
            f"field 'sales': '1,000' is not a plain number; {NOTATION}",
            id="wrong notation",
        ),
        pytest.param(
            {"since": datetime(2020, 1, 1, tzinfo=UTC)},
            "field 'since': value datetime.datetime(2020, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)"
            " is not a date; take its date in a zone: value.astimezone(zone).date()",
            id="instant for a date",
        ),
        pytest.param(
            {"agreed": 1},
            "field 'agreed': 1 is not a yes or no; pass True or False",
            id="number for a flag",
        ),
        pytest.param(
            {"sector": "pover"},
            "field 'sector': unknown sector 'pover'; did you mean 'power'?",
            id="misspelt option",
        ),
        pytest.param(
            {"sectr": "power"},
            f"field 'sector': no key 'sector'; did you mean 'sectr'? {NONE}",
            id="misspelt key",
        ),
    ],
)
def test_a_fault_is_one_line_that_names_field_value_and_mend(
    raw: dict[str, object], fault: str
) -> None:
    with pytest.raises(BatchError) as caught:
        read_facts(raw, FIELDS)
    assert [str(one) for one in caught.value.faults] == [fault]
    assert str(caught.value).endswith(fault)
    assert "\n" not in str(caught.value)


class ColumnDecimal(Decimal):
    """A Decimal of a database driver."""


@pytest.mark.parametrize("kind", [Decimal, ColumnDecimal])
def test_a_decimal_of_another_library_is_a_decimal(kind: type[Decimal]) -> None:
    assert read_facts({"sales": kind("95.50")}, Fields((sales,))).wires == (9550,)
    for text in ("NaN", "sNaN"):
        with pytest.raises(BatchError) as caught:
            read_facts({"sales": kind(text)}, Fields((sales,)))
        (fault,) = caught.value.faults
        assert fault.fault == (
            f"CNY amount is the {kind.__name__} {kind(text)!r}; pass an int or a finite Decimal"
        )


def test_a_key_that_another_field_reads_is_not_a_misspelling() -> None:
    order = NumberField("order")
    assert read_facts({"orders": 1}, Fields((orders, order))).wires == (1, None)


def test_the_account_id_is_not_a_misspelling() -> None:
    assert read_facts({"orderer": "ACME"}, Fields((orders,)), key="orderer").wires == (None,)
    with pytest.raises(BatchError):
        read_facts({"orderer": "ACME"}, Fields((orders,)))


def test_a_misspelt_attribute_is_refused() -> None:
    with pytest.raises(BatchError) as caught:
        read_facts(DataCustomer(**values()), Fields((NumberField("order"),)))  # type: ignore[arg-type]
    assert [str(one) for one in caught.value.faults] == [
        "field 'order': DataCustomer has no attribute 'order'; did you mean 'orders'?"
    ]


def test_a_missing_attribute_is_refused_even_if_nothing_is_near() -> None:
    customer = type("Customer", (), {"sales": 1, "_hidden": 2, "__slots__": ()})()
    with pytest.raises(BatchError) as caught:
        read_facts(customer, Fields((sales, agreed)))
    assert [str(one) for one in caught.value.faults] == [
        "field 'agreed': Customer has no attribute 'agreed'; known are 'sales'"
    ]


def test_all_faults_of_an_account_come_at_once() -> None:
    raw = {"code": "ACME", "sales": 1.5, "orders": 12, "agreed": "maybe"}
    with pytest.raises(BatchError) as caught:
        read_facts(raw, FIELDS, key="code")
    assert [(one.row, one.field) for one in caught.value.faults] == [
        ("ACME", "sales"),
        ("ACME", "agreed"),
    ]
    assert str(caught.value) == (
        "2 faults: ACME, field 'sales': CNY amount is the float 1.5; pass an int or "
        "Decimal(\"1.5\"); ACME, field 'agreed': 'maybe' is not a yes or no; write true or false"
    )


# --- a book -------------------------------------------------------------------------------

TWO = Fields((sales, orders))


def test_a_book_is_read_in_order() -> None:
    rows = ({"code": code, "sales": number, "orders": None} for number, code in enumerate("BAC"))
    book = read_book(rows, TWO, key="code")
    assert [(facts.account, facts.wires) for facts in book] == [
        ("B", (0, None)),
        ("A", (100, None)),
        ("C", (200, None)),
    ]


def test_a_book_of_objects_with_other_names() -> None:
    customers = [
        DataCustomer(**(values() | {"code": 7})),  # type: ignore[arg-type]
        DataCustomer(**(values() | {"code": 8, "orders": None})),  # type: ignore[arg-type]
    ]
    fields = Fields((NumberField("number_of_orders"),))
    book = read_book(customers, fields, key="code", names={"number_of_orders": "orders"})
    assert book == (Facts("7", fields, (12,)), Facts("8", fields, (None,)))


def test_an_empty_book_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_book([], TWO, key="code")
    assert str(caught.value) == "the book is empty; pass at least one account"


def test_every_fault_of_a_book_names_row_account_and_field() -> None:
    rows = [
        {"code": "ACME", "sales": 1, "orders": 2},
        {"code": "Bolt", "sales": 1.5, "orders": "two"},
        {"code": "", "sales": 1, "orders": 2},
        {"code": "Cord", "sale": 1, "orders": 2},
        {"code": "ACME", "sales": 1, "orders": 2},
        {"code": "Bolt", "sales": 1, "orders": True},
    ]
    with pytest.raises(BatchError) as caught:
        read_book(rows, TWO, key="code")
    assert [str(fault) for fault in caught.value.faults] == [
        "row 2 (Bolt), field 'sales': CNY amount is the float 1.5; pass an int or Decimal(\"1.5\")",
        f"row 2 (Bolt), field 'orders': 'two' is not a plain number; {NOTATION}",
        "row 3, field 'code': account id '' is no id; pass a text or a whole number",
        f"row 4 (Cord), field 'sales': no key 'sales'; did you mean 'sale'? {NONE}",
        "row 5, field 'code': account 'ACME' already stands in row 1; merge the rows",
        "row 6 (Bolt), field 'orders': number is the bool True; pass an int or a finite Decimal",
        "row 6, field 'code': account 'Bolt' already stands in row 2; merge the rows",
    ]
    assert str(caught.value).startswith("7 faults: row 2 (Bolt), field 'sales': CNY amount is")
    assert str(caught.value).endswith("merge the rows; and 2 more")


def test_an_account_that_stands_three_times_is_named_twice() -> None:
    rows = [{"code": "ACME", "sales": 1, "orders": 1}] * 3
    with pytest.raises(BatchError) as caught:
        read_book(rows, TWO, key="code")
    assert [str(fault) for fault in caught.value.faults] == [
        f"row {row}, field 'code': account 'ACME' already stands in row 1; merge the rows"
        for row in (2, 3)
    ]


def test_two_ids_that_read_alike_are_one_account() -> None:
    rows = [{"code": 7, "sales": 1, "orders": 1}, {"code": " 7", "sales": 1, "orders": 1}]
    with pytest.raises(BatchError) as caught:
        read_book(rows, TWO, key="code")
    assert [fault.fault for fault in caught.value.faults] == [
        "account '7' already stands in row 1; merge the rows"
    ]


def test_a_field_that_is_a_key_of_no_row_is_refused() -> None:
    rows = [{"code": "ACME", "sales": 1}, {"code": "Bolt", "sales": 1.5}]
    with pytest.raises(BatchError) as caught:
        read_book(rows, Fields((sales, owner, since)), key="code")
    assert [str(fault) for fault in caught.value.faults] == [
        "row 2 (Bolt), field 'sales': CNY amount is the float 1.5; pass an int or Decimal(\"1.5\")",
        "all rows, field 'owner': no row has the key 'owner'; map it with names=, or pass None",
        "all rows, field 'since': no row has the key 'since'; map it with names=, or pass None",
    ]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"code": "Bolt", "sales": 1, "owner": None}, id="as None"),
        pytest.param({"code": "Bolt", "sales": 1, "owner": "Li"}, id="with a value"),
        pytest.param(SimpleNamespace(code="Bolt", sales=1, owner=None), id="as an attribute"),
    ],
)
def test_a_field_that_is_a_key_of_one_row_is_missing_in_the_others(row: object) -> None:
    book = read_book([{"code": "ACME", "sales": 1}, row], Fields((sales, owner)), key="code")
    assert book[0].values["owner"] is None


# --- rows of other kinds ----------------------------------------------------------------------


def complete(values: Mapping[str, Wire | None]) -> Iterator[tuple[str, str]]:
    """Say which fields were read and are missing."""
    return ((name, "is missing; pass it") for name, wire in values.items() if wire is None)


def test_rows_of_another_kind_are_named_as_such_and_checked() -> None:
    rows = [
        {"id": 1, "sales": 1, "orders": None},
        {"id": 2, "sales": 1.5, "orders": None},
        {"id": 2, "sales": 1, "orders": 1},
        {"id": None, "sales": 1, "orders": 1},
    ]
    with pytest.raises(BatchError) as caught:
        read_rows(rows, TWO, key="id", names={}, what="invoice", check=complete)
    assert [str(fault) for fault in caught.value.faults] == [
        "row 1 (1), field 'orders': is missing; pass it",
        "row 2 (2), field 'sales': CNY amount is the float 1.5; pass an int or Decimal(\"1.5\")",
        "row 2 (2), field 'orders': is missing; pass it",
        "row 3, field 'id': invoice '2' already stands in row 2; merge the rows",
        "row 4, field 'id': invoice id None is no id; pass a text or a whole number",
    ]


def test_no_rows_of_another_kind_are_no_fault() -> None:
    assert read_rows([], TWO, key="id", names={}) == ()
    (facts,) = read_rows(
        [{"id": 1, "sales": 1, "orders": 2}], TWO, key="id", names={}, check=complete
    )
    assert facts == Facts("1", TWO, (100, 2))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"id": 1, "sales": 1}, id="mapping"),
        pytest.param(SimpleNamespace(id=1, sales=1), id="object"),
    ],
)
def test_an_optional_field_may_be_absent_from_every_row(row: object) -> None:
    (facts,) = read_rows([row], TWO, key="id", names={}, optional=("orders",))
    assert facts.wires == (100, None)
    with pytest.raises(BatchError):
        read_rows([row], TWO, key="id", names={})


def test_an_optional_field_is_read_where_it_is_there() -> None:
    rows = [{"id": 1, "sales": 1, "orders": 2}, SimpleNamespace(id=2, sales=1, orders=3)]
    book = read_rows(rows, TWO, key="id", names={}, optional=("orders",))
    assert [facts.values["orders"] for facts in book] == [2, 3]


def test_a_key_of_a_mapping_is_never_one_of_its_methods() -> None:
    fields = Fields((NumberField("items"),))
    assert read_facts({"id": 1}, fields, key="id").wires == (None,)
    (facts,) = read_rows([{"id": 1}], fields, key="id", names={}, optional=("items",))
    assert facts.wires == (None,)
