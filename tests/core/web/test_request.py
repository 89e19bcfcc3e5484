"""The request in a template's context, and values computed once for it."""

from uuid import uuid4

from django.template.context import Context, RequestContext
from wagtail.models import Page

from core.translation import reading
from core.web.request import once, request_of


def test_a_context_knows_its_request_also_where_the_name_is_left_out(rf):
    request = rf.get("/")
    assert request_of(Context({"request": request})) is request
    assert request_of(RequestContext(request)) is request
    assert request_of(RequestContext(request).new()) is request
    assert request_of(Context()) is None


def test_a_value_is_computed_once_a_request_and_name(rf):
    calls = []

    def compute():
        calls.append(len(calls))
        return calls[-1]

    first, second = rf.get("/"), rf.get("/")
    assert [once(first, "a", compute), once(first, "a", compute), once(first, "b", compute)] == [0, 0, 1]
    assert once(second, "a", compute) == 2
    assert [once(None, "a", compute), once(None, "a", compute)] == [3, 4]


def test_an_empty_value_is_not_computed_again(rf):
    request = rf.get("/")
    assert once(request, "a", list) is once(request, "a", list)
    assert once(request, "b", lambda: None) is None
    assert once(request, "b", lambda: 1) is None


def test_pages_that_are_remembered_are_kept_with_all_else_of_the_request(rf):
    request, page = rf.get("/"), Page(translation_key=uuid4())
    before = set(vars(request))
    reading.remember([page], request)
    reading.remember([Page(translation_key=uuid4())], request)
    assert set(vars(request)) - before == {"_computed_once"}
    assert once(request, "core.known_pages", dict)[page.translation_key] is page
