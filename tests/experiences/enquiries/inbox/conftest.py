"""Two members of staff, and a browser in which the first is logged in."""

import pytest
from django.test import Client

from core.models import User
from core.people import roles
from tests.people import browser, person


@pytest.fixture
def anna() -> User:
    return person(roles.ENQUIRY_STAFF, username="anna", first_name="Anna", last_name="Ek")


@pytest.fixture
def bo() -> User:
    return person(roles.ENQUIRY_STAFF, username="bo", first_name="Bo", last_name="Lund")


@pytest.fixture
def staff(anna) -> Client:
    return browser(anna)
