"""Permissions on pages that differ from Wagtail's."""

from wagtail.locks import ScheduledForPublishLock
from wagtail.models import PagePermissionTester


class BasePagePermissionTester(PagePermissionTester):
    """Deleting and copying need the permission to add pages; Wagtail's needs the one to publish.

    A Translator, who may publish but not add, could not restore a page that they deleted (docs/decisions/0008).
    """

    def may_make_one(self) -> bool:
        return bool(self.user.is_superuser or "add" in self.permissions)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.may_make_one() and bool(super().can_delete(ignore_bulk))

    def can_copy(self) -> bool:
        return self.may_make_one() and bool(super().can_copy())

    def can_unpublish(self) -> bool:
        """Also while a later version waits for its hour, which is cancelled with it. Wagtail says "no rights"."""
        if not isinstance(self.page.get_lock(), ScheduledForPublishLock):
            return bool(super().can_unpublish())
        may_publish = self.user.is_superuser or "publish" in self.permissions
        return bool(self.user.is_active and self.page.live and not self.page_is_root and may_publish)

    def can_set_view_restrictions(self) -> bool:
        """Never: a password would hide the Swedish page only, not its translations and its text in the search."""
        return False
