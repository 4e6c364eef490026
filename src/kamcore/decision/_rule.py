"""The constants from which reasons speak: one id, the same sentence in two languages."""

import re
from typing import NewType

from attrs import field, frozen

from kamcore.errors import PolicyError
from kamcore.values import Label, Lang

__all__ = ["Rule", "RuleId"]

RuleId = NewType("RuleId", str)


def _names(template: str) -> frozenset[str]:
    return frozenset(re.findall(r"\{(.*?)\}", template))


@frozen(order=False)
class Rule:
    """A rule of a room: `id` is API, the sentences are not; both name every one of `names`."""

    id: RuleId = field(converter=RuleId)
    names: tuple[str, ...] = field()
    en: str = field()
    zh: str = field()

    def __attrs_post_init__(self) -> None:
        """Check that both sentences use exactly `names`."""
        for lang, sentence in (("en", self.en), ("zh", self.zh)):
            if _names(sentence) != frozenset(self.names):
                raise PolicyError(
                    f"rule {self.id}: the {lang} sentence does not use exactly {self.names}"
                )

    def __plain__(self) -> dict[str, str]:
        """Return the id, by which a stored reason finds its rule again."""
        return {"rule": self.id}

    def sentence(self, lang: Lang) -> str:
        """Return the template in `lang`."""
        return Label(self.en, self.zh).text(lang)
