"""A company's policies together: review, describe, keep and replay."""

from kamcore.rulebook._book import BookReview, review_book
from kamcore.rulebook._describe import describe
from kamcore.rulebook._record import Replay, keep_record, replay
from kamcore.rulebook._review import ClockDeadline, Review, WorkDuty, review
from kamcore.rulebook._rulebook import Rulebook

__all__ = [
    "BookReview",
    "ClockDeadline",
    "Replay",
    "Review",
    "Rulebook",
    "WorkDuty",
    "describe",
    "keep_record",
    "replay",
    "review",
    "review_book",
]
