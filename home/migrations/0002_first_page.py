"""A fresh site has a front door: Wagtail's welcome page becomes our Swedish home page, named and with settings."""

from django.db import migrations
from django.utils import timezone

NAME = "Sociala upplevelsepresenter"
WELCOME = "Welcome to your new Wagtail site!"
HEADLINE = "Lär dig något du inte visste att din stad kunde"
LEAD = "Människor som bor här öppnar sitt kök, sin verkstad och sina sånger. Kom själv, ta med gruppen eller ge bort en stund."


def open_the_door(apps, schema_editor):
    """In place: the site's record keeps pointing to its root. A site that has a home page already is left alone."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")
    SiteSettings = apps.get_model("core", "SiteSettings")
    site = Site.objects.filter(is_default_site=True, root_page__title=WELCOME, root_page__depth=2).first()
    if site is None:
        return
    now = timezone.now()
    swedish, _ = Locale.objects.get_or_create(language_code="sv")
    home_type, _ = ContentType.objects.get_or_create(app_label="home", model="homepage")
    Page.objects.filter(depth=1).update(locale=swedish)
    Page.objects.filter(pk=site.root_page_id).update(
        title=NAME,
        draft_title=NAME,
        locale=swedish,
        content_type=home_type,
        first_published_at=now,
        last_published_at=now,
    )
    # raw: only the row of our own table, the page's own row is there.
    HomePage(page_ptr_id=site.root_page_id, headline=HEADLINE, lead=LEAD, body=[]).save_base(raw=True)
    Site.objects.filter(pk=site.pk).update(site_name=NAME)
    SiteSettings.objects.get_or_create(site=site)


def close_the_door(apps, schema_editor):
    """The welcome page again, in the same place, so that Wagtail's own migrations can be undone after this one."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")
    SiteSettings = apps.get_model("core", "SiteSettings")
    site = Site.objects.filter(is_default_site=True).first()
    home = site and HomePage.objects.filter(pk=site.root_page_id).first()
    if not home:
        return
    home.delete(keep_parents=True)
    Page.objects.filter(pk=site.root_page_id).update(
        title=WELCOME,
        draft_title=WELCOME,
        content_type=ContentType.objects.get(app_label="wagtailcore", model="page"),
    )
    Site.objects.filter(pk=site.pk).update(site_name="")
    SiteSettings.objects.filter(site=site).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_pages"),
        ("core", "0002_media_contact_mail"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(open_the_door, close_the_door)]
