"""What stands beside the words of a question: how often it was asked, and with which others it must not stand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from questions.models.bank import Question


class Usage(models.Model):
    """At how many interviews a question was put; written by `count_asked` alone, once nobody is blind to the answers."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="usage")
    times_asked = models.PositiveIntegerField(default=0)
    # Levels given, how many and their sum, on the cards of the interviews counted.
    times_scored = models.PositiveIntegerField(default=0)
    levels_total = models.PositiveIntegerField(default=0)
    last_asked_at = models.DateTimeField(null=True)
    # Of the meetings at which it and something else was scored: how many, and the sums from which `item_total` is told, of
    # means in thousandths of a level.
    pairs = models.PositiveIntegerField(default=0)
    own_total = models.PositiveBigIntegerField(default=0)
    rest_total = models.PositiveBigIntegerField(default=0)
    own_squares = models.PositiveBigIntegerField(default=0)
    rest_squares = models.PositiveBigIntegerField(default=0)
    products = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.question}: {self.times_asked}"


class Enemy(models.Model):
    """Two questions that must not stand in one loop, because one gives the other away."""

    first = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    carried_from = models.ForeignKey(
        Question,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("the merged question whose pair this was; it goes when the merge is taken back"),
    )

    class Meta:
        verbose_name_plural = "enemies"
        constraints = [
            # Kept in one order, so the pair is the same whoever is named first.
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="questions_enemies_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="questions_enemies_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first} × {self.second}"
