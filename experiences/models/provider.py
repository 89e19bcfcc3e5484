"""The page of a host."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks.streams import StoryBlock
from core.models import BasePage, CustomImage
from experiences.models.snippets import Skill
from experiences.querysets import ExperienceQuerySet, ProviderQuerySet
from experiences.rules import fill_alt_text
from experiences.selectors import cards_hosted_by, complete_cards


class ProviderPage(BasePage):
    """A host's page. Its title is the name as the host wants it; `line` says what the person can do, never a status."""

    pronunciation = models.CharField(
        _("how the name is said"),
        max_length=80,
        blank=True,
        help_text=_("The stressed syllable in capitals: sa-MEE-ra KHOO-ree."),
    )
    line = models.CharField(
        _("one line"),
        max_length=140,
        help_text=_("Verb, skill, for whom: Bakes bread for anyone who wants flour on their hands."),
    )
    short_line = models.CharField(
        _("a few words"),
        max_length=40,
        blank=True,
        help_text=_("Under the cloth on the home page: bread on a griddle."),
    )
    portrait = models.ForeignKey(
        CustomImage,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "Only with consent to pictures. Without a portrait the host's cloth is shown, "
            "and the page is complete all the same."
        ),
    )
    portrait_alt = models.CharField(
        _("what the portrait shows"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, the picture's own description is used."),
    )
    cloth = models.CharField(
        _("word for the cloth"),
        max_length=80,
        blank=True,
        help_text=_(
            "The host's pattern is woven from this word. Left empty: from the page's address. Add +1 for another cloth."
        ),
    )
    skills = ParentalManyToManyField(Skill, verbose_name=_("skills"), blank=True, related_name="providers")
    story = StreamField(StoryBlock(), verbose_name=_("story"), blank=True)

    objects = PageManager.from_queryset(ProviderQuerySet)()
    load_with = (*BasePage.load_with, "portrait")

    content_panels = [
        TitleFieldPanel(
            "title",
            heading=_("Name"),
            placeholder=False,
            help_text=_("As the person wants to be called. It is the title of the page."),
        ),
        MultiFieldPanel(["pronunciation", "line", "short_line"], heading=_("In one line")),
        MultiFieldPanel(["portrait", "portrait_alt", "cloth"], heading=_("Portrait and cloth")),
    ]
    story_panels = [
        HelpPanel(
            content=_(
                "Could a skilled Swedish craftsperson's page be written with the same sentences? Then it is right."
            )
        ),
        FieldPanel("story"),
    ]
    skill_panels = [FieldPanel("skills")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Who")),
            ObjectList(story_panels, heading=_("Story")),
            ObjectList(skill_panels, heading=_("Skills")),
            ObjectList(BasePage.promote_panels, heading=_("Sharing")),
            ObjectList(BasePage.settings_panels, heading=_("Publishing")),
        ]
    )
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("line"),
        index.SearchField("story"),
        index.RelatedFields("skills", [index.SearchField("name")]),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("portrait"),
        SynchronizedField("cloth", overridable=False),
        SynchronizedField("skills"),
    ]
    parent_page_types = ["experiences.ProviderIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")

    def clean(self) -> None:
        super().clean()
        fill_alt_text(self, "portrait", "portrait_alt")

    @property
    def name_and_line(self) -> str:
        """Name and line, for <title>, search results and shared links, where the name alone would say too little."""
        return f"{self.title}: {self.line.removesuffix('.')}" if self.line else self.title

    @cached_property
    def cloth_word(self) -> str:
        """The text that the host's cloth is generated from (core.design.weave). Lists query it by `with_cloth`."""
        return self.cloth or self.swedish.slug or self.title

    def texts_on_other_pages(self) -> list[str]:
        """Experiences show name, line and cloth."""
        return [self.title, self.line, self.cloth_word]

    @property
    def swedish(self) -> Page:
        """The live Swedish page of this host; the page itself if it is Swedish, or if the Swedish one is not live."""
        swedish: Page = self.in_languages.get(settings.LANGUAGE_CODE, self)
        return swedish

    @property
    def swedish_name(self) -> str:
        """The name in Swedish spelling, as on the door and in our mail; "" if it is the same."""
        return "" if self.swedish.title == self.title else str(self.swedish.title)

    @property
    def hosted_experiences(self) -> ExperienceQuerySet:
        """Experiences of this host, in all languages."""
        hosted: ExperienceQuerySet = self._experience_type().objects.hosted_by(self.translation_key)
        return hosted

    @staticmethod
    def _experience_type() -> Any:
        """ExperiencePage, by the reverse relation: its module imports this one."""
        rows: Any = ProviderPage._meta.get_field("provider_experiences").related_model
        return rows._meta.get_field("page").related_model

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        language, now = self.locale.language_code, timezone.now()

        def cards() -> list[Any]:
            found = cards_hosted_by(self._experience_type(), language, host=self.translation_key, now=now)
            return complete_cards(found, ProviderPage.objects.all(), language)

        skills = Skill.objects.all_languages_of(self.skills.values_list("id", flat=True)).readable_in(language)
        context.update(experiences=SimpleLazyObject(cards), skills=skills)
        return context
