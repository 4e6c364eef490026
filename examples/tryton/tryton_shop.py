"""A shop in Tryton for `tryton_billing.py`: database, company, ledger; kamcore has no part in it.

One company in Shanghai sells pumps to four customers of the classes A to D. Its database is a file
of SQLite. Making it takes Tryton about half a minute, so it is made once for every version of
Tryton and of this file, and copied.
"""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from trytond import backend, config
from trytond.model import Model
from trytond.pool import Pool
from trytond.transaction import Transaction, TransactionError
from trytond.worker import run_task

MODULES = ("sale", "sale_credit_limit")  # all that they depend on comes with them
TODAY = date(2025, 9, 15)
ADMIN = 1
T = TypeVar("T")

# --- the database ---------------------------------------------------------------------------


def new_shop(path: Path, hooks: Sequence[type] = (), *, cache: Path | None = None) -> Pool:
    """Copy the shop to `path`, which ends in .sqlite, and open it with `hooks`."""
    shutil.copyfile(template(cache or Path(tempfile.gettempdir())), path)
    return open_database(path, hooks)


def open_database(path: Path, hooks: Sequence[type] = (), update: Sequence[str] = ()) -> Pool:
    """Return the pool of a database, Tryton's own classes extended by `hooks`.

    A module of your own names its classes in `tryton.cfg`; here they join the module `sale`.
    """
    config.set("database", "uri", "sqlite://")
    config.set("database", "path", str(path.parent))
    Pool.start()
    Pool.register(*hooks, module="sale", type_="model")
    pool = Pool(path.stem)
    pool.init(update=list(update), lang=["en"], activatedeps=True)
    return pool


LOCKED: set[str] = set()


def work(pool: Pool, job: Callable[[], T], *, user: int = ADMIN, **context: object) -> T:
    """Do a job in a transaction and store it; again where Tryton finds that it must lock a table.

    Nobody else uses the database, so that tables may be locked for longer than needed.
    """
    while True:
        locks = {"_lock_tables": sorted(LOCKED)}
        with Transaction().start(pool.database_name, user, context=context, **locks) as transaction:
            mine = pool.get("res.user").get_preferences(context_only=True) if user else {}
            # Warnings ask a person to confirm; nobody is here to be asked.
            with transaction.set_context(mine, _skip_warnings=True, **context):
                try:
                    done = job()
                except TransactionError as error:
                    transaction.rollback()
                    transaction.tasks.clear()
                    wanted: dict[str, Iterable[str]] = {}
                    error.fix(wanted)
                    LOCKED.update(*wanted.values())  # tables, or records by table
                    continue
        while transaction.tasks:
            run_task(pool, transaction.tasks.pop())
        return done


def template(folder: Path) -> Path:
    """Return the database with the shop's data, made on first use."""
    parts = [Path(__file__).read_bytes()]
    parts += [version(f"trytond{name}").encode() for name in ("", *(f"_{one}" for one in MODULES))]
    path = folder / f"tryton_shop_{hashlib.sha256(b' '.join(parts)).hexdigest()[:12]}.sqlite"
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=folder) as unfinished:
            made = Path(unfinished, path.name)
            create_database(made)
            fill(open_database(made, update=("ir", "res", *MODULES)))
            with closing(sqlite3.connect(made)) as connection:  # Tryton's write-ahead log included
                connection.execute("VACUUM INTO ?", (f"{made}.whole",))
            Path(f"{made}.whole").replace(path)
    return path


def create_database(path: Path) -> None:
    config.set("database", "uri", "sqlite://")
    config.set("database", "path", str(path.parent))
    with Transaction().start(None, 0, close=True, autocommit=True) as transaction:
        transaction.database.create(transaction.connection, path.stem)
    backend.Database(path.stem).init()


# --- the company ----------------------------------------------------------------------------


def new(model: str, /, **values: object) -> Model:
    return Pool().get(model)(**values)


def make(model: str, /, **values: object) -> Model:
    """Store a new record, the records among its values with it."""
    record = new(model, **values)
    record.save()
    return record


def the(model: str, /, **wanted: object) -> Model:
    """Return the one record with these values."""
    (record,) = Pool().get(model).search([(key, "=", value) for key, value in wanted.items()])
    return record


def fill(pool: Pool) -> None:
    """Set up the company, its customers, and what happened until today."""
    work(pool, company, user=0)
    for job in (chart, open_year, pump, terms, customers, past, open_order):
        work(pool, job)


def company() -> None:
    currency = make("currency.currency", name="Renminbi", code="CNY", symbol="¥")
    seller = make("party.party", name="Harbour Pumps (Shanghai)")
    own = make("company.company", party=seller, currency=currency)
    admin = new("res.user", login="admin", name="Administrator", administrator=True)
    admin.companies, admin.company = [own], own
    admin.save()


def chart() -> None:
    """Make the universal chart of accounts that comes with Tryton, and what uses it."""
    own = the("company.company")
    wizard = Pool().get("account.create_chart", type="wizard")
    form = wizard(wizard.create()[0])
    root = Pool().get("ir.model.data").get_id("account", "account_template_root_en")
    form.account.account_template, form.account.company = root, own
    form.transition_create_account()
    form.properties.company = own
    form.properties.account_receivable = account("1.2.1")
    form.properties.account_payable = account("2.1.1")
    form.properties.category_account_revenue = account("4.1.1")
    form.properties.category_account_expense = account("5.2.1")
    form.transition_create_properties()
    make(
        "account.invoice.payment.method",
        name="bank transfer",
        company=own,
        journal=the("account.journal", type="cash"),
        credit_account=account("1.1.1"),
        debit_account=account("1.1.1"),
    )


def account(code: str) -> Model:
    return the("account.account", code=code)


def open_year() -> None:
    """Open the year of the sample, with numbers for its moves and invoices."""
    own = the("company.company")
    numbers = {
        name: make(
            "ir.sequence.strict",
            name=name,
            prefix=f"{TODAY.year}-",
            sequence_type=the("ir.sequence.type", name=name),
            company=own,
        )
        for name in ("Account Move", "Invoice")
    }
    kinds = ("out_invoice", "out_credit_note", "in_invoice", "in_credit_note")
    invoices = {f"{kind}_sequence": numbers["Invoice"] for kind in kinds}
    year = make(
        "account.fiscalyear",
        name=str(TODAY.year),
        company=own,
        start_date=date(TODAY.year, 1, 1),
        end_date=date(TODAY.year, 12, 31),
        move_sequence=numbers["Account Move"],
        invoice_sequences=[new("account.fiscalyear.invoice_sequence", company=own, **invoices)],
    )
    year.create_period([year])


def pump() -> None:
    """Make the one product: its list price is kamcore's control price; VAT is 13 %."""
    vat = make(
        "account.tax",
        name="VAT 13 %",
        description="VAT 13 %",
        type="percentage",
        rate=Decimal("0.13"),
        invoice_account=account("2.2.3"),
        credit_note_account=account("2.2.3"),
    )
    category = make(
        "product.category",
        name="pumps",
        accounting=True,
        account_revenue=account("4.1.1"),
        account_expense=account("5.2.1"),
        customer_taxes=[vat],
    )
    unit = the("product.uom", symbol="u")
    template = new("product.template", name="pump P-40", type="service", default_uom=unit)
    template.salable, template.sale_uom, template.account_category = True, unit, category
    template.list_price = Decimal("1250.00")
    template.products = [new("product.product", suffix_code="P-40")]
    template.save()


# --- its customers --------------------------------------------------------------------------

# A line of a term: its share of the whole (None: what is left), and Tryton's steps to its day.
TERMS = {
    "net 30": ((None, {"days": 30}),),
    "30/30/40": (
        (Decimal("0.3"), {"days": 30}),
        (Decimal("0.3"), {"days": 60}),
        (None, {"days": 90}),
    ),
    "end of month + 45": ((None, {"day": 31}, {"days": 45}),),
}
# Code, name, class, term, credit limit (None: without limit).
CUSTOMERS = (
    ("A", "East Harbour Energy", "net 30", None),
    ("B", "Lakeside Foods", "30/30/40", Decimal(150_000)),
    ("C", "Northgate Textiles", "end of month + 45", Decimal(60_000)),
    ("D", "Quarry Hill Trading", "net 30", Decimal(0)),
)
# In order of days: customer, day, pumps (below 0: a credit note), payments (None: all of it).
PAST = (
    ("D", date(2025, 5, 12), 4, ((date(2025, 6, 30), Decimal(3_000)),)),
    (
        "B",
        date(2025, 6, 2),
        60,
        ((date(2025, 7, 1), Decimal(25_425)), (date(2025, 8, 12), Decimal(30_000))),
    ),
    ("C", date(2025, 6, 5), 24, ((date(2025, 8, 29), None),)),
    ("A", date(2025, 6, 10), 80, ((date(2025, 7, 8), None),)),
    ("C", date(2025, 7, 18), 20, ()),
    ("C", date(2025, 8, 4), -2, ()),
    ("A", date(2025, 8, 20), 120, ()),
)


NO_STEP = {"month": None, "months": 0, "day": None, "weeks": 0, "days": 0, "weekday": None}


def term_line(share: Decimal | None, *steps: dict[str, int]) -> Model:
    """Return a line of a payment term; Tryton wants the inverse of a share beside it."""
    line = new("account.invoice.payment_term.line", type="remainder")
    if share is not None:
        line.type, line.ratio = "percent_on_total", share
        line.divisor = round(1 / share, 8)
    line.relativedeltas = [
        new("account.invoice.payment_term.line.delta", **{**NO_STEP, **step}) for step in steps
    ]
    return line


def terms() -> None:
    for name, lines in TERMS.items():
        make("account.invoice.payment_term", name=name, lines=[term_line(*one) for one in lines])


def customers() -> None:
    """Make the customers; the class is a category of the party."""
    for code, name, term, limit in CUSTOMERS:
        party = new("party.party", name=name, code=code)
        party.addresses = [new("party.address", street="1 Sample Road", city="Shanghai")]
        party.categories = [make("party.category", name=f"class {code}")]
        party.customer_payment_term = the("account.invoice.payment_term", name=term)
        party.credit_limit_amount = limit
        party.save()


def past() -> None:
    """Post the invoices of the past as Tryton does by itself, and what was paid on them."""
    method = the("account.invoice.payment.method", name="bank transfer")
    for code, day, quantity, payments in PAST:
        invoice = new("account.invoice", type="out", invoice_date=day)
        invoice.party = the("party.party", code=code)
        invoice.on_change_type()
        line = new("account.invoice.line", type="line", invoice=invoice, quantity=quantity)
        line.product = the("product.product", code="P-40")
        line.on_change_product()
        line.unit_price = line.product.list_price_used
        invoice.lines = [line]
        invoice.save()
        invoice.post([invoice])
        for paid_on, amount in payments:
            paid = invoice.pay_invoice(amount or invoice.amount_to_pay, method, paid_on)
            if amount is None:
                paid[0].reconcile([*invoice.lines_to_pay, *paid], date=paid_on)


def open_order() -> None:
    order = new_order("B", 50)
    order.quote([order])
    order.confirm([order])
    order.process([order])


def new_order(code: str, quantity: int) -> Model:
    """Make the draft of an order of today, as a client of Tryton does."""
    order = new("sale.sale", sale_date=TODAY, company=the("company.company"))
    order.reference = f"PO-{code}{quantity}"
    order.currency = order.company.currency
    order.party = the("party.party", code=code)
    order.on_change_party()
    line = new("sale.line", sale=order, type="line", quantity=quantity)
    line.product = the("product.product", code="P-40")
    line.on_change_product()
    order.lines = [line]
    order.save()
    return order
