"""What an editor meets in the admin: mistakes told at the field, previews, and the small parts' own views."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from experiences.models import (
    Category,
    ExperienceDate,
    ExperiencePage,
    ExperienceTestimonial,
    Place,
    ProviderPage,
    Skill,
    Testimonial,
)
from tests.factories import (
    CategoryFactory,
    ImageFactory,
    PlaceFactory,
    ProviderPageFactory,
    SkillFactory,
    StandardPageFactory,
    TestimonialFactory,
    UserFactory,
)

STREAMS = (
    *("story", "gallery", "steps", "included", "not_included", "bring", "suits"),
    *("booking_steps", "questions", "enquiry_questions"),
)


def experience_form(catalogue: Any, **changed: Any) -> dict[str, Any]:
    """What the browser sends for a good experience, with some answers changed."""
    values: dict[str, Any] = {
        "title": "Väva ett band",
        "slug": "vava-ett-band",
        "summary": "Du väver ett band. Det får du med dig hem.",
        "category": CategoryFactory().pk,
        "picture": "",
        "picture_alt": "",
        "price": "380",
        "price_per": "person",
        "duration": "150",
        "group_min": "2",
        "group_max": "6",
        "place": PlaceFactory().pk,
        "food": "none",
        "food_note": "",
        "companion_free": "on",
        "state": "open",
        "experience_providers": inline_formset([{"provider": catalogue.provider.pk}]),
        "dates": inline_formset([{"start": "2031-02-06 17:00", "seats": "6"}]),
        "experience_testimonials": inline_formset([]),
        "comments": inline_formset([]),
        **{name: streamfield([]) for name in STREAMS},
    }
    languages = changed.pop("languages", ["sv", "ar"])
    return nested_form_data(values | changed) | {"languages": languages}


def add_experience(admin: Any, catalogue: Any, action: str = "action-publish", **changed: Any) -> Any:
    address = reverse("wagtailadmin_pages:add", args=["experiences", "experiencepage", catalogue.experiences.pk])
    return admin.post(address, experience_form(catalogue, **changed) | {action: "1"})


def made() -> ExperiencePage:
    return ExperiencePage.objects.get(slug="vava-ett-band")


def test_a_good_experience_is_published(admin, catalogue):
    add_experience(admin, catalogue)
    page = made()
    assert page.live
    assert [host.title for host in page.hosts] == ["Samira Khoury"]
    assert page.dates.get().seats == 6


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"group_min": "9"}, "group_min"),
        ({"price": ""}, "price"),
        ({"price": "-5"}, "price"),
        ({"price": "billigt"}, "price"),
        ({"duration": "0"}, "duration"),
        ({"languages": []}, "languages"),
        ({"category": ""}, "category"),
        ({"place": ""}, "place"),
        ({"summary": ""}, "summary"),
        ({"food": "known", "food_note": "Bröden är glutenfria."}, "food_note"),
        ({"food_note": "Maten är fri från nötter."}, "food_note"),
    ],
)
def test_a_mistake_is_told_at_its_field(admin, catalogue, changed, field):
    answer = add_experience(admin, catalogue, **changed)
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert str(errors[field][0]) in answer.content.decode()
    assert not ExperiencePage.objects.filter(slug="vava-ett-band").exists()


def test_saying_that_we_promise_nothing_is_right(admin, catalogue):
    add_experience(admin, catalogue, food="known", food_note="Vi lovar aldrig ”fritt från” nötter.")
    assert made().live


def test_a_draft_with_min_over_max_is_told_too(admin, catalogue):
    """The table would refuse it: a sentence, not a crash."""
    answer = add_experience(admin, catalogue, action="", group_min="9")
    assert answer.status_code == 200
    assert "group_min" in answer.context["form"].errors


def test_a_pictures_own_words_are_taken(admin, catalogue):
    add_experience(admin, catalogue, picture=ImageFactory(description="Ett band i en vävstol.").pk)
    assert made().picture_alt == "Ett band i en vävstol."


def test_a_decoration_needs_no_words(admin, catalogue):
    add_experience(admin, catalogue, picture=ImageFactory(description="", is_decorative=True).pk)
    assert made().picture_alt == ""


def test_an_experience_without_a_host_is_told(admin, catalogue):
    answer = add_experience(admin, catalogue, experience_providers=inline_formset([]))
    assert answer.status_code == 200
    assert answer.context["form"].formsets["experience_providers"].non_form_errors()


def test_the_same_host_twice_is_told(admin, catalogue):
    twice = inline_formset([{"provider": catalogue.provider.pk}, {"provider": catalogue.provider.pk}])
    answer = add_experience(admin, catalogue, experience_providers=twice)
    assert answer.status_code == 200
    errors = answer.context["form"].formsets["experience_providers"].errors
    assert errors == [{}, {"provider": ["Den här värden står här redan."]}]


def test_a_portraits_own_words_are_taken(admin, catalogue):
    picture = ImageFactory(description="Nour stämmer sin oud.")
    address = reverse("wagtailadmin_pages:add", args=["experiences", "providerpage", catalogue.providers.pk])
    values = {
        "title": "Nour Issa",
        "slug": "nour-issa",
        "line": "Spelar oud.",
        "portrait": picture.pk,
        "portrait_alt": "",
        "story": streamfield([]),
        "comments": inline_formset([]),
    }
    admin.post(address, nested_form_data(values) | {"action-publish": "1"})
    assert ProviderPage.objects.get(slug="nour-issa").portrait_alt == "Nour stämmer sin oud."


# --- Previews -----------------------------------------------------------------------------------------------------
def preview(admin: Any, address: str, form: dict[str, Any]) -> Any:
    saved = admin.post(address, form)
    assert saved.json()["is_valid"], saved.json()
    return admin.get(address)


def test_an_unsaved_experience_can_be_looked_at(admin, catalogue):
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=["experiences", "experiencepage", catalogue.experiences.pk]
    )
    shown = preview(admin, address, experience_form(catalogue)).content.decode()
    assert "Väva ett band" in shown
    assert "Samira Khoury" in shown
    assert "6 februari" in shown


def test_a_preview_names_no_host_whom_the_live_page_would_not_name(admin, catalogue):
    catalogue.provider.unpublish()
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=["experiences", "experiencepage", catalogue.experiences.pk]
    )
    shown = preview(admin, address, experience_form(catalogue)).content.decode()
    assert "Väva ett band" in shown
    assert "Samira" not in shown.split("<body")[1].split('id="form"')[0]
    assert "/cloth/samira-khoury.png" not in shown


def test_a_changed_experience_is_looked_at_as_it_will_be(admin, catalogue):
    page = catalogue.experience
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = experience_form(
        catalogue,
        slug=page.slug,
        experience_providers=inline_formset(
            [{"id": page.experience_providers.get().pk, "provider": catalogue.provider.pk}], initial=1
        ),
        place=PlaceFactory(name="Torget").pk,
    )
    shown = preview(admin, address, form).content.decode()
    assert "Torget" in shown
    assert "Torget" not in admin.get(page.get_url()).content.decode()


@pytest.mark.parametrize("model", [ExperiencePage, ProviderPage])
def test_a_page_with_nothing_but_a_title_does_not_break_its_template(rf, catalogue, model):
    """What a preview of a half-written page is: no hosts, no dates, no category, no locale of its own."""
    page = model(title="Halv", slug="halv", locale=catalogue.home.locale)
    for field in ("price", "duration", "group_min", "group_max"):
        if hasattr(page, field):
            setattr(page, field, 1)
    parent = catalogue.experiences if model is ExperiencePage else catalogue.providers
    page.set_url_path(parent)
    answer = page.make_preview_request(preview_mode=page.default_preview_mode)
    answer.render()
    assert answer.status_code == 200
    assert "Halv" in answer.content.decode()


def test_a_testimonial_can_be_looked_at(admin, catalogue):
    said = TestimonialFactory()
    address = reverse(Testimonial.snippet_viewset.get_url_name("preview_on_edit"), args=[said.pk])
    form = {"words": "Varmt bröd.", "original": "", "original_language": "", "guest": "Ingrid"}
    assert "Varmt bröd." in preview(admin, address, form).content.decode()


# --- The catalogue's small parts ----------------------------------------------------------------------------------
SNIPPETS = [
    (Category, CategoryFactory, "Mat"),
    (Place, PlaceFactory, "Vårt kök"),
    (Skill, lambda: SkillFactory(name="tunnbröd"), "tunnbröd"),
    (Testimonial, TestimonialFactory, "Ingrid"),
]


@pytest.mark.parametrize(("model", "factory", "words"), SNIPPETS)
def test_a_small_part_is_listed_found_and_edited(admin, home, model, factory, words):
    thing, viewset = factory(), model.snippet_viewset
    listed = reverse(viewset.get_url_name("list"))
    table = admin.get(listed).content.decode().rpartition("<table")[2].partition("</table>")[0]
    assert words in table
    found = {asked: list(admin.get(listed, {"q": asked}).context["object_list"]) for asked in (words, "finns inte")}
    assert found == {words: [thing], "finns inte": []}
    assert admin.get(reverse(viewset.get_url_name("edit"), args=[thing.pk])).status_code == 200


@pytest.mark.parametrize(("model", "factory", "words"), SNIPPETS)
def test_a_list_of_small_parts_asks_of_our_own_no_more_for_twenty(admin, home, queries, model, factory, words):
    factory()
    listed = reverse(model.snippet_viewset.get_url_name("list"))
    one = queries(admin, listed)
    for number in range(19):
        if model is Category:
            CategoryFactory(slug=f"sort-{number}")
        else:
            factory()
    # wagtail-localize asks twice for each row, whether there is something to translate or to synchronise.
    assert queries(admin, listed) == one + 2 * 19


@pytest.mark.parametrize(("model", "factory", "words"), SNIPPETS)
def test_a_list_of_small_parts_begins_with_the_swedish_and_can_show_one_language(
    admin, home, translated, model, factory, words
):
    early, late = factory(), CategoryFactory(slug="sist", name="Öl") if model is Category else factory()
    arabic = translated(early, "ar", {"name": "خبز", "words": "خبز", "guest": "ليلى"})
    listed = reverse(model.snippet_viewset.get_url_name("list"))
    page = admin.get(listed)
    assert set(list(page.context["object_list"])[:2]) == {early, late}
    assert list(page.context["object_list"])[2:] == [arabic]
    assert list(admin.get(listed, {"locale": "ar"}).context["object_list"]) == [arabic]
    assert "Arabiska" in page.text.partition("<table")[2]


def test_the_parts_stand_in_one_menu(rf, home):
    request = rf.get("/admin/")
    request.user = UserFactory(admin=True)
    (group,) = [item for item in admin_menu.menu_items_for_request(request) if item.label == "Utbudet"]
    assert [item.url for item in group.menu.menu_items_for_request(request)] == [
        reverse(model.snippet_viewset.get_url_name("list")) for model in (Category, Place, Skill, Testimonial)
    ]


def test_half_of_a_quote_in_another_language_is_told(admin, home):
    address = reverse(Testimonial.snippet_viewset.get_url_name("add"))
    answer = admin.post(
        address, {"words": "Varmt.", "original": "Sıcak.", "original_language": "", "guest": "Emine", "locale": "sv"}
    )
    assert list(answer.context["form"].errors) == ["original_language"]


def test_a_category_in_use_is_not_deleted(admin, catalogue):
    category = catalogue.experience.category
    ReferenceIndex.create_or_update_for_object(catalogue.experience)  # where Wagtail looks for who uses it
    admin.post(reverse(Category.snippet_viewset.get_url_name("delete"), args=[category.pk]))
    assert Category.objects.filter(pk=category.pk).exists()


@pytest.mark.parametrize("there", ["sv", "en"])
def test_a_word_in_addresses_that_is_taken_is_told(admin, home, there):
    """Whoever has it, in whichever language: a Swedish category gives its word to its translations."""
    mine = CategoryFactory(name="Musik", slug="musik")
    CategoryFactory(slug="mat", locale=Locale.objects.get(language_code=there))
    urls = Category.snippet_viewset.get_url_name
    add, edit = reverse(urls("add")), reverse(urls("edit"), args=[mine.pk])
    for address in (f"{add}?locale=sv", edit):
        answer = admin.post(address, {"name": "Bröd", "slug": "mat", "sort_order": "0"})
        assert answer.status_code == 200
        assert answer.context["form"].errors == {"slug": ["Ordet har redan kategorin ”Mat”. Välj ett annat."]}
    assert admin.post(edit, {"name": "Bröd", "slug": "musik", "sort_order": "0"}).status_code == 302


def test_of_a_word_that_is_taken_the_swedish_category_is_named(admin, home, translated):
    translated(CategoryFactory(slug="mat"), "ar", {"name": "طعام"})
    Category.objects.filter(locale__language_code="ar").update(sort_order=0)
    Category.objects.filter(locale__language_code="sv").update(sort_order=1)
    add = reverse(Category.snippet_viewset.get_url_name("add"))
    answer = admin.post(f"{add}?locale=sv", {"name": "Bröd", "slug": "mat", "sort_order": "0"})
    assert answer.context["form"].errors == {"slug": ["Ordet har redan kategorin ”Mat”. Välj ett annat."]}


def test_a_category_shares_its_word_with_its_translations(admin, home, translated):
    mine = CategoryFactory(name="Musik", slug="musik")
    english = translated(mine, "en", {"name": "Music"})
    edit = reverse(Category.snippet_viewset.get_url_name("edit"), args=[mine.pk])
    assert admin.post(edit, {"name": "Musik", "slug": "toner", "sort_order": "0"}).status_code == 302
    english.refresh_from_db()
    assert english.slug == "toner"


def test_a_skill_that_a_host_has_is_not_deleted(admin, catalogue):
    had, free = SkillFactory(name="tunnbröd"), SkillFactory(name="oud")
    catalogue.provider.skills = [had]
    catalogue.provider.save_revision().publish()
    bulk = reverse("wagtail_bulk_action", args=["experiences", "skill", "delete"])
    several = f"{bulk}?id={had.pk}&id={free.pk}"
    for address in (reverse(Skill.snippet_viewset.get_url_name("delete"), args=[had.pk]), several):
        for answer in (admin.get(address, follow=True), admin.post(address, follow=True)):
            assert "Inget togs bort. Värdar har kompetensen: Samira Khoury." in answer.text
    with pytest.raises(ProtectedError):
        had.delete()
    assert list(catalogue.provider.skills.all()) == [had]
    catalogue.provider.skills = []
    catalogue.provider.save_revision().publish()
    admin.post(several)
    assert not Skill.objects.exists()


def test_where_a_testimonial_stands_is_said_in_swedish(admin, catalogue):
    said = TestimonialFactory()
    catalogue.experience.experience_testimonials = [ExperienceTestimonial(testimonial=said)]
    catalogue.experience.save_revision().publish()
    shown = admin.get(reverse(Testimonial.snippet_viewset.get_url_name("usage"), args=[said.pk])).text
    assert "Omdöme på sidan → Omdöme" in shown
    assert "Experience" not in shown


@pytest.mark.parametrize("name", ["experience", "provider", "experiences", "providers"])
def test_the_edit_form_opens(admin, catalogue, name):
    page: Page = getattr(catalogue, name)
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_a_list_of_hosts_is_not_deleted_while_they_lead_something(admin, catalogue):
    """The database keeps the hosts anyway; the admin says why, instead of breaking."""
    url = reverse("wagtailadmin_pages:delete", args=[catalogue.providers.pk])
    for response in (admin.get(url, follow=True), admin.post(url, follow=True)):
        assert "Inget togs bort" in response.text
        assert catalogue.experience.title in response.text
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = admin.post(f"{bulk}?id={catalogue.providers.pk}&next=/admin/", follow=True)
    assert catalogue.experience.title in response.text
    assert ProviderPage.objects.filter(pk=catalogue.provider.pk).exists()


def test_nor_is_a_host_by_a_request_that_no_page_offers(admin, catalogue):
    """Wagtail's page for deleting lists what needs her, and has no button."""
    url = reverse("wagtailadmin_pages:delete", args=[catalogue.provider.pk])
    assert catalogue.experience.title in admin.get(url).text
    assert "Inget togs bort" in admin.post(url, follow=True).text
    assert ProviderPage.objects.filter(pk=catalogue.provider.pk).exists()


def test_a_list_of_hosts_who_lead_nothing_is_deleted(admin, catalogue):
    catalogue.experience.delete()
    admin.post(reverse("wagtailadmin_pages:delete", args=[catalogue.providers.pk]))
    assert not ProviderPage.objects.exists()


# --- Drafts ---------------------------------------------------------------------------------------------------------
def add_url(catalogue):
    return reverse("wagtailadmin_pages:add", args=["experiences", "experiencepage", catalogue.experiences.pk])


FACTS = ("summary", "category", "place", "price", "duration", "group_min", "group_max")


def test_an_experience_begins_with_its_title(admin, catalogue):
    """An editor writes the story first. All the rest may wait, until it is to be published."""
    rows = {"experience_providers": inline_formset([{"provider": ""}]), "dates": inline_formset([])}
    form = experience_form(catalogue, languages=[], **dict.fromkeys(FACTS, ""), **rows)
    answer = admin.post(add_url(catalogue), form)
    assert answer.status_code == 302
    draft = ExperiencePage.objects.get(title="Väva ett band")
    assert (draft.live, draft.price, draft.languages, draft.experience_providers.count()) == (False, None, [], 0)
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert admin.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk])).status_code == 200
    answer = admin.post(edit, form | {"action-publish": "1"})
    errors = answer.context["form"].errors
    assert set(errors) == {*FACTS, "languages"}
    assert answer.context["form"].formsets["experience_providers"].total_error_count()
    draft.refresh_from_db()
    assert not draft.live


def test_a_draft_keeps_what_is_half_filled_in(admin, catalogue):
    quote = {"words": "", "original": "الخبز", "original_language": "", "speaker": ""}
    admin.post(add_url(catalogue), experience_form(catalogue, story=streamfield([("quote", quote)])))
    draft = ExperiencePage.objects.get(title="Väva ett band")
    assert draft.get_latest_revision_as_object().story[0].value["original"] == "الخبز"


@pytest.mark.parametrize("below", [False, True], ids=["chosen", "below what is chosen"])
def test_what_is_not_finished_is_not_published_with_others(admin, catalogue, below):
    """The bulk action has no form whose fields could say it."""
    sound = {"title": "Hör plåten", "file": None, "language": "", "transcript": ""}
    catalogue.provider.unpublish()
    catalogue.provider.story = [("sound", sound)]
    catalogue.provider.save_revision()
    chosen = catalogue.providers if below else catalogue.provider
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin.post(f"{bulk}?id={chosen.pk}&next=/admin/", {"include_descendants": "on"}, follow=True)
    assert "Samira Khoury: Berättelse, block 1 (Ljud): något saknas eller är fel." in answer.text
    catalogue.provider.refresh_from_db()
    assert not catalogue.provider.live


def test_a_draft_without_facts_is_no_error_page_when_published_with_others(admin, catalogue):
    draft = ExperiencePage(title="Bara en titel", slug="bara", live=False)
    catalogue.experiences.add_child(instance=draft)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin.post(f"{bulk}?id={draft.pk}&next=/admin/", follow=True)
    assert "Ingenting publicerades. Bara en titel: Välj en värd vars sida är publicerad." in answer.text
    assert "Pris: Det här fältet är obligatoriskt." in answer.text


# --- Twice ----------------------------------------------------------------------------------------------------------
def test_no_host_and_no_date_stands_there_twice(admin, catalogue):
    """Said at the row, both at once."""
    host, start = {"provider": catalogue.provider.pk}, {"start": "2031-02-06 17:00", "seats": "6"}
    rows = {"experience_providers": inline_formset([host, host]), "dates": inline_formset([start, start])}
    answer = admin.post(add_url(catalogue), experience_form(catalogue, **rows) | {"action-publish": "1"})
    said = {name: formset.errors for name, formset in answer.context["form"].formsets.items()}
    assert said["experience_providers"][1] == {"provider": ["Den här värden står här redan."]}
    assert said["dates"][1] == {"start": ["Den här dagen och tiden står här redan."]}
    assert "unik" not in answer.text


def test_two_hosts_and_two_dates_change_places(admin, catalogue):
    """Row by row, each would stand there twice for a moment: what counts is the end."""
    other = ProviderPageFactory(parent=catalogue.providers, title="Nour Issa")
    february, march = "2031-02-06 17:00", "2031-03-06 17:00"
    hosts = [{"provider": catalogue.provider.pk}, {"provider": other.pk}]
    dates = [{"start": february, "seats": "6"}, {"start": march, "seats": "4"}]
    rows = {"experience_providers": inline_formset(hosts), "dates": inline_formset(dates)}
    assert add_experience(admin, catalogue, **rows).status_code == 302
    page = made()
    saved = {name: list(getattr(page, name).order_by("sort_order")) for name in rows}
    for name, values in (("experience_providers", hosts), ("dates", dates)):
        changed = [value | {"id": row.pk} for value, row in zip(reversed(values), saved[name], strict=True)]
        rows[name] = inline_formset(changed, initial=2)
    sent = experience_form(catalogue, **rows) | {"action-publish": "1"}
    with transaction.atomic():
        answer = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
        connection.check_constraints()
    assert answer.status_code == 302, answer.context["form"].errors
    page = made()
    assert [row.provider.title for row in page.experience_providers.order_by("sort_order")] == [
        "Nour Issa",
        "Samira Khoury",
    ]
    assert [date.seats for date in page.dates.order_by("start")] == [6, 4]
    assert [row.pk for row in page.dates.order_by("-start")] == [row.pk for row in saved["dates"]]


@transaction.atomic
def write_dates(page: ExperiencePage, start: Any) -> None:
    ExperienceDate.objects.bulk_create(ExperienceDate(page=page, start=start, seats=seats) for seats in (4, 6))
    connection.check_constraints()


def test_the_table_itself_holds_no_date_twice(catalogue):
    with pytest.raises(IntegrityError):
        write_dates(catalogue.experience, timezone.now() + timedelta(days=9))


def test_every_mistake_is_told_at_once(admin, catalogue):
    wrong = {"group_min": "9", "food_note": "Maten är glutenfri.", "price": ""}
    answer = admin.post(add_url(catalogue), experience_form(catalogue, **wrong) | {"action-publish": "1"})
    assert set(answer.context["form"].errors) == {"group_min", "food_note", "price"}


# --- What is beside a field -----------------------------------------------------------------------------------------
def fields_of(admin: Any, page: Page) -> dict[str, Any]:
    """What an editor sees of each field that the form shows: its label, and the help beside it."""
    html = BeautifulSoup(admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text, "html.parser")
    found = {}
    for field in html.select("[data-contentpath]"):
        around = field.find_parent("section") if not field.select_one("[data-field-label]") else field
        found[field["data-contentpath"]] = " ".join(around.get_text(" ").split())
    return found


def test_the_title_of_a_host_is_called_a_name(admin, catalogue):
    assert fields_of(admin, catalogue.provider)["title"].startswith("Namn")
    assert not fields_of(admin, catalogue.experience)["title"].startswith("Namn")


def test_how_one_gets_in_is_asked_with_an_example_each(admin, catalogue):
    shown = fields_of(admin, catalogue.experience)
    for name in ("access_steps", "access_toilet", "access_seating", "access_noise"):
        assert "ill exempel: " in shown[name], shown[name]


def test_the_menu_is_offered_only_for_pages_that_it_can_have(admin, catalogue):
    below_home = StandardPageFactory(parent=catalogue.home)
    offered = (catalogue.experiences, catalogue.providers, below_home)
    others = (catalogue.home, catalogue.experience, catalogue.provider, StandardPageFactory(parent=below_home))
    assert ["show_in_menus" in fields_of(admin, page) for page in offered] == [True, True, True]
    assert ["show_in_menus" in fields_of(admin, page) for page in others] == [False, False, False, False]
    assert "show_in_footer" in fields_of(admin, others[-1])
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", below_home.pk])
    assert "show_in_menus" not in admin.get(add).text
    below_home.save_revision()
    compared = reverse("wagtailadmin_pages:revisions_compare", args=[below_home.pk, "live", "latest"])
    assert admin.get(compared).status_code == 200


def test_the_usage_of_a_picture_says_which_page_is_in_which_language(admin, catalogue, translated):
    picture = ImageFactory()
    catalogue.provider.portrait = picture
    catalogue.provider.save_revision().publish()
    translated(catalogue.provider, "en", publish=False).get_latest_revision().publish()
    rows = BeautifulSoup(admin.get(picture.usage_url).text, "html.parser").select("table.listing tbody tr")
    languages = sorted(row.select("td")[1].get_text(strip=True) for row in rows)
    assert languages == ["Engelska", "Svenska"]


@pytest.mark.parametrize(
    ("changed", "is_wrong"),
    [({}, False), ({"summary": "", "price": "", "group_min": ""}, False), ({"group_min": "8", "group_max": "5"}, True)],
    ids=["whole", "half filled in", "impossible"],
)
def test_the_warning_over_the_preview_comes_exactly_where_a_draft_is_refused(admin, catalogue, changed, is_wrong):
    kind = ["experiences", "experiencepage", catalogue.experiences.pk]
    shown = admin.post(
        reverse("wagtailadmin_pages:preview_on_add", args=kind), experience_form(catalogue, **changed)
    ).json()
    saved = add_experience(admin, catalogue, "action-save", **changed)
    assert shown["is_valid"] is not is_wrong
    assert (saved.status_code == 200) is is_wrong
