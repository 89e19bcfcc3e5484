"""Words of Wagtail's own admin that its Swedish lacks (8.0.1), or says wrongly.

Our catalogue comes before Wagtail's. Named here, they are gathered with our own (`make messages`) and editors read one
language. A test says which of them Wagtail has learnt meanwhile: take those out.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

WRONG: tuple[Promise, ...] = (
    # "Plats", a place.
    _("Locale"),
    # "Radera", delete: only the schedule is taken away.
    _("Are you sure you want to unschedule this revision?"),
    # "Schemalägg inte", do not schedule.
    _("Unschedule"),
    # "Raderas", be deleted.
    ngettext_lazy(
        "The following page cannot be moved due to duplicate slug",
        "The following pages cannot be moved due to duplicate slugs",
        1,
    ),
    # --- "Topp", top; "URL-fragment" beside "slugg"; "[min-slugg]"; "live-sidan"; "Ledsen", sad; "refererad".
    _("Parent"),
    _("Parent page"),
    _("Please select another parent."),
    _("New slug"),
    _('This slug is already in use within the context of its parent page "%(parent_page_title)s"'),
    _("The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/"),
    _("Sorry, you do not have permission to access this area."),
    _('Sorry, there are no matches for "<em>%(search_query)s</em>"'),
    _("Sorry, you cannot create a page at this location."),
    _("Sorry, no pages match <em>%(query_string)s</em>"),
    _('Sorry, no tasks match "<em>%(query_string)s</em>"'),
    _('Sorry, no redirects match "<em>%(query_string)s</em>"'),
    _('Sorry, no groups match "%(query)s"'),
    _("Sorry, no users match your query"),
    _('Sorry, no images match "<em>%(query_string)s</em>"'),
    _('Sorry, no snippets match "<em>%(search_query)s</em>"'),
    _('Sorry, no documents match "<em>%(search_query)s</em>"'),
    _('Sorry, no documents match "<em>%(query_string)s</em>"'),
    # "Ingen", none, before a plural; "din sökning", also where one has only filtered.
    _("No %(model_name)s match your query."),
    _("Sorry, upload failed."),
    _("Visit the live page"),
    _("Visible to all. Visit the live page"),
    _("Private. Visit the live page"),
    ngettext_lazy(
        "%(count)s of the pages being copied is live. Would you like to publish its copy?",
        "%(count)s of the pages being copied are live. Would you like to publish their copies?",
        1,
    ),
    _("Anyone can edit this %(model_name)s"),
    _("Anyone can edit this %(model_name)s – lock it to prevent others from editing"),
    ngettext_lazy(
        "This %(model_name)s is referenced %(usage_count)s time.",
        "This %(model_name)s is referenced %(usage_count)s times.",
        1,
    ),
    ngettext_lazy("Referenced %(count)s time", "Referenced %(count)s times", 1),
    _("Available in %(translations_total)s locales"),
    # "There are no others": only none that one may edit.
    _("No other translations"),
    # --- "live + schemalagd"; "Object 1 av 9"; "avschemalagd", of a page; "densitet"; "Vänligen"; "sajt".
    _("live + scheduled"),
    _("Item %(index)s of %(total)s"),
    _("'%(object)s' unpublished."),
    _("density"),
    _("Please select at least one group."),
    _("Please enter a valid URL"),
    _("Site"),
    _("site"),
    _("sites"),
    _("Sites"),
    _("site name"),
    _("Human-readable name for the site."),
    _("is default site"),
    _("If true, this site will handle requests for all other hostnames that do not have a site entry of their own"),
    _("Site history"),
    _("Site summary"),
    _("Configure a site now."),
    _("No results across entire site."),
    _("Search the whole site"),
    _("From site"),
    _("All sites"),
    _("Add site"),
    _("Add a site"),
    _("Delete site"),
    _("Are you sure you want to delete this site?"),
    _("Site '%(object)s' created."),
    _("Site '%(object)s' updated."),
    _("Site '%(object)s' deleted."),
    _("The site could not be saved due to errors."),
    _("This file has too many pixels (%(num_pixels)s). Maximum pixels %(max_pixels_count)s."),
    _("Submit to %(workflow_name)s"),
    _("Resubmit to %(task_name)s"),
    _("This page is currently at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."),
    _("This page was marked as needing changes at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."),
    _("Preview cannot display due to validation errors. <br /> Click save to highlight the relevant fields."),
    _("Preview is out of date"),
    _("Correct the validation errors to resume preview (saving will highlight errors)"),
    _("Actions"),
    ngettext_lazy("This page has one subpage", "This page has %(counter)s subpages", 1),
    ngettext_lazy("This page has one unpublished subpage", "This page has %(counter)s unpublished subpages", 1),
    ngettext_lazy(
        "This page has one subpage. Unpublish this too",
        "This page has %(live_descendant_count)s subpages. Unpublish these too",
        1,
    ),
    ngettext_lazy("Add 1 image to new collection", "Add %(counter)s images to new collection", 1),
    _("You have been successfully logged out."),
    # --- wagtail-localize: "Manuellt översatt på", "på Arabiska", "lyckades skickas".
    _("Translated manually on {date}"),
    _("Translated with {tool_name} on {date}"),
    _("Published '{object}' in {locale}."),
    _("Published '{object}' in {locale} with missing translations - see below."),
    _(
        "New validation errors were found when publishing '{object}' in {locale}."
        " Please fix them or click publish again to ignore these translations for now."
    ),
    _("The page '{page_title}' was successfully submitted for translation into {locales}"),
    _("The {model_name} '{object}' was successfully submitted for translation into {locales}"),
    _("Translation of %(instance)s into %(locale)s"),
)

MISSING: tuple[Promise, ...] = (
    # --- Lists
    _("Exploring"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."),
    _("There are no %(model_name)s to display."),
    _("Any"),
    _("any"),
    _("Anyone"),
    _("Date updated"),
    _("Locked by"),
    _("Create a new %(model_name)s"),
    _("Enable custom ordering"),
    _("Disable custom ordering"),
    _("'%(page_title)s' has been moved successfully."),
    _("Focus on the drag button and press up or down arrows to move the item, then press enter to submit the change."),
    _("The filter options you have selected are not valid."),
    _("Maximum filesize: %(max_upload_size)s."),
    # --- Several pages at once
    _("%(parent_pages)s and %(child_pages)s have been published"),
    _("%(parent_pages)s and %(child_pages)s have been unpublished"),
    ngettext_lazy(
        "%(num_parent_objects)d page has been published", "%(num_parent_objects)d pages have been published", 1
    ),
    ngettext_lazy(
        "%(num_parent_objects)d page has been unpublished", "%(num_parent_objects)d pages have been unpublished", 1
    ),
    _("%(parent_pages)s and %(child_pages)s have been deleted"),
    ngettext_lazy("%(num_parent_objects)d page has been deleted", "%(num_parent_objects)d pages have been deleted", 1),
    ngettext_lazy("%(num_parent_objects)d page", "%(num_parent_objects)d pages", 1),
    ngettext_lazy("%(num_child_objects)d child page", "%(num_child_objects)d child pages", 1),
    # --- The page editor
    _("- Select an option -"),
    _("Actions (footer)"),
    _("Minimap"),
    _("Side panels"),
    _("Side panel width"),
    _("Preview for %(block_label)s (%(block_type)s)"),
    _("Refresh"),
    _("Refreshing…"),
    _("Compare"),
    _("Sort item order"),
    _("System"),
    _("There are validation errors, click save to highlight them."),
    _("The page could not be saved as it is locked."),
    _("The %(model_name)s could not be saved as it is locked"),
    _('You do not have permission to publish pages at "%(page_title)s"'),
    _(
        "The slug '%(page_slug)s' is already in use at the selected parent page."
        " Make sure the slug is unique and try again."
    ),
    _("You are viewing a previous version of this %(model_name)s from <b>%(created_at)s</b> by %(user)s"),
    _("%(model_name)s '%(object)s' has been replaced with version from %(timestamp)s."),
    _("%(model_name)s '%(object)s' updated and published."),
    _("%(model_name)s '%(object)s' created and published."),
    # --- Saved by itself, and by somebody else
    _("Saved"),
    _("Autosave is paused"),
    _("Autosave is <span>paused</span>"),
    _("A network error occurred"),
    _(
        "Troubleshoot your connection to the site before proceeding."
        " Open the editor in a separate tab to view the last saved version."
    ),
    _("Currently idle"),
    _("Currently viewing"),
    _("%(user_name)s has unsaved changes"),
    _("%(user_name)s saved a new version"),
    _("You saved a new version in another window"),
    _("View latest version"),
    _("Alternatively, you can view the latest version in a new tab."),
    _("Proceeding will overwrite the changes you made in that window."),
    _("Proceeding will overwrite the changes made by %(user_name)s."),
    _("Saving will overwrite a newer version."),
    ngettext_lazy("One other user is currently viewing", "%(num_user)s other users are currently viewing", 1),
    # --- Publishing at a later time
    _("Choose when this %(model_name)s should go live and/or expire"),
    _("Anyone with editing permissions can create schedules"),
    _("But only those with publishing permissions can make them effective."),
    _("Go-live:"),
    _("Expiry:"),
    _("Once scheduled:"),
    _("Invalid schedule"),
    _("To be created by %(user)s"),
    _("%(model_name)s '%(object)s' has been scheduled for publishing."),
    _("%(model_name)s '%(object)s' created and scheduled for publishing."),
    _("%(model_name)s '%(object)s' is live and this version has been scheduled for publishing."),
    _("%(model_name)s scheduled for publishing at %(go_live_at)s"),
    _("%(model_name)s scheduled for publishing"),
    _("%(model_name)s unscheduled for publishing at %(go_live_at)s"),
    _("%(model_name)s unscheduled from publishing"),
    # --- What a colleague said of it
    _("Changes requested %(finished_at)s"),
    # --- Unpublishing, moving and deleting with the translations
    ngettext_lazy(
        "This page has one subpage and its translations have a combined one translated child page. Unpublish these too",
        "This page has %(live_descendant_count)s child pages and its translations have a combined one translated"
        " child page. Unpublish these too",
        1,
    ),
    ngettext_lazy(
        "This page has one child page and its translations have a combined %(translation_descendant_count)s translated"
        " child pages. Unpublish these too",
        "This page has %(live_descendant_count)s child pages and its translations have a combined"
        " %(translation_descendant_count)s translated child pages. Unpublish these too",
        1,
    ),
    ngettext_lazy(
        "It will also delete 1 translation and its combined %(translation_descendant_count)s translated child page.",
        "It will also delete 1 translation and its combined %(translation_descendant_count)s translated child pages.",
        1,
    ),
    ngettext_lazy(
        "It will also delete %(translation_count)s translations and their combined"
        " %(translation_descendant_count)s translated child page.",
        "It will also delete %(translation_count)s translations and their combined"
        " %(translation_descendant_count)s translated child pages.",
        1,
    ),
    ngettext_lazy(
        "This will also unpublish one translation of the page.",
        "This will also unpublish all %(translation_count)s translations of the page.",
        1,
    ),
    ngettext_lazy(
        "Deleting this page will also delete %(translation_count)s translation of this page.",
        "This will also delete %(descendant_count)s more child pages."
        " Deleting this page will also delete %(translation_count)s translations of this page.",
        1,
    ),
    ngettext_lazy(
        "This will also move one translation of this page and its child pages",
        "This will also move %(translations_to_move_count)s translations of this page and their child pages",
        1,
    ),
    _("One or more references to this %(model_name)s prevent it from being deleted."),
    _("may prevent deletion"),
    _("will unset the reference"),
    # --- Checks of accessibility, beside the preview
    _("Show issue"),
    _("Button text is empty"),
    _("Empty heading found"),
    _("Table header text is empty"),
    _("Empty frame title found"),
    _("Incorrect heading hierarchy"),
    _("Avoid skipping levels"),
    _("Input button text is empty"),
    _("Link text is empty"),
    _("Misusing paragraphs as headings"),
    _("Use proper heading tags"),
    _("Image alt text has inappropriate pattern"),
    _("Use meaningful text"),
    _("Use meaningful text for screen reader users"),
    _("Use a meaningful title for screen reader users"),
    _("Meta description is empty"),
    _("Add a concise description for search engines"),
    # --- The account, workflows, privacy, languages
    _("account"),
    _("Can submit translations"),
    _("Edit account avatar"),
    ngettext_lazy(
        "This action will delete <b>%(total_pages_formatted)s</b> page in total.",
        "This action will delete <b>%(total_pages_formatted)s</b> pages in total.",
        1,
    ),
    _("Keyboard shortcuts are currently disabled; manage your %(account_link)s to enable them."),
    _("unknown number"),
    _("Cancelled by %(cancelled_by)s"),
    _("Page/Snippet Type"),
    _("App"),
    _("Placeholder title"),
    _("Changing the privacy for this page has been disabled."),
    _("Privacy is inherited from the ancestor page - %(ancestor_page)s"),
    _("will be set to the default %(model_name)s"),
    _("will do nothing"),
    _(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in"
        " '<span class=\"w-title-ellipsis\">%(title)s</span>'."
    ),
    _("The %(model_name)s '%(title)s' is not currently awaiting moderation."),
    _("The %(model_name)s '%(title)s' is not currently awaiting moderation in task '%(task_name)s'."),
    _("There may only be one in progress or needs changes workflow state per page/snippet."),
    _("Removed the '%(restriction)s' view restriction. The page is public."),
    _('There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?'),
    _("This workflow is disabled so it cannot be assigned to any snippets."),
    ngettext_lazy("1 snippet type", "%(counter)s snippet types", 1),
    _('The %(model_name)s "%(title)s" has been submitted for approval in moderation stage "%(task)s".'),
)
