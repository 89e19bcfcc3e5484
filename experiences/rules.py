"""Rules of the catalogue's pages, their messages and helpers. A function `check_…` raises ValidationError."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.languages.free_from import promises

if TYPE_CHECKING:
    from experiences.models import ExperiencePage


def no_live_host(hosts: Iterable[Page]) -> str:
    """The error message. `hosts`: those that the experience has."""
    if names := ", ".join(host.title for host in hosts):
        return _("Publish the host's page first: %(names)s.") % {"names": names}
    return _("Choose a host whose page is published.")


def check_all(*rules: Callable[[], None]) -> None:
    """Run all rules; raise their errors as one ValidationError, so that an editor sees them together."""
    errors: dict[str, list[ValidationError]] = {}
    for rule in rules:
        try:
            rule()
        except ValidationError as error:
            errors |= error.error_dict
    if errors:
        raise ValidationError(errors)


def check_group_size(page: ExperiencePage) -> None:
    """The smallest group is not larger than the largest. A CheckConstraint repeats it."""
    if page.group_min and page.group_max and page.group_min > page.group_max:
        text = _("The smallest group (%(min)s) is larger than the largest (%(max)s).")
        raise ValidationError(
            {
                "group_min": ValidationError(
                    text, params={"min": page.group_min, "max": page.group_max}, code="min_over_max"
                )
            }
        )


def fill_alt_text(page: Page, picture: str, alt: str) -> None:
    """Fill an empty alt text from the picture's description (WCAG 1.1.1). The table of pictures requires one."""
    image = getattr(page, picture)
    if image and not image.is_decorative and not getattr(page, alt):
        setattr(page, alt, image.description)


def check_no_free_from(page: ExperiencePage) -> None:
    """Food is described by what is in it, never by what is not."""
    if any(promises(page.food_note)):
        text = _("Write what the food contains. We never promise that food is free from something.")
        raise ValidationError({"food_note": ValidationError(text, code="free_from")})
