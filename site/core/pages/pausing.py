"""Pausing: the site pauses a page in all its languages for a reason, and resumes it when the reason is gone.

    pausing.register_reason("consent_ended", for_editors=_("…"), for_visitors=_("…"))

    pausing.pause(page.translation_key, "consent_ended")
    pausing.resume(page.translation_key, "consent_ended")

A page type that can be paused inherits `Pausable`; its querysets ask `Pause.objects.of(OuterRef("translation_key"))`.
The table `core.Pause` is the only place that knows: a page has no column of it, so that no old revision, revert,
translation or save at the same moment can bring an old answer back. A copy is another page, with reasons of its own:
who pauses for a host or a consent finds it by these, as it does any new page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogContext, log
from wagtail.models import Page
from wagtail.signals import page_published

from core.pages import publishing

PAUSED = "core.paused_by_site"
RESUMED = "core.resumed_by_site"
LONGEST_CODE = 40
PAUSED_FOR_NOW = gettext_lazy("Paused for now")


# --- The reasons ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Reason:
    """for_editors: what is missing, and what ends the pause; for_visitors: a sentence that gives nothing away."""

    code: str
    for_editors: str | Promise
    for_visitors: str | Promise = PAUSED_FOR_NOW


_reasons: dict[str, Reason] = {}


class UnknownReason(LookupError):
    """No reason is registered with this code."""


def register_reason(code: str, **words: str | Promise) -> Reason:
    """Register a reason, in the `ready` of the app that pauses. `words`: those of Reason, translated when shown."""
    if code in _reasons:
        raise ValueError(f"Two reasons to pause have the code {code!r}.")
    if len(code) > LONGEST_CODE:
        raise ValueError(f"The code of a reason to pause has at most {LONGEST_CODE} characters: {code!r}.")
    _reasons[code] = Reason(code, **words)
    return _reasons[code]


def reason_of(code: str) -> Reason:
    """The reason with this code. A row of a reason that is no longer registered is told by its code."""
    return _reasons.get(code) or Reason(code, for_editors=code)


# --- The table ------------------------------------------------------------------------------------------------------
class PauseQuerySet(models.QuerySet["Pause"]):
    def of(self, key: UUID | OuterRef) -> Self:
        """The pauses of a page in all its languages, by its translation key."""
        return self.filter(translation_key=key)

    def without_page(self) -> Self:
        """Those whose page is in no language any more."""
        return self.exclude(Exists(Page.objects.filter(translation_key=OuterRef("translation_key"))))


class Pause(models.Model):
    """One reason why the site has paused a page. The page is open again when all its rows are gone."""

    translation_key = models.UUIDField(editable=False)
    code = models.CharField(max_length=LONGEST_CODE, editable=False)
    since = models.DateTimeField(default=timezone.now, editable=False)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("pause")
        verbose_name_plural = gettext_lazy("pauses")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["translation_key", "code"], name="pause_once_for_a_reason")]

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.code}"


def pause_codes_of_row() -> ArraySubquery:
    """To annotate pages with `pause_codes`."""
    return ArraySubquery(Pause.objects.of(OuterRef("translation_key")).values("code"))


# --- A page that can be paused --------------------------------------------------------------------------------------
class Pausable:
    """For a page type that stays readable while it is paused, but offers nothing meanwhile. Before BasePage."""

    translation_key: UUID

    @cached_property
    def pause_codes(self) -> list[str]:
        """The codes of the site's reasons, the oldest first. One query, unless annotated (`pause_codes_of_row`)."""
        return list(Pause.objects.of(self.translation_key).values_list("code", flat=True))

    @property
    def is_paused_by_site(self) -> bool:
        return bool(self.pause_codes)

    @property
    def pause_words(self) -> str:
        """What visitors read while the page is paused, in the active language. Of several reasons, the oldest's."""
        return str(reason_of(self.pause_codes[0]).for_visitors if self.pause_codes else PAUSED_FOR_NOW)


# --- Pausing and resuming -------------------------------------------------------------------------------------------
class CannotPause(TypeError):
    """Pages of this type cannot be paused: it does not inherit Pausable."""


class UnknownPage(LookupError):
    """No page in any language has this translation key."""


@transaction.atomic
def pause(key: UUID, code: str) -> bool:
    """Pause a page for a registered reason, in all its languages, live or not. False if it was paused for it already.

    `key`: the page's translation key. Raises UnknownReason, UnknownPage or CannotPause.
    """
    if code not in _reasons:
        raise UnknownReason(f"No reason to pause is registered with the code {code!r}.")
    _lock(key)
    _row, is_new = Pause.objects.get_or_create(translation_key=key, code=code)
    if is_new:
        _tell(key, PAUSED, code)
    return is_new


@transaction.atomic
def resume(key: UUID, code: str) -> bool:
    """Lift the pause for this reason only, not an editor's own. False if there was none.

    Raises UnknownPage or CannotPause; UnknownReason if the code is neither registered nor in use.
    """
    _lock(key)
    lifted, _models = Pause.objects.of(key).filter(code=code).delete()
    if not lifted and code not in _reasons:
        raise UnknownReason(f"No reason to pause is registered with the code {code!r}.")
    if lifted:
        _tell(key, RESUMED, code)
    return bool(lifted)


def delete_pauses_without_page(key: UUID) -> None:
    """Delete the pauses of this translation key if its page is deleted in all languages."""
    Pause.objects.of(key).without_page().delete()


def _lock(key: UUID) -> None:
    """Lock the page in all its languages, as a publication does."""
    publishing.take_turn()
    pages = publishing.lock_family(key)
    if not pages:
        raise UnknownPage(f"No page has the translation key {key}.")
    for page in pages:
        model = page.specific_class or Page
        if not issubclass(model, Pausable):
            raise CannotPause(f"A {model.__name__} cannot be paused: it is not Pausable.")


def _tell(key: UUID, action: str, code: str) -> None:
    """Log it for each language, without a user; announce the live pages to search and sitemap."""
    family = Page.objects.filter(translation_key=key).order_by("pk")
    family.live().update(last_published_at=timezone.now())
    pages: list[Any] = list(family.specific())
    with LogContext():  # An editor's request may be under way: this is the site's act, not hers.
        for page in pages:
            log(instance=page, action=action, data={"code": code})
        for page in pages:
            if page.live:
                page_published.send(sender=type(page), instance=page, revision=page.live_revision)
