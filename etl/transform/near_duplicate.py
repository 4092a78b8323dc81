"""Signatures by which near copies of one text are found: MinHash over its words, three at a time."""

from etl.domain.hindi import fold_name

SIGNATURE_LENGTH = 64
_SHINGLE_WORDS = 3


def make_signature(text: str) -> tuple[int, ...]:
    """Return the MinHash signature of a text, 64 numbers below 2**32.

    The share of places at which two signatures agree estimates the Jaccard similarity of the texts' shingles,
    with a standard error of about 0.05. Spelling variants that `fold_name` folds do not count as a difference.
    """
    from datasketch import MinHash  # brings scipy: not for those who only import us

    words = fold_name(text).split()
    shingles = {
        " ".join(words[at : at + _SHINGLE_WORDS]) for at in range(max(1, len(words) - _SHINGLE_WORDS + 1))
    }
    signature = MinHash(num_perm=SIGNATURE_LENGTH, seed=1)
    signature.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return tuple(int(value) for value in signature.hashvalues)
