"""Forms of the page editor: checks that the model alone cannot make."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ModelMultipleChoiceField
from django.forms.formsets import ORDERING_FIELD_NAME
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm as WagtailCopyForm
from wagtail.models import Page, TranslatableMixin

from core.pages import hours, publishing
from core.translation import slugs


class CopyForm(WagtailCopyForm):
    """Wagtail's, with a free slug, which follows the title until the editor types another one.

    Without aliases, which would be refused (docs/decisions/0004).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        # It would lead to the root of the tree too, which editors may not edit.
        self.fields["new_parent_page"].widget.show_edit_link = False
        slug = self.fields["new_slug"]
        slug.initial = slugs.free_slug(self.page.slug, self.page.get_parent())
        slug.required, slug.help_text = False, _("Left as it is, it follows the new title.")

    def clean(self) -> dict[str, Any]:
        if "new_slug" in self.cleaned_data and not self._is_slug_typed():
            self.cleaned_data["new_slug"] = self._slug_of_title()
        cleaned: dict[str, Any] = super().clean()
        slug, parent = cleaned.get("new_slug", ""), cleaned.get("new_parent_page") or self.page.get_parent()
        if slugs.is_reserved(slug, parent):
            self.add_error("new_slug", slugs.reserved_error(slug))
        if cleaned.get("publish_copies"):
            below = bool(cleaned.get("copy_subpages"))
            pages = self.page.get_descendants(inclusive=True) if below else Page.objects.filter(pk=self.page.pk)
            for page in pages.live().specific():
                for refusal in publishing.refusals(page):
                    self.add_error("publish_copies", f"{page.get_admin_display_title()}: {refusal.words}")
        return cleaned

    def _is_slug_typed(self) -> bool:
        return bool(self.cleaned_data["new_slug"]) and "new_slug" in self.changed_data

    def _slug_of_title(self) -> str:
        """Free below the chosen parent; that of the original while the title is the original's."""
        slug = self.page.slug
        if "new_title" in self.changed_data:
            slug = slugs.ascii_slug(self.cleaned_data.get("new_title", ""), otherwise=slug)
        return slugs.free_slug(slug, self.cleaned_data.get("new_parent_page") or self.page.get_parent())


class PageForm(WagtailAdminPageForm):
    """Form of every page type. Checks the slug here: a new page has no parent yet when its model is validated.

    "Publish" asks what keeps the page from being live (core.pages.publishing); with an hour to come, nothing is asked.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer snippets in the page's own language only."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            rows: Any = getattr(field, "queryset", None)
            if isinstance(field, ModelMultipleChoiceField) and _is_translated(rows.model):
                field.queryset = rows.filter(locale_id=self.instance.locale_id)
        if self.is_new and "slug" in self.fields:
            self.fields["slug"].required = False

    @property
    def is_new(self) -> bool:
        """Whether the page has not been saved yet."""
        return self.instance.pk is None

    def defer_required_fields(self) -> None:
        """Let a draft be saved with empty required fields, and with the empty first row that Wagtail adds to a list."""
        super().defer_required_fields()
        for formset in self.formsets.values():
            for row in formset.extra_forms:
                if set(row.changed_data) <= {ORDERING_FIELD_NAME}:
                    _leave_out(row)

    def is_valid(self) -> bool:
        if super().is_valid() and self._publishes_now():
            # In memory only. The view saves again: a formset replaces the unsaved rows of the first time.
            for refusal in publishing.refusals(self.save(commit=False)):
                self._add_refusal(refusal)
        return bool(super().is_valid())

    def _publishes_now(self) -> bool:
        return "action-publish" in self.data and not hours.is_to_come(self.cleaned_data.get("go_live_at"))

    def _add_refusal(self, refusal: publishing.Refusal) -> None:
        """An error at the field, in the last row of a list, or above the form."""
        error = ValidationError(refusal.words, code=refusal.code)
        name = refusal.field.split(".")[0]
        formset = self.formsets.get(name)
        rows = [row for row in formset.forms if not formset._should_delete_form(row)] if formset else []
        if rows:
            rows[-1].add_error(next(iter(rows[-1].fields)), error)
        else:
            self.add_error(name if name in self.fields else None, error)

    def clean(self) -> dict[str, Any]:
        if hours.has_expired(self.instance, self.cleaned_data.get("expire_at")):
            self.cleaned_data["expire_at"] = None
        if self.is_new and self.parent_page and not self.cleaned_data.get("slug", "has an error"):
            self.cleaned_data["slug"] = self._slug_of_title(self.parent_page)
        cleaned: dict[str, Any] = super().clean()
        slug = cleaned.get("slug", "")
        if self.parent_page and slugs.is_reserved(slug, self.parent_page):
            self.add_error("slug", slugs.reserved_error(slug))
        return cleaned

    def _slug_of_title(self, parent: Page) -> str:
        """For an editor who saves before the admin's script has filled the slug, or has no scripts."""
        title = self.cleaned_data.get("title", "")
        return slugs.free_slug(slugs.ascii_slug(title, otherwise=self.instance._meta.model_name), parent, self.instance)


def _leave_out(row: Any) -> None:
    """Do not save a row that has an order only. If the form is shown again, the row is shown in its place."""
    row.empty_permitted, row.has_changed = True, _nothing_is_said
    row.full_clean()
    if row.is_bound and ORDERING_FIELD_NAME in row.fields:
        # Django asks nothing of such a row; Wagtail's panel sorts the rows by their numbers.
        number = row[ORDERING_FIELD_NAME].data or ""
        row.cleaned_data[ORDERING_FIELD_NAME] = int(number) if number.isdecimal() else None


def _nothing_is_said() -> bool:
    return False


def _is_translated(model: type[Any]) -> bool:
    return issubclass(model, TranslatableMixin) and not issubclass(model, Page)
