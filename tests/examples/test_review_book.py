"""The example as its user meets it: what it prints, and what it says about a bad file."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from rich.cells import cell_len

EXAMPLES = Path(__file__).parents[2] / "examples"
BOOK = EXAMPLES / "book"
DAYS = ("--graded-on", "2026-01-05", "--as-of", "2026-06-30")
ACCOUNTS = (BOOK / "accounts.csv").read_text(encoding="utf-8")
INVOICES = (BOOK / "invoices.csv").read_text(encoding="utf-8")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(EXAMPLES)
    monkeypatch.setenv("COLUMNS", "150")
    return importlib.import_module("review_book")


@pytest.fixture
def run(example: ModuleType, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = example.main([str(one) for one in arguments])
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def cells(output: str, account: str) -> list[str]:
    """Return the cells of an account's line in the table."""
    line = next(line for line in output.splitlines() if line.startswith(f"{account}  "))
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


# --- what it prints -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "figures", "remark"),
    [
        ("石榴港机电", "A 72 ≥ 95.00 deferred up to 30 days", "terms of B: Q1 2026 (2)"),
        ("青雾阀门", "A 73 ≥ 95.00 cash on delivery", "terms of C: Q1 2026 (2), Q2 2026 (3)"),
        ("星渡能源", "A 74 ≥ 95.00 cash on delivery", "safe collection not confirmed"),
        ("灯塔岬海工", "B 61 ≥ 97.00 payment before delivery", "collection is not safe"),
        (
            "Larkspur Trading",
            "C 42 ≥ 100.00 cash on delivery",
            "missing: our share of its total sales",
        ),
    ],
)
def test_a_line_of_the_table_has_what_is_remarkable(
    run: Run, account: str, figures: str, remark: str
) -> None:
    code, output, errors = run()
    found = cells(output, account)
    assert (code, errors) == (0, "")
    assert " ".join(found[1:5]) == figures
    assert found[7:] == [remark]


@pytest.mark.parametrize(
    "line",
    [
        "九曲桥设备|A|69|≥ 95.00|deferred up to 3 months|2026-07-20|key-account manager",
        "鲸落湾化工|B|64|≥ 97.00|deferred up to 30 days|2026-07-30|regional sales manager",
        "Mossgate Fittings|D|23|= 105.00|payment before delivery|–|sales office",
        "新芽湾科技|–|–|–|–|–|–|ranked only if sales of last year > CNY 0.00",
        "野鹤渡商行|–|–|–|–|–|–|no tier without: product margin",
    ],
)
def test_a_line_of_the_table(run: Run, line: str) -> None:
    _, output, _ = run()
    account = line.partition("|")[0]
    assert "|".join(cells(output, account)).startswith(line)


def test_a_line_of_the_table_in_chinese(run: Run) -> None:
    _, output, _ = run("--lang", "zh")
    assert cells(output, "石榴港机电") == [
        "石榴港机电",
        "A",
        "72",
        "≥ 95.00",
        "远期付款（30 日内）",
        "2026-07-20",
        "大客户经理",
        "按B类方式付款：2026年第1季度 2 次",
    ]
    assert output.startswith("示例客户（虚构数据）")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_columns_align_in_cells_not_in_letters(run: Run, lang: str) -> None:
    _, output, _ = run("--lang", lang)
    heading = {"en": "Ready by", "zh": "交期"}[lang]
    before = [
        line.partition(word)[0]
        for line in output[output.index(heading) - 150 : output.index("\nA 7 ")].splitlines()
        for word in (heading, "2026-07-20", "2026-07-30", "2026-08-09")
        if word in line and "orders signed" not in line
    ]
    assert len(before) == 1 + 32
    assert len({cell_len(text) for text in before}) == 1
    assert len({len(text) for text in before}) > 1


def test_the_book_is_said_to_be_synthetic(run: Run) -> None:
    _, output, _ = run()
    assert output.startswith("Example book (synthetic)")
    assert "the example company's own; the regulation leaves them open" in output


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "2 equal accounts at the cut: all share the better tier"),
        ("zh", "分数线上有 2 户完全相同：一并列入较高等级"),
    ],
)
def test_the_cut_off_report_tells_the_tie(run: Run, lang: str, told: str) -> None:
    _, output, _ = run("--lang", lang)
    assert told in output
    assert "A 7 · B 12 · C 13 · D 3" in output


def test_without_a_wish_the_best_lowered_account_is_explained(run: Run) -> None:
    _, output, _ = run()
    reasoning = output[output.index("白鹭洲泵业 · as of 2026-06-30") :]
    assert "class A, its payment mode lowered to that of class B: " in reasoning
    assert "P08-5N" in reasoning


@pytest.mark.parametrize(
    ("lang", "heading", "item"),
    [
        ("en", "Score, every item", "order quantity (sets ordered last year): "),
        ("zh", "得分明细", "产品订量（上年订量）："),
    ],
)
def test_the_reasoning_leaves_no_item_out(run: Run, lang: str, heading: str, item: str) -> None:
    _, output, _ = run("--explain", "鲸落湾化工", "--lang", lang)
    every = output[output.index(heading) :].splitlines()
    assert len([line for line in every if line.startswith("  ")]) == 8
    assert any(line.strip().startswith(item) for line in every)


def test_the_limit_cuts_the_table_and_nothing_else(run: Run) -> None:
    _, short, _ = run("--limit", "3")
    _, whole, _ = run()
    assert "3 of 38 accounts shown" in short
    for account in ("星渡能源", "白鹭洲泵业", "柳絮河水利"):
        assert cells(short, account) == cells(whole, account)
    assert "\n青雾阀门 " not in short
    assert "\n青雾阀门 " in whole
    assert short[short.index("\nGraded") :] == whole[whole.index("\nGraded") :]


def test_describe_prints_the_policy_and_nothing_else(run: Run) -> None:
    code, output, errors = run("--describe", "--lang", "zh")
    assert (code, errors) == (0, "")
    assert output.startswith("XXX公司客户分级管理制度（S3-P08）")
    assert "P08-4A" in output
    assert "石榴港机电" not in output


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("--opened", "2026-06-30T17:00+08:00"), "Wed 2026-07-01 17:00"),
        (("--opened", "2026-06-30T17:00", "--zone", "Europe/Berlin"), "Wed 2026-07-01 23:00"),
        (("--opened", "2026-06-30T09:00Z", "--zone", "Asia/Shanghai"), "Wed 2026-07-01 17:00"),
    ],
)
def test_an_inquiry_is_answered_in_chinese_time(
    run: Run, arguments: tuple[str, ...], answer: str
) -> None:
    files = ("--accounts", BOOK / "accounts.csv", *DAYS)
    code, output, _ = run(*files, *arguments)
    assert code == 0
    said = f"answer to an inquiry or letter: no later than {answer} (Asia/Shanghai UTC+08:00)"
    assert f"For all accounts, {said}" in output.splitlines()


def test_without_invoices_nobody_is_lowered(run: Run) -> None:
    _, output, _ = run("--accounts", BOOK / "accounts.csv", *DAYS)
    assert "\n0 accounts pay by the terms of a lower tier" in output
    assert cells(output, "石榴港机电")[4] == "deferred up to 3 months"


def test_the_control_price_moves_the_prices(run: Run) -> None:
    _, output, _ = run("--control", "99.99")
    assert cells(output, "鲸落湾化工")[3] == "≥ 97.00"
    assert cells(output, "Mossgate Fittings")[3] == "= 104.99"


def test_a_long_book_tells_its_progress(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["review_table"], "MANY", 30)
    code, _, errors = run()
    assert code == 0
    lines = errors.splitlines()
    assert "reading accounts: 38 of 38" in lines
    assert "reading invoices: 59 of 583" in lines
    assert lines[-1] == "reviewing: 38 of 38"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_as_a_program_it_prints_utf_8_whatever_the_terminal(encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(  # noqa: S603 - the example itself
        [sys.executable, EXAMPLES / "review_book.py", "--lang", "zh"],
        capture_output=True,
        check=True,
        env=environment,
    )
    assert "白鹭洲泵业" in done.stdout.decode("utf-8")
    assert done.stderr == b""


# --- a raw ledger ---------------------------------------------------------------------------

LEDGER = """\
countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate
391,0001-GOOD,4/6/2013,0001,1/2/2012,2/1/2012,1500.00,No,1/15/2012,Paper,13,0
391,0001-GOOD,4/6/2013,0002,12/20/2012,1/19/2013,100.50,No,1/25/2013,Paper,36,6
391,0001-GOOD,4/6/2013,0003,2/1/2013,3/3/2013,55.94,No,3/30/2013,Paper,57,27
391,0002-LATE,4/6/2013,0004,5/2/2012,6/1/2012,250.00,Yes,6/2/2012,Paper,31,1
391,0002-LATE,4/6/2013,0005,3/1/2013,3/31/2013,250.00,No,7/8/2013,Paper,129,99
391,0003-NEXT,4/6/2013,0006,7/1/2013,7/31/2013,250.00,No,7/8/2013,Paper,7,0
"""
LEDGER_DAYS = ("--graded-on", "2013-01-05", "--as-of", "2013-06-30")


def test_a_ledger_tells_what_it_can_and_says_what_it_cannot(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    code, output, _ = run("--ledger", ledger, *LEDGER_DAYS, "--explain", "0001-GOOD")
    assert code == 0
    assert "No account has: product margin, sales mode," in output
    assert "deferred payment to anybody, cash on delivery to tier B" in output
    assert "the ledger begins on 2012-01-02" in output
    assert "0003-NEXT" not in output
    assert "sales volume (amount invoiced last year): 20 of 20 points for USD 1,600.50" in output
    assert "(share of last year's invoices paid late): 20 of 20 points for 0%" in output
    assert "order quantity (invoices of last year): 1 of 10 points for 2 invoices" in output
    assert "(months since the first invoice): 10 of 10 points for 12 months" in output
    # 20 + 20 + 1 + 10 of 60 points are 85; of two accounts the better is B, the other C
    assert cells(output, "0001-GOOD") == [
        "0001-GOOD",
        "B",
        "85",
        "≥ 97.00",
        "payment before delivery",
        "2013-07-30",
        "regional sales manager",
        "terms of C: Q1 2013 (2)",
    ]
    assert cells(output, "0002-LATE")[-2:] == ["2013-08-09", "sales representative"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            "12/20/2012",
            "2012-12-20",
            ":3: field 'InvoiceDate': '2012-12-20' is not a date like %m/%d/%Y; "
            "mend it or set the field's format",
            id="a date in another format",
        ),
        pytest.param(
            "12/20/2012",
            "",
            ":3: field 'InvoiceDate': an invoice without its date; write it",
            id="no invoice date",
        ),
        pytest.param(
            "1/19/2013",
            "",
            ":3: field 'DueDate': an invoice without due; "
            "compute it with find_due_date, or leave the invoice out knowingly",
            id="no due date",
        ),
        pytest.param(
            "1500.00",
            "1,500.00",
            ":2: 13 cells and 12 columns; mend the commas",
            id="a comma in the amount",
        ),
        pytest.param(
            ",SettledDate,",
            ",Settled,",
            ":1: there is no column 'SettledDate'; is 'Settled' meant?",
            id="a column that is called otherwise",
        ),
    ],
)
def test_a_fault_in_a_ledger_is_one_line(
    run: Run, tmp_path: Path, old: str, new: str, fault: str
) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER.replace(old, new), encoding="utf-8")
    assert run("--ledger", ledger, *LEDGER_DAYS) == (2, "", f"{ledger}{fault}\n")


def test_a_day_before_the_first_invoice_is_told(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    days = ("--graded-on", "2011-01-05", "--as-of", "2011-06-30")
    code, _, errors = run("--ledger", ledger, *days)
    assert code == 2
    assert errors == f"{ledger}: no invoice was issued by 2011-06-30; name a later --as-of\n"


# --- bad files ------------------------------------------------------------------------------

FIRST = "Ferncastle Water,1589096.04,0.1112"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            "sales_volume",
            "sale_volume",
            ":1: there is no column 'sales_volume'; is 'sale_volume' meant?",
            id="a misspelt column",
        ),
        pytest.param(
            ",collection_safe\n",
            ",collection_safe,our_share\n",
            ":1: column 'our_share' stands twice; rename one of them",
            id="a column twice",
        ),
        pytest.param(
            FIRST,
            "Ferncastle Water,1589096.o4,0.1112",
            ":3: field 'sales_volume': '1589096.o4' is not a plain number; ",
            id="a garbage amount",
        ),
        pytest.param(
            FIRST,
            "Ferncastle Water,1.58e6,0.1112",
            ":3: field 'sales_volume': '1.58e6' is not a plain number; ",
            id="an amount as a float is written",
        ),
        pytest.param(
            FIRST,
            "Ferncastle Water,1589096.045,0.1112",
            ":3: field 'sales_volume': CNY amount 1589096.045 is finer than 2 decimals; ",
            id="half a cent",
        ),
        pytest.param(
            FIRST,
            "Dawn Quay Systems,1589096.04,0.1112",
            ":3: field 'account': account 'Dawn Quay Systems' already stands in line 2; ",
            id="an account twice",
        ),
        pytest.param(
            FIRST,
            ",1589096.04,0.1112",
            ":3: field 'account': account id '' is no id; ",
            id="no account",
        ),
        pytest.param(
            "70,agent,58%,9,,yes",
            "70,agents,58%,9,,yes",
            ":3: field 'sales_mode': unknown sales_mode 'agents'; did you mean 'agent'?",
            id="an unknown option",
        ),
        pytest.param(
            "70,agent,58%,9,,yes",
            "70,agent,58%,9,,maybe",
            ":3: field 'collection_safe': 'maybe' is not a yes or no; ",
            id="neither yes nor no",
        ),
        pytest.param(
            "70,agent,58%,9,,yes",
            "70,agent,58%,9,6,yes",
            ":3: item 'standing': 6 points are entered; enter 0 to 5",
            id="too many points entered",
        ),
        pytest.param(
            "70,agent,58%,9,,yes",
            "70,agent,58%,9,yes",
            ":3: 9 cells and 10 columns; mend the commas",
            id="a cell too few",
        ),
    ],
)
def test_a_fault_in_the_accounts_is_one_line(
    run: Run, tmp_path: Path, old: str, new: str, fault: str
) -> None:
    path = tmp_path / "mine.csv"
    assert ACCOUNTS.count(old) == 1
    path.write_text(ACCOUNTS.replace(old, new), encoding="utf-8")
    code, output, errors = run("--accounts", path, *DAYS)
    assert (code, output) == (2, "")
    assert errors.startswith(f"{path}{fault}")
    assert errors.count("\n") == 1


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param(
            "X-1,Quill & Harrow,2026-02-01,,100.00,,no",
            ": field 'due': an invoice without due; "
            "compute it with find_due_date, or leave the invoice out knowingly",
            id="no due date",
        ),
        pytest.param(
            "X-1,Quill & Harrow,2026-02-01,31.03.2026,100.00,,no",
            ": field 'due': '31.03.2026' is not a date like %Y-%m-%d; "
            "mend it or set the field's format",
            id="a date in another format",
        ),
        pytest.param(
            "X-1,Quill & Harrow,2026-02-01,2026-02-30,100.00,,no",
            ": field 'due': '2026-02-30' is not a date like %Y-%m-%d; "
            "mend it or set the field's format",
            id="a day that does not exist",
        ),
        pytest.param(
            "X-1,Quill & Harrow,2026-02-01,2026-03-03,nan,,no",
            ": field 'amount': 'nan' is not a plain number; "
            "write digits with a point, without commas or signs",
            id="an amount that is no number",
        ),
        pytest.param(
            "X-1,Quill & Harow,2026-02-01,2026-03-03,100.00,,no",
            ": field 'account': 'Quill & Harow' is not in the book; did you mean 'Quill & Harrow'?",
            id="an account that is not in the book",
        ),
        pytest.param(
            "EX25-0001,Quill & Harrow,2026-02-01,2026-03-03,100.00,,no",
            ": field 'number': invoice 'EX25-0001' already stands in line 2; merge the rows",
            id="a number twice",
        ),
    ],
)
def test_a_fault_in_the_invoices_is_one_line(
    run: Run, tmp_path: Path, row: str, fault: str
) -> None:
    path = tmp_path / "bills.csv"
    path.write_text(f"{INVOICES}{row}\n", encoding="utf-8")
    line = INVOICES.count("\n") + 1
    files = ("--accounts", BOOK / "accounts.csv", "--invoices", path)
    assert run(*files, *DAYS) == (2, "", f"{path}:{line}{fault}\n")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(b"", ": the file is empty; its first line names the columns", id="empty"),
        pytest.param(
            ACCOUNTS.splitlines()[0].encode(),
            ": there is no row below the header; add at least one",
            id="a header alone",
        ),
        pytest.param(
            ACCOUNTS.encode("gbk"), ": the file is not in UTF-8; save it as “CSV UTF-8”", id="GBK"
        ),
        pytest.param(
            b'account,"sales\n', ":1: no CSV: unexpected end of data", id="an open quotation mark"
        ),
        pytest.param(None, ": No such file or directory", id="no such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(
    run: Run, tmp_path: Path, content: bytes | None, fault: str
) -> None:
    path = tmp_path / "mine.csv"
    if content is not None:
        path.write_bytes(content)
    assert run("--accounts", path, *DAYS) == (2, "", f"{path}{fault}\n")


def test_a_file_saved_by_excel_is_welcome(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(ACCOUNTS.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    code, _, errors = run("--accounts", path, *DAYS)
    assert (code, errors) == (0, "")


def test_all_faults_of_both_files_are_told_at_once(run: Run, tmp_path: Path) -> None:
    accounts, invoices = tmp_path / "a.csv", tmp_path / "i.csv"
    accounts.write_text(ACCOUNTS.replace("1589096.04", "much"), encoding="utf-8")
    invoices.write_text(INVOICES.replace(",no\n", ",perhaps\n"), encoding="utf-8")
    code, _, errors = run("--accounts", accounts, "--invoices", invoices, *DAYS)
    lines = errors.splitlines()
    assert code == 2
    assert lines[0].startswith(f"{accounts}:3: field 'sales_volume'")
    assert lines[1].startswith(f"{invoices}:2: field 'disputed'")
    assert len(lines) == 41
    assert lines[-1] == f"... and {INVOICES.count(',no') - 39} more faults"


# --- bad arguments --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "mend"),
    [
        ("Quill and Harrow", "did you mean 'Quill & Harrow'?"),
        ("石榴机电", "did you mean '石榴港机电'"),
        ("xyz", "one is 'Dawn Quay Systems'"),
    ],
)
def test_an_unknown_account_is_told_its_neighbours(run: Run, asked: str, mend: str) -> None:
    code, output, errors = run("--explain", asked)
    assert (code, output) == (2, "")
    assert errors.startswith(f"--explain: {asked!r} is not among the 38 accounts; {mend}")
    assert errors.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--as-of", "30.6.2026"), "'30.6.2026' is not a date like 2026-06-30"),
        (("--as-of", "2025-12-31"), "--as-of 2025-12-31 lies before --graded-on 2026-01-05"),
        (("--opened", "now"), "'now' is not an instant; write it like 2026-06-30T17:00+08:00"),
        (("--zone", "China/Shanghai"), "'China/Shanghai' is not a zone like Asia/Shanghai"),
        (("--control", "nan"), "'nan' is not a price above 0, such as 95.50"),
        (("--control", "-1"), "'-1' is not a price above 0, such as 95.50"),
        (("--control", "ten"), "'ten' is not a price above 0, such as 95.50"),
        (("--limit", "0"), "'0' is not a whole number above 0"),
        (("--lang", "fr"), "invalid choice: 'fr'"),
        (("--ledger", "l.csv", "--accounts", "a.csv"), "leave out --accounts and --invoices"),
        (("--invoices", "i.csv"), "--invoices needs the accounts they belong to"),
        (("--ledger", "l.csv"), "name the days: --as-of DATE and --graded-on DATE"),
        (
            ("--accounts", "a.csv", *DAYS, "--opened", "2026-06-30T17:00"),
            "--opened 2026-06-30 17:00:00 has no zone; add +08:00 or --zone Asia/Shanghai",
        ),
    ],
)
def test_a_bad_argument_is_told(run: Run, arguments: tuple[str, ...], fault: str) -> None:
    code, output, errors = run(*arguments)
    assert (code, output) == (2, "")
    assert fault in errors.splitlines()[-1]
