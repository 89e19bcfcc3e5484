"""What the page editor checks beside the model's own rules."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from core.translation import slugs


class PageForm(WagtailAdminPageForm):
    """A new page does not know its place yet when it is validated; the form does."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        slug = cleaned.get("slug", "")
        if self.parent_page and self.parent_page.depth == 2 and slug in slugs.reserved():
            self.add_error("slug", slugs.taken_by_the_site(slug))
        return cleaned
