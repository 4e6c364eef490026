"""The public names, held against a committed list: a change here is a change of the API."""

import importlib
import pkgutil
from pathlib import Path

import kamcore
from kamcore import calendars, credit, facts, price, routing, score, sla, tier

LIST = Path(__file__).with_name("public_names.txt")
OF_ONE_PARAMETER = ("{others}", "{note}")
ROOMS = (calendars, facts, score, tier, price, credit, sla, routing)


def names() -> list[str]:
    """Return what every room and every preset publishes."""
    found: list[str] = []
    for module in pkgutil.walk_packages(kamcore.__path__, "kamcore."):
        if any(part.startswith("_") for part in module.name.split(".")):
            continue
        room = importlib.import_module(module.name)
        found.extend(f"{module.name}.{name}" for name in room.__all__)
    return sorted(found)


def test_the_public_names_are_those_of_the_committed_list() -> None:
    assert names() == LIST.read_text(encoding="utf-8").splitlines()


def test_every_public_name_exists() -> None:
    for name in names():
        module, _, member = name.rpartition(".")
        assert hasattr(importlib.import_module(module), member)


def test_rule_ids_are_unique_and_begin_with_their_room() -> None:
    ids = [rule.id for room in ROOMS for rule in room.RULES]
    assert len(ids) == len(set(ids))
    for room in ROOMS:
        short = room.__name__.removeprefix("kamcore.")
        assert all(rule.id.startswith(f"{short}.") for rule in room.RULES)


def chinese(sentence: str) -> bool:
    """Say whether there is a Chinese character in a sentence."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in sentence)


def test_every_rule_has_a_sentence_in_both_languages() -> None:
    """A sentence that is nothing but a parameter has its words there."""
    for rule in (rule for room in ROOMS for rule in room.RULES):
        assert not chinese(rule.sentence("en"))
        assert chinese(rule.sentence("zh")) or rule.sentence("zh") in OF_ONE_PARAMETER
        assert not rule.sentence("en").endswith(".")
        assert not rule.sentence("zh").endswith("。")
