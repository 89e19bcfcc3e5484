"""What wagtail-localize's editor offers and says: no link or chooser that would answer with a lack of rights."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages as admin_messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, Translation
from wagtail_localize.views import edit_translation

from core.pages import waiting_panel
from core.people.admin_doors import may_see, snippet_model

# A word of Wagtail's catalogue.
VIEW_LIVE = "View live"
MODEL_OF_CHOOSER = {
    "image_chooser": get_image_model,
    "document_chooser": get_document_model,
    "page_chooser": lambda: Page,
}


def for_user(context: dict[str, Any], user: Any) -> dict[str, Any]:
    """The context of the editor's template, without what the user may not open: other languages, pictures, requests."""
    finder = AdminURLFinder(user)
    others = context["instance"].get_translations().select_related("locale")
    open_to_user = {other.locale.language_code: other.locale for other in others if finder.get_edit_url(other)}
    names = {locale.get_display_name() for locale in open_to_user.values()}
    source = context["source_translation"]
    for panel in context["side_panels"]:
        panel.translations = [row for row in panel.translations if row["locale"].language_code in open_to_user]
    return context | {
        "source_translation": source if source["locale"]["code"] in open_to_user else source | {"editUrl": None},
        "translations": [(name, url) for name, url in context["translations"] if name in names],
        "props": _props_for_user(context["props"], user),
    }


def may_override(segment: OverridableSegment, user: Any) -> bool:
    """Whether the user may choose another value than the Swedish page's. The editor shows the same ones only."""
    source, context = segment.source.get_source_instance(), segment.context
    tabs = edit_translation.TabHelper(source)
    path = context.get_field_path(source)
    try:
        location = edit_translation.get_segment_location_info(source, tabs, context.path, path, widget=True)
    except edit_translation.FieldHasNoEditPanelError:
        return False
    return _may_choose({"location": location}, user)


def say_published(request: HttpRequest, translation: Translation) -> None:
    """Instead of wagtail-localize's message on "Publish": with links to the live page and to what waits next.

    Its message may also be a warning that translations are missing, where only the slug has none. An error is kept.
    """
    found = list(get_messages(request))
    is_published = found and found[-1].level in {messages.SUCCESS, messages.WARNING}
    for message in found[:-1] if is_published else found:
        messages.add_message(request, message.level, message.message, message.extra_tags)
    if is_published:
        about = {
            "object": translation.get_target_instance(),
            "locale": translation.target_locale.get_display_name(),
        }
        text = _("Published '{object}' in {locale}.").format(**about)
        admin_messages.success(request, text, buttons=_ways_on(request, translation))


def _ways_on(request: HttpRequest, translation: Translation) -> list[Any]:
    """Buttons: the page as visitors see it, and the next page or snippet that waits in the same language."""
    target = translation.get_target_instance()
    buttons = [admin_messages.button(target.url, _(VIEW_LIVE))] if isinstance(target, Page) else []
    if following := waiting_panel.next_for(request.user, translation.target_locale):
        text = _("Next: %(title)s") % {"title": following.title}
        buttons.append(admin_messages.button(following.publish or following.link, text))
    return buttons


def _props_for_user(props: str, user: Any) -> str:
    """What the editor's script draws, in JSON."""
    data = json.loads(props)
    data["segments"] = [segment for segment in data["segments"] if _may_choose(segment, user)]
    if not user.has_perm("wagtail_localize.submit_translation"):
        for segment in data["segments"]:
            if segment["type"] == "related_object":
                segment["source"]["createTranslationRequestUrl"] = None
    return json.dumps(data, cls=DjangoJSONEncoder)


def _may_choose(segment: dict[str, Any], user: Any) -> bool:
    """Whether the user may choose another value than the Swedish page's; True for text."""
    widget = segment["location"]["widget"] or {}
    if model := MODEL_OF_CHOOSER.get(widget.get("type", "")):
        return may_see(user, model())
    if snippet := widget.get("snippet_model"):
        found = snippet_model(f"{snippet['app_label']}_{snippet['model_name']}")
        return found is not None and may_see(user, found)
    return True
