"""Several of many are never a bare list in which one click unchooses all others."""

from __future__ import annotations

import re

from django import forms
from django.urls import reverse
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

from core.forms.choose_several import ChooseSeveral
from core.models import SiteSettings
from experiences.models import ExperiencePage, ProviderPage
from tests.factories import SkillFactory


def test_skills_and_languages_are_searched_and_added(home):
    hosts = ProviderPage.get_edit_handler().get_form_class().base_fields
    experiences = ExperiencePage.get_edit_handler().get_form_class().base_fields
    for field in (hosts["skills"], experiences["languages"], experiences["some_languages"]):
        assert isinstance(field.widget, ChooseSeveral)


def test_no_form_of_the_admin_has_a_bare_list_of_several(admin, home):
    handlers = [model.get_edit_handler() for model in get_page_models() if hasattr(model, "get_edit_handler")]
    handlers += [model.snippet_viewset.get_edit_handler() for model in get_snippet_models()]
    fields = [field for handler in handlers for field in handler.get_form_class().base_fields.values()]
    fields += SiteSettings.edit_handler.bind_to_model(SiteSettings).get_form_class().base_fields.values()
    assert len(fields) > 60
    assert not [field.label for field in fields if type(field.widget) is forms.SelectMultiple]
    for name in ("wagtailusers_users:add", "wagtailusers_groups:add", "wagtailadmin_workflows:add"):
        assert not re.search(r"<select[^>]*\bmultiple\b", admin.get(reverse(name)).text)


def test_without_a_script_there_are_boxes_to_tick(admin, catalogue):
    bread = SkillFactory(name="tunnbröd")
    SkillFactory(name="drakbygge")
    catalogue.provider.skills = [bread]
    catalogue.provider.save()
    page = admin.get(reverse("wagtailadmin_pages:edit", args=[catalogue.provider.pk])).text
    widget = page.split('data-controller="choose-several"')[1].split("data-field-errors")[0]
    assert widget.count('type="checkbox"') == 2
    assert widget.count("checked") == 1
    assert 'data-search="Sök och lägg till"' in widget
