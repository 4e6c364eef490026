"""How the picture of a ledger looks: sizes, colours, patterns, words, and its parts as SVG.

Time that counts is dark, other time light. The colours are told apart with any colour vision, and
every kind but the two commonest has a pattern besides; what has room for it is named.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import field, frozen

from kamcore.sla._ledger import DAYS, WIDE_FROM, day_name
from kamcore.values import Label, Lang

# Pixels; an instant is placed to a tenth of one.
WIDTH, LEFT, HOUR, TOP, EDGE = 900, 116, 27, 76, 16
BAR, SPACE, FLAG, KEY, GAP = 24, 8, 18, 20, 28
HALF_DAY = 12
TINY, SMALL, TEXT, HEAD = 10, 11, 12, 16
INK, PALE, LINE, STRONG, SHEET = "#1B1F24", "#57606A", "#DFE4E9", "#C6CED6", "#FFFFFF"
FONTS = (
    "'Helvetica Neue', Arial, 'Noto Sans', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Noto Sans SC', 'WenQuanYi Micro Hei', sans-serif"
)
WIDE, NARROW = 1.0, 0.53
LEAST = 2


@frozen(order=False)
class Look:
    """How a kind of stretch is shown: its word, fill and text, and strokes on a tile of 8 px."""

    label: Label = field()
    fill: str = field()
    ink: str = field()
    strokes: str = field(default="")
    stroke: str = field(default="")


SLANT, BACK = "M-2 2L2 -2M-2 10L10 -2M6 10L10 6", "M-2 6L2 10M-2 -2L10 10M6 -2L10 2"
LOOKS = {
    "open": Look(Label("counted", "计时"), "#1F6FB2", SHEET),
    "special_day": Look(
        Label("special day, counted", "调休上班日等（计时）"), "#00755E", SHEET, "M0 4H8", "#3F9A86"
    ),
    "late": Look(Label("after the deadline", "截止之后"), "#A8320A", SHEET, SLANT, "#D0693F"),
    "paused": Look(Label("paused", "暂停"), "#FFEBA3", INK, "M4 0V8", "#E5BE3C"),
    "break": Look(Label("break", "休息"), "#EEF1F4", PALE, "M4 1V3M0 5V7M8 5V7", "#8C959F"),
    "closure": Look(Label("closure", "暂停服务"), "#E6D9EF", INK, SLANT + BACK, "#C4A9D8"),
    "outside_hours": Look(Label("outside hours", "工作时间以外"), "#EEF1F4", PALE),
    "rest_day": Look(Label("rest day", "休息日"), "#E1E5EA", INK, "M0 4H8", "#C3CAD2"),
    "holiday": Look(Label("holiday", "节假日"), "#FBE3D0", INK, SLANT, "#EDB98F"),
}
WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "sum": "{calendar}: limit {limit}, deadline {due} ({zone})",
        "out": "{days} days left out",
        "one": "1 day left out",
        "out_counted": "{out}: {time} counted",
        "counted": "counted",
        "nothing": "not counted",
        "start": "start",
        "changed": "new limit",
        "due": "deadline",
        "stop": "stop",
    },
    "zh": {
        "sum": "{calendar}：时限 {limit}，截止时间 {due}（{zone}）",
        "out": "略去 {days} 天",
        "one": "略去 1 天",
        "out_counted": "{out}，其间计时 {time}",
        "counted": "计时",
        "nothing": "不计时",
        "start": "起算",
        "changed": "新时限",
        "due": "截止",
        "stop": "结束计时",
    },
}
UNITS = {"en": ("h", "min", "s"), "zh": ("小时", "分", "秒")}


def lane_name(day: date, lang: Lang) -> str:
    """Return a date with its weekday, in Chinese without the year, for which there is no room."""
    if lang == "zh":
        return f"{day.month}月{day.day}日（周{DAYS[lang][day.weekday()]}）"
    return day_name(day, lang)


def brief(length: timedelta, lang: Lang) -> str:
    """Return a length of time in few characters, rounded down to the second."""
    minutes, seconds = divmod(length // timedelta(seconds=1), 60)
    numbers = zip((*divmod(minutes, 60), seconds), UNITS[lang], strict=True)
    said = " ".join(f"{number:,} {unit}" for number, unit in numbers if number)
    return said or f"0 {UNITS[lang][1]}"


def width(said: str, size: int) -> int:
    """Return about how many pixels a text takes."""
    return int(sum(WIDE if ord(one) >= WIDE_FROM else NARROW for one in said) * size) + 1


def fitted(said: str, room: int, size: int) -> str:
    """Return a text, cut to fit into so many pixels; nothing where hardly a word would fit."""
    if width(said, size) <= room:
        return said
    while said and width(said + "…", size) > room:
        said = said[:-1]
    return said.rstrip() + "…" if width(said, size) > LEAST * size else ""


def safe(said: object) -> str:
    """Return a text as it may stand in XML."""
    from html import escape  # noqa: PLC0415 - only where a picture is drawn

    return escape("".join(one if one.isprintable() else " " for one in str(said)))


def opening(height: int, lang: Lang) -> str:
    """Return the opening tag of a picture."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" lang="{lang}" font-family="{FONTS}" font-size="{TEXT}" '
        f'fill="{INK}">'
    )


def line(said: str, y: int, size: int, more: str = "") -> str:
    """Return a text from the left edge, cut at the right one."""
    told = safe(fitted(said, WIDTH - 2 * EDGE, size))
    return f'<text x="{EDGE}" y="{y}" font-size="{size}"{more}>{told}</text>'


def centred(said: str, x: int, y: int, more: str) -> str:
    """Return a text centred at `x`, in tenths of a pixel."""
    return f'<text x="{px(x)}" y="{y}" text-anchor="middle"{more}>{safe(said)}</text>'


def name(kind: str, said: str, x: int, y: int) -> str:
    """Return a text for a bar, with a rim of the bar's colour where it has a pattern."""
    look = LOOKS[kind]
    rim = f' stroke="{look.fill}" stroke-width="4" paint-order="stroke"' if look.strokes else ""
    return centred(said, x, y, f' fill="{look.ink}"{rim}') if said else ""


def gap(said: str, y: int) -> Iterator[str]:
    """Draw days that are left out."""
    y += SPACE + GAP // 2
    yield f'<path d="M{EDGE} {y}H{WIDTH - EDGE}" stroke="{PALE}" stroke-dasharray="2 4"/>'
    middle, across = LEFT + HALF_DAY * HOUR, width(said, TEXT) + 24
    x = middle - across // 2
    yield f'<rect x="{x}" y="{y - 8}" width="{across}" height="16" fill="{SHEET}"/>'
    yield centred(said, middle * 10, y + 4, f' fill="{PALE}"')


def tile(kind: str) -> str:
    """Return the pattern of a kind; nothing for a plain one."""
    look = LOOKS[kind]
    if not look.strokes:
        return ""
    return (
        f'<pattern id="kamcore-{kind}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{look.fill}"/>'
        f'<path d="{look.strokes}" stroke="{look.stroke}" fill="none"/></pattern>'
    )


def px(tenths: int) -> str:
    """Return tenths of a pixel as pixels."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def aside(said: str, y: int, more: str = "") -> str:
    """Return a text that ends at the right edge."""
    return f'<text x="{WIDTH - EDGE}" y="{y}" text-anchor="end"{more}>{safe(said)}</text>'


def box(kind: str, x: int, y: int, across: int, down: int) -> str:
    """Return a rectangle in the look of a kind; `x` and `across` in tenths of a pixel."""
    look = LOOKS[kind]
    fill = f"url(#kamcore-{kind})" if look.strokes else look.fill
    return (
        f'<rect x="{px(x)}" y="{y}" width="{px(across)}" height="{down}" fill="{fill}" '
        f'stroke="{SHEET}" stroke-width=".6"/>'
    )


def hours(bottom: int, lang: Lang) -> Iterator[str]:
    """Draw the lines of the hours, with a number at every third, and the head of the sums."""
    yield f'<g font-size="{SMALL}">'
    for hour in range(2 * HALF_DAY + 1):
        x, numbered = LEFT + hour * HOUR, hour % 3 == 0
        ink = STRONG if numbered else LINE
        yield f'<path d="M{x} {TOP}V{bottom}" stroke="{ink}" stroke-width=".7"/>'
        if numbered:
            yield centred(f"{hour:02}", x * 10, TOP - 5, f' fill="{PALE}"')
    yield aside(WORDS[lang]["counted"], TOP - 5, f' fill="{PALE}"') + "</g>"


def flag(name: str, said: str, x: int, row: int, y: int) -> str:
    """Draw a mark: a pole through the lane at `y`, its text beside it; the deadline on a banner."""
    top, pole, banner, more = y - FLAG * (row + 1) + 1, 1, "", ""
    if name == "due":
        pole, more = 2, f' font-weight="bold" fill="{SHEET}"'
        banner = (
            f'<rect x="{px(x)}" y="{top}" width="{width(said, SMALL) + 12}" '
            f'height="{FLAG - 3}" fill="{INK}"/>'
        )
    return (
        f'<path d="M{px(x)} {top}V{y + BAR}" stroke="{INK}" stroke-width="{pole}"/>{banner}'
        f'<text x="{px(x + 50)}" y="{top + 12}"{more}>{safe(said)}</text>'
    )


def key(kinds: list[str], lang: Lang, y: int) -> tuple[list[str], int]:
    """Draw the kinds that occur with their words, and return where the last line of them ends."""
    found, x = [f'<g font-size="{SMALL}">'], LEFT
    for kind in kinds:
        said = LOOKS[kind].label.text(lang)
        if x + 24 + width(said, SMALL) > LEFT + 2 * HALF_DAY * HOUR:
            x, y = LEFT, y + KEY
        found.append(box(kind, x * 10, y, 180, 12))
        found.append(f'<text x="{x + 24}" y="{y + 10}">{safe(said)}</text>')
        x += 24 + width(said, SMALL) + 14
    return [*found, "</g>"], y + KEY
