"""Agreement of coders: the worked examples of the literature, and what holds for any codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnews.report.agreement import agreement, alpha, kappa


def test_cohens_kappa_of_a_worked_example() -> None:
    """Fifty proposals, two readers: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no; kappa 0.40."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.40)
    assert agreement(pairs).percent == pytest.approx(70)


@pytest.mark.parametrize(
    ("coders", "expected"),
    [
        (("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),  # Krippendorff 2011, A: binary, two observers
        (("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),  # B: nominal, two observers
        (
            (  # C: nominal, four observers, data missing
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ),
            0.743,
        ),
    ],
)
def test_krippendorffs_alpha_of_his_worked_examples(coders: tuple[str, ...], expected: float) -> None:
    units = [[code for code in unit if code != "."] for unit in zip(*(c.split() for c in coders), strict=True)]
    assert alpha(units) == pytest.approx(expected, abs=0.0005)


def test_nothing_is_said_where_nothing_can_be() -> None:
    assert agreement([]) == type(agreement([]))(0, None, None, None)
    same = agreement([("a", "a")] * 5)
    assert (same.units, same.percent, same.kappa, same.alpha) == (5, 100, None, None)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=40))
def test_who_comes_first_and_what_codes_are_called_makes_no_difference(pairs: list[tuple[str, str]]) -> None:
    one = agreement(pairs)
    other = agreement([(b.upper(), a.upper()) for a, b in reversed(pairs)])
    assert other.percent == one.percent
    assert other.kappa == pytest.approx(one.kappa)
    assert other.alpha == pytest.approx(one.alpha)
    assert one.kappa is None or one.kappa <= 1 + 1e-9
