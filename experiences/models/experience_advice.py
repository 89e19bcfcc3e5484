"""What an editor of an experience will want to know before publishing, and what forbids nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import display
from core.languages.written_numbers import prices_in
from core.pages.publishing import Refusal, edit_link

if TYPE_CHECKING:
    from experiences.models.experience import ExperiencePage


def advice_on_days(page: ExperiencePage) -> Iterator[Refusal]:
    """Neither a date to come nor a day by agreement: then visitors can only ask."""
    now = timezone.now()
    dates = any(date.start and date.start > now for date in page.dates.all())
    if not (page.is_paused_by_editor or page.by_agreement or dates):
        text = _("There is no upcoming date and no day by arrangement: visitors can ask, but choose no day.")
        yield Refusal(str(text), link=edit_link(page, "dates"), field="dates")


def advice_on_prices(page: ExperiencePage) -> Iterator[Refusal]:
    """A price in a text stays when the field *price* changes."""
    if page.price is None:
        return
    for field in ("summary", "search_description"):
        for other in {*prices_in(getattr(page, field))} - {page.price}:
            text = _("“%(field)s” says %(price)s kronor, and that is not the price.")
            values = {"field": page._meta.get_field(field).verbose_name, "price": display.number(other)}
            yield Refusal(text % values, link=edit_link(page, field), field=field)
