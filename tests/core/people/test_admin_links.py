"""No link of the admin leads to "Sorry, you do not have permission": each role walks every page that it can reach."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from wagtail.models import Locale

from core.people import roles
from tests.core.people.test_admin_views import REFUSED, answer, ask
from tests.experiences.enquiries.factories import EnquiryFactory
from tests.factories import CategoryFactory, ImageFactory, SkillFactory
from tests.people import browser, person
from tests.translations import translate

pytestmark = pytest.mark.django_db

HREF = re.compile(r'<a\b[^>]*\shref="(/admin/[^"]*)"')
PROPS = re.compile(r'data-props="([^"]*)"')
# What wagtail-localize's script draws only for those who may.
DRAWN_IF = {"unpublishUrl": "canUnpublish", "lockUrl": "canLock", "unlockUrl": "canUnlock", "deleteUrl": "canDelete"}
# Links that are followed to one view: a page in two languages, one of each further type.
OF_EACH_VIEW = 6
# They end the visit.
NOT_FOLLOWED = ("/admin/logout/", "/admin/login/")


@pytest.fixture
def site(catalogue: Any) -> None:
    """A page of each kind, snippets, a picture, an enquiry; the pages and the snippets in English too."""
    page = catalogue.experience
    page.picture = catalogue.provider.portrait = ImageFactory()
    catalogue.provider.skills.set([SkillFactory()])
    for changed in (page, catalogue.provider):
        changed.save_revision().publish()
        translate(changed, "en")
    translate(CategoryFactory(name="Hantverk", slug="hantverk"), "en")
    english = CategoryFactory(name="Kultur", slug="kultur").copy_for_translation(Locale.objects.get(language_code="en"))
    english.save()
    EnquiryFactory(experience=page)


def links(html: str) -> Iterator[str]:
    """The links of a page, also those that wagtail-localize's script draws from JSON."""
    for href in HREF.findall(html):
        yield unescape(href)
    for props in PROPS.findall(html):
        data = json.loads(unescape(props))
        may = data.get("perms", {})
        yield from urls_in({key: url for key, url in data["links"].items() if may.get(DRAWN_IF.get(key, ""), True)})
        yield from urls_in(data["segments"])


def urls_in(data: Any) -> Iterator[str]:
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from urls_in(value)
    elif isinstance(data, str) and data.startswith("/admin/"):
        yield data


def view_of(address: str) -> str:
    """The URL pattern of the view; the address itself where there is none."""
    try:
        return resolve(address).route
    except Resolver404:
        return address


def refused_links(client: Client) -> dict[str, str]:
    """Link → the page that shows it, for each link that answers with a lack of rights."""
    shown_on: dict[str, str] = {"/admin/": ""}
    waiting, refused = ["/admin/"], {}
    followed: Counter[str] = Counter()
    while waiting:
        path = waiting.pop()
        response = ask(client, path)
        if answer(response) == REFUSED:
            refused[path] = shown_on[path]
            continue
        is_page = response.status_code == 200 and "text/html" in response.headers["Content-Type"]
        for link in links(response.content.decode()) if is_page else ():
            # What sorts, filters and turns pages is the same view with the same rights.
            address = link.partition("#")[0].partition("?")[0]
            if address not in shown_on and address not in NOT_FOLLOWED and followed[view_of(address)] < OF_EACH_VIEW:
                shown_on[address] = path
                followed[view_of(address)] += 1
                waiting.append(address)
    return refused


@pytest.mark.parametrize("role", roles.ROLES)
def test_no_link_that_a_role_sees_is_refused(site, role):
    assert refused_links(browser(person(role))) == {}


def choosers(client: Client, page: Any) -> set[str]:
    """The kinds of things that wagtail-localize's editor lets somebody choose anew for a translation."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    (props,) = PROPS.findall(html)
    widgets = (segment["location"]["widget"] for segment in json.loads(unescape(props))["segments"])
    return {widget["type"] for widget in widgets if widget}


def test_a_picture_is_offered_to_those_only_who_may_choose_one(site, catalogue):
    """Else "Change image" would open on nothing, and "Edit this image" on a lack of rights."""
    english = catalogue.provider.get_translation(Locale.objects.get(language_code="en"))
    assert "image_chooser" in choosers(browser(person(roles.EDITORS)), english)
    assert "image_chooser" not in choosers(browser(person(roles.TRANSLATORS)), english)


def test_the_report_of_translations_names_the_swedish_page_without_a_link(site, catalogue):
    report, swedish = reverse("wagtail_localize:translations_report"), catalogue.experience
    link = f'href="{reverse("wagtailadmin_pages:edit", args=[swedish.pk])}"'
    assert link in browser(person(roles.EDITORS)).get(report).text
    html = browser(person(roles.TRANSLATORS)).get(report).text
    assert link not in html
    assert swedish.title in html
