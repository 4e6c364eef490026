"""The rules of arrears, reminders, suspension and interest: what their reasons say."""

from kamcore.decision import Rule

__all__ = [
    "AFTER_DAYS",
    "AT_LEAST",
    "BEARS_NONE",
    "BEARS_NOTHING_YET",
    "BELOW_MINIMUM",
    "BY_ACCOUNT",
    "BY_HAND",
    "COVERED",
    "DISPUTED_BEARS_NONE",
    "DISPUTED_LEFT_OUT",
    "DONE",
    "FEE_FIXED",
    "FEE_SHARE",
    "FROM_DUE",
    "FROM_GRACE",
    "HELD",
    "HIGHEST_FIRST",
    "INTEREST",
    "INTERVAL",
    "IN_DISPUTE",
    "LEAVE",
    "LEAVE_NOTHING",
    "LEVEL_DAY",
    "NOTHING_OPEN",
    "NOT_ISSUED",
    "NOT_REFUSED",
    "ONE_BY_ONE",
    "PARTS",
    "PROPOSE",
    "PROPOSE_RESTORING",
    "RATE",
    "REFUSAL",
    "REFUSAL_MISSING",
    "RESTORE",
    "RESTORED_WHEN",
    "RULES",
    "SEND",
    "SEND_ON_DUE_DATE",
    "SETTLED",
    "SMALL",
    "SMALL_ACCOUNT",
    "STAY",
    "STOPPED",
    "SUSPEND",
    "THIRTY",
    "UNSENT",
    "WAIT",
]

# --- reminders ------------------------------------------------------------------------------

SEND = Rule(
    "credit.remind",
    ("invoice", "level", "open", "overdue"),
    en="invoice {invoice}: {level} is to be sent today; {open} is {overdue} overdue",
    zh="发票 {invoice}：今日应发出{level}；欠费 {open}，已逾期 {overdue}",
)
SEND_ON_DUE_DATE = Rule(
    "credit.remind_on_due_date",
    ("invoice", "level", "open"),
    en="invoice {invoice}: {level} is to be sent today; {open} is due today",
    zh="发票 {invoice}：今日到期，今日应发出{level}；未付 {open}",
)
WAIT = Rule(
    "credit.remind_later",
    ("invoice", "level", "day"),
    en="invoice {invoice}: no reminder today; {level} follows on {day} if it is still unpaid",
    zh="发票 {invoice}：今日无须催缴；届时仍未付款的，{day}发出{level}",
)
UNSENT = Rule(
    "credit.reminder_unsent",
    ("invoice", "level", "day"),
    en="invoice {invoice}: {level} of {day} has not been sent; nothing further comes before it is",
    zh="发票 {invoice}：{day}的{level}尚未发出，发出之前不再升级",
)
HELD = Rule(
    "credit.reminder_held",
    ("invoice", "open"),
    en="invoice {invoice}: no reminder while reminders are on hold; {open} is open",
    zh="发票 {invoice}：催缴已暂缓，暂不发送；未付 {open}",
)
IN_DISPUTE = Rule(
    "credit.reminder_disputed",
    ("invoice", "open"),
    en="invoice {invoice}: no reminder while the invoice is disputed; {open} is open",
    zh="发票 {invoice}：存在争议，暂不催缴；未付 {open}",
)
SMALL = Rule(
    "credit.reminder_small",
    ("invoice", "open", "minimum"),
    en="invoice {invoice}: no reminder; {open} is below the minimum of {minimum}",
    zh="发票 {invoice}：未付 {open}，低于催缴起点金额 {minimum}，不予催缴",
)
SMALL_ACCOUNT = Rule(
    "credit.reminder_small_account",
    ("invoice", "arrears", "minimum"),
    en="invoice {invoice}: no reminder; the account's arrears of {arrears} are below the minimum "
    "of {minimum}",
    zh="发票 {invoice}：客户欠费合计 {arrears}，低于催缴起点金额 {minimum}，不予催缴",
)
COVERED = Rule(
    "credit.reminder_covered",
    ("invoice", "arrears"),
    en="invoice {invoice}: no reminder; less its credit notes, the account's arrears are {arrears}",
    zh="发票 {invoice}：抵减红字发票后，客户欠费合计为 {arrears}，无须催缴",
)
DONE = Rule(
    "credit.reminders_done",
    ("invoice", "level", "day"),
    en="invoice {invoice}: {level} of {day} was the last level; no further reminder follows",
    zh="发票 {invoice}：{day}的{level}已是最后一级，不再发送催缴",
)
SETTLED = Rule(
    "credit.reminder_settled",
    ("invoice", "day"),
    en="invoice {invoice}: no reminder; it was settled on {day}",
    zh="发票 {invoice}：已于{day}结清，无须催缴",
)
NOTHING_OPEN = Rule(
    "credit.reminder_nothing_open",
    ("invoice", "open"),
    en="invoice {invoice}: no reminder; nothing is to be paid ({open})",
    zh="发票 {invoice}：没有应付金额（{open}），无须催缴",
)
NOT_ISSUED = Rule(
    "credit.reminder_not_issued",
    ("invoice", "day"),
    en="invoice {invoice}: no reminder; it is issued on {day} only",
    zh="发票 {invoice}：{day}才开具，目前无须催缴",
)
LEVEL_DAY = Rule(
    "credit.level_day",
    ("level", "when", "day"),
    en="{level} falls due {when}, on {day}",
    zh="{level}应于{when}发出，即{day}",
)
INTERVAL = Rule(
    "credit.reminder_interval",
    ("days", "level", "day"),
    en="two reminders are at least {days} apart; the last one, {level}, is of {day}",
    zh="两次催缴至少间隔 {days}；上一次为{day}的{level}",
)
FEE_FIXED = Rule(
    "credit.reminder_fee",
    ("level", "fee"),
    en="{level}: a fee of {fee}",
    zh="{level}收取催缴费 {fee}",
)
FEE_SHARE = Rule(
    "credit.reminder_fee_share",
    ("level", "fee", "share", "open", "rounding"),
    en="{level}: a fee of {fee}, which is {share} of {open}, {rounding}",
    zh="{level}收取催缴费 {fee}：{open}的 {share}，{rounding}",
)
ONE_BY_ONE = Rule(
    "credit.levels_one_by_one",
    (),
    en="an old debt starts at the first level, and no level is left out",
    zh="旧欠从第一级开始催缴，逐级进行，不跳级",
)
HIGHEST_FIRST = Rule(
    "credit.highest_level_first",
    (),
    en="the first reminder of an old debt is of the highest level reached",
    zh="旧欠首次催缴即按已达到的最高一级发出",
)
BY_ACCOUNT = Rule(
    "credit.minimum_by_account",
    ("minimum",),
    en="the minimum of {minimum} is for the arrears of the whole account, which were not compared",
    zh="催缴起点金额 {minimum}按客户欠费合计比较，此处未作比较",
)

# --- suspension -----------------------------------------------------------------------------

SUSPEND = Rule(
    "credit.suspend",
    ("account", "arrears", "overdue"),
    en="{account} is to be suspended: {arrears} is past due, the oldest of it for {overdue}",
    zh="{account}：应予停机；欠费 {arrears}，最长已逾期 {overdue}",
)
PROPOSE = Rule(
    "credit.propose_suspension",
    ("seat", "account", "arrears", "overdue"),
    en="{account} may be suspended, for {seat} to decide: {arrears} is past due, the oldest of it "
    "for {overdue}",
    zh="{account}：符合停机条件，是否停机由{seat}决定；欠费 {arrears}，最长已逾期 {overdue}",
)
LEAVE_NOTHING = Rule(
    "credit.nothing_past_due",
    ("account",),
    en="{account} is not suspended: nothing is past due",
    zh="{account}：不予停机，没有逾期欠费",
)
LEAVE = Rule(
    "credit.not_suspended",
    ("account", "arrears", "overdue"),
    en="{account} is not suspended, although {arrears} is past due, the oldest of it for {overdue}",
    zh="{account}：暂不停机；欠费 {arrears}，最长已逾期 {overdue}",
)
STAY = Rule(
    "credit.stays_suspended",
    ("account", "arrears", "overdue"),
    en="{account} stays suspended: {arrears} is past due, the oldest of it for {overdue}",
    zh="{account}：维持停机；欠费 {arrears}，最长已逾期 {overdue}",
)
RESTORE = Rule(
    "credit.restore",
    ("account",),
    en="the service of {account} is to be restored: nothing is past due any more",
    zh="{account}：应予复机，已没有逾期欠费",
)
PROPOSE_RESTORING = Rule(
    "credit.propose_restoring",
    ("account", "seat"),
    en="it is for {seat} to restore the service of {account}: nothing is past due any more",
    zh="{account}：已没有逾期欠费，由{seat}手工办理复机",
)
AFTER_DAYS = Rule(
    "credit.suspension_after",
    ("days", "day"),
    en="suspension may come once something is {days} past due: from {day}",
    zh="逾期满 {days}方可停机，即自{day}起",
)
AT_LEAST = Rule(
    "credit.suspension_at_least",
    ("least",),
    en="suspension needs arrears of {least} or more",
    zh="欠费达到 {least}方可停机",
)
NOT_REFUSED = Rule(
    "credit.payment_not_refused",
    ("fact",),
    en="suspension needs “{fact}”, which says no",
    zh="停机须以“{fact}”为前提，现为否",
)
REFUSAL_MISSING = Rule(
    "credit.refusal_missing",
    ("fact",),
    en="suspension needs “{fact}”, which is not confirmed, so nothing is suspended",
    zh="停机须以“{fact}”为前提，尚未确认，暂不停机",
)
REFUSAL = Rule(
    "credit.payment_refused",
    ("fact",),
    en="confirmed: “{fact}”",
    zh="已确认“{fact}”",
)
BY_HAND = Rule(
    "credit.by_hand",
    (),
    en="suspending or restoring by hand takes a person's decision",
    zh="手工停机、复机须由人决定，不自动执行",
)
RESTORED_WHEN = Rule(
    "credit.restored_when_paid",
    (),
    en="service is restored once everything past due is paid",
    zh="逾期欠费全部付清后方可复机",
)
DISPUTED_LEFT_OUT = Rule(
    "credit.disputed_left_out",
    ("invoices",),
    en="left out as disputed: {invoices}",
    zh="存在争议未计入：{invoices}",
)

# --- interest -------------------------------------------------------------------------------

INTEREST = Rule(
    "credit.interest",
    ("invoice", "amount", "days", "day"),
    en="invoice {invoice} bears late interest of {amount}, for {days} up to {day}",
    zh="发票 {invoice}：截至{day}，应计逾期利息 {amount}，共 {days}",
)
BEARS_NONE = Rule(
    "credit.no_interest",
    ("invoice", "day", "last"),
    en="invoice {invoice} bears no late interest up to {day}: nothing was left to pay after {last}",
    zh="发票 {invoice}：截至{day}无逾期利息，{last}之后已无未付款项",
)
BEARS_NOTHING_YET = Rule(
    "credit.no_interest_yet",
    ("invoice", "day", "last"),
    en="invoice {invoice} bears no late interest up to {day}: only what is left after {last} does",
    zh="发票 {invoice}：截至{day}无逾期利息，{last}之后仍未付的款项才计息",
)
DISPUTED_BEARS_NONE = Rule(
    "credit.interest_disputed",
    ("invoice",),
    en="invoice {invoice} bears no late interest while it is disputed",
    zh="发票 {invoice}：存在争议，暂不计逾期利息",
)
BELOW_MINIMUM = Rule(
    "credit.interest_below_minimum",
    ("invoice", "interest", "minimum"),
    en="invoice {invoice} is charged no late interest: {interest} is below the minimum of "
    "{minimum}",
    zh="发票 {invoice}：逾期利息 {interest}，低于起收金额 {minimum}，不予收取",
)
RATE = Rule(
    "credit.interest_rate",
    ("yearly", "day_count", "rounding"),
    en="{yearly} a year {day_count}; the sum is {rounding}",
    zh="年利率 {yearly}，{day_count}；合计后{rounding}",
)
PARTS = Rule(
    "credit.interest_parts",
    ("parts",),
    en="interest is on {parts}",
    zh="计息本金：{parts}",
)
STOPPED = Rule(
    "credit.interest_stays",
    ("day",),
    en="the invoice was settled on {day}; the interest accrued until then stays owed",
    zh="该发票已于{day}结清；此前已计利息仍应支付",
)
FROM_DUE = Rule(
    "credit.interest_from_due",
    ("due", "grace"),
    en="what is left after a grace of {grace} bears interest from the day after the due "
    "date, {due}",
    zh="宽限 {grace}后仍未付的款项，自到期日{due}的次日起计息",
)
FROM_GRACE = Rule(
    "credit.interest_from_grace",
    ("last", "grace"),
    en="what is left after a grace of {grace} bears interest from the day after its last "
    "day, {last}",
    zh="宽限 {grace}后仍未付的款项，自宽限期最后一日{last}的次日起计息",
)
THIRTY = Rule(
    "credit.interest_thirty",
    (),
    en="30/360 is the bond basis: every month counts 30 days, in one go from the first day",
    zh="30/360 采用债券基准：每月按 30 天计，自起息日连续计算",
)
RULES = (
    SEND, SEND_ON_DUE_DATE, WAIT, UNSENT, HELD, IN_DISPUTE, SMALL, SMALL_ACCOUNT, COVERED, DONE,
    SETTLED, NOTHING_OPEN, NOT_ISSUED, LEVEL_DAY, INTERVAL, FEE_FIXED, FEE_SHARE, ONE_BY_ONE,
    HIGHEST_FIRST, BY_ACCOUNT, SUSPEND, PROPOSE, LEAVE_NOTHING, LEAVE, STAY, RESTORE,
    PROPOSE_RESTORING, AFTER_DAYS, AT_LEAST, NOT_REFUSED, REFUSAL_MISSING, REFUSAL, BY_HAND,
    RESTORED_WHEN, DISPUTED_LEFT_OUT, INTEREST, BEARS_NONE, BEARS_NOTHING_YET, DISPUTED_BEARS_NONE,
    BELOW_MINIMUM, RATE, PARTS, STOPPED, FROM_DUE, FROM_GRACE, THIRTY,
)  # fmt: skip
