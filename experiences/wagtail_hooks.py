"""The catalogue's small parts in the admin: one menu, each with the columns by which an editor finds a thing again."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from experiences.models import Category, Place, Skill, Testimonial
from experiences.querysets import SnippetQuerySet


class PartViewSet(SnippetViewSet):
    """What all of them share."""

    def get_queryset(self, request: HttpRequest) -> SnippetQuerySet:
        """With the language, which decides who may change a row."""
        rows: SnippetQuerySet = self.model._default_manager.select_related("locale")
        return rows


class CategoryViewSet(PartViewSet):
    model = Category
    icon = "tag"
    menu_label = _("Categories")
    list_display = ["name", "slug", "sort_order"]
    search_fields = ["name", "slug"]
    ordering = ["sort_order", "name"]


class PlaceViewSet(PartViewSet):
    model = Place
    icon = "home"
    menu_label = _("Places")
    list_display = ["name", Column("get_kind_display", label=_("Kind"), sort_key="kind"), "area"]
    list_filter = ["kind"]
    search_fields = ["name", "area", "address"]
    ordering = ["name"]


class SkillViewSet(PartViewSet):
    model = Skill
    icon = "pick"
    menu_label = _("Skills")
    list_display = ["name"]
    search_fields = ["name"]
    ordering = ["name"]


class TestimonialViewSet(PartViewSet):
    __test__ = False  # pytest: a view, no test

    model = Testimonial
    icon = "openquote"
    menu_label = _("Testimonials")
    list_display = ["guest", "words", Column("get_original_language_display", label=_("Said in"))]
    list_filter = ["original_language"]
    search_fields = ["guest", "words", "original"]
    ordering = ["-pk"]


class CatalogueViewSetGroup(SnippetViewSetGroup):
    """What experiences and hosts are sorted by and say."""

    menu_label = _("Catalogue")
    menu_icon = "folder-open-inverse"
    menu_order = 250
    items = (CategoryViewSet, PlaceViewSet, SkillViewSet, TestimonialViewSet)


register_snippet(CatalogueViewSetGroup)
