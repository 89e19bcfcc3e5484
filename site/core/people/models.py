"""The user model."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A user of the admin. A model of our own from the first migration, so that fields can be added later."""
