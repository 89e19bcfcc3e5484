"""What only the demo keeps."""

from django.db import models
from django.utils import timezone


class LoadedStep(models.Model):
    """A step of loading the demo content that is done, and is never done again."""

    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
