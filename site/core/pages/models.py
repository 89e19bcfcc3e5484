"""The base of every page type."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult
from wagtail.utils.decorators import cached_classmethod
from wagtail_localize.fields import SynchronizedField

from core.blocks.links import pages_in
from core.media.models import CustomImage
from core.pages import hours, missing, publishing
from core.pages.forms import CopyForm, PageForm
from core.pages.permissions import BasePagePermissionTester
from core.translation import checks, routing, slugs, sources, synchronised_fields
from core.translation.locales import is_source
from core.translation.reading import expect_links, reader_language


class BasePage(Page):
    """Base of every page type: translations, sharing, routing, and the rules of saving."""

    share_image = models.ForeignKey(
        CustomImage,
        verbose_name=_("picture when shared"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Shown when someone shares the page. Without one, the host's cloth is shown."),
    )

    promote_panels = [
        MultiFieldPanel(
            ["slug", "seo_title", "search_description", "share_image"],
            heading=_("In search engines and when shared"),
        ),
    ]
    override_translatable_fields = [SynchronizedField("share_image")]
    base_form_class = PageForm
    copy_form_class = CopyForm
    private_page_options: ClassVar[list[str]] = []  # core.pages.permissions says why

    # False where the router knows that no page of the site is private: one query less.
    may_be_private = True
    # Texts about now: core.translation.synchronised_fields. Plain text fields that may be empty.
    texts_about_now: ClassVar[tuple[str, ...]] = ()

    # Foreign keys that the page's template uses: fetched with the page (select_related).
    load_with: ClassVar[tuple[str, ...]] = ("share_image",)
    # Fields and rows that a copy starts without, in its row and in its revisions (core.patches.wagtail). Not Wagtail's
    # `exclude_fields_in_copy`: that would take them from new translations too.
    left_out_of_copies: ClassVar[tuple[str, ...]] = ("go_live_at", "expire_at", "first_published_at")

    class Meta:
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls) -> Any:  # noqa: N805 (Wagtail's decorator makes it a class method)
        """Wagtail's, with the panel "What is missing"."""
        return missing.on_top(super().get_edit_handler())

    def clean(self) -> None:
        super().clean()
        slugs.check_slug(self)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Below Swedish pages only: pages in other languages are made by translation."""
        return bool(is_source(parent) and super().can_create_at(parent))

    def can_move_to(self, parent: Page) -> bool:
        return not slugs.is_reserved(self.slug, parent) and bool(super().can_move_to(parent))

    @classmethod
    def to_serve(cls) -> models.QuerySet[Any]:
        """Pages of this type with what their template uses, for one query. Page types add to it."""
        rows: models.QuerySet[Any] = cls._default_manager.select_related("locale", *cls.load_with)
        return rows.annotate(may_be_private=models.Exists(PageViewRestriction.objects.all()))

    def extra_search_texts(self) -> list[str]:
        """Text for the visitors' search that is in none of the `search_fields`: names of places, languages, hosts.

        Not a search field, because Wagtail's index for the admin would read it five times at each save.
        """
        return []

    def advice(self) -> list[publishing.Refusal]:
        """What an editor may have forgotten: said above the form, and no reason to refuse the page."""
        return []

    def texts_on_other_pages(self) -> list[str]:
        """What other pages show of this one, and are found by. If it changes, the search reads them anew."""
        return [self.title]

    def permissions_for_user(self, user: Any) -> BasePagePermissionTester:
        return BasePagePermissionTester(user, self)

    def lock_for_publishing(self) -> None:
        """Lock the rows that decide whether this page may be live, to the end of the transaction. Page types add to it.

        The page itself in all its languages: publications of one page follow each other, and a move.
        """
        for row in publishing.lock_family(self.translation_key):
            if row.pk == self.pk:
                publishing.take_place(self, row)

    def take_shared_fields(self) -> None:
        """Give a translation the synchronised fields of its published Swedish page, without saving it.

        In a transaction, and in its turn: the Swedish page may be published at this moment.
        """
        if self.pk and self.locale_id and not is_source(self):
            publishing.take_turn()
        synchronised_fields.copy_from_published_source(self)

    @transaction.atomic
    def save(self, clean: bool = True, **kwargs: Any) -> None:
        """Save with the rules of publishing, for every caller. Raises core.pages.publishing.Refused for a live page.

        A translation first gets the synchronised fields of its published Swedish page; a live Swedish page gives them
        to its translations, and its text to translators. A save with `update_fields`, which Wagtail makes beside a
        revision, does so if content or `live` is among the fields.
        """
        checks.check_alias(self)
        fields = kwargs.get("update_fields")
        if fields is None:
            self.take_shared_fields()
            hours.clear_past(self)
        if not self.live or not synchronised_fields.is_content(type(self), fields):
            super().save(clean=clean, **kwargs)
            return
        publishing.ask(self)
        changes = synchronised_fields.changes(self, fields)
        super().save(clean=False, **kwargs)  # `ask` has cleaned it
        if is_source(self) and changes != frozenset():
            saved = synchronised_fields.as_saved(self)
            synchronised_fields.copy_to_translations(saved, changes)
            sources.update_source(saved)

    def with_content_json(self, content: dict[str, Any]) -> "BasePage":
        """The page as in a revision, without go-live and expiry times that have passed."""
        page: BasePage = super().with_content_json(content)
        hours.clear_past_in_revision(page, self)
        return page

    @cached_property
    def in_languages(self) -> dict[str, Page]:
        """The live translations and the page itself: language code → page. Set by the router, else one query."""
        live = Page.objects.live().filter(translation_key=self.translation_key).select_related("locale")
        return {page.locale.language_code: page for page in live}

    @cached_property
    def families_above(self) -> list[dict[str, Page]]:
        """All translations of each ancestor, from the home page to the parent. Set by the router, else one query."""
        above = [self.path[:length] for length in range(2 * self.steplen, len(self.path), self.steplen)]
        keys = Page.objects.filter(path__in=above).values("translation_key")
        families: dict[UUID, dict[str, Page]] = {}
        for page in Page.objects.filter(translation_key__in=keys).select_related("locale") if above else ():
            families.setdefault(page.translation_key, {})[page.locale.language_code] = page
        return sorted(families.values(), key=lambda family: min(len(page.path) for page in family.values()))

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Wagtail's, in one query instead of two: there are no aliases to look for (docs/decisions/0004)."""
        if not self.may_be_private:
            return PageViewRestriction.objects.none()
        above = [self.path[:length] for length in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=above)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The home page of each language routes by core.translation.routing, which falls back to Swedish pages."""
        if self.depth == 2:
            return routing.find(request, path_components)
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Links in the page's blocks lead to translations at once, not by a redirect. At most one query for it."""
        if reader_language(request) != settings.LANGUAGE_CODE:
            streams = (field.name for field in self._meta.concrete_fields if isinstance(field, StreamField))
            expect_links((page for name in streams for page in pages_in(getattr(self, name))), request)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context

    def serve(self, request: HttpRequest, *args: Any, moved_to: str = "", **kwargs: Any) -> HttpResponse:
        """Redirect to `moved_to`, the page's address in the reader's language, if another one was requested."""
        if moved_to:
            question = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
            return HttpResponseRedirect(moved_to + question)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response
