"""People in their roles."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.users.models import UserProfile

from core.models import User
from tests.factories import UserFactory


def person(role: str, **values: Any) -> User:
    """Somebody in a role, as the migrations made it. Reads the admin in English: the msgids."""
    user: User = UserFactory(**values)
    user.groups.add(Group.objects.get(name=role))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


def browser(user: User) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(user)
    return client
