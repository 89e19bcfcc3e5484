"""Django's format module for English: its values come from the table of languages."""

from core.languages.formats import format_settings

globals().update(format_settings("en"))
