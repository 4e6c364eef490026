"""The cases over which something is proved: which facts, with which values, on which days."""

from collections.abc import Iterable

from attrs import field, frozen

from kamcore.errors import InputError, PolicyError, UnknownName
from kamcore.facts import ChoiceField, Field, Fields, TreeField
from kamcore.facts._diagram import Diagram
from kamcore.routing._duties import DutyRules
from kamcore.values import Days, Label
from kamcore.values._checks import brief, instance_of, tuple_of, unique_names

__all__ = ["Space", "diagram_of", "space_of"]


def _fields(given: Iterable[Field]) -> Fields:
    asked: object = given
    if not isinstance(asked, Iterable):
        raise PolicyError(f"a space of {brief(asked)}; pass its fields, such as policy.fields")
    return given if isinstance(given, Fields) else Fields(given)


@frozen(order=False)
class Space:
    """All cases of some fields: every option, place, yes and no, and every stretch of numbers.

    A text stands for the texts that rules name and for any other. `open` names fields whose list
    does not end with what is declared (等), so that nothing is proved beyond it; `may_miss` those
    whose fact may be missing. `days` are needed where rules are in force on certain days.
    """

    fields: Fields = field(converter=_fields, validator=instance_of(Fields))
    open: tuple[str, ...] = field(default=(), kw_only=True, validator=tuple_of(str))
    may_miss: tuple[str, ...] = field(default=(), kw_only=True, validator=tuple_of(str))
    days: Days | None = field(default=None, kw_only=True, validator=instance_of(Days, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse names of no field, and an open list where there is none."""
        for what, names in (("open", self.open), ("may_miss", self.may_miss)):
            unique_names(f"field in {what}", names)
            for name in names:
                if name not in self.fields.names:
                    raise UnknownName("field", name, self.fields.names)
        for name in self.open:
            if not isinstance(self.fields[name], ChoiceField | TreeField):
                raise PolicyError(f"field {name!r} is no list; leave it out of open")

    @property
    def open_lists(self) -> tuple[Label, ...]:
        """The fields whose list is open."""
        return tuple(self.fields[name].label for name in self.open)


def space_of(policies: tuple[DutyRules, ...], space: Space | None) -> Space:
    """Return the space, or that of all facts that the policies ask for.

    Raises `InputError` where the space leaves a fact out that a rule asks for.
    """
    asked = Fields.of(*policies)
    if space is None:
        return Space(asked)
    for one in asked:
        if one.name not in space.fields.names:
            raise InputError(
                f"the space leaves out {one.name!r}, which rules ask for; add the field to it"
            )
        if not space.fields[one.name].same_fact(one):
            raise InputError(
                f"field {one.name!r} means {space.fields[one.name]!r} in the space and {one!r} in "
                "the rules; use one field for both"
            )
    return space


def diagram_of(policies: tuple[DutyRules, ...], keys: list[list[int]], space: Space) -> Diagram:
    """Return which outcome each policy has in each case of a space."""
    return Diagram(
        [one.table for one in policies],
        keys,
        space.fields,
        may_miss=space.may_miss,
        days=space.days,
    )
