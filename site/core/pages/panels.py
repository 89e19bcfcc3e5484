"""Panels of the page editor that depend on where the page is."""

from wagtail.admin.panels import FieldPanel

HOME_DEPTH = 2


class MenuPanel(FieldPanel):
    """A field about the main menu. Shown directly below the home page only: the menu has no other pages."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            """Always where versions are compared: there is no form."""
            can_be_in_menu = self.form is None or self.form.parent_page.depth == HOME_DEPTH
            return bool(super().is_shown() and can_be_in_menu)
