"""S1, VIP service rules of a cable operator, Chengdu Jinniu (大客户服务管理业务规范): renewals.

The desk filters the account information every week for products that expire (S1-3b), a renewal
enters its approval one week ahead (S1-3c), and the customer is told in advance (S1-3a, how long is
missing). The rules carry no date.

The weekday of the sweep is a required argument, as the text names none. That the week is seven
calendar days before the expiry, and that the sweep looks 13 days ahead (with less, a weekly sweep
misses cases), are kamcore's readings.
"""

from datetime import date

from kamcore.calendars import Every, Sweep
from kamcore.sla import Renewals
from kamcore.values import Label, Source

__all__ = ["renewals"]

WEEK = 7
TITLE = Label("VIP service rules of a cable operator", "大客户服务管理业务规范")


def renewals(
    *,
    first_sweep: date,
    renewal_lead: int = WEEK,
    lookahead: int = 13,
    reminder_days: int | None = None,
) -> Renewals:
    """Return S1-3a to S1-3c; the sweep comes every week from the day `first_sweep` on.

    `reminder_days` is how long before the expiry the customer is told; None leaves it not stated,
    as in the text. A `renewal_lead` other than the week of the text is the company's own.
    """
    return Renewals(
        sweep=Sweep(
            every=Every(count=1, unit="week", anchor=first_sweep), lookahead_days=lookahead
        ),
        lead_days=renewal_lead,
        reminder_days=reminder_days,
        lead_source=Source("S1-3c", TITLE, mark="figure") if renewal_lead == WEEK else None,
        reminder_source=Source("S1-3a", TITLE, mark="form"),
        source=Source("S1-3b", TITLE, mark="figure"),
    )
