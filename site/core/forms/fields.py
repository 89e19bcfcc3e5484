"""Model fields for sets of choices, languages and lists of short texts."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import Promise
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField

from core.forms.choose_several import ChooseSeveral
from core.languages.sorting import by_label
from core.languages.table import CHOICES

if TYPE_CHECKING:
    AnyArrayField = ArrayField[Any, Any]
else:
    AnyArrayField = ArrayField


class ChoicesArrayField(AnyArrayField):
    """An array of choices, in the admin a group of checkboxes. Stored in their order, in which a form sends them."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Sort them: what was loaded or saved by code in another order is not another value."""
        order = [value for value, _label in self.base_field.flatchoices]
        chosen = getattr(model_instance, self.attname)
        if chosen and set(chosen) <= set(order):
            setattr(model_instance, self.attname, sorted(chosen, key=order.index))
        return super().pre_save(model_instance, add)

    def formfield(self, **kwargs: Any) -> forms.Field:
        options: dict[str, Any] = {
            "form_class": forms.TypedMultipleChoiceField,
            "choices": self.base_field.choices,
            "widget": forms.CheckboxSelectMultiple,
            "coerce": self.base_field.to_python,
        }
        # Not ArrayField's own: that one is a text box with commas.
        return super(ArrayField, self).formfield(**(options | kwargs))  # type: ignore[return-value]  # formfield() may give None


class AlphabeticalSelect(forms.Select):
    """Its choices in the order of the reader's alphabet."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        self.choices = by_label(self.choices)
        return super().optgroups(name, value, attrs)


class SpokenLanguagesField(ChoicesArrayField):
    """Codes of `core.languages.table.CHOICES`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("base_field", None)
        kwargs.pop("size", None)
        super().__init__(models.CharField(max_length=8, choices=CHOICES), default=list, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**({"widget": ChooseSeveral} | kwargs))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("base_field", "size", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs


def items_field(verbose_name: str | Promise, help_text: str | Promise, **kwargs: Any) -> StreamField:
    """A StreamField of short texts. One block for each, so that each is translated on its own."""
    block = CharBlock(max_length=240, label=verbose_name)
    return StreamField([("item", block)], verbose_name=verbose_name, help_text=help_text, blank=True, **kwargs)
