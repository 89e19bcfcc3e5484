"""What keeps an experience from being live (core.pages.publishing)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core.pages import hours, publishing
from core.pages.publishing import Refusal
from experiences.models import ExperiencePage
from experiences.rules import no_live_host


@publishing.refusal(ExperiencePage)
def without_live_host(page: ExperiencePage, at: datetime) -> Iterator[Refusal]:
    """Refuse an experience that no host with a published page leads (docs/decisions/0017)."""
    if not hours.live_at(page.host_pages(), at).exists():
        chosen = page.hosts_chosen()
        link = publishing.edit_link(chosen[0]) if chosen else ""
        yield Refusal(no_live_host(chosen), field="experience_providers", link=link)
