"""Payment terms as trade writes them: "2/10 net 30", "EOM+45", "15 MFI", "COD", "月结30天".

What has two readings is refused: "net 45 EOM" is 45 days from the end of the month to one firm and
the end of the month after 45 days to another.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Literal, cast
from unicodedata import normalize

from kamcore.credit._dates import DateStep
from kamcore.credit._modes import CASH_ON_DELIVERY, PREPAYMENT, PaymentMode
from kamcore.credit._payment_term import (
    ANCHORS,
    EarlyPayment,
    Instalment,
    PaymentTerm,
    TermAnchor,
)
from kamcore.errors import InputError, PolicyError
from kamcore.values import Ratio, Rounding
from kamcore.values._checks import named_convention

__all__ = ["parse_term", "written"]

Steps = tuple[DateStep, ...]
Discount = tuple[Ratio, Steps]
MONTH_END = DateStep.end_of_month()
AT_ONCE: dict[TermAnchor, str] = {
    "invoice": "due on receipt",
    "delivery": "due on delivery",
    "signing": "due on signing",
    "order": "due on order",
}
"""What is due on its anchor."""
ONCE: dict[str, TermAnchor] = {
    **{words: anchor for anchor, words in AT_ONCE.items()},
    "due upon receipt": "invoice",
}
MODES: dict[str, PaymentMode] = {
    **dict.fromkeys(("cod", "c.o.d.", "cash on delivery", "货到付款"), CASH_ON_DELIVERY),
    **dict.fromkeys(("pia", "cia", "prepayment", "payment in advance"), PREPAYMENT),
    **dict.fromkeys(("cash in advance", "payment before delivery", "款到发货"), PREPAYMENT),
}
ZH_ANCHORS: dict[str, TermAnchor] = {"货到": "delivery", "开票": "invoice", "签订": "signing"}
UNIT = r"(?:d|days?|m|months?)"
TOKEN = rf"(?:\d{{1,5}}(?: ?{UNIT}\b)?|eom)"
MFI = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ?mfi")
STEPS = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? ?mfi|{TOKEN}(?: ?\+ ?{TOKEN})*)"
DISCOUNT = re.compile(rf"(\d{{1,2}}(?:\.\d+)?) ?%? ?/ ?({STEPS})(?:[,;] ?| )")
DUE = re.compile(rf"(net |net ?(?=\d)|n ?/? ?(?=\d))?({STEPS})( net)?(?:,? (eom))?")
FROM = re.compile(rf" (?:from|after) (?:the )?({'|'.join(ANCHORS)})(?: date)?$")
ZH = re.compile(r"(货到|开票|签订)?后?(月结)?(\d{1,5})(天|日|个月)内?(?:付款|付清)?")
ZH_NEXT = re.compile(r"次月(\d{1,2})日(?:付款)?")
EXAMPLE = date(2026, 1, 15)
KNOWN = (
    "'net 30', '2/10 net 30', '2/10, 1/20, net 30', 'net 3 months', 'EOM+45', '30+EOM', '15 MFI', "
    "'due on receipt', 'COD' or 'PIA'"
)


def parse_term(
    text: str,
    *,
    rounding: Rounding | None = None,
    eom: Literal["after", "until"] | None = None,
    anchor: TermAnchor = "invoice",
) -> PaymentMode | PaymentTerm:
    """Return what trade writes as `text`; case and blanks do not matter.

    "COD" (货到付款) and "PIA", "CIA" or "prepayment" (款到发货) are payment modes, all else a term.
    It counts from `anchor`, unless it says "from delivery" and the like, or "due on receipt" (the
    invoice date). `rounding` is needed where there is a discount. `eom` says what a trailing EOM
    (月结) means: count "after" the end of the month, or count and go on "until" it. Raises
    `InputError` for what is not understood, and for EOM without `eom`.

    >>> parse_term("2/10 net 30", rounding=Rounding.HALF_AWAY_FROM_ZERO).label.en
    'payment due 30 days after the invoice date (2% off until 10 days after the invoice date)'
    """
    given: object = text
    if not isinstance(given, str):
        raise InputError(f"term {given!r} is no text; pass such as 'net 30'")
    if eom is not None:
        named_convention("eom", eom, ("after", "until"))
    plain = " ".join(normalize("NFKC", text).casefold().split())
    if plain in MODES:
        return MODES[plain]
    if plain in ONCE:
        return _term((), [], ONCE[plain], rounding)
    try:
        return _read(text, plain, rounding, eom, anchor)
    except PolicyError as fault:
        raise InputError(f"term {text!r}: {fault}") from None


def _read(
    text: str, plain: str, rounding: Rounding | None, eom: str | None, anchor: TermAnchor
) -> PaymentTerm:
    rest, day = _anchored(text, plain, anchor)
    discounts: list[Discount] = []
    while found := DISCOUNT.match(rest):
        discounts.append((Ratio.percent(Decimal(found[1])), _steps(found[2])))
        rest = rest[found.end() :]
    due = DUE.fullmatch(rest)
    if due is None or not (due[1] or due[3] or re.search(r"[a-z]", due[2])):
        raise _unknown(text)
    if discounts and due[2] == "eom" and not due[1]:
        raise InputError(
            f"term {text!r} may count the discount from the end of the month; "
            "write such as '2/10 net EOM' or '2/EOM+10, EOM+30'"
        )
    steps = _steps(due[2])
    if due[4] is None:
        return _term(steps, discounts, day, rounding)
    return _read_monthly(text, steps, discounts, eom, (day, rounding))


def _read_monthly(
    text: str,
    steps: Steps,
    discounts: list[Discount],
    eom: str | None,
    more: tuple[TermAnchor, Rounding | None],
) -> PaymentTerm:
    """Return a term with a trailing EOM: counted from the end of the month, or on until it."""
    kinds = [step.kind for step in steps]
    if kinds not in (["days"], ["months"]) or any(
        step.kind != "days" for _, own in discounts for step in own
    ):
        raise _unknown(text)
    until = _term((*steps, MONTH_END), discounts, *more)
    # a number of months leads to the end of the same month, counted before or after
    due = (*steps, MONTH_END) if kinds == ["months"] else (MONTH_END, *steps)
    after = _term(due, [(share, (MONTH_END, *own)) for share, own in discounts], *more)
    if eom is None and after != until:
        raise InputError(
            f"term {text!r} has two readings; pass eom='after' for {after.notation!r} (an invoice "
            f"of {EXAMPLE} is due on {after.compiled(EXAMPLE)}) or eom='until' for "
            f"{until.notation!r} (due on {until.compiled(EXAMPLE)})"
        )
    return after if eom == "after" else until


def _unknown(text: str) -> InputError:
    return InputError(f"term {text!r} is not understood; write such as {KNOWN}")


def _term(
    steps: Steps, discounts: list[Discount], anchor: TermAnchor, rounding: Rounding | None
) -> PaymentTerm:
    return PaymentTerm(
        instalments=(Instalment(None, steps),),
        early=tuple(EarlyPayment(share, own) for share, own in discounts),
        anchor=anchor,
        rounding=rounding,
    )


def _anchored(text: str, plain: str, anchor: TermAnchor) -> tuple[str, TermAnchor]:
    """Return a term in the English notation without its anchor, and the anchor."""
    closed = plain.replace(" ", "")
    if found := ZH_NEXT.fullmatch(closed):
        return f"{found[1]} mfi", anchor
    if found := ZH.fullmatch(closed):
        unit = "months" if found[4] == "个月" else "days"
        counted = f"net {found[3]} {unit}" + (" eom" if found[2] else "")
        return counted, ZH_ANCHORS.get(found[1], anchor)
    said = FROM.search(plain)
    if "mfi" in plain:
        if said and said[1] != "invoice":
            raise InputError(
                f"term {text!r} counts from the invoice and from the {said[1]}; name one of them"
            )
        anchor = "invoice"
    if said is None:
        return plain, anchor
    return plain[: said.start()], cast("TermAnchor", said[1])


def _steps(text: str) -> Steps:
    """Return the steps of "30", "3 months", "eom+45" or "15 mfi"; 0 days are no step."""
    if found := MFI.fullmatch(text):
        return (DateStep.day_of_next_month(int(found[1])),)
    steps: list[DateStep] = []
    for word in text.replace(" ", "").split("+"):
        number = int(re.sub(r"\D", "", word) or 0)
        if word == "eom":
            steps.append(MONTH_END)
        elif "m" in word:
            steps.append(DateStep.months(number))
        elif number:
            steps.append(DateStep.days(number))
    return tuple(steps)


def written(term: PaymentTerm) -> str:
    """Return a term in the notation, empty where it has none."""
    only, *others = term.instalments
    if others:
        return ""
    steps = only.steps
    if not steps and not term.early:
        return AT_ONCE[term.anchor]
    due = _said(steps)
    kinds = [step.kind for step in steps]
    if kinds in ([], ["days"], ["months"]) or (term.early and kinds == ["end_of_month"]):
        due = f"net {due}"
    parts = [*(f"{_percent(one.discount)}/{_said(one.steps)}" for one in term.early), due]
    text = (" " if len(term.early) == 1 and due.startswith("net") else ", ").join(parts)
    if "?" in text or ("MFI" in text and term.anchor != "invoice"):
        return ""
    return text if term.anchor == "invoice" else f"{text} from {term.anchor}"


def _said(steps: Steps) -> str:
    """Return steps in the notation, with "?" for a step that it does not have."""
    if len(steps) == 1 and steps[0].kind == "day_of_next_month":
        return f"{steps[0].numbers[0]} MFI"
    words: list[str] = []
    for step in steps:
        if step.kind == "days":
            words.append(str(step.numbers[0]))
        elif step.kind == "months":
            number = step.numbers[0]
            words.append(f"{number} month" + ("" if number == 1 else "s"))
        else:
            words.append("EOM" if step.kind == "end_of_month" else "?")
    return "+".join(words) or "0"


def _percent(share: Ratio) -> str:
    shown = Ratio(share.numerator * 100, share.denominator).plain()
    return "?" if "/" in shown else shown
