import pickle

import pytest

from kamcore.decision import Rule
from kamcore.errors import PolicyError
from kamcore.values import Lang

ANSWER_BY = Rule(
    "test.answer_by",
    ("instant", "hours"),
    en="answer by {instant}, within {hours} hours",
    zh="{hours} 小时内答复，截止{instant}",
)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "answer by {instant}, within {hours} hours"),
        ("zh", "{hours} 小时内答复，截止{instant}"),
    ],
)
def test_a_rule_speaks_two_languages(lang: Lang, sentence: str) -> None:
    assert ANSWER_BY.sentence(lang) == sentence


def test_another_language_is_refused() -> None:
    with pytest.raises(PolicyError) as caught:
        ANSWER_BY.sentence("de")
    assert str(caught.value) == "unknown language 'de'; pass 'en' or 'zh'"


@pytest.mark.parametrize(
    ("names", "en", "zh", "lang"),
    [
        pytest.param(("a", "b"), "{a} {b}", "{a}", "zh", id="a name lacks in Chinese"),
        pytest.param(("a", "b"), "{b}", "{a} {b}", "en", id="a name lacks in English"),
        pytest.param(("a",), "{a} {b}", "{a}", "en", id="a name too many"),
        pytest.param(("a",), "{a}", "{b}", "zh", id="another name"),
        pytest.param((), "plain", "{a}", "zh", id="no names"),
        pytest.param((), "{}", "plain", "en", id="a place without a name"),
    ],
)
def test_both_sentences_use_exactly_the_names(
    names: tuple[str, ...], en: str, zh: str, lang: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        Rule("test.broken", names, en=en, zh=zh)
    assert str(caught.value) == (
        f"rule test.broken: the {lang} sentence does not use exactly {names}"
    )


def test_a_name_may_stand_twice() -> None:
    rule = Rule("test.twice", ("a",), en="{a} and {a}", zh="{a}")
    assert rule.sentence("en") == "{a} and {a}"


def test_a_rule_is_hashable_and_picklable_and_stored_by_its_id() -> None:
    again = pickle.loads(pickle.dumps(ANSWER_BY))
    assert again == ANSWER_BY
    assert hash(again) == hash(ANSWER_BY)
    assert ANSWER_BY.__plain__() == {"rule": "test.answer_by"}
