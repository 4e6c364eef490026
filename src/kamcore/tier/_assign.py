"""One question for all kinds of tier policy."""

from typing import overload

from kamcore.decision import Decision
from kamcore.errors import InputError
from kamcore.facts import Facts
from kamcore.score import Score
from kamcore.tier._bands import TierBands, assign_by_bands
from kamcore.tier._by_cut import assign_by_cuts
from kamcore.tier._quota import CutPoints, Standing
from kamcore.tier._rules import TierRules, assign_by_rules

__all__ = ["assign_tier"]


@overload
def assign_tier(subject: Facts, policy: TierRules) -> Decision[str]: ...
@overload
def assign_tier(subject: Score, policy: TierBands) -> Decision[str]: ...
@overload
def assign_tier(subject: Standing, policy: CutPoints) -> Decision[str]: ...
def assign_tier(
    subject: Facts | Score | Standing, policy: TierRules | TierBands | CutPoints
) -> Decision[str]:
    """Return the name of the tier of an account, with its reasons.

    Facts are asked of `TierRules`, a `Score` of `TierBands`, and a `Standing` of the `CutPoints`
    that a grading run under a `TierQuota` returned. Undecided where missing facts leave no answer,
    or where the account was not ranked.
    """
    if isinstance(subject, Facts) and isinstance(policy, TierRules):
        return assign_by_rules(subject, policy)
    if isinstance(subject, Score) and isinstance(policy, TierBands):
        return assign_by_bands(subject, policy)
    if isinstance(subject, Standing) and isinstance(policy, CutPoints):
        return assign_by_cuts(subject, policy)
    raise InputError(
        f"{type(subject).__name__} is asked of {type(policy).__name__}; ask Facts of TierRules, "
        "a Score of TierBands, a Standing of CutPoints"
    )
