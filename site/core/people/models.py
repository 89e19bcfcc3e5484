"""Who logs in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Someone who logs in. Ours from the first migration, so that a later need is an ordinary change."""
