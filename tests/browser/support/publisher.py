"""Changes content in a process beside the web servers: one change a line of stdin, "done" when it is committed.

    python -m tests.browser.support.publisher

A line is a number. The change is of the kind `number % len(KINDS)`, and writes the number where every page, or the
first experience's, shows it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import django

django.setup()

from django.db import close_old_connections, connection  # noqa: E402
from wagtail.models import Locale  # noqa: E402

from core.models import SiteSettings  # noqa: E402
from experiences.models import Category, ExperiencePage  # noqa: E402

SLUG = "baka-brod-pa-het-plat"


def page(language: str = "sv") -> ExperiencePage:
    return ExperiencePage.objects.get(slug=SLUG, locale__language_code=language)


def publish(mark: str) -> None:
    changed = page()
    changed.summary = f"Sammanfattning {mark}."
    changed.save_revision().publish()


def save_settings(mark: str) -> None:
    settings = SiteSettings.objects.get()
    settings.street = f"Gatan {mark}"
    settings.save()


def update_settings(mark: str) -> None:
    SiteSettings.objects.update(phone=f"0470-{mark}")


def write_sql(mark: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_sitesettings SET town = %s", [f"Orten {mark}"])


def rename_category(mark: str) -> None:
    category = Category.objects.get(pk=page().category_id)
    category.name = f"Sort {mark}"
    category.save()


def rename_menu(mark: str) -> None:
    """A page in the footer's menu, by a save that is no publication."""
    swedish = Locale.objects.get(language_code="sv")
    below = page().get_parent().get_parent().get_children().filter(locale=swedish, slug="om-oss").get().specific
    below.title = f"Om oss {mark}"
    below.save()


def publish_anew(mark: str) -> None:
    """Unpublished and published again, with what is new."""
    page().unpublish()
    publish(mark)


# Publishing takes ten times as long as the others, and a drill may take a quarter of an hour.
QUICK: list[Callable[[str], None]] = [save_settings, update_settings, write_sql, rename_category]
KINDS = [publish, *QUICK * 2, rename_menu, *QUICK * 2, publish_anew, *QUICK * 2, rename_menu, *QUICK * 2]


def main() -> None:
    for line in sys.stdin:
        number = int(line)
        close_old_connections()  # as between two requests: the database may have been restarted
        KINDS[number % len(KINDS)](f"{number:06}")
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
