"""The example of a ledger of receivables: what is known on a day, and that no cent is lost."""

import importlib
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
REAL = Path(__file__).parents[3] / "shared" / "data" / "accounts_receivable.csv"
Run = Callable[..., tuple[int, str, str]]

HEADER = "customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate\n"
# ALFA pays late, once across a year's end and once in dispute; A04 is paid after the day. BETA has
# a credit note past due, GAMMA's covers more than it owes, E01 is issued and due on the day itself,
# D01 is issued after it. An empty line is no row.
SOUND = """\
ALFA,A01,12/1/2012,12/31/2012,100.00,No,1/10/2013
ALFA,A02,1/15/2013,2/14/2013,50,No,2/20/2013
ALFA,A03,2/28/2013,3/30/2013,80.50,Yes,4/5/2013
ALFA,A04,5/15/2013,6/14/2013,120.00,No,7/2/2013

BETA,B01,5/29/2013,6/28/2013,60.00,No,
BETA,B02,6/15/2013,7/15/2013,40.00,No,
BETA,B03,4/1/2013,5/1/2013,-15.00,No,
GAMMA,C01,3/1/2013,3/31/2013,30.00,No,3/31/2013
GAMMA,C02,5/10/2013,6/9/2013,-30.00,No,
GAMMA,C03,5/11/2013,6/10/2013,10.00,Yes,7/1/2013
ECHO,E01,6/30/2013,6/30/2013,25.00,No,
DELTA,D01,7/1/2013,7/31/2013,70.00,No,
"""
FAULTY = """\
DELTA,D02,13/45/2013,6/30/2013,11.00,No,
ALFA,A01,12/1/2012,12/31/2012,100.00,No,1/10/2013
DELTA,D03,,6/30/2013,5.00,No,
DELTA,D04,6/1/2013,7/1/2013,n/a,No,
DELTA,D05,6/1/2013,7/1/2013,9.00,perhaps,
DELTA,D06,6/1/2013,7/1/2013,NaN,No,
"""
LEDGER = HEADER + SOUND + FAULTY


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(EXAMPLES)
    monkeypatch.setenv("COLUMNS", "160")
    return importlib.import_module("receivables")


@pytest.fixture
def run(example: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    def call(ledger: str | Path, *arguments: str) -> tuple[int, str, str]:
        path = tmp_path / "ledger.csv"
        if isinstance(ledger, Path):
            path = ledger
        else:
            path.write_text(ledger, encoding="utf-8")
        try:
            code = example.main([str(path), *arguments])
        except SystemExit as end:
            code = int(str(end.code))
        printed = capsys.readouterr()
        return code, printed.out, printed.err.replace(str(path), "ledger.csv")

    return call


def cells(output: str) -> list[list[str]]:
    """Return the lines of the output, cut where two spaces stand."""
    return [re.split(r" {2,}", line) for line in output.splitlines()]


def rows(output: str, heads: str, many: int) -> list[str]:
    """Return the first `many` lines under the heads of a table, each as its cells in one text."""
    lines = [" | ".join(line) for line in cells(output)]
    first = lines.index(heads) + 2
    return lines[first : first + many]


def checks(output: str) -> list[str]:
    """Return the lines that compare totals."""
    marks = ("reconciled: ", "核对相符：", "NOT RECONCILED: ", "核对不符：")
    return [line for line in output.splitlines() if line.startswith(marks)]


# --- what is read -----------------------------------------------------------------------------


def test_every_faulty_row_is_told_and_left_out(run: Run) -> None:
    code, _, faults = run(LEDGER)
    assert code == 0
    number = "is not a plain number; write digits with a point, without commas or signs"
    assert faults == (
        "ledger.csv:15: field 'InvoiceDate': '13/45/2013' is not a date like %m/%d/%Y; "
        "mend it or set the field's format; the row is left out\n"
        "ledger.csv:16: field 'invoiceNumber': invoice 'A01' already stands in line 2; "
        "merge the rows; the row is left out\n"
        "ledger.csv:17: field 'InvoiceDate': an invoice without its date; write it; "
        "the row is left out\n"
        f"ledger.csv:18: field 'InvoiceAmount': 'n/a' {number}; the row is left out\n"
        "ledger.csv:19: field 'Disputed': 'perhaps' is not a yes or no; write true or false; "
        "the row is left out\n"
        f"ledger.csv:20: field 'InvoiceAmount': 'NaN' {number}; the row is left out\n"
    )


def test_no_row_and_no_amount_is_lost(run: Run) -> None:
    _, output, _ = run(LEDGER)
    file, parts = "added up from the file", "invoiced 470.50 + issued later 70.00 + left out 125.00"
    assert checks(output)[:4] == [
        "reconciled: rows of the file 18 = known on the day 11 + issued later 1 + left out 6",
        f"reconciled: amounts of the file 665.50 = {parts}",
        f"reconciled: invoiced 470.50 = paid 260.50 + open 210.00 = {file} 470.50",
        f"reconciled: paid 260.50 = {file} 260.50",
    ]


def test_a_sound_ledger_is_silent(run: Run) -> None:
    code, output, faults = run(HEADER + SOUND)
    assert (code, faults) == (0, "")
    assert checks(output)[0].endswith("known on the day 11 + issued later 1 + left out 0")


@pytest.mark.parametrize(
    ("day", "known", "paid", "still_open"),
    [
        pytest.param("2013-06-29", "10 + issued later 2", "260.50", "185.00", id="before E01"),
        pytest.param("2013-06-30", "11 + issued later 1", "260.50", "210.00", id="E01 of the day"),
        pytest.param("2013-07-01", "12 + issued later 0", "270.50", "270.00", id="C03 is paid"),
        pytest.param("2013-07-02", "12 + issued later 0", "390.50", "150.00", id="A04 is paid"),
    ],
)
def test_known_is_what_had_happened(
    run: Run, day: str, known: str, paid: str, still_open: str
) -> None:
    code, output, _ = run(LEDGER, "--as-of", day)
    assert code == 0
    assert f"= known on the day {known} + left out 6\n" in output
    assert f" = paid {paid} + open {still_open} = " in output
    assert "NOT RECONCILED" not in output


# --- ageing and arrears -----------------------------------------------------------------------


def test_the_bands_add_up_to_what_is_open(run: Run) -> None:
    _, output, _ = run(LEDGER)
    assert rows(
        output, "Past due | Amount | Share | Invoices of the file | Amount of the file", 6
    ) == [
        "not yet due | 65.00 | 31.0% | 2 | 65.00",
        "1–7 days | 60.00 | 28.6% | 1 | 60.00",
        "8–14 days | 0.00 | 0.0% | 0 | 0.00",
        "15–30 days | 100.00 | 47.6% | 3 | 100.00",
        "31–60 days | -15.00 | -7.1% | 1 | -15.00",
        "over 60 days | 0.00 | 0.0% | 0 | 0.00",
    ]
    heads = "not yet due | 1–7 days | 8–14 days | 15–30 days | 31–60 days | over 60 days"
    assert rows(output, f"Account | {heads} | Total | Invoices | Oldest, days", 5) == [
        "ALFA | 0.00 | 0.00 | 0.00 | 120.00 | 0.00 | 0.00 | 120.00 | 1 | 16",
        "BETA | 40.00 | 60.00 | 0.00 | 0.00 | -15.00 | 0.00 | 85.00 | 3 | 2",
        "ECHO | 25.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 25.00 | 1 | 0",
        "GAMMA | 0.00 | 0.00 | 0.00 | -20.00 | 0.00 | 0.00 | -20.00 | 2 | 20",
        "total | 65.00 | 60.00 | 0.00 | 100.00 | -15.00 | 0.00 | 210.00 | 7 | 20",
    ]
    file = "added up from the file"
    assert checks(output)[4:8] == [
        f"reconciled: open 210.00 = by band 210.00 = by account 210.00 = {file} 210.00",
        "reconciled: bands 6, of these equal to the file 6",
        f"reconciled: open invoices 7 = {file} 7",
        f"reconciled: accounts with open invoices 4, of these equal to the file 4 = {file} 4",
    ]


def test_arrears_are_net_of_credit_notes_and_who_is_in_credit_owes_nothing(run: Run) -> None:
    _, output, _ = run(LEDGER)
    heads = "Account | Arrears | In dispute | Invoices | Oldest due | Days"
    assert rows(output, f"{heads} | Last reminder | Suspension", 3) == [
        "ALFA | 120.00 | 0.00 | 1 | 2013-06-14 | 16 | 2013-06-29 final reminder | propose",
        "BETA | 45.00 | 0.00 | 1 | 2013-06-28 | 2 | 2013-06-30 reminder | leave in service",
        "total | 165.00 | 0.00 | 2 | 2013-06-14 | 16",
    ]
    assert (
        "reconciled: arrears 165.00 + accounts in credit -20.00 = bands past due 145.00\n"
    ) in output


def test_accounts_beyond_the_tenth_stand_in_one_line(run: Run) -> None:
    bills = "".join(
        f"K{at:02},F{at:02},5/1/2013,6/{at}/2013,{at}.00,Yes,\n" for at in range(11, 24)
    )
    code, output, _ = run(HEADER + bills)
    assert code == 0
    assert "3 more | 36.00 | 36.00 | 3 | 2013-06-11 | 19" in [
        " | ".join(line) for line in cells(output)
    ]
    assert "reconciled: arrears 221.00 = bands past due 221.00\n" in output


def test_a_ledger_in_which_all_is_paid_owes_nothing(run: Run) -> None:
    code, output, _ = run(HEADER + SOUND.splitlines(keepends=True)[8])
    assert code == 0
    assert "not yet due | 0.00 | – | 0 | 0.00" in [" | ".join(line) for line in cells(output)]
    assert "total | 0.00 | 0.00 | 0 | – | 0" in [" | ".join(line) for line in cells(output)]
    assert "Notices to all accounts: 0, of these 0 on the day itself\n" in output
    assert "GAMMA is not suspended: nothing is past due\n" in output


def test_an_invoice_of_nothing_is_not_open(run: Run) -> None:
    code, output, _ = run(HEADER + SOUND + "ECHO,E02,5/1/2013,5/31/2013,0.00,No,\n")
    assert code == 0
    assert "reconciled: open invoices 7 = added up from the file 7\n" in output


# --- breaches ---------------------------------------------------------------------------------

READINGS = (
    "Quarter of | Disputed | Unpaid | Bad quarters | Accounts | Lowered | to class C | to class D"
)


def test_twelve_readings_of_twice_in_a_quarter(run: Run) -> None:
    _, output, _ = run(LEDGER)
    assert rows(output, f"{READINGS} | ALFA", 12) == [
        "due date * | count | count | 1 | 1 | 1 | 1 | 0 | class C",
        "due date | count | left out | 1 | 1 | 1 | 1 | 0 | class C",
        "due date | left out | count | 0 | 0 | 0 | 0 | 0 | class B",
        "due date | left out | left out | 0 | 0 | 0 | 0 | 0 | class B",
        "payment date | count | count | 2 | 1 | 1 | 0 | 1 | class D",
        "payment date | count | left out | 1 | 1 | 1 | 1 | 0 | class C",
        "payment date | left out | count | 1 | 1 | 1 | 1 | 0 | class C",
        "payment date | left out | left out | 1 | 1 | 1 | 1 | 0 | class C",
        "rolling 3 months | count | count | 2 | 1 | 1 | 0 | 1 | class D",
        "rolling 3 months | count | left out | 1 | 1 | 1 | 1 | 0 | class C",
        "rolling 3 months | left out | count | 1 | 1 | 1 | 1 | 0 | class C",
        "rolling 3 months | left out | left out | 1 | 1 | 1 | 1 | 0 | class C",
    ]


def test_bad_quarters_of_before_the_grading_lower_nothing(run: Run) -> None:
    bills = (
        "ALFA,A1,8/1/2012,8/31/2012,10.00,No,9/5/2012\n"
        "ALFA,A2,8/2/2012,9/1/2012,10.00,No,9/6/2012\n"
        "ALFA,A3,8/3/2012,9/2/2012,10.00,No,9/7/2012\n"
    )
    _, output, _ = run(HEADER + bills)
    (first, *_) = rows(output, f"{READINGS} | ALFA", 1)
    assert first == "due date * | count | count | 1 | 1 | 0 | 0 | 0 | class B"
    _, output, _ = run(HEADER + bills, "--as-of", "2012-12-31")
    (first, *_) = rows(output, f"{READINGS} | ALFA", 1)
    assert first == "due date * | count | count | 1 | 1 | 1 | 1 | 0 | class C"


def test_an_open_credit_note_breaks_no_terms(run: Run) -> None:
    bill = "BETA,B9,5/1/2013,5/31/2013,{amount},No,\n"
    for amount, lowered in (("-1.00", 0), ("1.00", 1)):
        _, output, _ = run(HEADER + SOUND + bill.format(amount=amount), "--account", "BETA")
        (first, *_) = rows(output, f"{READINGS} | BETA", 1)
        assert first.endswith(f"| class {'BC'[lowered]}")


def test_the_evidence_shows_in_which_period_each_window_counts_an_invoice(run: Run) -> None:
    _, output, _ = run(LEDGER)
    assert (
        "\nALFA by the preset's reading:\n"
        "class B, its payment mode lowered to that of class C: cash on delivery, "
        "payment before delivery\n"
    ) in output
    assert (
        "Q1 2013: payment terms not kept 2 times, so from 2013-03-31 lowered from class B to "
        "class C: A02 (due 2013-02-14, paid 6 days late), A03 (due 2013-03-30, paid 6 days late)\n"
    ) in output
    heads = "Invoice | Issued | Due | Paid | Days late | Amount | Disputed"
    found = rows(output, f"{heads} | due date | payment date | rolling 3 months", 4)
    to = "in the 3 months to 2013-"
    assert [line.split(" | ", 4)[-1] for line in found] == [
        f"10 | 100.00 | no | – | Q1 2013 | {to}02-15",
        f"6 | 50.00 | no | Q1 2013 | Q1 2013 | {to}02-15",
        f"6 | 80.50 | yes | Q1 2013 | Q2 2013 | {to}06-15",
        f"16 | 120.00 | no | – | Q2 2013 | {to}06-15",
    ]
    assert found[0].startswith("A01 | 2012-12-01 | 2012-12-31 | 2013-01-10 | ")
    assert found[3].startswith("A04 | 2013-05-15 | 2013-06-14 | open | ")


def test_an_account_that_keeps_the_terms_needs_no_evidence(run: Run) -> None:
    _, output, _ = run(LEDGER, "--account", "ECHO")
    assert "class B may be granted: deferred up to 30 days, cash on delivery" in output
    assert "Invoice   Issued" not in output
    assert "Notices to ECHO: 0, of these 0 on the day itself\n" in output
    assert "ECHO is not suspended: nothing is past due\n" in output
    assert "invoice E01 bears no late interest up to 2013-06-30" in output


# --- reminders, suspension, interest ----------------------------------------------------------


def test_the_ladder_would_have_sent_these_reminders(run: Run) -> None:
    _, output, _ = run(LEDGER)
    assert rows(output, "Month | reminder | second reminder | final reminder | total", 4) == [
        "2013-01 | 1 | 1 | 0 | 2",
        "2013-02 | 1 | 0 | 0 | 1",
        "2013-06 | 2 | 1 | 1 | 4",
        "total | 4 | 2 | 1 | 7",
    ]
    assert (
        "reconciled: reminders 7 = reminder 4 + second reminder 2 + final reminder 1 "
        "= carried by the notices 7\n"
    ) in output


def test_the_largest_notice_is_shown_as_the_customer_reads_it(run: Run) -> None:
    _, output, _ = run(LEDGER)
    assert (
        "\nNotices to all accounts: 7, of these 1 on the day itself\n"
        "The largest, of 2013-06-29:\n"
        "[final reminder] Dear customer, on 2013-06-29 USD 120.00 of account ALFA is due and "
        "unpaid on invoice A04, due since 2013-06-14. With a reminder fee of USD 5.00 the amount "
        "to pay is USD 125.00. Please pay soon. If you have paid already, please disregard this "
        "message.\n"
    ) in output
    _, output, _ = run(LEDGER, "--account", "BETA")
    assert (
        "\nNotices to BETA: 1, of these 1 on the day itself\nThe largest, of 2013-06-30:\n"
        "[reminder] Dear customer, on 2013-06-30 USD 45.00 of account BETA is due and unpaid on "
        "invoice B01, due since 2013-06-28. Credit notes of USD 15.00 are deducted already. "
    ) in output


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        pytest.param("2013-06-20", "payment is", id="reminded of once"),
        pytest.param("2013-06-22", "payment is", id="of twice, today"),
        pytest.param("2013-06-23", None, id="of twice, yesterday"),
    ],
)
def test_who_was_reminded_twice_and_still_owes_refuses_to_pay(
    run: Run, day: str, answer: str | None
) -> None:
    _, output, _ = run(LEDGER, "--as-of", day, "--account", "ALFA")
    proposed = "ALFA may be suspended, for the credit controller to decide: USD 120.00" in output
    assert proposed is (answer is None)
    refusal = "suspension needs “reminded twice and still unpaid”, which says no\n"
    assert (refusal in output) is (answer is not None)


def test_interest_is_on_what_was_paid_late_and_on_what_is_overdue(run: Run) -> None:
    _, output, _ = run(LEDGER)
    assert "\nLate interest up to 2013-06-30, on 4 invoices; disputed ones bear none\n" in output
    assert (
        "reconciled: late interest 0.74 = still open 0.45 + settled since 0.29 = by account 0.74\n"
    ) in output
    assert "invoice A04 bears late interest of USD 0.42, for 16 days up to 2013-06-30\n" in output


# --- what does not fit ------------------------------------------------------------------------


def test_a_total_that_is_not_the_files_is_said_and_ends_with_code_1(
    example: ModuleType, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = example.add_up_file

    def cheated(*given: object, **named: object) -> object:
        filed = honest(*given, **named)
        filed.amounts["open"] += Decimal("0.01")
        filed.accounts["ALFA"] += Decimal("0.01")
        filed.amounts[0] -= 1
        return filed

    monkeypatch.setattr(example, "add_up_file", cheated)
    code, output, _ = run(LEDGER)
    assert code == 1
    file, same = "added up from the file", "of these equal to the file"
    assert [line for line in checks(output) if line.startswith("NOT")] == [
        f"NOT RECONCILED: open 210.00 = by band 210.00 = by account 210.00 ≠ {file} 210.01",
        f"NOT RECONCILED: bands 6, {same} 5",
        f"NOT RECONCILED: accounts with open invoices 4, {same} 3 = {file} 4",
    ]


@pytest.mark.parametrize(
    ("ledger", "arguments", "told"),
    [
        ("customerID\nALFA\n", (), "ledger.csv:1: there is no column 'invoiceNumber'"),
        ("", (), "ledger.csv: the file is empty"),
        (
            HEADER + "ALFA,A01,1/1/2013,1/31/2013,9.00\n",
            (),
            "ledger.csv:2: 5 cells and 7 columns; mend the commas",
        ),
        (
            HEADER + FAULTY.splitlines()[0],
            (),
            "ledger.csv:2: field 'InvoiceDate': '13/45/2013' is not a date",
        ),
        (
            LEDGER,
            ("--as-of", "2012-11-30"),
            "ledger.csv: no invoice was issued by 2012-11-30; name a later --as-of\n",
        ),
        (LEDGER, ("--as-of", "30.6.2013"), "'30.6.2013' is not a date like 2013-06-30\n"),
        (
            LEDGER,
            ("--account", "DELTA"),
            "--account: no invoice of 'DELTA' was issued by 2013-06-30; name a later --as-of\n",
        ),
        (LEDGER, ("--account", "ZULU"), "'ZULU' is not among the 4 accounts; one is 'ALFA'\n"),
        (LEDGER, ("--account", "BETTA"), "the 4 accounts; did you mean 'BETA'?\n"),
        (EXAMPLES / "none.csv", (), "ledger.csv: No such file or directory\n"),
    ],
)
def test_what_does_not_fit_ends_with_code_2(
    run: Run, ledger: str | Path, arguments: tuple[str, ...], told: str
) -> None:
    code, output, faults = run(ledger, *arguments)
    assert (code, output) == (2, "")
    assert told in faults


# --- the other language -----------------------------------------------------------------------


def words_of(output: str) -> set[str]:
    """Return the Latin words of an output, without figures and names with a figure."""
    return {word for word in re.findall(r"[\w.\-]+", output, re.ASCII) if word.isalpha()}


def test_chinese_is_complete(run: Run) -> None:
    code, output, _ = run(LEDGER, "--lang", "zh")
    assert code == 0
    assert words_of(output) == {"ALFA", "BETA", "ECHO", "GAMMA", "USD", "B", "C", "D", "XXX"}
    _, english, _ = run(LEDGER)
    figures = re.compile(r"-?[\d,]*\.?\d+")
    assert [figures.findall(line) for line in checks(output)] == [
        figures.findall(line) for line in checks(english)
    ]
    assert checks(output)[0] == "核对相符：文件行数 18 = 当日已知 11 + 之后开具 1 + 未采用 6"
    assert "B类：付款方式已降为C类的付款方式，即货到付款、款到发货\n" in output
    assert (
        "【最后催缴】尊敬的客户：截至2013年6月29日，贵公司（客户编号 ALFA）的发票 A04 "
        "已到期未付清，应付 120.00 美元，到期日为2013年6月14日。"
    ) in output
    assert "ALFA：符合停机条件，是否停机由信用控制专员决定；欠费 120.00 美元" in output
    assert "发票 A04：截至2013年6月30日，应计逾期利息 0.42 美元，共 16 天\n" in output


def test_it_runs_as_a_script_from_anywhere(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, EXAMPLES / "receivables.py", ledger, "--lang", "zh"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith("ledger.csv：截至2013年6月30日所知，金额单位 USD\n")
    assert len(done.stderr.splitlines()) == 6


# --- the real ledger --------------------------------------------------------------------------

LEVELS = ("reminder", "second", "final")
real = pytest.mark.skipif(not REAL.exists(), reason="the real ledger is not part of the project")


@real
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_real_ledger_is_reconciled(run: Run, lang: str) -> None:
    code, output, faults = run(REAL, "--lang", lang)
    assert (code, faults) == (0, "")
    figures = [" ".join(re.findall(r"[\d,]*\.?\d+", line)) for line in checks(output)]
    assert figures == [
        "2,466 1,930 536 0",
        "147,703.18 115,444.59 32,258.59 0.00",
        "115,444.59 110,324.74 5,119.85 115,444.59",
        "110,324.74 110,324.74",
        "5,119.85 5,119.85 5,119.85 5,119.85",
        "6 6",
        "84 84",
        "52 52 52",
        "485 310 132 43 485",
        "835.56 835.56",
        "38.40 0.25 38.15 38.40",
    ]


@real
def test_the_bands_of_the_real_ledger(run: Run) -> None:
    _, output, _ = run(REAL)
    assert rows(
        output, "Past due | Amount | Share | Invoices of the file | Amount of the file", 6
    ) == [
        "not yet due | 4,284.29 | 83.7% | 72 | 4,284.29",
        "1–7 days | 521.40 | 10.2% | 8 | 521.40",
        "8–14 days | 314.16 | 6.1% | 4 | 314.16",
        "15–30 days | 0.00 | 0.0% | 0 | 0.00",
        "31–60 days | 0.00 | 0.0% | 0 | 0.00",
        "over 60 days | 0.00 | 0.0% | 0 | 0.00",
    ]
    assert "total | 835.56 | 576.09 | 12 | 2013-06-16 | 14" in [
        " | ".join(line) for line in cells(output)
    ]


@real
def test_the_readings_of_the_real_ledger(run: Run) -> None:
    _, output, _ = run(REAL)
    assert rows(output, f"{READINGS} | 8102-ABPKQ", 12) == [
        "due date * | count | count | 196 | 64 | 46 | 26 | 20 | class D",
        "due date | count | left out | 193 | 64 | 45 | 26 | 19 | class D",
        "due date | left out | count | 111 | 41 | 19 | 8 | 11 | class B",
        "due date | left out | left out | 110 | 41 | 20 | 10 | 10 | class B",
        "payment date | count | count | 196 | 64 | 48 | 28 | 20 | class D",
        "payment date | count | left out | 194 | 64 | 46 | 26 | 20 | class D",
        "payment date | left out | count | 110 | 41 | 20 | 9 | 11 | class B",
        "payment date | left out | left out | 109 | 41 | 20 | 10 | 10 | class B",
        "rolling 3 months | count | count | 300 | 66 | 49 | 16 | 33 | class D",
        "rolling 3 months | count | left out | 293 | 66 | 49 | 18 | 31 | class D",
        "rolling 3 months | left out | count | 159 | 46 | 25 | 10 | 15 | class C",
        "rolling 3 months | left out | left out | 159 | 46 | 25 | 11 | 14 | class C",
    ]


@real
def test_chinese_is_complete_on_the_real_ledger_too(run: Run) -> None:
    _, output, _ = run(REAL, "--lang", "zh")
    assert words_of(output) == {"USD", "B", "C", "D", "XXX"}


@real
def test_the_reminders_of_the_real_ledger_are_those_of_a_run_every_day(
    example: ModuleType,
) -> None:
    """Compare with a plain loop over days that knows nothing of kamcore's short cuts."""
    day = date(2012, 6, 30)
    ledger, _ = example.read_receivables(REAL, as_of=day, currency="USD")
    sent: defaultdict[str, list[date]] = defaultdict(list)
    for at in range(date(2012, 1, 1).toordinal(), day.toordinal() + 1):
        today = date.fromordinal(at)
        for own in ledger.by_account().values():
            owed = [
                one
                for one in own
                if not one.disputed and one.due < today and (one.paid is None or today < one.paid)
            ]
            if sum(one.amount.minor for one in owed) < 2_000:
                continue
            for one in owed:
                before, overdue = sent[one.number], (today - one.due).days
                if len(before) == 3 or (before and before[-1] == today):
                    continue
                waited = (today - before[-1]).days if before else 0
                if (overdue >= 2, overdue >= 8, waited >= 7)[len(before)]:
                    before.append(today)
    expected = sorted(
        (when, number, LEVELS[rank])
        for number, days in sent.items()
        for rank, when in enumerate(days)
    )
    found = example.simulate_reminders(ledger.known, example.LADDER, through=day)
    assert [(one.day, one.invoice, one.level) for one in found] == expected
    assert len(expected) == 186
