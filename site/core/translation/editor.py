"""What the script of wagtail-localize's translation editor does not know: for static/js/admin/translation.js."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from core.languages.table import direction
from core.translation import sources
from core.translation.comparing import differences


def complete(props: dict[str, Any], translation: Translation) -> dict[str, Any]:
    """The editor's `data-props`, completed. One query.

    Both languages get their direction (`dir`). A segment whose Swedish has changed gets `earlier`: the Swedish before
    and now, in pieces of which those that differ are marked.
    """
    earlier = sources.earlier_sentences(translation.source, translation.target_locale)
    segments = [_segment(segment, earlier) for segment in props["segments"]]
    return props | {
        "segments": segments,
        "sourceLocale": _with_direction(props["sourceLocale"]),
        "locale": _with_direction(props["locale"]),
        "earlierLabel": _("The earlier Swedish:"),
    }


def _with_direction(locale: dict[str, str]) -> dict[str, str]:
    return locale | {"dir": direction(locale["code"])}


def _segment(segment: dict[str, Any], earlier: dict[int, sources.Earlier]) -> dict[str, Any]:
    if segment["type"] == "string" and (known := earlier.get(segment["id"])) and known.before:
        before, now = differences(known.before, segment["source"])
        return segment | {"earlier": {"before": before, "now": now}}
    return segment
