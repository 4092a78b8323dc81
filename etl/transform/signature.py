"""MinHash signatures of texts, used to find near-duplicate articles."""

from etl.domain.hindi import fold_name

SIGNATURE_LENGTH = 64
_SHINGLE_WORDS = 3
"""Words in a shingle."""


def make_signature(text: str) -> tuple[int, ...]:
    """Return the MinHash signature of a text: `SIGNATURE_LENGTH` numbers below 2**32.

    The share of positions at which two signatures agree estimates the Jaccard similarity of the texts' sets of
    three-word shingles, with a standard error of about 0.05. `fold_name` is applied first, so the spelling variants
    that it folds do not count as differences.
    """
    from datasketch import MinHash  # imports scipy, which is slow: load it on the first call only

    words = fold_name(text).split()
    shingles = {
        " ".join(words[at : at + _SHINGLE_WORDS]) for at in range(max(1, len(words) - _SHINGLE_WORDS + 1))
    }
    signature = MinHash(num_perm=SIGNATURE_LENGTH, seed=1)
    signature.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return tuple(int(value) for value in signature.hashvalues)
