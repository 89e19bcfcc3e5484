"""Pages and snippets in several languages, on top of wagtail-localize. Swedish is the source of all translations.

locales               the languages of the site as rows of Wagtail's Locale table; which is the source
reading               the translation, else the Swedish page, that a reader is shown, and its address
routing               the page that an address names
redirects             addresses of pages that were renamed or moved
synchronised_fields   fields that are copied from the Swedish page to its translations
streams               the same inside StreamFields
sources               the copy of the Swedish text that translators work on
checks                what stops a translation from being saved or published
saving                all of these, in the order of a save
slugs                 words in addresses
cascade               unpublish, move and delete a page's translations with it
relations             pages that refer to a row by foreign key
views                 /, /robots.txt and the view that serves pages

docs/decisions/0003 and 0004 say why.
"""
