"""Seeds so many hosts, experiences and enquiries, a batch in each transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from wagtail.models import Page

from core.pages import publishing
from core.translation.locales import source_rows
from demo import content_files as content
from demo.seeding.copies import Batch, Ids
from demo.seeding.enquiries import MARK, UNDER_WAY, EnquiryCopy, conversations
from demo.seeding.families import Family, Places, Strings
from demo.seeding.pages import PageCopy
from demo.seeding.search_rows import SearchRows
from demo.seeding.texts import SLUG, Text, Texts
from experiences.enquiries.models import Enquiry
from experiences.models import ExperiencePage, ExperienceProvider, ProviderPage

HOST_SLUG = f"{SLUG}host-"
# Experiences of one host.
EACH = 3
AT_ONCE = 100

Say = Callable[[str], object]


class NoDemo(LookupError):
    """The demo's pages or enquiries, which are copied, are not there in all languages."""


def seed(how_many: int, say: Say) -> None:
    """Make what is missing of so many experiences, a third as many hosts, and so many enquiries."""
    with translation.override(settings.LANGUAGE_CODE):
        pages = Pages()
        hosts = -(-how_many // EACH)
        for name, numbers, add in (
            ("hosts", missing(HOST_SLUG, hosts), pages.add_hosts),
            ("experiences", missing(SLUG, how_many), pages.add_experiences),
            ("enquiries", missing_enquiries(how_many), Enquiries().add),
        ):
            for done in in_batches(numbers, add):
                say(f"{name}: {done} of {len(numbers)}")
        pages.search.index.finish()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def in_batches(numbers: list[int], add: Callable[[list[int]], None]) -> Iterator[int]:
    """Add them, each batch in a transaction; gives how many are done."""
    for start in range(0, len(numbers), AT_ONCE):
        with transaction.atomic():
            add(numbers[start : start + AT_ONCE])
        yield min(start + AT_ONCE, len(numbers))


def missing(slug: str, how_many: int) -> list[int]:
    """The numbers of Swedish pages that are not there yet."""
    there = set(source_rows(Page.objects.filter(slug__startswith=slug)).values_list("slug", flat=True))
    return [number for number in range(1, how_many + 1) if f"{slug}{number}" not in there]


def missing_enquiries(how_many: int) -> list[int]:
    there = set(Enquiry.objects.filter(submission__startswith=MARK).values_list("submission", flat=True))
    return [number for number in range(1, how_many + 1) if f"{MARK}{number}" not in there]


def families(kind: type[Any], folder: str) -> list[Family]:
    """The demo's pages of a kind that are live in all its languages."""
    slugs = [content.read(content.SOURCE, name)["slug"] for name in content.names(folder)]
    pages = source_rows(kind.objects.live().filter(slug__in=slugs)).order_by("slug")
    found = [Family(page) for page in pages]
    most = max((len(family.pages) for family in found), default=0)
    complete = [family for family in found if len(family.pages) == most and all(p.live for p in family.pages.values())]
    if not complete:
        raise NoDemo(f"There is no {kind.__name__} of the demo to copy: manage.py load_demo")
    return complete


class Pages:
    """Hosts and experiences."""

    def __init__(self) -> None:
        self.ids, self.texts = Ids(), Texts()
        self.strings = Strings()
        self.hosts = families(ProviderPage, "providers")
        self.experiences = families(ExperiencePage, "experiences")
        self.search = SearchRows()

    def host_words(self, number: int) -> dict[str, Text]:
        family = self.hosts[number % len(self.hosts)]
        return {
            "title": {code: f"{title} {number}" for code, title in family.words["title"].items()},
            "line": self.texts.line(number),
            "slug": dict.fromkeys(family.words["slug"], f"{HOST_SLUG}{number}"),
        }

    def add_hosts(self, numbers: list[int]) -> None:
        made = [
            PageCopy(self.hosts[number % len(self.hosts)], number, self.host_words(number), self.ids)
            for number in numbers
        ]
        for host in made:
            cloth = f"{HOST_SLUG}{host.number}"
            cloths = {page.locale.language_code: {page.cloth: cloth} for page in host.family.pages.values()}
            self.search.add(host, cloth, cloths)
        self.write(self.hosts[0], made)

    def add_experiences(self, numbers: list[int]) -> None:
        slugs = {f"{HOST_SLUG}{-(-number // EACH)}" for number in numbers}
        hosts = dict(source_rows(ProviderPage.objects.filter(slug__in=slugs)).values_list("slug", "pk"))
        self.write(self.experiences[0], [self.experience(number, hosts) for number in numbers])

    def experience(self, number: int, hosts: dict[str, int]) -> PageCopy:
        family, host = self.experiences[number % len(self.experiences)], -(-number // EACH)
        words = {
            "title": self.texts.title(number, family.words["title"]),
            "summary": self.texts.summary(number),
            "slug": dict.fromkeys(family.words["slug"], f"{SLUG}{number}"),
        }
        others = {row["provider_id"] for row in family.rows(ExperienceProvider)}
        key = hosts[f"{HOST_SLUG}{host}"]
        made = PageCopy(family, number, words, self.ids, {(Page, other): key for other in others})
        self.search.add(made, f"{HOST_SLUG}{host}", self.host_in_search(family, host))
        return made

    def host_in_search(self, family: Family, number: int) -> dict[str, dict[str, str]]:
        """Language → how the search reads the original's hosts → how it reads the seeded one."""
        words = self.host_words(number)
        return {
            (code := page.locale.language_code): {
                f"{host.title}: {host.line}": f"{words['title'][code]}: {words['line'][code]}" for host in page.hosts
            }
            for page in family.pages.values()
        }

    def write(self, family: Family, made: list[PageCopy]) -> None:
        """Write pages of one kind, below their lists. No publication and no other page comes between."""
        publishing.take_turn()
        places, batch = Places(family), Batch()
        for one in made:
            one.add_to(batch, places, self.strings, self.ids)
        batch.write()
        places.count()
        self.search.write()


class Enquiries:
    """Enquiries with their timelines."""

    def __init__(self) -> None:
        self.ids = Ids()
        self.every, self.ended = conversations()
        if not self.ended:
            raise NoDemo("There is no ended enquiry of the demo to copy: manage.py load_demo")

    def add(self, numbers: list[int]) -> None:
        batch = Batch()
        slugs = [f"{SLUG}{number}" for number in numbers]
        rows = source_rows(ExperiencePage.objects.filter(slug__in=slugs)).values_list("slug", "pk", "title")
        experiences = {slug: (key, title) for slug, key, title in rows}
        for number in numbers:
            originals = self.ended if number % UNDER_WAY else self.every
            original = originals[(number + number // UNDER_WAY) % len(originals)]
            EnquiryCopy(original, number, experiences[f"{SLUG}{number}"], self.ids).add_to(batch)
        batch.write()
