"""The staff's inbox in Wagtail's admin: lists, an enquiry's page, what waits on the admin's home."""
