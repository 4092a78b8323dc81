"""Repair of Hindi text that was encoded twice, and removal of invisible marks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.domain.hindi import mend_doubled, remove_invisible

DEVANAGARI = [chr(code) for code in range(0x900, 0x980)]
HINDI = st.text(st.sampled_from([*DEVANAGARI, *" \n,.-()0aZ\u200c\u200d“”’–₹🙏"]))
ANYTHING = st.text(st.one_of(st.sampled_from([*DEVANAGARI, *"àâÃÂ€…™é£ \u0085\u00a0"]), st.characters()))


def _as_latin1(text: str) -> str:
    return text.encode().decode("latin-1")


def _as_cp1252(text: str) -> str:
    """Read UTF-8 as browsers do: cp1252, and C1 characters for the five bytes that it does not define."""
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte)
        for byte in text.encode("utf-8", "surrogatepass")
    )


READINGS = [_as_latin1, _as_cp1252]


@pytest.mark.parametrize(
    ("doubled", "expected"),
    [
        ("à¤\u0085", "अ"),
        ("à¤…", "अ"),
        ("à¤\u00a0à¤¾à¤•à¥\u0081à¤°", "ठाकुर"),
        ("Ã\u00a0Â¤â€¦", "अ"),
        ("Ã\u00a0Â¤Â\u0085", "अ"),
        ("मंत्री à¤…à¤œà¤¯ à¤¨à¥‡ कहा", "मंत्री अजय ने कहा"),
        ("à¤…à¤œà¤¯ â€“ à¤°à¤®à¤¾ ðŸ™\u008f", "अजय – रमा 🙏"),
        ("à¤ï¼Œà¤\u0085", "à¤，अ"),
    ],
)
def test_doubly_encoded_hindi_is_repaired(doubled: str, expected: str) -> None:
    assert mend_doubled(doubled) == expected


@pytest.mark.parametrize("read_first", READINGS)
@pytest.mark.parametrize("read_again", [*READINGS, None])
@given(text=HINDI)
def test_every_hindi_text_comes_back(read_first, read_again, text: str) -> None:  # type: ignore[no-untyped-def]
    lines = [f"अ{line}" for line in text.split("\n")]
    doubled = "\n".join(map(read_first, lines))
    assert mend_doubled(read_again(doubled) if read_again else doubled) == "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        "à la carte",
        "Ã©cole",
        "कीमत ¥500 à",
        "Â© 2023",
        "à¤",
        "naïve café",
        "â€™",
        "à ¤ ¥",
        "·¤æ ãñ ¥õÚU ×ð´ âð",
    ],
)
def test_other_text_does_not_change(text: str) -> None:
    assert mend_doubled(text) == text


@given(text=ANYTHING.filter(lambda text: not re.search("[¤¥]", text)))
def test_text_that_is_not_doubly_encoded_never_changes(text: str) -> None:
    assert mend_doubled(text) == text


@given(text=ANYTHING)
def test_lines_stay_lines(text: str) -> None:
    assert mend_doubled(f"{text}\nà¤…").endswith("\nअ")


@pytest.mark.parametrize(
    "mark",
    [*"\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"],
    ids=lambda mark: f"U+{ord(mark):04X}",
)
def test_invisible_marks_go(mark: str) -> None:
    assert remove_invisible(f"{mark}नरें{mark}द्र मो{mark}दी{mark} ने") == "नरेंद्र मोदी ने"


@pytest.mark.parametrize("text", ["क्\u200dष", "क्\u200cष", "नरेंद्र मोदी", "a\tb\nc", "🙏\ufe0f"])
def test_visible_text_and_joiners_stay(text: str) -> None:
    assert remove_invisible(text) == text
