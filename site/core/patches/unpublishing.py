"""Where Wagtail 8.0 withdraws a page without a transaction, and forgets who did it.

A translation goes with its Swedish page, an experience with its last host: all of it or nothing, in the name of who
withdrew the first.
"""

from __future__ import annotations

import functools
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin import auth
from wagtail.log_actions import LogContext, get_active_log_context

from core.publishing.refusals import in_the_words_of_the_refusal


@functools.cache
def withdraw_in_one_step() -> None:
    """Called when the site starts; once is enough."""
    action: Any = UnpublishPageAction
    theirs = action.execute

    @functools.wraps(theirs)
    def execute(self: Any, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(), _in_the_name_of(self.user):
            theirs(self, *args, **kwargs)

    action.execute = execute
    admin: Any = auth
    admin.permission_denied = in_the_words_of_the_refusal(admin.permission_denied)


def _in_the_name_of(user: Any) -> AbstractContextManager[Any]:
    """The admin has said it already; code says it in its call."""
    return LogContext(user=user) if user and not get_active_log_context().user else nullcontext()
