"""Who met whom: one construction of Hindi news in each text, written for the tests."""

from datetime import date

import pytest

from etl.domain.meeting import MeetingReport
from testkit.fixtures import Read


def summary(report: MeetingReport) -> tuple[frozenset[str], str]:
    return frozenset(p.mention_text for p in report.participants), report.status


CASES = {
    "subject and से-partner": (
        "विदेश मंत्री एस जयशंकर ने सोमवार को टोक्यो में जापानी विदेश मंत्री योशिमासा हयाशी से मुलाकात की।",
        [({"एस जयशंकर", "योशिमासा हयाशी"}, "held")],
    ),
    "के बीच": (
        "राजधानी में प्रधानमंत्री नरेंद्र मोदी और फ्रांस के राष्ट्रपति इमैनुएल मैक्रों के बीच लंबी बातचीत हुई।",
        [({"नरेंद्र मोदी", "इमैनुएल मैक्रों"}, "held")],
    ),
    "two partners of one subject are two meetings": (
        "गृह मंत्री अमित शाह ने मंगलवार को नीतीश कुमार और चिराग पासवान से मुलाकात की।",
        [({"अमित शाह", "नीतीश कुमार"}, "held"), ({"अमित शाह", "चिराग पासवान"}, "held")],
    ),
    "inverted headline": (
        "अखिलेश यादव ने की मायावती से मुलाकात, गठबंधन पर हुई बात, आगे की रणनीति जल्द तय होगी",
        [({"अखिलेश यादव", "मायावती"}, "held")],
    ),
    "planned by tense": (
        "रक्षा मंत्री राजनाथ सिंह अगले सप्ताह वियतनाम के रक्षा मंत्री फान वान जियांग से मिलेंगे।",
        [({"राजनाथ सिंह", "फान वान जियांग"}, "planned")],
    ),
    "cancelled": (
        "राष्ट्रपति व्लादिमीर पुतिन और राष्ट्रपति जो बाइडेन की शुक्रवार को होने वाली बैठक रद्द कर दी गई है।",
        [({"व्लादिमीर पुतिन", "जो बाइडेन"}, "cancelled")],
    ),
    "refused": (
        "ममता बनर्जी ने राज्यपाल जगदीप धनखड़ के साथ बैठक से इनकार कर दिया है, यह जानकारी अधिकारियों ने दी।",
        [({"ममता बनर्जी", "जगदीप धनखड़"}, "refused")],
    ),
    "visit to a country": (
        "बांग्लादेश की प्रधानमंत्री शेख हसीना अगले महीने भारत का दौरा करेंगी और कई समझौतों पर हस्ताक्षर होंगे।",
        [({"शेख हसीना", "भारत"}, "planned")],
    ),
    "office without a name is its holder": (
        "प्रधानमंत्री नरेंद्र मोदी बुधवार को लखनऊ पहुंचे। योगी आदित्यनाथ ने प्रधानमंत्री से भेंट की।",
        [({"योगी आदित्यनाथ", "नरेंद्र मोदी"}, "held")],
    ),
    "host receives guest": (
        "हवाई अड्डे पर प्रधानमंत्री नरेंद्र मोदी ने शेख हसीना की अगवानी की और दोनों देशों के झंडे लगाए गए।",
        [({"नरेंद्र मोदी", "शेख हसीना"}, "held")],
    ),
    "leaders represent their organisation": (
        "न्यूयॉर्क में प्रधानमंत्री नरेंद्र मोदी ने आसियान देशों के नेताओं से मुलाकात की और व्यापार पर बात हुई।",
        [({"नरेंद्र मोदी", "आसियान"}, "held")],
    ),
    "visitor after the word for the visit": (
        "अमित शाह ने भारत के दौरे पर आए नेपाल के प्रधानमंत्री शेर बहादुर देउबा का स्वागत किया।",
        [({"शेर बहादुर देउबा", "भारत"}, "ongoing")],
    ),
    "each country of a tour": (
        "राष्ट्रपति रामनाथ कोविंद अगले सप्ताह मॉरीशस, मेडागास्कर और तंजानिया की यात्रा पर जाएंगे।",
        [({"रामनाथ कोविंद", country}, "planned") for country in ("मॉरीशस", "मेडागास्कर", "तंजानिया")],
    ),
    "subject of the next clause": (
        "एस जयशंकर ने तेहरान में हसन रूहानी से मुलाकात की और जवाद जरीफ के साथ बैठक भी की।",
        [({"एस जयशंकर", "हसन रूहानी"}, "held"), ({"एस जयशंकर", "जवाद जरीफ"}, "held")],
    ),
    "partner is a pronoun": (
        "शेख हसीना मंगलवार को दिल्ली पहुंचीं। हवाई अड्डे के बाद विदेश मंत्री एस जयशंकर ने उनसे मुलाकात की।",
        [({"शेख हसीना", "एस जयशंकर"}, "held")],
    ),
    "subject is a pronoun": (
        "राजनाथ सिंह शुक्रवार को ताशकंद पहुंचे। उन्होंने सर्गेई शोइगू से मुलाकात की और सहयोग पर बात की।",
        [({"राजनाथ सिंह", "सर्गेई शोइगू"}, "held")],
    ),
    "both are the two named before": (
        "अशोक गहलोत और सचिन पायलट दिल्ली पहुंचे। दोनों नेताओं ने सोनिया गांधी से मुलाकात की।",
        [({"अशोक गहलोत", "सचिन पायलट", "सोनिया गांधी"}, "held")],
    ),
    "unnamed subject gives no meeting": (
        "इमरान खान की पार्टी के कार्यकर्ताओं ने बिलावल भुट्टो जरदारी से मुलाकात की, ऐसा अखबारों ने लिखा।",
        [],
    ),
    "possible meeting": (
        "व्लादिमीर पुतिन और वोलोदिमिर जेलेंस्की की बैठक इस्तांबुल में हो सकती है, ऐसा अधिकारियों ने बताया।",
        [({"व्लादिमीर पुतिन", "वोलोदिमिर जेलेंस्की"}, "planned")],
    ),
    "departure for a visit": (
        "विदेश मंत्री एस जयशंकर आज सुबह मालदीव की यात्रा पर रवाना हो गए, मंत्रालय ने यह जानकारी दी।",
        [({"एस जयशंकर", "मालदीव"}, "planned")],
    ),
    "verb before the trigger in a headline": (
        "नरेंद्र मोदी फुमियो किशिदा के साथ करेंगे द्विपक्षीय वार्ता, कई समझौतों पर लगेगी मुहर",
        [({"नरेंद्र मोदी", "फुमियो किशिदा"}, "planned")],
    ),
    "match is not a meeting": (
        "इंग्लैंड से जीत के लिए मिले 199 रन के लक्ष्य को भारत ने तीन विकेट खोकर हासिल कर लिया।",
        [],
    ),
    "friendship of two countries is not a meeting": (
        "समारोह में भारत और नेपाल के बीच मित्रता के सभी पहलुओं पर चर्चा करने वाली पुस्तक दिखाई गई।",
        [],
    ),
    "से before sidelines does not mark a partner": (
        "जी20 शिखर सम्मेलन से इतर नरेंद्र मोदी ने इमैनुएल मैक्रों से मुलाकात की, यह जानकारी मंत्रालय ने दी।",
        [({"नरेंद्र मोदी", "इमैनुएल मैक्रों"}, "held")],
    ),
    "interview is not a meeting": (
        "रेल मंत्री पीयूष गोयल ने डीडी न्यूज से खास बातचीत में नई योजनाओं की जानकारी विस्तार से दी।",
        [],
    ),
    "host named twice": (
        "योगी आदित्यनाथ ने लखनऊ में योगी आदित्यनाथ की पार्टी के नेताओं के साथ जेपी नड्डा की अगवानी की।",
        [({"योगी आदित्यनाथ", "जेपी नड्डा"}, "held")],
    ),
    "attendees": (
        "मुख्यमंत्री अशोक गहलोत की अध्यक्षता में हुई बैठक में सचिन पायलट, गोविंद सिंह डोटासरा और महेश जोशी शामिल हुए।",
        [({"अशोक गहलोत", "सचिन पायलट", "गोविंद सिंह डोटासरा", "महेश जोशी"}, "held")],
    ),
    "attendees in the next sentence": (
        "नई दिल्ली में शुक्रवार को पार्टी की अहम बैठक हुई। इसमें राहुल गांधी, कमलनाथ और भूपेश बघेल ने हिस्सा लिया।",
        [({"राहुल गांधी", "कमलनाथ", "भूपेश बघेल"}, "held")],
    ),
    "other attendees in the next sentence": (
        "रक्षा मंत्री राजनाथ सिंह ने फ्लोरेंस पार्ली से बातचीत की। इस दौरान सेना प्रमुख मनोज पांडे भी मौजूद थे।",
        [({"राजनाथ सिंह", "फ्लोरेंस पार्ली", "मनोज पांडे"}, "held")],
    ),
    "items of an agenda are not attendees": (
        "गृह मंत्री अमित शाह ने अधिकारियों के साथ बैठक की। एजेंडे में सड़क, पानी और बिजली के मुद्दे शामिल थे।",
        [],
    ),
    "unnamed people with the partner": (
        "वित्त मंत्री निर्मला सीतारमण ने वित्त सचिव अजय सेठ सहित अन्य अधिकारियों के साथ बैठक की।",
        [({"निर्मला सीतारमण", "अजय सेठ"}, "held")],
    ),
    "unnamed people with the subject": (
        "कांग्रेस नेता अधीर रंजन चौधरी और अन्य नेताओं ने ओम बिरला से मुलाकात की और अपनी मांग रखी।",
        [({"अधीर रंजन चौधरी", "ओम बिरला"}, "held")],
    ),
    "counterparts of several countries": (
        "विदेश मंत्री एस जयशंकर ने अपने कतरी, ओमानी और कुवैती समकक्षों से मुलाकात की और व्यापार पर जोर दिया।",
        [({"एस जयशंकर", country}, "held") for country in ("कतरी", "ओमानी", "समकक्षों")],
    ),
    "leader of a delegation": (
        "सुखबीर सिंह बादल के नेतृत्व में पार्टी के प्रतिनिधिमंडल ने राज्यपाल बनवारीलाल पुरोहित से मुलाकात की।",
        [({"सुखबीर सिंह बादल", "बनवारीलाल पुरोहित"}, "held")],
    ),
    "a country and its prime minister are one party": (
        "नरेंद्र मोदी ने थाईलैंड के प्रधानमंत्री से मुलाकात की। बाद में बताया गया कि नरेंद्र मोदी ने थाईलैंड के "
        "प्रधानमंत्री प्रयुत चान ओचा से मुलाकात में पर्यटन की बात की।",
        [({"नरेंद्र मोदी", "प्रयुत चान ओचा"}, "held")],
    ),
    "spellings that sound alike": (
        "ऑस्ट्रेलिया के प्रधानमंत्री स्कॉट मौरिसन दिल्ली पहुंचे। पीयूष गोयल ने स्कॉट मॉरिसन से मुलाकात की।",
        [({"पीयूष गोयल", "स्कॉट मौरिसन"}, "held")],
    ),
    "subject in the first person": (
        "प्रह्लाद जोशी ने कहा, मैंने कल ही हरदीप सिंह पुरी से फोन पर बातचीत की थी और सारी बातें बता दी थीं।",
        [({"प्रह्लाद जोशी", "हरदीप सिंह पुरी"}, "held")],
    ),
    "visit that is only discussed": (
        "राष्ट्रपति जो बाइडेन के भारत दौरे पर विपक्ष ने सवाल पूछे और कहा कि खर्च का ब्योरा दिया जाए।",
        [],
    ),
    "condition with तभी": (
        "अधिकारी ने कहा कि गोलीबारी रुके तभी भारत और पाकिस्तान के बीच वार्ता हो सकती है, वरना नहीं।",
        [],
    ),
    "first stage of a visit is not before the visit": (
        "जर्मनी की चांसलर एंजेला मर्केल भारत यात्रा के पहले चरण में दिल्ली पहुंचीं और शाम को संग्रहालय देखा।",
        [({"एंजेला मर्केल", "भारत"}, "held")],
    ),
    "country as the place of a prison is not a participant": (
        "ईरान की जेल में बंद नाविक राजू यादव से दूतावास के कर्मचारियों ने मुलाकात की और दवाएं दीं।",
        [],
    ),
    "ongoing visit": (
        "नॉर्वे की यात्रा पर गए रक्षा मंत्री राजनाथ सिंह ने एक कारखाना देखा और कामगारों की तारीफ की।",
        [({"राजनाथ सिंह", "नॉर्वे"}, "ongoing")],
    ),
    "country after the word for the visit": (
        "तीन दिन के दौरे पर भूटान पहुंचे विदेश मंत्री एस जयशंकर ने कहा कि पड़ोस उनकी प्राथमिकता है।",
        [({"एस जयशंकर", "भूटान"}, "ongoing")],
    ),
    "third day of an ongoing visit": (
        "विदेश मंत्री एस जयशंकर ने मिस्र की अपनी यात्रा के तीसरे दिन काहिरा का संग्रहालय देखा और भाषण दिया।",
        [({"एस जयशंकर", "मिस्र"}, "ongoing")],
    ),
    "past visit": (
        "फ्रांस के राष्ट्रपति इमैनुएल मैक्रों पिछले साल भारत की यात्रा पर आए थे और जयपुर भी गए थे।",
        [({"इमैनुएल मैक्रों", "भारत"}, "held")],
    ),
    "hyphen in a name": (
        "चीन के राष्ट्रपति शी- जिनपिंग ने मंगलवार को वियतनाम के नेता गुयेन फु ट्रोंग से मुलाकात की, ऐसा बताया गया।",
        [({"शी- जिनपिंग", "गुयेन फु ट्रोंग"}, "held")],
    ),
    "people named in an interview are not attendees": (
        "शिक्षा मंत्री धर्मेंद्र प्रधान ने डीडी न्यूज से खास बातचीत की। पाठ्यक्रम में महादेवी वर्मा और रामधारी सिंह दिनकर शामिल हैं।",
        [],
    ),
    "press conference is not a meeting": (
        "कांग्रेस नेता राहुल गांधी ने जयराम रमेश के साथ दिल्ली में प्रेस वार्ता की और सरकार पर सवाल उठाए।",
        [],
    ),
    "मिलना in the sense of get is not a meeting": (
        "राहुल द्रविड़ को इस जीत से बड़ा सम्मान मिला और सचिन तेंदुलकर ने उन्हें बधाई दी, ऐसा बोर्ड ने कहा।",
        [],
    ),
    "unnamed officials give no meeting": (
        "मुख्यमंत्री योगी आदित्यनाथ ने गुरुवार को वरिष्ठ अधिकारियों के साथ बैठक की और बाढ़ की समीक्षा की।",
        [],
    ),
    "condition is not a meeting": (
        "अगर इमरान खान ने नरेंद्र मोदी से बातचीत की तो हालात बदल सकते हैं, ऐसा जानकारों का मानना है।",
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_who_met_whom(read: Read, case: str) -> None:
    text, expected = CASES[case]
    _, resolved = read(text)
    wanted = {(frozenset(names), status) for names, status in expected}
    assert {summary(report) for report in resolved.reports} == wanted


def test_record_of_a_meeting_is_complete(read: Read) -> None:
    text = "कोलंबो में शुक्रवार को विदेश मंत्री एस जयशंकर ने श्रीलंका के राष्ट्रपति रानिल विक्रमसिंघे से मुलाकात की।"
    article, resolved = read(text)
    (report,) = resolved.reports
    assert (report.event_type, report.status, report.format) == ("CONSULT", "held", "bilateral")
    assert (report.start_date, report.end_date, report.date_text) == (
        date(2022, 9, 9),
        date(2022, 9, 9),
        "शुक्रवार",
    )
    assert (report.place_hi, report.trigger_text) == ("कोलंबो", "मुलाकात")
    assert article.text[report.evidence_start_char : report.evidence_end_char] == text
    assert {p.side for p in report.participants} == {1, 2}


def test_headline_and_body_report_one_meeting(read: Read) -> None:
    _, resolved = read(
        "तेजस्वी यादव ने की लालू प्रसाद यादव से मुलाकात, चुनाव पर हुई चर्चा\n"
        "पटना में सोमवार को तेजस्वी यादव ने लालू प्रसाद यादव से मुलाकात की।"
    )
    (report,) = resolved.reports
    assert (report.start_date, report.place_hi) == (date(2022, 9, 12), "पटना")


@pytest.mark.parametrize(
    "text",
    [
        "एस जयशंकर ने मनामा में सामेह शौकरी से मुलाकात की। सोमवार को हुई इस बैठक में एस जयशंकर ने व्यापार पर जोर दिया।",
        "सोमवार को एस जयशंकर के कार्यालय में लंबी बैठक हुई। एस जयशंकर ने वहां सामेह शौकरी से मुलाकात की।",
    ],
)
def test_day_comes_from_another_sentence_about_the_meeting(read: Read, text: str) -> None:
    _, resolved = read(text)
    (report,) = resolved.reports
    assert (report.start_date, report.date_text) == (date(2022, 9, 12), "सोमवार")


@pytest.mark.parametrize(
    "text",
    [
        "पिछले महीने नरेंद्र मोदी ने इमैनुएल मैक्रों से मुलाकात करने का निमंत्रण स्वीकार किया था, ऐसा बताया गया।",
        "भारत दौरे पर आए शेर बहादुर देउबा बुधवार को ताजमहल देखने आगरा गए, जहां उनका स्वागत हुआ।",
    ],
)
def test_time_of_another_event_is_not_used(read: Read, text: str) -> None:
    _, resolved = read(text)
    (report,) = resolved.reports
    assert report.start_date is None


@pytest.mark.parametrize(
    "text",
    [
        "गोवा में चुनाव में हार के बाद प्रमोद सावंत ने नितिन गडकरी से मुलाकात की और अपनी बात रखी।",
        "नाइजर में बंधक मजदूरों को छुड़ाने के लिए एस जयशंकर ने हकान फिदान से भेंट की और मदद मांगी।",
    ],
)
def test_place_of_another_event_is_not_used(read: Read, text: str) -> None:
    _, resolved = read(text)
    (report,) = resolved.reports
    assert report.place_hi is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("मनोहर लाल खट्टर ने शनिवार को अमित शाह के आवास पर जेपी नड्डा से मुलाकात की।", "अमित शाह के आवास"),
        ("राजनाथ सिंह ने शनिवार को राष्ट्रपति भवन में सर्गेई शोइगू से मुलाकात की।", "राष्ट्रपति भवन"),
        ("एस जयशंकर रविवार को मस्कट पहुंचे। एस जयशंकर ने बद्र अलबुसैदी से मुलाकात की।", "मस्कट"),
    ],
)
def test_place_is_a_building_or_the_destination_of_a_participant(read: Read, text: str, place: str) -> None:
    _, resolved = read(text)
    (report,) = resolved.reports
    assert report.place_hi == place


def test_country_meant_by_its_adjective_is_quoted_verbatim(read: Read) -> None:
    article, resolved = read(
        "विदेश मंत्री एस जयशंकर ने अपने कतरी, ओमानी और कुवैती समकक्षों से मुलाकात की और व्यापार पर जोर दिया।"
    )
    others = [p for report in resolved.reports for p in report.participants if p.kind == "LOC"]
    assert {p.name_hi for p in others} == {"क़तर", "ओमान", "कुवैत"}
    assert all(p.mention_text in article.text for p in others)


def test_no_time_expression_means_no_date(read: Read) -> None:
    _, resolved = read("विदेश मंत्री एस जयशंकर ने अमेरिकी विदेश मंत्री एंटनी ब्लिंकन से मुलाकात की, ऐसा बताया गया।")
    (report,) = resolved.reports
    assert (report.start_date, report.date_method, report.anchor_date) == (None, "none", None)


def test_resolving_twice_gives_equal_records(read: Read) -> None:
    text = CASES["two partners of one subject are two meetings"][0]
    assert read(text) == read(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("विदेश मंत्री एस जयशंकर ने बुधवार को रूस के राष्ट्रपति से मुलाकात की।", "व्लादिमीर पुतिन"),
        ("विदेश मंत्री एस जयशंकर ने बुधवार को जापान के प्रधानमंत्री से मुलाकात की।", "फुमियो किशिदा"),
        ("विदेश मंत्री एस जयशंकर ने बुधवार को नाउरु के राष्ट्रपति से मुलाकात की।", "नाउरु"),
    ],
)
def test_office_of_a_country_is_its_holder_on_that_day(read: Read, text: str, who: str) -> None:
    article, resolved = read(text)
    (report,) = resolved.reports
    assert [p.name_hi for p in report.participants] == ["एस जयशंकर", who]
    assert all(p.mention_text in article.text for p in report.participants)
