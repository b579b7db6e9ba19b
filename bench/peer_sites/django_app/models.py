"""What the Django peer keeps."""

from django.contrib.auth.models import User
from django.db import models


class Kind(models.Model):
    """What an entry is called."""

    label = models.CharField(max_length=40)


class Entry(models.Model):
    """One line of the history."""

    member = models.ForeignKey(User, on_delete=models.CASCADE)
    kind = models.ForeignKey(Kind, on_delete=models.CASCADE)
    seq = models.IntegerField()
    day = models.DateField()
    amount = models.IntegerField()
    interest = models.IntegerField()
    damages = models.IntegerField()
    balance = models.IntegerField()

    class Meta:
        """Asked for by member, newest first."""

        indexes = [models.Index(fields=["member", "-seq"])]  # noqa: RUF012 - as Django wants it
