"""Names of time zones."""

from kamcore.errors import PolicyError, did_you_mean

__all__ = ["known_zone"]


def known_zone(name: str) -> str:
    """Return `name` if it is a zone of the IANA data; raises `PolicyError`."""
    from zoneinfo import ZoneInfo, available_timezones  # noqa: PLC0415 - only where one is built

    try:
        ZoneInfo(name)
    except (ValueError, OSError, TypeError, KeyError):
        mend = 'pass an IANA name, such as "Asia/Shanghai"'
        if "/" in str(name):  # an offset is nobody's misspelt name
            near = did_you_mean(str(name), sorted(available_timezones()))
            mend = mend if near.startswith("known") else near
        raise PolicyError(f"unknown zone {name!r}; {mend}") from None
    return name
