"""Every change to the behaviour of Wagtail, wagtail-localize and Django from outside, one file a library.

After an upgrade run `pytest tests/core/patches`:

* `test_PATCH_is_needed…` fails: the library does that part by itself now. Delete the part; when all of these fail, the
  patch, its row and its tests.
* `test_PATCH_works…` fails: the library has changed under the patch. Mend it.
* All pass: add the release to TRIED.

Public settings, hooks and `register_form_field_override` are no patches: they stay with their subject. The Swedish
words of Wagtail's admin that we add or correct are in `wagtail_words.py`, with a test of their own.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, NamedTuple

from django.core import checks

from core.patches import django, localize, wagtail, wagtail_api


class Patch(NamedTuple):
    """A function that changes the library, and the upstream issue, or why there is none."""

    apply: Callable[[], None]
    upstream: str


# Distribution → the releases with which all tests of its patches have passed.
TRIED = {"wagtail": ["8.0"], "wagtail-localize": ["1.14"], "Django": ["5.2"]}

PATCHES = {
    "wagtail": [
        Patch(wagtail.patch_publish, "no upstream issue for publish_action; the schedule's: wagtail/wagtail#13879"),
        Patch(wagtail.patch_copy, "no upstream issue: Wagtail refuses no copy"),
        Patch(wagtail.patch_copied_fields, "no upstream issue: one list for copies and translations is meant"),
        Patch(wagtail.patch_copy_view, "no upstream issue: the chooser of Wagtail's form sends a page that is there"),
        Patch(wagtail.patch_move, "no upstream issue: Wagtail refuses no move"),
        Patch(wagtail.patch_move_chooser, "no upstream issue: Wagtail's choosers ask no right for that link"),
        Patch(wagtail.patch_workflow_action, "no upstream issue: Wagtail refuses no approval"),
        Patch(wagtail.patch_unpublish, "wagtail/wagtail#7556"),
        Patch(wagtail.patch_permission_denied, "no upstream issue: one text for all is meant (wagtail/wagtail#6352)"),
        Patch(wagtail.patch_reference_on_delete, "wagtail/wagtail#13594"),
        Patch(wagtail.patch_listing_search, "wagtail/wagtail#14098"),
        Patch(wagtail.patch_text_blocks, "no upstream issue: Django takes invisible characters as text, too"),
        Patch(
            wagtail.patch_avatar_panel, "wagtail/wagtail#14414, in Wagtail 8.1; keep the form: it refuses at the field"
        ),
        Patch(wagtail.patch_export, "no upstream issue: nothing links to it"),
        Patch(wagtail.patch_redirect_form, "wagtail/wagtail#11659"),
        Patch(wagtail.patch_labels, "no upstream issue: found by our pseudo-language"),
        Patch(wagtail.patch_struct_block, "no upstream issue: found by our pseudo-language"),
        Patch(wagtail.patch_usage_columns, "no upstream issue: Wagtail shows titles only"),
        Patch(wagtail_api.patch_unused_api, "no upstream issue: its apps offer what they have to the API, used or not"),
    ],
    "wagtail-localize": [
        Patch(localize.patch_refresh_segments, "wagtail/wagtail-localize#502"),
        Patch(localize.patch_get_comment, "wagtail/wagtail-localize#502"),
        Patch(localize.patch_get_error, "wagtail/wagtail-localize#502"),
        Patch(localize.patch_status, "wagtail/wagtail-localize#502"),
        Patch(localize.patch_editor, "the directions: wagtail/wagtail-localize#197; the earlier text: #502"),
        Patch(localize.patch_publish_message, "no upstream issue: a slug counts as a text there"),
        Patch(localize.patch_report, "no upstream issue: it counts what has a translation"),
        Patch(localize.patch_save_translation, "wagtail/wagtail-localize#463"),
        Patch(localize.patch_dates, "no upstream issue: days are written in English there"),
        Patch(localize.patch_get_or_create_source, "wagtail/guide#293"),
        Patch(localize.patch_locale_components, "no upstream issue: other sites use aliases (mozilla/bedrock#15063)"),
        Patch(localize.patch_page_buttons, "wagtail/wagtail-localize#662; taking a hook back: wagtail/wagtail#3335"),
        Patch(localize.patch_views, "no upstream issue: other sites use these views"),
        Patch(localize.patch_edit_override, "no upstream issue: it asks for the right to edit the page only"),
        Patch(localize.patch_upload_pofile, "no upstream issue; such a file: mozilla/pontoon#3596"),
    ],
    "Django": [
        Patch(django.patch_date_fields, "no upstream issue: fixed formats are meant (blocks: wagtail/wagtail#4768)"),
        Patch(django.patch_group_names, "no upstream issue: a group's name is data"),
        Patch(django.patch_email_fields, "django/django#19284; domains in letters: no upstream issue"),
    ],
}


@functools.cache
def apply_patches() -> None:
    """Called when the site starts; a second call changes nothing."""
    for patches in PATCHES.values():
        for patch in patches:
            patch.apply()


@checks.register
def check_releases(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn of a release with which the patches were not tried. A warning: the site starts all the same."""
    return [_not_tried(name, version(name)) for name in PATCHES if _release(version(name)) not in TRIED[name]]


def _release(installed: str) -> str:
    """The feature release: 8.0 of 8.0.1."""
    return ".".join(installed.split(".")[:2])


def _not_tried(name: str, installed: str) -> checks.Warning:
    functions = [patch.apply for patch in PATCHES[name]]
    return checks.Warning(
        f"{name} {installed} is installed; its patches were tried with {', '.join(TRIED[name])}: "
        f"{', '.join(function.__name__ for function in functions)} ({functions[0].__module__}).",
        hint="Run pytest tests/core/patches: it says which patch to drop and which to mend. Then add "
        f"{_release(installed)} to TRIED in core/patches/__init__.py.",
        id="core.W001",
    )
