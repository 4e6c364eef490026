"""Typed facts of an account, conditions as data, and rule tables."""

from kamcore.facts._conditions import (
    All,
    AnyOf,
    Combinable,
    Comparison,
    Condition,
    FlagIs,
    Leaf,
    OneOf,
    Presence,
    as_condition,
    as_optional_condition,
)
from kamcore.facts._facts import AsksFacts, Facts, Fields, Needs
from kamcore.facts._field import FactValue, Field, Wire
from kamcore.facts._numbers import DateField, MoneyField, NumberField, OrderedField, RatioField
from kamcore.facts._read import read_book, read_facts
from kamcore.facts._table import RuleTable, TableRule
from kamcore.facts._why import RULES, failing, leaf_reason
from kamcore.facts._words import Choice, ChoiceField, FlagField, Node, TextField, TreeField, Under

__all__ = [
    "RULES",
    "All",
    "AnyOf",
    "AsksFacts",
    "Choice",
    "ChoiceField",
    "Combinable",
    "Comparison",
    "Condition",
    "DateField",
    "FactValue",
    "Facts",
    "Field",
    "Fields",
    "FlagField",
    "FlagIs",
    "Leaf",
    "MoneyField",
    "Needs",
    "Node",
    "NumberField",
    "OneOf",
    "OrderedField",
    "Presence",
    "RatioField",
    "RuleTable",
    "TableRule",
    "TextField",
    "TreeField",
    "Under",
    "Wire",
    "as_condition",
    "as_optional_condition",
    "failing",
    "leaf_reason",
    "read_book",
    "read_facts",
]
