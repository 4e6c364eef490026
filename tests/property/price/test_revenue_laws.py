"""Laws of shared revenue."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kamcore.price import RevenueShare, share_revenue
from kamcore.values import Money, Split

SPLITS = st.sampled_from((Split.LARGEST_REMAINDER, Split.LARGEST_RATIO, Split.FIRST))
INVESTED = st.lists(st.integers(0, 10_000), min_size=1, max_size=6).filter(any)


@given(st.integers(0, 10_000), INVESTED, SPLITS)
def test_the_parts_add_up_and_lie_within_a_unit_of_the_exact_share(
    revenue: int, invested: list[int], split: Split
) -> None:
    investments = [(str(at), Money.from_minor(one, "CNY")) for at, one in enumerate(invested)]
    policy = RevenueShare(split=split)
    parts = share_revenue(Money.from_minor(revenue, "CNY"), policy, investments=investments).value
    assert sum(part.amount.minor for part in parts) == revenue
    assert sum(Fraction(part.share.numerator, part.share.denominator) for part in parts) == 1
    for part in parts:
        share = Fraction(part.share.numerator, part.share.denominator)
        assert abs(part.amount.minor - revenue * share) < 1
        assert part.invested.minor or not part.amount.minor
