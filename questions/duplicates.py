"""Near-duplicates: prompts that ask the same in other words, order, spelling or length.

A prompt's fingerprint is a row of bits: one for each three letters in a row of its telling words, so that a typo costs three,
and one for each small word. Neither the order of words nor the stem counts. Two fingerprints are compared by what they
share: of the shorter one, because a clause may have been added, and of both, because a short prompt must not be found in
every long one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from foundation.richtext import in_words
from questions.models import Fingerprint, Listing, Question, QuestionVersion
from questions.words import SMALL, asked

ALIKE = 0.62
"""From here on two prompts are shown as near-duplicates."""
BITS = 1024
Rows = NDArray[np.uint64]


@dataclass(frozen=True)
class Duplicate:
    """A version whose prompt asks nearly the same; 1 where only order, stem, case or punctuation differ."""

    version: QuestionVersion
    similarity: float


@dataclass(frozen=True)
class Twin:
    """What a prompt of a batch nearly repeats: an earlier one, by its place, or a version of the bank, by its key."""

    similarity: float
    place: int | None = None
    version: int | None = None


@dataclass(frozen=True)
class Known:
    """The fingerprints of what stands in the bank, one row for each of `versions`."""

    versions: list[int]
    rows: Rows

    @staticmethod
    def rows_of(fingerprints: Iterable[bytes]) -> Rows:
        return np.frombuffer(b"".join(fingerprints), dtype=np.uint64).reshape(-1, BITS // 64)


def fingerprint(prompt: str) -> bytes:
    """BITS bits; the same prompt always gives the same ones."""
    bits = np.zeros(BITS, dtype=np.uint8)
    for word in asked(in_words(prompt)):
        padded = f" {word} "
        for piece in [word] if word in SMALL else [padded[at : at + 3] for at in range(len(padded) - 2)]:
            bits[crc32(piece.encode()) % BITS] = 1
    return np.packbits(bits).tobytes()


def near_duplicates(prompt: str, *, limit: int = 5, exclude: Question | None = None) -> list[Duplicate]:
    """What nearly repeats `prompt`, the most alike first, in a fixed number of queries: for those who write the bank.

    Looked for among the current versions and drafts of questions that are not retired; one version for a question.
    """
    bank = known()
    [found] = twins([prompt], bank, limit=limit * 4)
    versions = QuestionVersion.objects.select_related("question__competency").filter(question__retired_at=None)
    at = (versions.exclude(question=exclude) if exclude else versions).in_bulk([twin.version for twin in found])
    best: dict[int, Duplicate] = {}
    for twin in found:
        if version := at.get(twin.version):
            best.setdefault(version.question_id, Duplicate(version, twin.similarity))
    return list(best.values())[:limit]


def known() -> Known:
    """What a new prompt is compared with. Two statements, and a third for versions that no action has written."""
    listed = Listing.objects.order_by().values_list("version", "version__fingerprint__bits")
    drafts = QuestionVersion.objects.filter(published_at=None).order_by().values_list("pk", "fingerprint__bits")
    bits = {pk: bytes(kept or b"") for pk, kept in [*listed, *drafts]}
    if missing := [pk for pk, kept in bits.items() if not kept]:
        prompts = QuestionVersion.objects.filter(pk__in=missing).values_list("pk", "prompt")
        bits |= {pk: fingerprint(prompt) for pk, prompt in prompts}
    return Known(list(bits), Known.rows_of(bits.values()))


def twins(prompts: Sequence[str], bank: Known, *, limit: int = 3, among: bool = True) -> list[list[Twin]]:
    """For each prompt what it nearly repeats, the most alike first: in the bank and, if `among`, of the prompts before it.

    Asks nothing of the database. Every pair is compared: ten thousand prompts among themselves and against ten thousand
    versions take about 15 seconds, and memory for one row against all.
    """
    own = Known.rows_of(fingerprint(prompt) for prompt in prompts)
    everything = np.concatenate([own, bank.rows])
    counts = np.bitwise_count(everything).sum(axis=1, dtype=np.int32)
    found = []
    for place, row in enumerate(own):
        similarity = _similarity(row, everything, counts, counts[place])
        similarity[place if among else 0 : len(own)] = 0
        likely = np.flatnonzero(similarity >= ALIKE)
        best = likely[np.argsort(-similarity[likely], kind="stable")][:limit]
        found.append([_twin(int(at), float(similarity[at]), len(own), bank) for at in best])
    return found


def keep_fingerprints(said: Iterable[tuple[QuestionVersion, str]]) -> None:
    """Keep the fingerprint of each version's prompt. Part of the caller's transaction."""
    Fingerprint.objects.bulk_create(
        [Fingerprint(version=version, bits=fingerprint(prompt)) for version, prompt in said],
        update_conflicts=True,
        unique_fields=["version"],
        update_fields=["bits"],
    )


def _similarity(row: Rows, others: Rows, counts: NDArray[np.int32], count: np.int32) -> NDArray[np.float64]:
    shared = np.bitwise_count(others & row).sum(axis=1, dtype=np.float64)
    of_shorter: NDArray[np.float64] = shared / np.maximum(np.minimum(counts, count), 1)
    of_both: NDArray[np.float64] = 2 * shared / np.maximum(counts + count, 1)
    return (of_shorter + of_both) / 2


def _twin(at: int, similarity: float, own: int, bank: Known) -> Twin:
    return Twin(similarity, place=at) if at < own else Twin(similarity, version=bank.versions[at - own])
