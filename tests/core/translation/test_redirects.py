"""Old addresses lead on, and never back to themselves."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.translation import redirects
from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks: Any) -> Any:
    """Wagtail tells of a new slug when the transaction is done."""

    def rename(page: Any, slug: str) -> Any:
        page = Page.objects.get(pk=page.pk).specific
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        return Page.objects.get(pk=page.pk).specific

    return rename


def end_of(client: Any, url: str) -> tuple[int, str]:
    """Status and address after all redirects; the test client refuses a circle itself."""
    answer = client.get(url, follow=True)
    return answer.status_code, answer.redirect_chain[-1][0] if answer.redirect_chain else url


def test_an_old_address_leads_to_the_page(home, rename, client):
    page = rename(StandardPageFactory(parent=home, slug="a"), "b")
    for old in ("/sv/a/", "/sv/a"):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, page.url)
    assert answer["Cache-Control"] == "no-cache"


def test_a_redirect_keeps_the_query_string(home, rename, client):
    """A link to a day (?date=…) that was shared before the page was renamed."""
    page = rename(StandardPageFactory(parent=home, slug="a"), "b")
    assert client.get("/sv/a/?date=2027-02-04&people=4")["Location"] == f"{page.url}?date=2027-02-04&people=4"
    Redirect.add_redirect("/sv/jul", redirect_to="/sv/b/?visa=alla#form")
    assert client.get("/sv/jul?date=2027-02-04")["Location"] == "/sv/b/?visa=alla&date=2027-02-04#form"
    Redirect.add_redirect("/sv/c?x=1", redirect_to=page)
    assert client.get("/sv/c?x=1")["Location"] == page.url
    Redirect.add_redirect("/sv/d", redirect_to="https://example.org/")
    assert client.get("/sv/d?x=1")["Location"] == "https://example.org/"


def test_a_renamed_page_without_translation_is_found_from_its_old_address_in_every_language(home, rename, client):
    rename(StandardPageFactory(parent=home, slug="a"), "b")
    for old, new in (("/ar/a/", "/ar/b/"), ("/en/a", "/en/b/"), ("/ar/a/?date=2027-02-04", "/ar/b/?date=2027-02-04")):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (302, new)
        assert client.get(new).status_code == 200


def test_so_is_one_that_was_translated_since(home, rename, translated, client):
    page = rename(StandardPageFactory(parent=home, slug="a"), "b")
    arabic = translated(page, "ar", {"slug": "ba"})
    assert client.get("/ar/a/")["Location"] == arabic.url
    arabic.unpublish()
    assert client.get("/ar/a/")["Location"] == "/ar/b/"


def test_what_lies_below_a_renamed_list_is_found_too(catalogue, rename, client):
    rename(catalogue.experiences, "prova-pa")
    assert client.get("/ar/upplevelser/baka-brod/")["Location"] == "/ar/prova-pa/baka-brod/"


def test_in_other_languages_a_redirect_leads_to_no_withdrawn_page(home, rename, client):
    page = rename(StandardPageFactory(parent=home, slug="a"), "b")
    page.unpublish()
    assert client.get("/ar/a/").status_code == 404


def test_a_redirect_by_hand_is_found_however_its_address_is_written(home, client):
    page = StandardPageFactory(parent=home, slug="presentkort")
    Redirect.add_redirect("/jul", redirect_to=page)
    Redirect.add_redirect("/sv/film", redirect_to="https://example.org/film")
    assert client.get("/Jul")["Location"] == page.url
    assert client.get("/sv/Film/")["Location"] == "https://example.org/film"
    assert client.get("/ar/film/").status_code == 404, "an editor meant Swedish readers"


def test_renamed_there_and_back_and_withdrawn_a_page_is_not_found(home, rename, client):
    page = rename(rename(StandardPageFactory(parent=home, slug="a"), "b"), "a")
    assert not Redirect.objects.filter(old_path="/sv/a").exists()
    assert end_of(client, "/sv/b/") == (200, "/sv/a/")
    page.unpublish()
    answer = client.get("/sv/a/")
    assert answer.status_code == 404
    assert "<title>" in answer.text
    assert client.get("/sv/b/").status_code == 404


def test_so_it_is_for_redirects_that_were_made_before(home, client):
    """A database holds them already."""
    page = StandardPageFactory(parent=home, slug="a", draft=True)
    Redirect.add_redirect("/sv/a", redirect_to=page, automatically_created=True)
    assert client.get("/sv/a/").status_code == 404
    page.get_latest_revision().publish()
    assert not Redirect.objects.exists()


def test_no_redirect_names_a_page_that_is_withdrawn(catalogue, rename, client):
    host = rename(catalogue.provider, "samira-k")
    assert client.get("/sv/vardarna/samira-khoury/")["Location"] == host.url
    host.unpublish()
    answer = client.get("/sv/vardarna/samira-khoury/")
    assert answer.status_code == 404
    assert "samira-k/" not in answer.text


def test_a_round_of_names_is_no_round_of_redirects(home, rename, client):
    """A→B→C→A, page by page."""
    page = StandardPageFactory(parent=home, slug="a")
    for slug in ("b", "c", "a"):
        page = rename(page, slug)
    page.unpublish()
    assert [client.get(f"/sv/{slug}/").status_code for slug in "abc"] == [404, 404, 404]
    page.get_latest_revision().publish()
    assert [end_of(client, f"/sv/{slug}/") for slug in "abc"] == [(200, "/sv/a/")] * 3


def test_two_pages_change_addresses(home, rename, client):
    one, two = (StandardPageFactory(parent=home, slug=slug) for slug in ("a", "b"))
    one = rename(one, "x")
    two = rename(two, "a")
    one = rename(one, "b")
    assert not Redirect.objects.filter(old_path__in=["/sv/a", "/sv/b"]).exists()
    assert [client.get(f"/sv/{slug}/").status_code for slug in "ab"] == [200, 200]
    for page in (one, two):
        page.unpublish()
    assert [client.get(f"/sv/{slug}/").status_code for slug in "abx"] == [404, 404, 404]


def test_a_parent_renamed_there_and_back_takes_those_below_along(home, rename, client):
    above = StandardPageFactory(parent=home, slug="a")
    below = StandardPageFactory(parent=above, slug="nere")
    above = rename(above, "b")
    assert end_of(client, "/sv/a/nere/") == (200, "/sv/b/nere/")
    rename(above, "a")
    assert not Redirect.objects.filter(old_path__startswith="/sv/a").exists()
    Page.objects.get(pk=below.pk).specific.unpublish()
    assert client.get("/sv/a/nere/").status_code == 404


def test_moved_there_and_back(home, client, django_capture_on_commit_callbacks):
    above = StandardPageFactory(parent=home, slug="a")
    page = StandardPageFactory(parent=home, slug="nere")
    for target in (above, home):
        with django_capture_on_commit_callbacks(execute=True):
            Page.objects.get(pk=page.pk).specific.move(Page.objects.get(pk=target.pk), pos="last-child")
    assert end_of(client, "/sv/a/nere/") == (200, "/sv/nere/")
    Page.objects.get(pk=page.pk).specific.unpublish()
    assert client.get("/sv/nere/").status_code == 404


def test_a_new_page_at_an_old_address_keeps_it(home, rename, client):
    moved = rename(StandardPageFactory(parent=home, slug="a"), "b")
    new = StandardPageFactory(parent=home, slug="a")
    assert end_of(client, "/sv/a") == (200, "/sv/a/")
    assert not Redirect.objects.filter(old_path="/sv/a").exists()
    new.unpublish()
    assert client.get("/sv/a/").status_code == 404
    moved.delete()
    assert client.get("/sv/b/").status_code == 404


def test_a_translation_renamed_there_and_back(home, translated, rename, client):
    arabic = translated(StandardPageFactory(parent=home, slug="a"), "ar", {"slug": "alif"})
    for slug in ("ba", "alif"):
        arabic = rename(arabic, slug)
    arabic.unpublish()
    answer = client.get("/ar/alif/")
    assert (answer.status_code, answer["Location"]) == (302, "/ar/a/")
    assert client.get("/ar/a/").status_code == 200


def test_two_drafts_with_each_others_swedish_address_lead_nowhere_else(home, translated, client):
    """Each address is that of a live Swedish page; the drafts led from one to the other for ever."""
    for slug, arabic in (("a", "b"), ("b", "a")):
        translated(StandardPageFactory(parent=home, slug=slug), "ar", {"slug": arabic}, publish=False)
    assert [client.get(f"/ar/{slug}/").status_code for slug in "ab"] == [200, 200]


def test_a_redirect_of_this_site_goes_before_one_of_all_sites(home):
    site = Site.objects.get()
    for owner, link in ((None, "/sv/alla/"), (site, "/sv/var/")):
        Redirect.add_redirect("/sv/a", redirect_to=link).save()
        Redirect.objects.filter(redirect_link=link).update(site=owner)
    assert redirects.find("/sv/a", site).redirect_link == "/sv/var/"
    Redirect.objects.filter(site=site).update(site=None, old_path="/sv/b")
    assert redirects.find("/sv/a", site).redirect_link == "/sv/alla/"


# --- By hand --------------------------------------------------------------------------------------------------------
ADD = "wagtailredirects:add"


def add(admin: Any, old: str, *, page: Any = None, link: str = "") -> Any:
    sent = {"old_path": old, "site": "", "is_permanent": "on", "redirect_page": page.pk if page else ""}
    return admin.post(reverse(ADD), sent | {"redirect_link": link})


@pytest.fixture
def host(home: Any) -> str:
    return str(Site.objects.get().root_url)


@pytest.mark.parametrize("old", ["/sv/a", "/sv/a/", "sv/a"])
@pytest.mark.parametrize("new", ["/sv/a", "/sv/a/", "/sv/a/?visa=alla"])
def test_a_redirect_to_itself_is_refused(admin, host, old, new):
    answer = add(admin, old, link=f"{host.upper().replace('HTTP', 'http')}{new}")
    assert "för evigt" in str(answer.context["form"].errors["redirect_link"])
    assert not Redirect.objects.exists()


def test_so_is_one_to_the_page_that_stands_there(admin, home):
    page = StandardPageFactory(parent=home, slug="a")
    assert "redirect_page" in add(admin, "/sv/a/", page=page).context["form"].errors


def test_so_is_one_that_comes_back_by_others(admin, host):
    for old, new in (("/sv/a", "/sv/b"), ("/sv/b", "/sv/c")):
        assert add(admin, old, link=host + new).status_code == 302
    answer = add(admin, "/sv/c", link=f"{host}/sv/a/")
    assert "/sv/c" in str(answer.context["form"].errors["redirect_link"])
    first = Redirect.objects.get(old_path="/sv/a")
    edit = reverse("wagtailredirects:edit", args=[first.pk])
    sent = {"old_path": "/sv/c", "site": "", "redirect_page": "", "redirect_link": f"{host}/sv/b"}
    assert "redirect_link" in admin.post(edit, sent).context["form"].errors


def test_other_sites_and_other_addresses_are_taken(admin, home, host, client):
    page = StandardPageFactory(parent=home, slug="om-oss")
    assert add(admin, "/sv/a", link="https://example.org/sv/a").status_code == 302
    assert add(admin, "/sv/b", page=page).status_code == 302
    assert add(admin, "/sv/c?x=1", link=f"{host}/sv/c").status_code == 302
    assert client.get("/sv/a/")["Location"] == "https://example.org/sv/a"
    assert client.get("/sv/b/")["Location"] == page.url


def test_an_imported_file_is_asked_row_by_row(admin, host):
    rows = [["/sv/a", f"{host}/sv/b"], ["/sv/b", f"{host}/sv/a"]]
    config = {"from_index": 0, "to_index": 1, "permanent": True, "site": None}
    summary = views.create_redirects_from_dataset(rows, config)
    assert (summary["successes"], summary["errors_count"]) == (1, 1)


def test_a_circle_that_is_there_already_is_not_found(home, host, client):
    for old, new in (("/sv/a", "/sv/b"), ("/sv/b", "/sv/c"), ("/sv/c", "/sv/a")):
        Redirect.add_redirect(old, redirect_to=host + new)
    assert [client.get(f"/sv/{slug}/").status_code for slug in "abcABC"] == [404] * 6
    StandardPageFactory(parent=home, slug="b")
    assert client.get("/sv/a/")["Location"] == f"{host}/sv/b"
    assert client.get("/sv/b")["Location"] == "/sv/b/"
    assert client.get("/sv/b/").status_code == 200
