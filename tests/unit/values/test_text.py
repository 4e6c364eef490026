import operator
import pickle
from collections.abc import Callable

import pytest

from kamcore.errors import PolicyError
from kamcore.values import Label, Lang, Seat, Source

TITLE = Label("Customer grading regulation", "客户分级管理制度")
CLAUSE = Label("clause 5", "第五条")
WITH_CLAUSE = Source("S3-P08-5A", TITLE, clause=CLAUSE, mark="figure")
WITHOUT = Source("S3-P08", TITLE)
TWO = Source("P08-5N, P08-5M", TITLE)
TWO_WITH_CLAUSE = Source("P08-5N, P08-5M", TITLE, clause=CLAUSE)


@pytest.mark.parametrize(("lang", "word"), [("en", "clause 5"), ("zh", "第五条")])
def test_a_label_has_two_languages(lang: Lang, word: str) -> None:
    assert CLAUSE.text(lang) == word


@pytest.mark.parametrize(
    ("source", "lang", "place", "text"),
    [
        pytest.param(
            WITH_CLAUSE,
            "en",
            "S3-P08-5A, clause 5",
            "“Customer grading regulation” S3-P08-5A, clause 5",
            id="clause en",
        ),
        pytest.param(
            WITH_CLAUSE,
            "zh",
            "S3-P08-5A 第五条",
            "《客户分级管理制度》S3-P08-5A 第五条",
            id="clause zh",
        ),
        pytest.param(
            WITHOUT, "en", "S3-P08", "“Customer grading regulation” S3-P08", id="no clause en"
        ),
        pytest.param(WITHOUT, "zh", "S3-P08", "《客户分级管理制度》S3-P08", id="no clause zh"),
        pytest.param(
            TWO,
            "en",
            "P08-5N, P08-5M",
            "“Customer grading regulation” P08-5N, P08-5M",
            id="two ids en",
        ),
        pytest.param(
            TWO, "zh", "P08-5N、P08-5M", "《客户分级管理制度》P08-5N、P08-5M", id="two ids zh"
        ),
        pytest.param(
            TWO_WITH_CLAUSE,
            "en",
            "P08-5N, P08-5M, clause 5",
            "“Customer grading regulation” P08-5N, P08-5M, clause 5",
            id="two ids and clause en",
        ),
        pytest.param(
            TWO_WITH_CLAUSE,
            "zh",
            "P08-5N、P08-5M 第五条",
            "《客户分级管理制度》P08-5N、P08-5M 第五条",
            id="two ids and clause zh",
        ),
    ],
)
def test_a_source_is_cited(source: Source, lang: Lang, place: str, text: str) -> None:
    assert source.place(lang) == place
    assert source.text(lang) == text


def test_a_source_is_the_companys_own_and_a_seat_a_role_unless_said() -> None:
    assert WITHOUT.mark == "company"
    assert Seat("marketing", Label("marketing department", "营销部")).kind == "role"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        pytest.param(
            lambda: CLAUSE.text("de"),
            "unknown language 'de'; pass 'en' or 'zh'",
            id="language of a label",
        ),
        pytest.param(
            lambda: WITHOUT.text("de"),
            "unknown language 'de'; pass 'en' or 'zh'",
            id="language of a source",
        ),
        pytest.param(lambda: Label("", "第五条"), "Label.en is ''; pass a name", id="no English"),
        pytest.param(lambda: Label("x", " "), "Label.zh is ' '; pass a name", id="no Chinese"),
        pytest.param(lambda: Label("x", None), "Label.zh is None; pass a name", id="None"),
        pytest.param(lambda: Source("", TITLE), "Source.id is ''; pass a name", id="no id"),
        pytest.param(
            lambda: Source("S3-P08", "Regulation"),
            "Source.title is 'Regulation'; pass Label",
            id="title in one language",
        ),
        pytest.param(
            lambda: Source("S3-P08", TITLE, mark="figures"),
            "Source.mark 'figures' is no named convention; did you mean 'figure'?",
            id="mark",
        ),
        pytest.param(
            lambda: Seat(7, TITLE),
            "Seat.name is 7; pass a name",
            id="number for a name",
        ),
        pytest.param(
            lambda: Seat("marketing", "营销部"),
            "Seat.label is '营销部'; pass Label",
            id="label in one language",
        ),
        pytest.param(
            lambda: Seat("marketing", TITLE, kind="person"),
            "Seat.kind 'person' is no named convention; "
            "known are 'role', 'unit_role', 'queue', 'account_manager'",
            id="kind",
        ),
    ],
)
def test_words_that_are_refused(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        ask()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "value",
    [CLAUSE, WITH_CLAUSE, Seat("sales", TITLE, kind="queue")],
    ids=["label", "source", "seat"],
)
def test_words_are_hashable_and_picklable(value: Label | Source | Seat) -> None:
    again = pickle.loads(pickle.dumps(value))
    assert again == value
    assert hash(again) == hash(value)


@pytest.mark.parametrize(
    "value", [CLAUSE, WITH_CLAUSE, Seat("sales", TITLE)], ids=["label", "source", "seat"]
)
def test_words_have_no_order(value: object) -> None:
    with pytest.raises(TypeError):
        operator.lt(value, value)


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda: Source("P08", TITLE, CLAUSE), id="clause"),
        pytest.param(lambda: Source("P08", TITLE, "rule", clause=CLAUSE), id="mark"),
        pytest.param(lambda: Seat("sales", TITLE, "queue"), id="kind"),
    ],
)
def test_what_a_source_or_a_seat_adds_is_named(ask: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        ask()
