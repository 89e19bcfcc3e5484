"""Which query parameters make another page."""

import pytest

from core.web.page_cache.parameters import known_query


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("", ""),
        ("utm_source=letter&fbclid=1", ""),
        ("q=bread", "q=bread"),
        ("utm_source=letter&q=bread", "q=bread"),
        ("people=4&kind=food", "kind=food&people=4"),
        ("kind=food&kind=craft", "kind=food&kind=craft"),  # in the order given
        ("kind=craft&kind=food", "kind=craft&kind=food"),
        ("date=2027-02-04&experience=7&purpose=gift", "date=2027-02-04&experience=7&purpose=gift"),
        ("q=br%C3%B6d", "q=br%C3%B6d"),
        ("q=%ff", "q=%EF%BF%BD"),
        ("q=", "q="),
        ("&&&", ""),
        ("q=bread;page=2", "q=bread%3Bpage%3D2"),
        ("people=4&" + "&".join(f"x={number}" for number in range(200)), "people=4"),
    ],
)
def test_only_parameters_that_pages_know_are_kept_in_one_order(asked, known):
    assert known_query(asked) == known
