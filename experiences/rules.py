"""Rules of the catalogue that an editor meets as an error at the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.publishing.refusals import NotYet

if TYPE_CHECKING:
    from experiences.models import ExperiencePage

# A kitchen where milk and nuts are used cannot promise their absence; saying that one does not promise it is right.
FREE_FROM = re.compile(
    r"\bfri(tt|a)? från\b|\b(gluten|laktos|mjölk|nöt|ägg|soja)\w*fri(tt|a)?\b"
    r"|\bfree (from|of)\b|\b(gluten|lactose|milk|dairy|nut|egg|soya?)[- ]free\b|خالٍ? من|خالية من",
    re.IGNORECASE,
)
NEGATED = re.compile(r"\b(aldrig|inte|never|not|cannot)\b|لا |أبد", re.IGNORECASE)


class NoLiveHost(NotYet):
    """An experience would be live with nobody to host it: each of its hosts is a draft, or withdrawn."""


def no_live_host(hosts: Iterable[Page]) -> str:
    """What an editor is told. `hosts`: those that the experience has."""
    if names := ", ".join(host.title for host in hosts):
        return _("Publish the host's page first: %(names)s.") % {"names": names}
    return _("Choose a host whose page is published.")


def check_all(*rules: Callable[[], None]) -> None:
    """Every error at once: an editor walks to the fields one time."""
    errors: dict[str, list[ValidationError]] = {}
    for rule in rules:
        try:
            rule()
        except ValidationError as error:
            errors |= error.error_dict
    if errors:
        raise ValidationError(errors)


def check_group_size(page: ExperiencePage) -> None:
    """The smallest group is not larger than the largest; the table says so too."""
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
    """Take the picture's own description where none is given (WCAG 1.1.1). The table of pictures requires one."""
    image = getattr(page, picture)
    if image and not image.is_decorative and not getattr(page, alt):
        setattr(page, alt, image.description)


def check_no_free_from(page: ExperiencePage) -> None:
    """Food is described by what is in it, never by what is not."""
    sentences = re.split(r"(?<=[.!?])\s+", page.food_note)
    if any(FREE_FROM.search(sentence) and not NEGATED.search(sentence) for sentence in sentences):
        text = _("Write what the food contains. We never promise that food is free from something.")
        raise ValidationError({"food_note": ValidationError(text, code="free_from")})
