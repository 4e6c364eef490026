from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kamcore.values import Split, allocate

totals = st.integers(-10_000, 10_000)
shares = st.lists(st.integers(0, 20), min_size=1, max_size=8).filter(any)
splits = st.sampled_from(Split)
steps = st.integers(1, 50)
# The splits that have no extra line.
TO_SHARES = (Split.FIRST, Split.LARGEST_REMAINDER, Split.LARGEST_RATIO)


@given(total=totals, ratios=shares, split=splits, step=steps)
def test_the_parts_sum_to_the_total(total: int, ratios: list[int], split: Split, step: int) -> None:
    assert sum(allocate(total, ratios, split, step=step)) == total


@given(total=totals, ratios=shares, split=splits, step=steps)
def test_a_negative_total_mirrors_the_positive(
    total: int, ratios: list[int], split: Split, step: int
) -> None:
    mirrored = allocate(-total, ratios, split, step=step)
    assert mirrored == tuple(-part for part in allocate(total, ratios, split, step=step))


@given(total=totals, ratios=shares, split=splits, step=steps)
def test_no_part_has_the_other_sign(total: int, ratios: list[int], split: Split, step: int) -> None:
    assert all(part * total >= 0 for part in allocate(total, ratios, split, step=step))


@given(total=totals, ratios=shares, split=splits, step=steps)
def test_a_share_of_0_gets_nothing(total: int, ratios: list[int], split: Split, step: int) -> None:
    parts = allocate(total, ratios, split, step=step)
    assert all(part == 0 for part, ratio in zip(parts, ratios, strict=False) if ratio == 0)


@given(total=totals, ratios=shares, split=splits, times=st.integers(1, 9))
def test_only_the_proportion_counts(
    total: int, ratios: list[int], split: Split, times: int
) -> None:
    larger = [ratio * times for ratio in ratios]
    assert allocate(total, larger, split) == allocate(total, ratios, split)


@given(count=totals, ratios=shares, step=steps)
def test_by_largest_remainder_no_part_is_a_step_off(
    count: int, ratios: list[int], step: int
) -> None:
    parts = allocate(count * step, ratios, Split.LARGEST_REMAINDER, step=step)
    for part, ratio in zip(parts, ratios, strict=True):
        assert abs(part - Fraction(count * step * ratio, sum(ratios))) < step


@given(count=totals, ratios=shares, split=st.sampled_from(TO_SHARES), step=steps)
def test_no_part_is_more_than_a_step_off(
    count: int, ratios: list[int], split: Split, step: int
) -> None:
    parts = allocate(count * step, ratios, split, step=step)
    for part, ratio in zip(parts, ratios, strict=True):
        assert abs(part - Fraction(count * step * ratio, sum(ratios))) <= step


@given(count=totals, ratios=shares, split=st.sampled_from(TO_SHARES), step=steps)
def test_whole_steps_stay_whole(count: int, ratios: list[int], split: Split, step: int) -> None:
    assert not any(part % step for part in allocate(count * step, ratios, split, step=step))


@given(total=st.integers(0, 10_000), ratios=shares)
def test_no_larger_remainder_is_passed_over(total: int, ratios: list[int]) -> None:
    parts = allocate(total, ratios, Split.LARGEST_REMAINDER)
    cut = [Fraction(total * ratio, sum(ratios)) % 1 for ratio in ratios]
    given_one = [
        part > Fraction(total * ratio, sum(ratios))
        for part, ratio in zip(parts, ratios, strict=True)
    ]
    raised = [rest for rest, one in zip(cut, given_one, strict=True) if one]
    passed = [rest for rest, one in zip(cut, given_one, strict=True) if not one]
    assert not raised or not passed or min(raised) >= max(passed)


@given(total=st.integers(0, 10_000), ratios=shares)
def test_an_extra_line_is_smaller_than_the_number_of_shares(total: int, ratios: list[int]) -> None:
    *_, rest = allocate(total, ratios, Split.REMAINDER_LAST)
    assert 0 <= rest < len(ratios)


@given(total=st.integers(0, 10_000), ratios=shares)
def test_whole_blocks_keep_the_proportion_exactly(total: int, ratios: list[int]) -> None:
    *parts, _ = allocate(total, ratios, Split.WHOLE_BLOCKS)
    given_out = sum(parts)
    assert [part * sum(ratios) for part in parts] == [ratio * given_out for ratio in ratios]
