"""Mediators and third countries that host a meeting."""

import pytest

from testkit.fixtures import Read


@pytest.mark.parametrize(
    ("text", "mediators", "parties"),
    [
        (
            "चीन की मध्यस्थता में सऊदी अरब और ईरान के बीच शुक्रवार को वार्ता हुई, जिसमें कई मुद्दों पर बात हुई।",
            {"चीन"},
            {"सऊदी अरब", "ईरान"},
        ),
        (
            "संयुक्त राष्ट्र की मध्यस्थता में रूस और यूक्रेन के बीच बातचीत हुई और अनाज पर सहमति बनी।",
            {"संयुक्त राष्ट्र"},
            {"रूस", "यूक्रेन"},
        ),
        (
            "एंटनी ब्लिंकन की मध्यस्थता में बेंजामिन नेतन्याहू और महमूद अब्बास के बीच बैठक हुई।",
            {"एंटनी ब्लिंकन"},
            {"बेंजामिन नेतन्याहू", "महमूद अब्बास"},
        ),
        (
            "मिस्र और कतर की मध्यस्थता से इजरायल और ईरान के बीच बातचीत हुई, यह जानकारी मंत्रालय ने दी।",
            {"मिस्र", "कतर"},
            {"इजरायल", "ईरान"},
        ),
    ],
)
def test_mediators_are_read(read: Read, text: str, mediators: set[str], parties: set[str]) -> None:
    _, resolved = read(text)
    (report,) = resolved.reports
    roles = {part.mention_text: part.role for part in report.participants}
    assert {name for name, role in roles.items() if role == "mediator"} == mediators
    assert {name for name, role in roles.items() if role == "actor"} == parties
    assert report.cameo_code == "045"
    assert report.format == "bilateral"


@pytest.mark.parametrize(
    "text",
    [
        "चीन ने मध्यस्थता की पेशकश की। सऊदी अरब और ईरान के बीच शुक्रवार को वार्ता हुई।",
        "नरेंद्र मोदी ने शी जिनपिंग से मुलाकात की और चीन की मध्यस्थता पर चर्चा की।",
        "चीन की मध्यस्थता का विरोध करते हुए नरेंद्र मोदी ने व्लादिमीर पुतिन से मुलाकात की।",
    ],
)
def test_other_words_of_mediation_give_no_mediator(read: Read, text: str) -> None:
    _, resolved = read(text)
    assert {part.role for report in resolved.reports for part in report.participants} == {"actor"}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("कतर की मेजबानी में रूस और यूक्रेन के बीच सोमवार को वार्ता हुई।", "third-party"),
        ("तुर्की की मेज़बानी में सर्गेई लावरोव ने एंटनी ब्लिंकन से मुलाकात की।", "third-party"),
        ("सऊदी अरब की मेजबानी में अमेरिका और रूस के बीच बातचीत हुई, कई मुद्दे उठे।", "third-party"),
        ("रूस की मेजबानी में रूस और यूक्रेन के बीच सोमवार को वार्ता हुई।", None),
        ("पटना की मेजबानी में रूस और यूक्रेन के बीच सोमवार को वार्ता हुई।", None),
        ("कतर ने मेजबानी की पेशकश की और रूस और यूक्रेन के बीच वार्ता हुई।", None),
        ("कतर की मेजबानी में रूस और यूक्रेन के बीच फोन पर वार्ता हुई।", "phone"),
    ],
)
def test_a_third_country_that_hosts_gives_the_mode(read: Read, text: str, mode: str | None) -> None:
    _, resolved = read(text)
    (report,) = resolved.reports
    assert report.mode == mode
    assert report.cameo_code == {"third-party": "044", "phone": "041", None: "040"}[mode]
