"""How the form's fields are drawn: our own templates, and what a template needs to know of a field."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from core.languages.table import direction


class Renderer(TemplatesSetting):
    field_template_name = "enquiries/form/field.html"


class Field(BoundField):
    """A field with its hints, its error and its state, as assistive technology hears them."""

    @property
    def is_group(self) -> bool:
        """Several inputs under one legend."""
        return isinstance(self.field.widget, forms.RadioSelect)

    @property
    def target(self) -> str:
        """Where a link from the error summary leads: the first of the inputs."""
        return f"{self.auto_id}_0" if self.is_group else str(self.auto_id)

    @property
    def is_optional(self) -> bool:
        """To be marked as such. Where the form says itself what is enough, as for mail and phone, nothing is."""
        return self.name in getattr(self.form, "optional", ())

    @property
    def question(self) -> Any:
        """The editor's own question that it asks (`questions.Question`), if it is one."""
        return getattr(self.form, "asked_of", {}).get(self.name)

    @property
    def aria_describedby(self) -> str:
        """The hint that it shares with its neighbours, its own hint, its error."""
        shared = getattr(self.form, "shared_hints", {}).get(self.name, "")
        return " ".join(filter(None, [shared, super().aria_describedby]))

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """The state of a group of radio buttons is said by the group, not by each of them."""
        built = dict(super().build_widget_attrs(attrs, widget))
        if self.is_group:
            for name in ("aria-invalid", "required"):
                built.pop(name, None)
        return built


class Line(forms.TextInput):
    """One line. Browsers fill in only what they are told to."""

    def __init__(self, **attrs: Any) -> None:
        css = f"input {attrs.pop('extra', '')}".strip()
        super().__init__(attrs={"class": css, "autocomplete": "off", **attrs})


class EmailLine(Line):
    input_type = "email"


class PhoneLine(Line):
    input_type = "tel"


class Day(Line):
    input_type = "date"


class SelectWithLanguages(forms.Select):
    """A select whose options say in which language they are."""

    def __init__(self, css: str = "input") -> None:
        self.languages: dict[str, str] = {}
        super().__init__(attrs={"class": css})

    def __deepcopy__(self, memo: dict[int, Any]) -> "SelectWithLanguages":
        copy: SelectWithLanguages = super().__deepcopy__(memo)
        copy.languages = dict(self.languages)
        return copy

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = dict(super().create_option(name, value, *args, **kwargs))
        if language := self.languages.get(str(value)):
            option["attrs"] |= {"lang": language, "dir": direction(language)}
        return option
