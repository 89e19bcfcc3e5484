"""A search that finds nothing asks "did you mean …?", with words that do find something."""

import re
from time import perf_counter
from urllib.parse import unquote

import pytest

from search import suggestions
from search.suggestions import Vocabulary, suggestion
from tests.factories import ExperiencePageFactory
from tests.search.test_search import bread as bread
from tests.search.test_search import hits


@pytest.fixture(autouse=True)
def forget():
    suggestions._vocabulary.cache_clear()


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        *(("lakkan", "lakan"), ("deggen", "degen"), ("Samira Kouri", "samira khoury"), ("BRÖÖD", "bröd")),
        ("tunnn lakkan", "tunn lakan"),
    ],
)
def test_a_misspelled_word_leads_to_the_right_one(client, bread, query, meant):
    assert hits(client, query) == []
    page = client.get("/sv/search/", {"q": query}).text
    link = re.search(r'Menade du <a href="\?q=([^"]*)" dir="auto">([^<]*)</a>\?', page)
    assert link
    assert unquote(link[1]) == link[2] == meant
    assert hits(client, meant)


def test_an_arabic_word_too(client, bread, translated):
    translated(bread, "ar", {"title": "اصنعوا طائرة ورقية", "slug": "kite"})
    assert suggestion("طيارة ورقية", "ar") == "طائرة ورقية"
    assert 'dir="auto">طائرة ورقية</a>' in client.get("/ar/search/", {"q": "طيارة ورقية"}).text


def test_what_others_call_a_gift_certificate_leads_to_ours(client, bread):
    bread.summary = "Som presentbevis gäller det ett år."
    bread.save_revision().publish()
    assert suggestion("presentkort", "sv") == suggestion("presentkortet", "sv") == "presentbevis"


@pytest.mark.parametrize(
    "query", ["segelflyg", "xyz", "12", "%", "<script>", "'); DROP", "a b c d lakkan", "bröd xyzxyz"]
)
def test_nothing_close_is_no_suggestion(client, bread, query):
    assert "Menade du" not in client.get("/sv/search/", {"q": query}).text
    assert suggestion(query, "sv") == ""


def test_a_word_of_a_page_that_is_new_is_suggested_at_once(client, bread):
    assert suggestion("zebravaffal", "sv", version=1) == ""
    ExperiencePageFactory(title="Zebravaffel", slug="zebravaffel")
    assert suggestion("zebravaffal", "sv", version=2) == "zebravaffel"


def test_what_is_found_gets_no_suggestion(client, bread):
    assert "Menade du" not in client.get("/sv/search/", {"q": "lakan"}).text


def test_no_word_of_a_page_that_is_gone_is_suggested(client, bread):
    suggestion("lakkan", "sv")
    bread.unpublish()
    assert suggestion("lakkan", "sv") == ""


def test_the_words_are_read_once(client, bread, django_assert_num_queries):
    suggestion("lakkan", "sv")
    with django_assert_num_queries(1):
        assert suggestion("deggen", "sv") == "degen"


def test_a_large_vocabulary_is_searched_in_a_moment():
    letters = "abcdefghijklmnopqrst"
    vocabulary = Vocabulary([a + b + c + d + "aring" for a in letters for b in letters for c in letters for d in "abc"])
    assert len(vocabulary.words) > suggestions.MOST_WORDS
    start = perf_counter()
    assert vocabulary.like("kalligrafi") == []
    assert perf_counter() - start < 2
