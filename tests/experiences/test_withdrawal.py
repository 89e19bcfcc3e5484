"""A host is withdrawn: what goes with her, what stays, what an editor is told before and after."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.pages.publishing import Refused
from experiences.models import ExperiencePage, ExperienceProvider, ProviderPage
from experiences.withdrawal import LOG_ACTION, consequences
from tests.conftest import messages_of
from tests.core.jobs.test_schedule import a_minute_passes, schedule, the_hour_comes
from tests.experiences.enquiries.factories import EnquiryFactory
from tests.experiences.test_editing import add_experience, made
from tests.factories import (
    ExperiencePageFactory,
    PlaceFactory,
    ProviderPageFactory,
    StandardPageFactory,
    TestimonialFactory,
    UserFactory,
    make_catalogue,
    once,
)
from tests.people import browser, person
from tests.refusals import refused
from tests.template_database import prepared


def is_live(page: Any) -> bool:
    return Page.objects.live().filter(pk=page.pk).exists()


def unpublish(page: Any) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def bulk(action: str, *pages: Any) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return f"{url}?{'&'.join(f'id={page.pk}' for page in pages)}&next=/admin/"


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


@prepared
def nour():
    return make_nour()


def make_nour():
    words = {"title": "Nour Issa", "line": "Spelar oud.", "short_line": "oud"}
    return once(ProviderPageFactory, slug="nour-issa", parent=make_catalogue().providers, **words)


@prepared
def shared():
    """Hosted by both, Samira first."""
    catalogue = make_catalogue()
    words = {"title": "Bröd och oud", "providers": [catalogue.provider, make_nour()]}
    return once(ExperiencePageFactory, slug="brod-och-oud", parent=catalogue.experiences, **words)


# --- What goes, and what stays --------------------------------------------------------------------------------------
def test_her_own_experience_goes_with_her_in_all_languages(catalogue, translated):
    arabic = translated(catalogue.experience, "ar")
    catalogue.provider.unpublish()
    assert [is_live(page) for page in (catalogue.provider, catalogue.experience, arabic)] == [False] * 3


def test_the_swedish_page_goes_first_and_takes_its_translations_along(catalogue, translated):
    """Only the Swedish page is said to be withdrawn with its host; its translation goes with it, as always."""
    translated(catalogue.experience, "ar")
    catalogue.provider.unpublish()
    withdrawn = PageLogEntry.objects.filter(action=LOG_ACTION).values_list("page", flat=True)
    assert list(withdrawn) == [catalogue.experience.pk]


def test_a_shared_one_only_loses_her_and_has_her_again(catalogue, shared, client):
    catalogue.provider.unpublish()
    assert is_live(shared)
    assert [host.title for host in fresh(shared).hosts] == ["Nour Issa"]
    fresh(catalogue.provider).get_latest_revision().publish()
    assert [host.title for host in fresh(shared).hosts] == ["Samira Khoury", "Nour Issa"]


def test_it_goes_with_its_last_host(catalogue, nour, shared):
    catalogue.provider.unpublish()
    nour.unpublish()
    assert not is_live(shared)


def test_her_translation_is_withdrawn_alone(catalogue, translated):
    arabic = translated(catalogue.provider, "ar")
    arabic.unpublish()
    assert is_live(catalogue.experience)


@pytest.mark.parametrize("include", [{}, {"include_descendants": "on"}])
def test_the_list_of_hosts_takes_along_what_it_is_told_to(catalogue, admin, include):
    admin.post(unpublish(catalogue.providers), include)
    assert is_live(catalogue.experience) is not bool(include)


def test_she_ends_at_an_hour(catalogue):
    Page.objects.filter(pk=catalogue.provider.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    a_minute_passes()
    assert not is_live(catalogue.experience)
    assert PageLogEntry.objects.filter(page=catalogue.experience.pk, action=LOG_ACTION, user=None).exists()


def test_she_is_withdrawn_by_code_that_says_nothing(catalogue):
    host = fresh(catalogue.provider)
    host.live = False
    host.save()
    assert not is_live(catalogue.experience)


def test_she_is_withdrawn_as_a_page_of_no_type(catalogue):
    Page.objects.get(pk=catalogue.provider.pk).unpublish()
    assert not is_live(catalogue.experience)


def test_the_log_says_with_whom_and_by_whom(catalogue, admin):
    admin.post(unpublish(catalogue.provider))
    entry = PageLogEntry.objects.get(page=catalogue.experience.pk, action=LOG_ACTION)
    assert (entry.data["host"], entry.user.username) == ("Samira Khoury", "admin")
    history = reverse("wagtailadmin_pages:history", args=[catalogue.experience.pk])
    assert "Samira Khoury" in admin.get(history).text


def test_code_that_says_who_withdraws_is_believed(catalogue):
    editor = UserFactory(admin=True)
    catalogue.provider.unpublish(user=editor)
    assert PageLogEntry.objects.get(page=catalogue.experience.pk, action=LOG_ACTION).user == editor


def test_one_that_waits_for_its_hour_waits_no_longer(catalogue):
    page = fresh(catalogue.experience)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    catalogue.provider.unpublish()
    assert fresh(page).scheduled_revision is None


def test_all_or_nothing(catalogue, monkeypatch):
    """An experience that cannot be withdrawn leaves its host as she was."""
    monkeypatch.setattr(ExperiencePage, "unpublish", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        catalogue.provider.unpublish()
    assert is_live(catalogue.provider)


@pytest.mark.django_db(transaction=True)
def test_two_who_withdraw_its_two_hosts_at_once_leave_it_to_nobody(home):
    """The second waits until the first is done, and then sees that nobody is left."""
    catalogue = make_catalogue()
    nour = ProviderPageFactory(parent=catalogue.providers, title="Nour Issa")
    shared = ExperiencePageFactory(parent=catalogue.experiences, providers=[catalogue.provider, nour])

    def second() -> None:
        fresh(nour).unpublish()
        connection.close()

    other = Thread(target=second)
    with transaction.atomic():
        fresh(catalogue.provider).unpublish()
        other.start()
        other.join(1)
        assert other.is_alive()
    other.join(20)
    assert [is_live(page) for page in (catalogue.provider, nour, shared)] == [False] * 3


@pytest.mark.django_db(transaction=True)
def test_one_who_publishes_while_the_host_is_withdrawn_is_refused(home):
    catalogue = make_catalogue()
    catalogue.experience.unpublish()
    refused = []

    def publish() -> None:
        try:
            fresh(catalogue.experience).get_latest_revision().publish()
        except Refused as error:
            refused.append(error)
        connection.close()

    other = Thread(target=publish)
    with transaction.atomic():
        fresh(catalogue.provider).unpublish()
        other.start()
        other.join(1)
    other.join(20)
    assert len(refused) == 1
    assert not is_live(catalogue.experience)


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_the_same_pages_in_another_order_follow_each_other(home):
    """As when one editor publishes all experiences at once, and another all hosts."""
    catalogue = make_catalogue()
    experience, host = catalogue.experience, catalogue.provider
    for page in (experience, host):
        fresh(page).save_revision()
    done = []

    def publish(*pages: Any) -> None:
        for page in pages:
            fresh(page).get_latest_revision().publish()

    def second() -> None:
        with transaction.atomic():
            publish(host, experience)
        done.append(True)
        connection.close()

    other = Thread(target=second)
    with transaction.atomic():
        publish(experience)
        other.start()
        other.join(1)
        publish(host)
    other.join(20)
    assert done == [True]


# --- Nothing public names her ---------------------------------------------------------------------------------------
PLACES = ("/", "/upplevelser/", "/vardarna/", "/upplevelser/brod-och-oud/", "/enquiry/", "/search/?q=samira")


@pytest.mark.parametrize("code", ["sv", "en", "ar"])
def test_nothing_public_names_her(catalogue, shared, translated, client, code):
    for page in (catalogue.provider, catalogue.experience, shared):
        translated(page, "en", {"title": f"{page.title} in English", "slug": f"{page.slug}-en"})
    shown = {place: client.get(f"/{code}{place}", follow=True).text for place in PLACES}
    assert "Samira" in shown["/upplevelser/brod-och-oud/"]
    catalogue.provider.unpublish()
    for place in PLACES:
        answer = client.get(f"/{code}{place}", follow=True)
        assert answer.status_code == 200
        said = answer.text.replace("q=samira", "").replace('value="samira"', "").replace("samira</", "</")
        assert "samira" not in said.lower().split("<body")[1].split("<h1")[0], place
        assert "Samira" not in said, place
        assert "samira-khoury" not in said, place
    for gone in (catalogue.provider, catalogue.experience):
        assert client.get(f"/{code}/{gone.url.removeprefix('/sv/')}".replace("//", "/")).status_code == 404
    assert "samira-khoury" not in client.get("/sitemap.xml").text


def test_the_shared_one_takes_the_cloth_of_who_is_left(catalogue, nour, shared, client):
    assert "/cloth/samira-khoury.png" in client.get(shared.url).text
    catalogue.provider.unpublish()
    assert "/cloth/nour-issa.png" in client.get(shared.url).text


def test_the_confirmation_of_an_enquiry_does_not_name_her(catalogue, shared, client):
    enquiry = EnquiryFactory(experience=shared, experience_title=shared.title, token="t" * 43)
    page = reverse("enquiries:received", args=[enquiry.token])
    assert client.get(page).context["hosts"] == ["Samira Khoury", "Nour Issa"]
    catalogue.provider.unpublish()
    answer = client.get(page)
    assert answer.context["hosts"] == ["Nour Issa"]
    assert "Samira" not in answer.text


def test_the_shared_one_is_not_found_by_her_name(catalogue, shared, client):
    assert shared.url in client.get("/sv/search/?q=khoury").text
    catalogue.provider.unpublish()
    assert shared.url not in client.get("/sv/search/?q=khoury").text


def test_a_host_who_is_still_a_draft_is_not_found_by_her_experience(catalogue, client):
    """The index is written from the version that is published, not from the tables."""
    draft = ProviderPageFactory(parent=catalogue.providers, title="Zahra Noori", draft=True)
    page = ExperiencePageFactory(parent=catalogue.experiences, providers=[catalogue.provider, draft])
    assert page.url not in client.get("/sv/search/?q=zahra").text
    assert "Zahra" not in client.get(page.url).text


def test_a_version_with_other_hosts_is_previewed_as_it_would_be_live(catalogue, nour):
    def preview() -> str:
        draft = fresh(catalogue.experience).get_latest_revision_as_object()
        draft.experience_providers.add(ExperienceProvider(provider=fresh(nour), sort_order=5))
        return str(draft.make_preview_request().content.decode())

    assert "Nour Issa" in preview()
    nour.unpublish()
    assert "Nour Issa" not in preview()


def test_where_a_list_is_withdrawn_its_pages_stay_without_a_link_to_it(catalogue, client):
    for page in (catalogue.experiences, catalogue.providers):
        page.unpublish()
    for url in ("/sv/", catalogue.experience.url, catalogue.provider.url):
        text = client.get(url).text
        assert 'href="/sv/upplevelser/"' not in text
        assert 'href="/sv/vardarna/"' not in text
    sitemap = client.get("/sitemap.xml").text
    assert catalogue.experience.url in sitemap
    assert "/sv/upplevelser/<" not in sitemap


# --- Not published without a host -----------------------------------------------------------------------------------
@pytest.fixture
def alone(catalogue):
    """Samira and her experience, both withdrawn."""
    catalogue.provider.unpublish()
    return fresh(catalogue.experience)


FIRST = "Publicera värdens sida först: Samira Khoury."


def test_the_button_is_refused_at_the_host(catalogue, alone, admin):
    answer = add_experience(admin, catalogue)
    assert answer.context["form"].formsets["experience_providers"].errors == [{"provider": [FIRST]}]
    assert FIRST in answer.text
    assert not ExperiencePage.objects.filter(slug="vava-ett-band").exists()


def test_a_draft_is_saved_and_an_hour_may_be_set(catalogue, alone, admin):
    tomorrow = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%d %H:%M}"
    assert add_experience(admin, catalogue, go_live_at=tomorrow).status_code == 302
    assert (made().live, made().scheduled_revision is not None) == (False, True)


def test_a_host_taken_away_does_not_count(catalogue, nour, alone, admin):
    answer = add_experience(
        admin,
        catalogue,
        experience_providers=inline_formset(
            [{"provider": catalogue.provider.pk}, {"provider": nour.pk, "DELETE": "1"}]
        ),
    )
    assert FIRST in answer.text


def test_several_at_once_are_refused(alone, admin):
    answer = admin.post(bulk("publish", alone), follow=True)
    assert FIRST in messages_of(answer)[0]
    assert not is_live(alone)


def test_so_are_those_below_a_list(catalogue, alone, admin):
    admin.post(bulk("publish", catalogue.experiences), {"include_descendants": "on"})
    assert not is_live(alone)


def test_an_hour_waits_for_the_host(catalogue, alone):
    page = schedule(alone)
    the_hour_comes(page)
    a_minute_passes()
    assert not is_live(page)
    fresh(catalogue.provider).get_latest_revision().publish()
    a_minute_passes()
    assert is_live(page)


def test_code_is_refused(catalogue, alone):
    with refused("without_live_host", match="Samira Khoury"):
        alone.get_latest_revision().publish()
    with refused("without_live_host"):
        alone.copy(update_attrs={"slug": "kopia", "live": True})
    with refused("without_live_host"):
        ExperiencePageFactory(parent=catalogue.experiences, providers=[])
    assert not ExperiencePage.objects.live().exists()


def test_an_approval_is_refused_in_words_and_stays_to_be_approved(catalogue, alone, admin):
    workflow = alone.get_workflow()
    workflow.start(alone, UserFactory(username="asker"))
    state = alone.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[alone.pk, "approve", state.pk])
    answer = admin.post(url, {"comment": ""}, follow=True)
    assert FIRST in str(messages_of(answer))
    assert not is_live(alone)
    assert fresh(alone).current_workflow_task_state == state


# --- Said before, and after -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("several", [False, True])
def test_it_is_said_before_what_follows(catalogue, nour, shared, home, translated, admin, several):
    said = TestimonialFactory(words="Samira visade oss hur.", guest="Ingrid")
    by_nour = ExperiencePageFactory(
        parent=catalogue.experiences,
        providers=[nour],
        testimonials=[said],
        title="Oud",
        place=PlaceFactory(name="Hemma hos Samira"),
    )
    about = StandardPageFactory(parent=home, title="Vilka vi är", lead="Det började med Samiras bröd.")
    english = translated(about, "en", {"title": "Who we are", "lead": "It began with Samira Khoury’s bread."})
    PlaceFactory(name="Samiras gamla kök")
    page = bulk("unpublish", catalogue.provider) if several else unpublish(catalogue.provider)
    text = admin.get(page).text
    assert "Avpubliceras också" in text
    going, rest = text.split("Avpubliceras också")[1].split("De här blir kvar")
    staying, named = rest.split("Namnet står fortfarande")
    edit = {name: reverse("wagtailadmin_pages:edit", args=[page.pk]) for name, page in vars(catalogue).items()}
    assert edit["experience"] in going
    assert reverse("wagtailadmin_pages:edit", args=[shared.pk]) in staying
    assert "började med Samiras bröd" in named
    assert "Khoury’s bread" in named
    assert "(Engelska)" in named
    assert "Samira visade oss" in named
    assert "Hemma hos Samira" in named
    assert "Samiras gamla kök" not in named
    assert edit["experience"] not in named
    assert reverse("wagtailadmin_pages:edit", args=[english.pk]) in named
    assert is_live(by_nour)


def test_of_the_hosts_below_a_list_it_is_said_too(catalogue, admin):
    text = admin.get(unpublish(catalogue.providers)).text
    assert "Samira Khoury" in text
    assert catalogue.experience.title in text


def test_two_hosts_withdrawn_together_take_along_what_they_share(catalogue, nour, shared):
    assert consequences([catalogue.provider]).staying == [shared]
    found = consequences([catalogue.provider, nour])
    assert (set(found.going), found.staying) == ({catalogue.experience, shared}, [])


def test_a_page_that_is_no_host_asks_as_before(catalogue, admin, translated):
    for page in (catalogue.experience, translated(catalogue.provider, "ar")):
        assert "Avpubliceras också" not in admin.get(unpublish(page)).text


def test_a_host_who_is_deleted_is_named_where_she_still_is(catalogue, nour, home, admin):
    StandardPageFactory(parent=home, lead="Nours oud låter.")
    text = admin.get(reverse("wagtailadmin_pages:delete", args=[nour.pk])).text
    assert "Nours oud låter." in text
    assert "Nours oud låter." in admin.get(bulk("delete", nour)).text


def test_a_host_with_experiences_is_not_deleted_and_nothing_else_is_promised(catalogue, admin):
    host = catalogue.provider
    ReferenceIndex.create_or_update_for_object(catalogue.experience)
    delete = reverse("wagtailadmin_pages:delete", args=[host.pk])
    for page in (delete, bulk("delete", host)):
        assert "Avpubliceras också" not in admin.get(page).text
    admin.post(delete)
    assert is_live(host)
    assert is_live(catalogue.experience)


@pytest.mark.parametrize("several", [False, True])
def test_it_is_said_after_what_was_done(catalogue, admin, several):
    page = bulk("unpublish", catalogue.provider) if several else unpublish(catalogue.provider)
    said = str(messages_of(admin.post(page, follow=True)))
    assert "Baka bröd på het plåt" in said
    assert reverse("wagtailadmin_pages:edit", args=[catalogue.experience.pk]) in said


def test_who_comes_back_hears_what_went_with_her(catalogue, shared, alone, admin):
    answer = admin.post(bulk("publish", catalogue.provider), follow=True)
    said = str(messages_of(answer))
    assert "inte publicerad" in said
    assert reverse("wagtailadmin_pages:edit", args=[alone.pk]) in said
    assert "Bröd och oud" not in said
    alone.get_latest_revision().publish()
    fresh(alone).unpublish()
    assert "Baka bröd" not in str(messages_of(admin.post(bulk("publish", catalogue.provider), follow=True)))


def test_who_publishes_her_in_the_form_hears_it_too(catalogue, alone, admin):
    values = {"title": "Samira Khoury", "slug": "samira-khoury", "line": "Bakar.", "story": streamfield([])}
    sent = nested_form_data(values | {"comments": inline_formset([])}) | {"action-publish": "1"}
    url = reverse("wagtailadmin_pages:edit", args=[catalogue.provider.pk])
    assert "Baka bröd på het plåt" in str(messages_of(admin.post(url, sent, follow=True)))


def test_who_sets_her_end_hears_what_will_go_then(catalogue, admin):
    tomorrow = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%d %H:%M}"
    values = {"title": "Samira Khoury", "slug": "samira-khoury", "line": "Bakar.", "story": streamfield([])}
    values |= {"comments": inline_formset([]), "expire_at": tomorrow}
    url = reverse("wagtailadmin_pages:edit", args=[catalogue.provider.pk])
    answer = admin.post(url, nested_form_data(values) | {"action-publish": "1"}, follow=True)
    assert "Baka bröd på het plåt" in str(messages_of(answer))
    assert is_live(catalogue.experience)


def test_an_editor_may_all_of_it(catalogue):
    editor = browser(person("Editors"))
    assert editor.post(unpublish(catalogue.provider)).status_code == 302
    assert not is_live(catalogue.experience)
    assert ProviderPage.objects.filter(pk=catalogue.provider.pk, live=False).exists()
