"""A login for each role, for trying out the demo. The passwords are public.

The app `demo` is installed by the demo and test settings only; production has neither these users nor this module.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.users.models import UserProfile

from core.models import User
from core.people import roles


@dataclass(frozen=True)
class Login:
    """A demo user. `role`: the name of a group; None for a superuser."""

    username: str
    first_name: str
    last_name: str
    role: str | None = None

    @property
    def password(self) -> str:
        return f"demo-{self.username}"


PEOPLE = (
    Login("editor", "Elin", "Sandberg", roles.EDITORS),
    Login("translator", "Rania", "Haddad", roles.TRANSLATORS),
    Login("staff", "Johan", "Lindqvist", roles.ENQUIRY_STAFF),
    Login("coach", "Maryam", "Ahmadi", roles.COACHES),
    Login("lead", "Karin", "Åberg", roles.LEAD),
    Login("admin", "Petra", "Nyström"),
)
# (role, username, password), as `make run` prints them.
LOGINS: list[tuple[str, str, str]] = [
    (person.role or "Administrator", person.username, person.password) for person in PEOPLE
]


def save_logins() -> None:
    """Writes VAR_DIR/logins.json for the greeting of `make run`, whose supervisor imports no Django."""
    Path(settings.VAR_DIR, "logins.json").write_text(json.dumps(LOGINS))


@transaction.atomic
def make_logins() -> None:
    """Creates the users that are missing, and adds each to its group. Passwords of existing users are not reset."""
    for person in PEOPLE:
        user = get_user_model().objects.filter(username=person.username).first() or make_user(person)
        if person.role:
            user.groups.add(Group.objects.get(name=person.role))


def make_user(person: Login) -> User:
    """Creates the user, with the admin in Swedish whatever the browser asks for."""
    user = get_user_model().objects.create_user(
        person.username,
        email=f"{person.username}@example.se",
        password=person.password,
        first_name=person.first_name,
        last_name=person.last_name,
        is_staff=person.role is None,
        is_superuser=person.role is None,
    )
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "sv"})
    return user
