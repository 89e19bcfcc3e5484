"""The catalogue in the admin: menu of snippets, refusals to delete what pages need, messages about withdrawn pages."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.log_actions import LogFormatter
from wagtail.models import Locale, Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import CopyView, EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from core.languages import folding
from core.translation.slugs import free_name
from experiences.models import Category, ExperiencePage, Place, ProviderPage, Skill, Testimonial
from experiences.querysets import SnippetQuerySet
from experiences.withdrawal import LOG_ACTION, consequences, withdrawn_just_now, withdrawn_with

LANGUAGE = LocaleColumn(label=_("Language"))
SEARCH_TERM = "Search term"  # in Wagtail's catalogue


@hooks.register("construct_page_chooser_queryset")
def find_hosts_in_swedish(pages: Any, request: HttpRequest) -> Any:
    """A search for the host of an experience finds each host once: the rows hold the Swedish page."""
    is_search = request.path == reverse("wagtailadmin_choose_page_search")
    if is_search and request.GET.get("page_type") == ProviderPage._meta.label_lower:
        return pages.filter(locale=Locale.get_default())
    return pages


class SearchForm(forms.Form):
    """A search field for a list to choose from; Wagtail gives one to indexed models only. `columns`: searched ones."""

    q = forms.CharField(label=_(SEARCH_TERM), required=False)
    columns: tuple[str, ...] = ()

    def filter(self, rows: Any) -> Any:
        rows = super().filter(rows)  # type: ignore[misc]  # Wagtail's form beside it
        if query := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, query
            rows = rows.filter(folding.contains(self.columns, query))
        return rows


class SearchMixin:
    """For the views of a chooser: finds by the columns of the snippet's list."""

    def get_filter_form_class(self) -> Any:
        view: Any = super()
        columns = tuple(self.model.snippet_viewset.search_fields)  # type: ignore[attr-defined]  # a view's model
        return type("FilterForm", (SearchForm, view.get_filter_form_class()), {"columns": columns})


class SearchableChooseView(SearchMixin, ChooseView):
    pass


class SearchableResultsView(SearchMixin, ChooseResultsView):
    pass


class SearchableChooserViewSet(SnippetChooserViewSet):
    choose_view_class = SearchableChooseView
    choose_results_view_class = SearchableResultsView


class CatalogueIndexView(IndexView):
    """A list without a link to what the user may not change: a translator, a Swedish original."""

    def get_edit_url(self, instance: Any) -> str | None:
        policy: Any = self.permission_policy
        if not policy.user_has_permission_for_instance(self.request.user, "change", instance):
            return None
        url: str | None = super().get_edit_url(instance)
        return url


class CatalogueEditView(EditView):
    """An editor that switches only to languages whose snippet the user may change."""

    def get_translations(self) -> list[dict[str, Any]]:
        policy: Any = self.permission_policy
        others = {other.locale_id: other for other in self.object.get_translations().select_related("locale")}
        rows: list[dict[str, Any]] = super().get_translations()
        may = policy.user_has_permission_for_instance
        return [row for row in rows if may(self.request.user, "change", others[row["locale"].pk])]


class CatalogueSnippetViewSet(SnippetViewSet):
    """Base of the snippets' viewsets: Swedish first. Wagtail adds a filter by language."""

    chooser_viewset_class = SearchableChooserViewSet
    index_view_class = CatalogueIndexView
    edit_view_class = CatalogueEditView

    def get_queryset(self, request: HttpRequest) -> SnippetQuerySet:
        """With the locale, which permissions depend on, and `is_translation` to sort by."""
        rows: SnippetQuerySet = self.model._default_manager.select_related("locale")
        return rows.alias(is_translation=~Q(locale__language_code=settings.LANGUAGE_CODE))


class CategoryCopyView(CopyView):
    """The form for a new category, filled in from another one, with a slug that is free."""

    def get_initial_form_instance(self) -> Category:
        category: Category = super().get_initial_form_instance()
        category.slug = free_name(category.slug, Category.objects.values_list("slug", flat=True))
        return category


class CategoryViewSet(CatalogueSnippetViewSet):
    model = Category
    copy_view_class = CategoryCopyView
    icon = "tag"
    menu_label = _("Categories")
    list_display = ["name", LANGUAGE, "slug", "sort_order"]
    search_fields = ["name", "slug"]
    ordering = ["is_translation", "sort_order", "name"]


class PlaceViewSet(CatalogueSnippetViewSet):
    model = Place
    icon = "home"
    menu_label = _("Places")
    list_display = ["name", LANGUAGE, Column("get_kind_display", label=_("Kind"), sort_key="kind"), "area"]
    list_filter = ["kind"]
    search_fields = ["name", "area", "address"]
    ordering = ["is_translation", "name"]


class SkillViewSet(CatalogueSnippetViewSet):
    model = Skill
    icon = "pick"
    menu_label = _("Skills")
    list_display = ["name", LANGUAGE]
    search_fields = ["name"]
    ordering = ["is_translation", "name"]


class TestimonialViewSet(CatalogueSnippetViewSet):
    __test__ = False  # for pytest: not a test class

    model = Testimonial
    icon = "openquote"
    menu_label = _("Testimonials")
    list_display = ["guest", LANGUAGE, "words", Column("get_original_language_display", label=_("Said in"))]
    list_filter = ["original_language"]
    search_fields = ["guest", "words", "original"]
    ordering = ["is_translation", "-pk"]


class CatalogueViewSetGroup(SnippetViewSetGroup):
    """One menu for the snippets."""

    menu_label = _("Catalogue")
    menu_icon = "folder-open-inverse"
    menu_order = 250
    items = (CategoryViewSet, PlaceViewSet, SkillViewSet, TestimonialViewSet)


register_snippet(CatalogueViewSetGroup)


# --- Hosts that experiences need ------------------------------------------------------------------------------------
def experiences_led_below(pages: list[Page]) -> list[str]:
    """Titles of the experiences whose hosts are among these pages or below them."""
    inside = reduce(or_, (Q(experience_providers__provider__path__startswith=page.path) for page in pages), Q(pk=None))
    return list(ExperiencePage.objects.filter(inside).distinct().order_by("title").values_list("title", flat=True))


def _refuse_deleting_hosts(request: HttpRequest, pages: list[Page], back: str) -> HttpResponse | None:
    """A redirect with a message if experiences need hosts below these pages, or one of these hosts.

    Wagtail checks protected relations of the page itself only, and only as it asks: for pages below it, or a request
    made without being asked, the database would raise an error.
    """
    asks = request.method != "POST"
    needed = experiences_led_below(
        [page for page in pages if not (asks and isinstance(page.specific_deferred, ProviderPage))]
    )
    if not needed:
        return None
    text = _("Nothing was deleted. Hosts who lead these would go too: %(titles)s. Give these other hosts first.")
    messages.error(request, text % {"titles": ", ".join(needed)})
    return HttpResponseRedirect(back)


@hooks.register("before_delete_page")
def refuse_deleting_list(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse_deleting_hosts(request, [page], reverse("wagtailadmin_explore", args=[page.pk]))


@hooks.register("before_bulk_action")
def refuse_deleting_lists_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, Page)]
    return _refuse_deleting_hosts(request, pages, action.next_url) if action_type == "delete" and pages else None


# --- Skills that hosts have -----------------------------------------------------------------------------------------
@hooks.register("before_delete_snippet")
def refuse_deleting_used_skills(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """A redirect with a message if hosts have one of these skills, deleted alone or in bulk."""
    skills = [instance for instance in instances if isinstance(instance, Skill)]
    hosts = ProviderPage.objects.filter(skills__in=skills).distinct().order_by("title")
    if not hosts:
        return None
    text = _("Nothing was deleted. Hosts have this skill: %(titles)s. Remove it there first.")
    messages.error(request, text % {"titles": ", ".join(host.get_admin_display_title() for host in hosts)})
    return HttpResponseRedirect(reverse(Skill.snippet_viewset.get_url_name("list")))


# --- Experiences are withdrawn with their last host (experiences.withdrawal) ----------------------------------------
@hooks.register("after_unpublish_page")
def report_withdrawn_experiences(request: HttpRequest, page: Page) -> None:
    if gone := withdrawn_just_now():
        _warn(request, _("Withdrawn too, as nobody else hosts them: %(titles)s."), gone)


@hooks.register("after_publish_page")
def report_experiences_of_published_host(request: HttpRequest, page: Page) -> None:
    if page.live and (waiting := withdrawn_with([page])):
        _warn(request, _("Withdrawn together with the host, and not published again: %(titles)s."), waiting)
    if page.expire_at and page.expire_at > timezone.now() and (going := consequences([page]).going):
        _warn(request, _("When its time ends, these are withdrawn too, as nobody else hosts them: %(titles)s."), going)


@hooks.register("after_bulk_action")
def report_after_bulk_action(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    pages = [page for page in objects if isinstance(page, Page)]
    if pages and action_type == "unpublish":
        report_withdrawn_experiences(request, pages[0])
    if pages and action_type == "publish":
        below = bool(request.POST.get("include_descendants"))
        if waiting := withdrawn_with(pages, below=below):
            _warn(request, _("Withdrawn together with the host, and not published again: %(titles)s."), waiting)


def _warn(request: HttpRequest, text: Any, experiences: Sequence[ExperiencePage]) -> None:
    """A warning that names these experiences, with a button to edit each."""
    buttons = [
        admin_messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), page.title) for page in experiences
    ]
    titles = ", ".join(page.title for page in experiences)
    admin_messages.warning(request, text % {"titles": titles}, buttons=buttons)


@hooks.register("register_log_actions")
def register_withdrawal_log_action(actions: Any) -> None:
    @actions.register_action(LOG_ACTION)
    class WithdrawnWithHost(LogFormatter):
        label = _("Withdraw with the host")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Withdrawn together with its host %(host)s") % {"host": log_entry.data.get("host", "")})
