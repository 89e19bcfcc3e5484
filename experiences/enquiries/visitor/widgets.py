"""Widgets of the enquiry form, its bound field and its renderer: how each field is rendered."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from core.languages.mail_addresses import readable
from core.languages.table import direction


class EnquiryFormRenderer(TemplatesSetting):
    """Django's renderer with our template for a field."""

    field_template_name = "enquiries/form/field.html"


class EnquiryBoundField(BoundField):
    """A bound field with what our template needs: whether it is a group, optional, or an editor's own question."""

    @property
    def is_group(self) -> bool:
        """Whether it has several inputs under one <legend>."""
        return isinstance(self.field.widget, forms.RadioSelect)

    @property
    def target(self) -> str:
        """The id of its first input, which the error summary links to."""
        return f"{self.auto_id}_0" if self.is_group else str(self.auto_id)

    @property
    def is_optional(self) -> bool:
        """Whether it is marked as optional. E-mail and phone are not: the form says that one of them is enough."""
        return self.name in getattr(self.form, "optional", ())

    @property
    def question(self) -> Any:
        """The editor's own question (`questions.Question`) that the field asks; None for the form's own fields."""
        return getattr(self.form, "question_by_field", {}).get(self.name)

    @property
    def aria_describedby(self) -> str:
        """Ids of the hint that it shares with the next field, of its own hint and of its error."""
        shared = getattr(self.form, "shared_hints", {}).get(self.name, "")
        return " ".join(filter(None, [shared, super().aria_describedby]))

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes; without the state for radio buttons, whose <fieldset> has it already."""
        built = dict(super().build_widget_attrs(attrs, widget))
        if self.is_group:
            for name in ("aria-invalid", "required"):
                built.pop(name, None)
        return built


class LineInput(forms.TextInput):
    """A text input of one line. `extra`: a further CSS class. Never `autocomplete="off"`: browsers empty such a field
    when a visitor comes back to the page."""

    def __init__(self, **attrs: Any) -> None:
        css = f"input {attrs.pop('extra', '')}".strip()
        super().__init__(attrs={"class": css, **attrs})


class EmailInput(LineInput):
    """<input type="email">."""

    input_type = "email"

    def format_value(self, value: Any) -> str | None:
        """As people read it: browsers send the domain in ASCII (xn--…)."""
        text = super().format_value(value)
        return readable(text) if text else text


class PhoneInput(LineInput):
    """<input type="tel">."""

    input_type = "tel"


class DayInput(LineInput):
    """<input type="date"> whose year has four digits: without `max`, browsers take six."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(max="9999-12-31")


class HoneypotInput(forms.TextInput):
    """A text input that no person fills in: left out by the Tab key, browsers and password managers.

    Rendered without its value: where a password manager filled it in and the form has an error, it is empty in the
    form that is shown again. The attributes are those of 1Password, Bitwarden, Dashlane and LastPass.
    """

    def __init__(self) -> None:
        managers = {"data-1p-ignore": True, "data-bwignore": True, "data-form-type": "other", "data-lpignore": "true"}
        super().__init__(attrs={"tabindex": -1, "autocomplete": "off", **managers})

    def format_value(self, value: Any) -> None:
        return None


class SelectWithLanguages(forms.Select):
    """A select with `lang` and `dir` on the options whose values are in `languages` ({value: language code})."""

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
