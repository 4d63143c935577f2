"""Words under which cases are found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from akcept.cases.models.case import Case


class SearchWord(models.Model):
    """A folded word that stands in a case, on its card or in one of its files; a search joins them."""

    id = models.BigAutoField(primary_key=True)
    word = models.CharField(max_length=32)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    in_file = models.BooleanField(db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "word", "in_file"], name="cases_word_once")
        ]
        # Walked from its end, the newest case comes first.
        indexes = [models.Index(fields=["word", "case"], name="cases_word_found")]

    def __str__(self) -> str:
        return self.word


class KnownWord(models.Model):
    """A word that stands in any case, to be found by its beginning; `is_read`: its trigrams are laid down."""

    word = models.CharField(max_length=32, primary_key=True)
    is_read = models.BooleanField(db_default=False)

    class Meta:
        indexes = [
            models.Index(fields=["word"], condition=Q(is_read=False), name="cases_word_unread")
        ]

    def __str__(self) -> str:
        return self.word


class WordTrigram(models.Model):
    """Three letters of a known word: what was typed with a slip shares most of them."""

    id = models.BigAutoField(primary_key=True)
    trigram = models.CharField(max_length=3)
    word = models.ForeignKey(KnownWord, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trigram", "word"], name="cases_trigram_once")
        ]

    def __str__(self) -> str:
        return self.trigram
