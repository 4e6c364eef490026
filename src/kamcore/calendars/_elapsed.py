"""Real elapsed time: an hour is an hour, also in the night when the clocks change."""

from datetime import UTC, datetime, timedelta

from kamcore.errors import InputError
from kamcore.values._checks import as_instant

__all__ = ["add_elapsed", "zone_data_version"]


def add_elapsed(start: datetime, amount: timedelta) -> datetime:
    """Return the instant `amount` of real time after `start`, in the zone of `start`."""
    begin = as_instant(start, "start")
    try:
        return (begin.astimezone(UTC) + amount).astimezone(begin.tzinfo)
    except OverflowError:
        raise InputError(f"{start} + {amount} leaves the calendar; check the amount") from None


def zone_data_version() -> str:
    """Return the version of the time-zone data that zoneinfo uses here, such as "2026a"."""
    from pathlib import Path  # noqa: PLC0415 - only where a record is kept
    from zoneinfo import TZPATH  # noqa: PLC0415

    for folder in TZPATH:
        table = Path(folder) / "tzdata.zi"
        if table.is_file():
            with table.open(encoding="utf-8") as lines:
                return lines.readline().removeprefix("# version ").strip()
    try:
        from tzdata import IANA_VERSION  # noqa: PLC0415 - only where the system has no zone data
    except ImportError:
        return "unknown"
    return str(IANA_VERSION)
