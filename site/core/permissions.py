"""What somebody may do with a page, where Wagtail's answer is not ours."""

from wagtail.models import PagePermissionTester


class BasePagePermissionTester(PagePermissionTester):
    """Wagtail lets whoever may publish a page delete it too. Here that is for those who may also make one: what a
    Translator deletes, no Translator could bring back (docs/decisions/0008)."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        may_make_one = self.user.is_superuser or "add" in self.permissions
        return bool(may_make_one and super().can_delete(ignore_bulk))
