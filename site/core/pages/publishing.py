"""Whether a page may be live: a registry of refusals, asked before the first write beneath every path.

    @publishing.refusal(ExperiencePage, kind=Kind.LAW)
    def without_consent(page: ExperiencePage) -> Iterator[Refusal]:
        yield Refusal(_("…"), link="/admin/…")

A rule that depends on the hour takes it as a second argument, `at`. The refusals of the core are in `rules.py`; other
rooms register theirs. What the registry cannot see: docs/architecture.md, "Where things are".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from inspect import signature
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

# Of PostgreSQL's advisory locks, that of publications.
TURN = 7_216_001


class Kind(IntEnum):
    """What a refusal rests on. Refusals are told in this order."""

    LAW = 1
    RULE = 2
    EDITORIAL = 3


@dataclass(frozen=True)
class Refusal:
    """One reason why a page may not be live.

    words: what is missing, and what to do, in the active language; link: admin address where it can be mended; if
    empty, the page's editor, at `field` (a content path, such as `price` or `story.BLOCK_ID.text`); code: for tests and
    programs; the name of the rule if empty.
    """

    words: str
    link: str = ""
    field: str = ""
    code: str = ""
    kind: Kind = Kind.RULE


class Refused(PermissionDenied):
    """A page may not be live. Raised before anything is written.

    A PermissionDenied, because Wagtail and its API answer that one with a message and not with an error page.
    """

    def __init__(self, page: Page | None, found: Iterable[Refusal]) -> None:
        self.page, self.refusals = page, list(found)
        super().__init__(" ".join(str(refusal.words) for refusal in self.refusals))


# --- The registry ---------------------------------------------------------------------------------------------------
Function = Callable[..., Iterable[Refusal]]


@dataclass(frozen=True)
class _Rule:
    model: type[Page]
    kind: Kind
    function: Function
    takes_moment: bool

    def asked(self, page: Page, at: datetime) -> Iterator[Refusal]:
        found = self.function(page, at=at) if self.takes_moment else self.function(page)
        for refusal in found or ():
            yield replace(
                refusal,
                words=str(refusal.words),
                code=refusal.code or self.function.__name__,
                kind=self.kind,
                link=refusal.link or edit_link(page, refusal.field),
            )


_rules: list[_Rule] = []


def refusal(model: type[Page], kind: Kind = Kind.RULE) -> Callable[[Function], Function]:
    """Decorator: register a function of a page of this type that yields its refusals."""

    def register(function: Function) -> Function:
        _rules.append(_Rule(model, kind, function, takes_moment="at" in signature(function).parameters))
        return function

    return register


def edit_link(page: Page, field: str = "") -> str:
    """The page's editor at a field, in the form of address at which Wagtail's scripts open the right tab.

    Child rows have no content path of their own there; what is around them has an id.
    """
    if not page.pk:
        return ""
    rows = {relation.get_accessor_name() for relation in get_all_child_relations(page)}
    place = f"#id_{field}-FORMS" if field in rows else f"#:w:contentpath={field}"
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) + (place if field else "")


# --- Asking ---------------------------------------------------------------------------------------------------------
def refusals(page: Page, at: datetime | None = None) -> list[Refusal]:
    """All reasons why this version of the page may not be live at a moment (default: now), the law's first.

    `page`: a live page, a draft or an unsaved one; nothing is saved or locked, and the page is left as it is. The order
    of each kind is that of registration.
    """
    return _refusals(copy(_specific(page)), at or timezone.now())


def _refusals(page: Any, moment: datetime) -> list[Refusal]:
    """May fill in what the page's `clean` fills in."""
    rules = (rule for rule in _rules if isinstance(page, rule.model))
    found = [refusal for rule in rules for refusal in rule.asked(page, moment)]
    return sorted(found, key=lambda refusal: refusal.kind)


def take_turn() -> None:
    """Wait until no other publication or withdrawal is under way; the turn ends with the transaction.

    Each locks several pages, one after the other. Two that need the same ones would wait for each other in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


# A page's position in the tree. In a move, django-treebeard writes it by SQL.
PLACE = ("path", "depth", "numchild", "url_path")


def take_place(page: Page, row: Page | None = None) -> None:
    """Read the page's position in the tree anew: saving would undo a move made meanwhile. Call it in a turn.

    `row`: the page as it is in the database; without it, one query.
    """
    row = row or Page.objects.filter(pk=page.pk).first()
    if row and row.path != page.path:
        vars(page).pop("_cached_parent_obj", None)  # of django-treebeard
    for name in PLACE if row else ():
        setattr(page, name, getattr(row, name))


def lock_family(key: UUID) -> list[Page]:
    """Lock a page in all its languages, in the order of primary keys, to the end of the transaction.

    Whatever decides whether they may be live takes this lock first, so that none waits for another in a circle. `key`:
    the translation key.
    """
    family = Page.objects.filter(translation_key=key).order_by("pk")
    return list(family.select_for_update(of=("self",), no_key=True))


def ask(page: Page) -> None:
    """Raise Refused if the page may not be live now. Call it in a transaction, before the first write.

    Locks what the page needs (`BasePage.lock_for_publishing`), so that the answer holds until the transaction ends.
    What the page's `clean` fills in is filled in then, to be saved.
    Does nothing while a publication of this page that was asked is being carried out, nor within `unasked()`.
    """
    if _is_unasked.get() or any(page is one for one in _asked.get()):
        return
    take_turn()
    page = _specific(page)
    if lock := getattr(page, "lock_for_publishing", None):
        lock()
    if found := _refusals(page, timezone.now()):
        raise Refused(page, found)


# Pages whose publication was asked, and is being carried out: these very objects.
_asked: ContextVar[tuple[Page, ...]] = ContextVar("asked", default=())


@contextmanager
def asked(page: Page) -> Iterator[None]:
    """Ask once for all writes inside: a publication saves the page's row more than once."""
    ask(page)
    token = _asked.set((*_asked.get(), page))
    try:
        yield
    finally:
        _asked.reset(token)


_is_unasked: ContextVar[bool] = ContextVar("is_unasked", default=False)


@contextmanager
def unasked() -> Iterator[None]:
    """Ask nothing inside: for writes after which visitors read the same as before, such as the order of a list."""
    token = _is_unasked.set(True)
    try:
        yield
    finally:
        _is_unasked.reset(token)


def _specific(page: Page) -> Any:
    """Not `page.specific`, which the page would remember as it was before it is saved."""
    return page if isinstance(page, page.specific_class or Page) else page.get_specific()
