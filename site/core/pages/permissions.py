"""What somebody may do with a page, where Wagtail's answer is not ours."""

from wagtail.models import PagePermissionTester


class BasePagePermissionTester(PagePermissionTester):
    """Wagtail lets whoever may publish a page delete it too. Here that is for those who may also make one: what a
    Translator deletes, no Translator could bring back (docs/decisions/0008). Nor is a copy offered to those who could
    put it nowhere."""

    def may_make_one(self) -> bool:
        return bool(self.user.is_superuser or "add" in self.permissions)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.may_make_one() and bool(super().can_delete(ignore_bulk))

    def can_copy(self) -> bool:
        return self.may_make_one() and bool(super().can_copy())

    def can_set_view_restrictions(self) -> bool:
        """What is here is for everybody: a password would hide the Swedish page, its translations and its words in
        the search would stay. What must be hidden is withdrawn, in all languages at once."""
        return False
