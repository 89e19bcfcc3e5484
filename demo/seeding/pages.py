"""One seeded page in all languages: a copy of a family with its own words, times, dates and prices."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

from core.translation.sources import EARLIER_TEXT
from demo.seeding.copies import Batch, Copy, Ids, Key
from demo.seeding.families import Family, Places, Strings
from demo.seeding.rows import Row
from demo.seeding.texts import Text
from experiences.models import ExperienceDate, ExperiencePage, ExperienceProvider, ProviderPage

# Between one page and the next: 10,000 have come in a year.
EARLIER = timedelta(minutes=50)
# Every so many-th is paused by an editor; is translated from an earlier text; has a text that is not translated.
PAUSED, OUT_OF_DATE, UNTRANSLATED = 40, 20, 25
# In how many weeks the dates are spread.
WEEKS = 26


class PageCopy(Copy):
    """`words`: name of a field of OWN_WORDS → its text in each language."""

    def __init__(
        self, family: Family, number: int, words: dict[str, Text], ids: Ids, also: dict[Key, Any] | None = None
    ) -> None:
        """`also`: further primary keys to be mapped (Copy)."""
        self.translation_key = uuid4()
        keys = {(TranslatableObject, family.key): self.translation_key, **(also or {})}
        super().__init__(family, keys, ids, EARLIER * number)
        self.family = family
        self.number = number
        self.words = words
        self.language = {page.locale_id: page.locale.language_code for page in family.pages.values()}

    def add_to(self, batch: Batch, places: Places, strings: Strings, ids: Ids) -> None:
        """Add all its rows to a batch."""
        self.places = places
        self.string: Callable[[str], int] = lambda text: strings.key(text, ids, batch)
        self.write_to(batch, self.change)

    @property
    def source(self) -> int:
        """The primary key of the Swedish page."""
        return int(self.key(Page, self.family.source))

    def change(self, model: type[Model], new: Row, old: Row) -> bool:
        change = self.CHANGES.get(model)
        return change is None or change(self, new, old) is not False

    def text(self, name: str, locale: int) -> str:
        """The copy's text of a field, in a language."""
        return self.words[name][self.language[locale]]

    def title_of(self, page: Any) -> str:
        """The copy's title. `page`: the original's primary key."""
        return self.text("title", self.family.pages[int(page)].locale_id)

    # --- Pages --------------------------------------------------------------------------------------------------------
    def page(self, new: Row, old: Row) -> None:
        title, slug = (self.text(name, old["locale_id"]) for name in ("title", "slug"))
        new.update(title=title, draft_title=title, slug=slug, translation_key=self.translation_key)
        new.update(self.places.take(old["locale_id"], slug))
        new["alias_of_id"] = new["owner_id"] = None

    def experience(self, new: Row, old: Row) -> None:
        new["summary"] = self.text("summary", self.family.pages[old["page_ptr_id"]].locale_id)
        new["price"] = old["price"] + self.number % 10 * 20
        new["state"] = ExperiencePage.State.PAUSED if self.number % PAUSED == 0 else ExperiencePage.State.OPEN

    def provider(self, new: Row, old: Row) -> None:
        new["line"] = self.text("line", self.family.pages[old["page_ptr_id"]].locale_id)
        new["cloth"] = self.text("slug", self.family.pages[self.family.source].locale_id)

    def date(self, new: Row, old: Row) -> None:
        """The same weekday and hour, in one of the weeks to come."""
        passed = max(0, -(-(timezone.now() - old["start"]) // timedelta(days=7)))
        new["start"] = old["start"] + timedelta(weeks=passed + self.number % WEEKS)
        new["seats"] = (old["seats"] + self.number) % 12

    def host(self, new: Row, old: Row) -> bool:
        """One host, where an editor has given the original several."""
        return bool(new["provider_id"] != old["provider_id"])

    def revision(self, new: Row, old: Row) -> None:
        page = int(old["object_id"])
        new.update(object_id=str(self.key(Page, page)), object_str=self.title_of(page), approved_go_live_at=None)
        new["content"] = self.content(old["content"])

    def log_entry(self, new: Row, old: Row) -> None:
        new.update(label=self.title_of(old["page_id"]), uuid=None)
        self.only_copied_revision(new, old)

    def only_copied_revision(self, new: Row, old: Row) -> None:
        """No reference to a revision of the original's: only the newest are copied."""
        if new["revision_id"] == old["revision_id"]:
            new["revision_id"] = None

    def content(self, of_original: str) -> str:
        """A page in JSON, as revisions and translation sources hold it: with what has changed in the copied rows."""
        content = json.loads(of_original)
        pk = content["pk"]
        for model in (self.family.specific, Page):
            take_changes(content, *self.made[model, pk])
        for name, model in self.family.children.items():
            for child in content.get(name, ()):
                if pair := self.made.get((model, child["pk"])):
                    take_changes(child, *pair)
        return json.dumps(content, cls=DjangoJSONEncoder)

    # --- Translations -------------------------------------------------------------------------------------------------
    def translation_source(self, new: Row, old: Row) -> None:
        new["object_repr"] = self.title_of(self.family.source)
        new["content_json"] = self.content(old["content_json"])

    def translation(self, new: Row, old: Row) -> None:
        new["uuid"] = uuid4()

    def segment(self, new: Row, old: Row) -> None:
        if (path := self.family.path_of_context[old["context_id"]]) in self.words:
            new["string_id"] = self.string(self.text(path, self.source_locale))

    def string_translation(self, new: Row, old: Row) -> bool:
        if (old["context_id"], old["translation_of_id"]) not in self.family.strings_in_use:
            return False
        path = self.family.path_of_context[old["context_id"]]
        if path not in self.words:
            return True
        new["translation_of_id"] = self.string(self.text(path, self.source_locale))
        new["data"] = StringValue.from_plaintext(self.text(path, old["locale_id"])).data
        if path in ("summary", "line"):
            language = self.language[old["locale_id"]]
            if language == "en" and self.number % OUT_OF_DATE == 0:
                new["tool_name"] = EARLIER_TEXT
            return not (language == "ar" and self.number % UNTRANSLATED == 0)
        return True

    @property
    def source_locale(self) -> int:
        return int(self.family.pages[self.family.source].locale_id)

    # --- References ---------------------------------------------------------------------------------------------------
    def reference(self, new: Row, old: Row) -> None:
        """Its columns are text, and its path holds primary keys of child rows."""
        new["object_id"] = str(self.key(Page, int(old["object_id"])))
        if old["to_content_type_id"] == old["base_content_type_id"]:
            new["to_object_id"] = str(self.key(Page, int(old["to_object_id"])))
        name, *rest = old["content_path"].split(".")
        if child := self.family.children.get(name):
            rest[0] = str(self.key(child, int(rest[0])))
        new["content_path"] = ".".join([name, *rest])
        new["content_path_hash"] = ReferenceIndex._get_content_path_hash(new["content_path"])

    CHANGES: ClassVar[dict[type[Model], Callable[[Any, Row, Row], bool | None]]] = {
        Page: page,
        ExperiencePage: experience,
        ProviderPage: provider,
        ExperienceDate: date,
        ExperienceProvider: host,
        Revision: revision,
        PageLogEntry: log_entry,
        TranslationSource: translation_source,
        Translation: translation,
        TranslationLog: only_copied_revision,
        StringSegment: segment,
        StringTranslation: string_translation,
        ReferenceIndex: reference,
    }


def take_changes(content: dict[str, Any], old: Row, new: Row) -> None:
    """Take over what differs between two rows into their JSON form, which has names of fields instead of columns."""
    for name, value in content.items():
        column = "id" if name == "pk" else name if name in new else f"{name}_id"
        if value is not None and column in new and new[column] != old[column]:
            content[name] = new[column]
