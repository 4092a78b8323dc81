"""Signatures show which texts are near-duplicates."""

from etl.transform.signature import SIGNATURE_LENGTH, make_signature


def test_signatures_distinguish_near_duplicates_from_other_texts() -> None:
    story = [
        f"{number} गांवों के {number % 9 + 3} किसानों ने {number * 7} रुपये की मांग रखी।" for number in range(60)
    ]
    one = make_signature(" ".join(story))
    copy = make_signature(" ".join([*story[:57], "एजेंसी की ओर से यह खबर दी गई है।"]))
    other = make_signature(
        " ".join(reversed([line.replace("गांवों", "शहरों").replace("मांग", "बात") for line in story]))
    )
    assert len(one) == SIGNATURE_LENGTH
    assert share_equal(one, copy) > 0.8
    assert share_equal(one, other) < 0.5
    assert make_signature("ज़िला पंचायत की बैठक") == make_signature("जिला  पंचायत की बैठक")


def share_equal(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
