"""What the worker adds to a search: the text of files, and the trigrams of words that were new."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from akcept.cases.models import Attachment, KnownWord, WordTrigram
from akcept.files import queries as files
from akcept.kit import sql, text
from akcept.kit.sql import Batch

FILES_AT_ONCE = 20
WORDS_AT_ONCE = 500
# An invoice has some hundreds of different words; a thousand tell which contract it was.
MOST_WORDS_OF_A_FILE = 1_000
SHORTEST_IN_FILE = 2
READY = """
SELECT a.id, a.case_id, a.blob_id FROM cases_attachment a
 WHERE NOT a.is_read AND NOT EXISTS (SELECT 1 FROM files_rendition r
       WHERE r.blob_id = a.blob_id AND r.kind = 'TEXT' AND r.state = 'WANTED')
 ORDER BY a.id LIMIT %s
"""


def work() -> int:
    """Index what has been read and what has come, and return how much that was."""
    return read_files(limit=FILES_AT_ONCE) + read_words(limit=WORDS_AT_ONCE)


@transaction.atomic
def read_files(*, limit: int) -> int:
    """Let the text of attached files be found, as soon as it has been read, and return of how many."""
    found = sql.rows(READY + sql.lock_suffix(skip_locked=True), [limit])
    texts = files.texts(sha256s={blob for _, _, blob in found})
    for _, case_id, blob in found:
        _index(sql.as_uuid(case_id), texts.get(blob, ""))
    Attachment.objects.filter(id__in=[key for key, _, _ in found]).update(is_read=True)
    return len(found)


@transaction.atomic
def read_words(*, limit: int) -> int:
    """Lay down the trigrams of words that are new, and return of how many; numbers have no slips."""
    unread = KnownWord.objects.filter(is_read=False).order_by("word")
    words = [row.word for row in unread.select_for_update(skip_locked=True)[:limit]]
    WordTrigram.objects.bulk_create(
        (
            WordTrigram(word_id=word, trigram=trigram)
            for word in words
            if word.isalpha()
            for trigram in sorted(text.trigrams(word))
        ),
        ignore_conflicts=True,
    )
    KnownWord.objects.filter(word__in=words).update(is_read=True)
    return len(words)


def _index(case_id: UUID, said: str) -> None:
    words = [word for word in text.words(said) if len(word) >= SHORTEST_IN_FILE]
    # In the order of the text: what a document begins with names it.
    kept = sorted([*dict.fromkeys(words)][:MOST_WORDS_OF_A_FILE])
    if not kept:
        return
    batch = Batch()
    rows = [(case_id, word, True) for word in kept]
    clash = " ON CONFLICT DO NOTHING"
    batch.insert("cases_searchword", ("case_id", "word", "in_file"), rows, on_conflict=clash)
    batch.insert_each("cases_knownword", ("is_read", False), "word", kept)
    batch.run()
