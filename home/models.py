"""The home page, and pages of text about the organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage
from core.pages.panels import MenuPanel
from home.blocks import HomeBlock, PageBodyBlock


class HomePage(BasePage):
    """The root page of each language's tree: the way to experiences and hosts."""

    headline = models.CharField(
        _("headline"),
        max_length=120,
        help_text=_("What a visitor gets. Short: it is the largest text on the site."),
    )
    lead = models.TextField(_("lead"), max_length=400, help_text=_("Two sentences under the headline."))
    body = StreamField(HomeBlock(), verbose_name=_("sections"), blank=True)

    content_panels = [*BasePage.content_panels, "headline", "lead", "body"]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("headline"),
        index.SearchField("lead"),
        index.SearchField("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.StandardPage", "experiences.ExperienceIndexPage", "experiences.ProviderIndexPage"]

    class Meta:
        verbose_name = _("home page")


class StandardPage(BasePage):
    """A page of text: about us, how it works, gifts, privacy."""

    lead = models.TextField(_("lead"), max_length=400, blank=True, help_text=_("One or two sentences under the title."))
    body = StreamField(PageBodyBlock(), verbose_name=_("text"), blank=True)
    show_in_footer = models.BooleanField(
        _("show in the footer"), default=False, help_text=_("The page is linked at the end of every page.")
    )

    content_panels = [*BasePage.content_panels, "lead", "body"]
    promote_panels = [
        BasePage.promote_panels[0],
        MultiFieldPanel([MenuPanel("show_in_menus"), "show_in_footer"], heading=_("In the menu and the footer")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("show_in_footer"),
    ]
    # What a search result calls the page type; "standard page" is for editors.
    reader_kind = pgettext_lazy("a kind of hit", "Page")
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("standard page")
