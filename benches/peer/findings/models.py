"""Findings of inspections, what is done about them, what is said of them, and when they are due."""

import datetime

from django.db import models


class Inspection(models.Model):
    title = models.CharField(max_length=200)


class Finding(models.Model):
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="findings")
    reference = models.CharField(max_length=50)
    text = models.TextField()
    owner = models.CharField(max_length=200)
    risk = models.CharField(max_length=10)
    status = models.CharField(max_length=30)

    class Meta:
        ordering = ["inspection__title", "id"]

    def is_late(self, first):
        closed = self.status in ("discharged", "superseded", "proposed_for_closure")
        return first is not None and not closed and first.due < datetime.date.today()


class Action(models.Model):
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField()
    done_on = models.DateField(null=True)


class Update(models.Model):
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="updates")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["at", "id"]


class Target(models.Model):
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="targets")
    due = models.DateField()

    class Meta:
        ordering = ["id"]
