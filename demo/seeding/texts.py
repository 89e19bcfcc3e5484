"""Words for seeded pages, drawn from the demo's own by the page's number: the same number, the same words."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from django.conf import settings
from wagtail.models import Page
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from core.languages.folding import WORD
from core.translation.locales import source_rows
from experiences.models import ExperiencePage

SLUG = "seed-"
# Language code → text.
Text = dict[str, str]
SHORTEST, LONGEST_LINE, LONGEST = 30, 140, 190


class Texts:
    """Sentences that the demo has in all languages, of pages that are no experiences: these keep their own."""

    @cached_property
    def sentences(self) -> list[Text]:
        pages = source_rows(Page.objects.exclude(slug__startswith=SLUG)).not_type(ExperiencePage)
        rows = StringTranslation.objects.filter(
            context__object__in=pages.values("translation_key"), has_error=False
        ).order_by("translation_of", "pk")
        found: dict[int, Text] = defaultdict(dict)
        for key, swedish, code, data in rows.values_list(
            "translation_of", "translation_of__data", "locale__language_code", "data"
        ):
            found[key][settings.LANGUAGE_CODE] = StringValue(swedish).render_text()
            found[key][code] = StringValue(data).render_text()
        most = max(map(len, found.values()), default=0)
        return [text for text in found.values() if len(text) == most and fits(text, SHORTEST, LONGEST)]

    @cached_property
    def lines(self) -> list[Text]:
        """Those that are short enough for the line of a host."""
        return [text for text in self.sentences if fits(text, SHORTEST, LONGEST_LINE)]

    def line(self, number: int) -> Text:
        return self.lines[number * 7919 % len(self.lines)]

    def summary(self, number: int) -> Text:
        """Two sentences."""
        first = self.sentences[number * 7919 % len(self.sentences)]
        second = self.sentences[number * 104729 // 7 % len(self.sentences)]
        return {code: f"{first[code]} {second[code]}" for code in first}

    def title(self, number: int, of: Text) -> Text:
        """The original's title, a word and the number."""
        sentence = self.sentences[number * 15485863 % len(self.sentences)]
        return {code: f"{title}: {longest_word(sentence[code])} {number}" for code, title in of.items()}


def fits(text: Text, shortest: int, longest: int) -> bool:
    """Whether its length is right in every language."""
    return all(shortest <= len(words) <= longest for words in text.values())


def longest_word(text: str) -> str:
    return max(WORD.findall(text), key=len)
