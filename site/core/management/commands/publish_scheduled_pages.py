"""The older name of `publish_scheduled`, which Wagtail still has."""

from core.management.commands.publish_scheduled import Command as Command
