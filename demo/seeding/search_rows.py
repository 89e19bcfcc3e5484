"""Index entries of seeded pages: those of the visitors' search and of the admin's, written many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from modelsearch.backends.database.postgres.postgres import PostgresIndex
from wagtail.search.backends import get_search_backend

from core.languages.folding import folded
from core.pages.admin_search import Entry, Index, Text
from demo.seeding.families import OWN_WORDS, Family
from demo.seeding.pages import PageCopy
from search.indexing import SEPARATOR, texts_of, vector_of
from search.models import SearchEntry

# Fields whose text a copy has changed, or may have.
CHANGED = (*OWN_WORDS, "draft_title", "cloth", "extra_search_texts")


class SearchTexts:
    """The searchable texts of one page of the demo, read once."""

    def __init__(self, page: Any) -> None:
        self.page = page

    @cached_property
    def of_visitors(self) -> list[str]:
        return list(texts_of(self.page))

    @cached_property
    def folded(self) -> list[str]:
        return list(map(folded, self.of_visitors))

    @cached_property
    def of_admin(self) -> list[Text]:
        return list(AdminIndex(get_search_backend()).texts_of(self.page))


class AdminIndex(Index):
    """Writes entries that are ready. The norms of all titles, for which it reads the whole table, come at the end."""

    def add_items(self, model: type[Any], objs: Iterable[Entry]) -> None:
        PostgresIndex.add_items(self, model, objs)

    def _refresh_title_norms(self, full: bool = False) -> None:
        pass

    def finish(self) -> None:
        super()._refresh_title_norms()


class SearchRows:
    """Gathers the entries of copied pages, and writes them."""

    def __init__(self) -> None:
        self.index = AdminIndex(get_search_backend())
        self.texts: dict[int, SearchTexts] = {}
        self.entries: list[SearchEntry] = []
        self.admin_entries: dict[type[Any], list[Entry]] = {}

    def add(self, made: PageCopy, cloth: str, other: dict[str, dict[str, str]]) -> None:
        """The entries of a page in all its languages. `other`: language → further texts that the copy has changed."""
        for page in made.family.pages.values():
            language = page.locale.language_code
            changed = {getattr(page, name): made.words[name][language] for name in made.words} | other.get(language, {})
            self._add(made, page, cloth, changed)

    def _add(self, made: PageCopy, page: Any, cloth: str, changed: dict[str, str]) -> None:
        texts = self.texts.setdefault(page.pk, SearchTexts(page))
        key, language = made.key(type(page), page.pk), page.locale.language_code
        title = made.words["title"]
        entry = SearchEntry(
            page_id=key,
            language=language,
            title=title[language],
            cloth=cloth,
            text=SEPARATOR.join(changed.get(text, text) for text in texts.of_visitors),
            on_other_pages=on_other_pages(made.family, made.words, language, cloth),
        )
        in_folded = {folded(old): folded(new) for old, new in changed.items()}
        folded_text = SEPARATOR.join(in_folded.get(text, text) for text in texts.folded)
        entry.vector = vector_of(entry, [title[settings.LANGUAGE_CODE]], folded_text)
        self.entries.append(entry)
        self.admin_entries.setdefault(type(page), []).append(Entry(key, joined(texts.of_admin, in_folded)))

    def write(self) -> None:
        SearchEntry.objects.bulk_create(self.entries, batch_size=100)
        for model, entries in self.admin_entries.items():
            self.index.add_items(model, entries)
        self.entries.clear()
        self.admin_entries.clear()


def on_other_pages(family: Family, words: dict[str, dict[str, str]], language: str, cloth: str) -> list[str]:
    """As `texts_on_other_pages` of the two page types."""
    title = words["title"][language]
    return [title, words["line"][language], cloth] if "line" in words else [title]


def joined(texts: list[Text], changed: dict[str, str]) -> list[Text]:
    """The texts as the copy has them; one for all of the same weight but the title: an expression of SQL less each."""
    found: dict[tuple[bool, float | None], list[str]] = defaultdict(list)
    for text in texts:
        # By the field too: an Arabic name is also how it is said.
        words = changed.get(text.text, text.text) if text.field_name in CHANGED else text.text
        found[text.field_name == "title", text.boost].append(words)
    return [
        ready_text("title" if is_title else "texts", " ".join(parts), boost)
        for (is_title, boost), parts in found.items()
    ]


def ready_text(name: str, text: str, boost: float | None) -> Text:
    """A Text of what is folded already."""
    made = Text(name, "", boost)
    made.text = text
    return made
