"""What every page says about the site itself."""

from datetime import time

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.contact.facts import SiteFacts, phone_uri, site_facts
from core.models import SiteFooter, SocialLink


@pytest.fixture
def settings_row(home):
    row = Site.objects.get().sitesettings
    row.phone, row.email, row.opens, row.closes, row.answer_days = "0470-12 34 56", "hej@x.se", time(9), time(16), 3
    row.street, row.postcode, row.town = "Storgatan 1", "352 30", "Växjö"
    row.save()
    SiteFooter.objects.create(settings=row, locale=Locale.objects.get(language_code="sv"), text="Utan vinst.")
    SiteFooter.objects.create(settings=row, locale=Locale.objects.get(language_code="en"), text="For no profit.")
    for place, name in enumerate(["Mastodon", "Kalender"]):
        SocialLink.objects.create(settings=row, name=name, url=f"https://{name}.example", sort_order=place)
    return row


def test_one_query_gives_all_and_a_second_call_asks_nothing(settings_row, rf, django_assert_num_queries):
    request = rf.get("/sv/", headers={"host": "localhost"})
    Site.find_for_request(request)
    with django_assert_num_queries(1):
        facts = site_facts(request)
        assert site_facts(request) is facts
    assert (facts.phone, facts.answer_days, facts.footer) == ("0470-12 34 56", 3, "Utan vinst.")
    assert facts.address == "Storgatan 1, 352 30 Växjö"
    assert [link["name"] for link in facts.social_links] == ["Mastodon", "Kalender"]


@pytest.mark.parametrize(("language", "text", "code"), [("en", "For no profit.", "en"), ("ar", "Utan vinst.", "sv")])
def test_the_footer_is_in_the_readers_language_or_else_in_swedish(settings_row, rf, language, text, code):
    with override(language):
        facts = site_facts(rf.get("/", headers={"host": "localhost"}))
    assert (facts.footer, facts.footer_language) == (text, code)


def test_a_site_without_settings_has_a_name_and_the_usual_promise(home, rf):
    Site.objects.get().sitesettings.delete()
    facts = site_facts(rf.get("/", headers={"host": "localhost"}))
    assert facts == SiteFacts(name="Sociala upplevelsepresenter")
    assert facts.answer_days == 2
    assert facts.address == ""


def settings_form(row, *codes):
    """What the browser sends when the footers' languages are chosen anew."""
    footers = [
        {"id": footer.pk, "locale": Locale.objects.get(language_code=code).pk, "text": footer.text}
        for footer, code in zip(row.footers.order_by("sort_order", "pk"), codes, strict=True)
    ]
    values = {
        "answer_days": "3",
        "social_links": inline_formset([]),
        "footers": inline_formset(footers, initial=len(footers)),
    }
    return reverse("wagtailsettings:edit", args=["core", "sitesettings", row.pk]), nested_form_data(values)


def test_two_footers_change_languages(settings_row, admin):
    address, sent = settings_form(settings_row, "en", "sv")
    assert admin.post(address, sent).status_code == 302
    connection.check_constraints()
    footers = {footer.locale.language_code: footer.text for footer in settings_row.footers.select_related("locale")}
    assert footers == {"en": "Utan vinst.", "sv": "For no profit."}


def test_a_language_with_two_footers_is_told(settings_row, admin):
    address, sent = settings_form(settings_row, "sv", "sv")
    answer = admin.post(address, sent)
    assert answer.status_code == 200
    errors = answer.context["form"].formsets["footers"].errors
    assert errors == [{}, {"locale": ["Språket har redan en sidfot."]}]
    assert "unik" not in answer.text


def test_a_footer_takes_the_place_of_one_that_goes(settings_row, admin):
    address, sent = settings_form(settings_row, "sv", "sv")
    assert admin.post(address, sent | {"footers-0-DELETE": "on"}).status_code == 302
    assert [footer.text for footer in settings_row.footers.all()] == ["For no profit."]


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0470-12 34 56", "tel:+46470123456"),
        ("+46 (0)470 12 34 56", "tel:+46470123456"),
        ("0046 470 123456", "tel:+46470123456"),
        ("+45 33 12 34 56", "tel:+4533123456"),
        ("112", "tel:112"),
    ],
)
def test_a_phone_link_dials_from_anywhere(written, dialled):
    assert phone_uri(written) == dialled
