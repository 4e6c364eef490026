"""Months, quarters and elapsed time."""

from kamcore.calendars._elapsed import add_elapsed, zone_data_version
from kamcore.calendars._months import Quarter, add_days, add_months, end_of_month

__all__ = [
    "Quarter",
    "add_days",
    "add_elapsed",
    "add_months",
    "end_of_month",
    "zone_data_version",
]
