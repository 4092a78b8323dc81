"""Resolution of names and offices, within an article and across articles, on short texts written for the tests."""

from datetime import date

import pytest

from etl.domain.entity import EntityAttribute
from etl.domain.meeting import ResolvedArticle
from testkit.fixtures import Read


def mentions_by_name(resolved: ResolvedArticle) -> dict[str, set[str]]:
    """Return name of the entity → texts of its mentions."""
    names = {entity.entity_id: entity.name_hi for entity in resolved.entities}
    table: dict[str, set[str]] = {}
    for mention in resolved.mentions:
        table.setdefault(names[mention.entity_id], set()).add(mention.text)
    return table


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        ("रक्षा सचिव अजय कुमार मिश्रा दिल्ली लौटे। मिश्रा ने किसानों से बात की।", "अजय कुमार मिश्रा", {"अजय कुमार मिश्रा", "मिश्रा"}),
        (
            "प्रधानमंत्री नरेंद्र मोदी गोवा गए। पीएम मोदी ने पुल देखा। प्रधानमंत्री शाम को लौटे।",
            "नरेंद्र मोदी",
            {"नरेंद्र मोदी", "मोदी", "प्रधानमंत्री"},
        ),
        ("शी जिनपिंग मास्को पहुंचे। चिनफिंग ने छात्रों से बात की।", "शी जिनपिंग", {"शी जिनपिंग", "चिनफिंग"}),
    ],
)  # fmt: skip
def test_short_names_and_offices_resolve_to_the_person_named_in_full(
    read: Read, text: str, name: str, mentions: set[str]
) -> None:
    _, resolved = read(text)
    assert mentions_by_name(resolved)[name] == mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("राहुल गांधी और सोनिया गांधी ने रायबरेली में सभा की।", {"राहुल गांधी", "सोनिया गांधी"}),
        ("रक्षा मंत्री राजनाथ सिंह और कृषि मंत्री नरेंद्र सिंह तोमर ने मेला देखा।", {"राजनाथ सिंह", "नरेंद्र सिंह तोमर"}),
        ("रूस के विदेश मंत्री सर्गेई लावरोव और भारत के विदेश मंत्री एस जयशंकर ने भाषण दिया।", {"सर्गेई लावरोव", "एस जयशंकर"}),
    ],
)  # fmt: skip
def test_people_who_share_a_name_or_an_office_are_different_entities(
    read: Read, text: str, names: set[str]
) -> None:
    _, resolved = read(text)
    assert names <= {entity.name_hi for entity in resolved.entities if entity.kind == "PER"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("विदेश मंत्री एस. जयशंकर ने छात्रों के सामने भाषण दिया।", "विदेश मंत्री एस जयशंकर ने एक लेख लिखा और छपवाया।"),
        ("इमरान खान ने छात्रों के सामने लंबा भाषण दिया और लौट गए।", "इमरान ख़ान ने पत्रकारों के सामने अपनी बात रखी और चले गए।"),
        ("एससीओ की बैठक गोवा में हुई और सबने भाषण दिए।", "शंघाई सहयोग संगठन की बैठक गोवा में हुई थी।"),
    ],
)  # fmt: skip
def test_spellings_and_abbreviations_are_one_entity_across_articles(read: Read, one: str, other: str) -> None:
    ids = [{e.entity_id for e in read(text)[1].entities if e.kind != "LOC"} for text in (one, other)]
    assert ids[0] & ids[1]


def test_generic_bodies_are_not_entities(read: Read) -> None:
    _, resolved = read("राज्य सरकार ने कहा कि सुरक्षाबलों ने रास्ता खोल दिया है और विधानसभा सोमवार से बैठेगी।")
    assert not {"राज्य सरकार", "सुरक्षाबलों", "विधानसभा"} & {entity.name_hi for entity in resolved.entities}


def test_offices_have_dates_and_give_the_country(read: Read) -> None:
    _, resolved = read("मनमोहन सिंह ने दिल्ली में पुस्तक का विमोचन किया।")
    (person,) = [entity for entity in resolved.entities if entity.kind == "PER"]
    wanted = EntityAttribute(
        "office", "प्रधानमंत्री", "head_of_government", "country/IN", date(2004, 5, 22), date(2014, 5, 26)
    )
    assert wanted in person.attributes
    assert person.country_code == "IND"
    assert (person.name_en, person.name_latin) == ("Manmohan Singh", "manmohan singh")


@pytest.mark.parametrize("spelling", ["व्लादिमिर पुतिन", "व्लादीमिर पूतिन", "व्लादिमीर पुतीन"])
def test_a_full_name_is_recognised_in_spellings_that_sound_alike(read: Read, spelling: str) -> None:
    _, resolved = read(f"रूस के राष्ट्रपति {spelling} ने मॉस्को में छात्रों से बात की।")
    assert spelling in mentions_by_name(resolved)["व्लादिमीर पुतिन"]


def test_a_single_name_is_not_recognised_by_its_sound(read: Read) -> None:
    _, resolved = read("डॉ. पूतिन शर्मा ने अस्पताल में मरीजों से बात की।")
    assert "व्लादिमीर पुतिन" not in mentions_by_name(resolved)
