"""The staff's inbox in Wagtail's admin: lists, an enquiry's page, the panel on the admin's home."""
