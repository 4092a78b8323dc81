"""Recognise lines of an article page that are not part of the article, by their words."""

import re

from etl.extract.page.blocks import Block, PageBlocks

_LINE = re.compile(
    r"""(?:
      (?:यह|ये|इसे|इन्हें)[ ](?:भी|जरूर|ज़रूर)[ ]?(?:भी[ ]?)?(?:पढ़ें|पढ़े|पढें|पढ़िए|देखें|देखिए|जानें).*|
      (?:और|अधिक|आगे|पूरी[ ]खबर|पूरा|विस्तार[ ]से)[ ](?:पढ़ें|पढें|देखें|जानें).{0,40}|
      (?:संबंधित|सम्बंधित|सम्बन्धित)[ ](?:खबरें|ख़बरें|समाचार|लेख).{0,40}|
      (?:also[ ]read|read[ ](?:more|also|this)|also[ ]watch|watch[ ](?:video|live)|related[ ](?:news|stories|articles)|
         trending|latest[ ]news|more[ ]from|recommended)\b.*|
      (?:देखें|वीडियो[ ]देखें|वीडियो)[ ]?[:：|-].*|
      (?:विज्ञापन|advertisement|sponsored|ad|advt)\W*|
      (?:इसे|(?:इस|यह)[ ](?:खबर|ख़बर|लेख)(?:[ ]को)?)[ ](?:साझा|शेयर)[ ]करें\W*|
      (?:share|शेयर(?:[ ]करें)?|facebook|twitter|whatsapp|telegram|linkedin|instagram|copy[ ]link|कॉपी[ ]लिंक|
         print|प्रिंट|email|ईमेल|save|comments?|कमेंट|टिप्पणी|सुनें|listen)(?:[ ][^ ।]+){0,3}[^\w।]*|
      .{0,40}\bfollow[ ]us\b.*|
      .{0,80}(?:फॉलो|फ़ॉलो|सब्सक्राइब|लाइक)[ ](?:करें|कीजिए|करे|करना[ ]न[ ]भूलें).{0,80}|
      .{0,80}(?:ऐप|एप|app)[ ](?:डाउनलोड|download|इंस्टॉल|में[ ]पढ़ें|पर[ ]पढ़ें|खोलें).{0,80}|
      .{0,40}डाउनलोड[ ](?:करें|करे|कीजिए).{0,200}|
      .{0,80}(?:ऐप|एप|app|फ़ेसबुक|फेसबुक|facebook|ट्विटर|twitter|टेलीग्राम|गूगल[ ]न्यूज).{0,80}
        (?:क्लिक[ ]कर|click|फ़ॉलो|फॉलो|follow|जुड़[ ]?(?:ें|ने)|सब्सक्राइब|लाइक[ ]करें).{0,200}|
      .{0,80}(?:व्हाट्सऐप|वॉट्सऐप|व्हाट्सएप|whatsapp|टेलीग्राम|telegram)[ ](?:चैनल|ग्रुप|channel|group).{0,60}
        (?:जुड़|join|क्लिक|click).{0,60}|
      (?:देश|दुनिया|हिंदी|हिन्दी|ताज़ा|ताजा|लेटेस्ट|और|अन्य|ऐसी).{0,80}(?:खबर|ख़बर|न्यूज|न्यूज़|समाचार|अपडेट|news).{0,80}
        (?:पढ़ें|पढ़ने[ ]के[ ]लिए|जुड़े[ ]रह|जुड़ें|क्लिक[ ]कर|बने[ ]रह|फॉलो).{0,120}|
      (?:फोटो|फ़ोटो|तस्वीर|चित्र|इमेज|photo|image|file[ ]photo|video)[ ]?
        (?:साभार|क्रेडिट|स्रोत|credit|courtesy|source)?[ ]?[:：\-–|].{0,80}|
      (?:इमेज[ ]स्रोत|image[ ](?:source|caption|credit)|चित्र[ ]परिचय|इमेज[ ]कैप्शन).{0,160}|
      (?:highlights|हाइलाइट्स|मुख्य[ ]बातें|ख़ास[ ]बातें|टैग्स?|tags?|keywords)[ ]?[:：]?|
      (?:tags?|टैग्स?|keywords|web[ ]title)[ ]?[:：].*|
      (?:(?:first[ ])?published|updated|last[ ](?:updated|modified)|publish(?:ed)?[ ](?:date|by|on)|posted[ ](?:by|on)|
         edited[ ]by|written[ ]by|reported[ ]by|authored[ ]by|by)[ ]?[:：\-|]?[ ].{0,100}|
      (?:प्रकाशित|अपडेटेड|अपडेट|अंतिम[ ]अपडेट|लेखक|द्वारा|संपादन|रिपोर्ट|दिनांक)[ ]?[:：|][ ]?.{0,100}|
      (?:डिस्क्लेमर|अस्वीकरण|disclaimer)[ ]?[:：].*|
      \(?[ ]?(?:यह|इस)[ ](?:खबर|ख़बर|कॉपी|समाचार|स्टोरी|लेख|आर्टिकल).{0,60}(?:टीम|सिंडिकेट\w*|फीड|संपादित|एडिट|ऑटो).{0,160}|
      (?:copyright|©|all[ ]rights[ ]reserved|कॉपीराइट|सर्वाधिकार).{0,160}|
      (?:\d{1,2}:)?\d{1,2}:\d{2}|[\d\W_]+|[\w\u0900-\u097f.]{1,8}(?:[ ]?/[ ]?[\w\u0900-\u097f.]{1,8}){1,4}|
      (?:home|होम|hindi[ ]news|न्यूज|न्यूज़|समाचार)(?:[ ]?[/>»›|][ ]?[^/>»›|]{1,41})*
    )""",
    re.I | re.X,
)  # fmt: skip
_EDGE = re.compile(r"[\w\u0900-\u0963\u0970-\u097f:：©]")
_LONGEST_LINE = 400
_LONGEST_CAPTION = 160
_AFTER_ARTICLE = re.compile(
    r"(?:(?:और|अन्य|ताज़ा|ताजा|संबंधित|सम्बंधित|बड़ी|प्रमुख|ट्रेंडिंग|लेटेस्ट|टॉप) (?:भी )?(?:खबरें|ख़बरें|समाचार|स्टोरी|न्यूज़?|लेख)|"
    r"related (?:news|stor(?:y|ies)|articles?|posts?)|(?:latest|top|more|trending) (?:news|stories)|comments?|टिप्पणियाँ|"
    r"टिप्पणियां|अपनी राय दें|recommended(?: for you)?|you may (?:also )?like|leave a (?:reply|comment)|"
    r"सबसे ज्यादा पढ़ी गई)",
    re.I,
)


def is_boilerplate(line: str) -> bool:
    """Return whether a line is boilerplate by its words (share bar, "read also", credit, time, byline).

    Args:
        line: with single spaces.
    """
    bare = _without_edges(line)
    return len(bare) <= _LONGEST_LINE and (not bare or bool(_LINE.fullmatch(bare)))


def starts_other_content(line: str) -> bool:
    """Return whether a line is a heading of content after the article, such as more stories or comments."""
    return len(line) <= _LONGEST_LINE and bool(_AFTER_ARTICLE.fullmatch(_without_edges(line).rstrip(": ")))


def _without_edges(line: str) -> str:
    """Return a line without punctuation, symbols and spaces at its ends, except a colon: it ends a label."""
    start, end = 0, len(line)
    while start < end and not _EDGE.match(line[start]):
        start += 1
    while end > start and not _EDGE.match(line[end - 1]):
        end -= 1
    return line[start:end].lstrip(": ")


def is_link_list(block: Block) -> bool:
    """Return whether a block is mostly links."""
    return block.link_share > 0.6


def is_caption(block: Block, page: PageBlocks) -> bool:
    """Return whether a short line is the only text of an element with a picture or video."""
    if len(block.text) > _LONGEST_CAPTION:
        return False
    for element in (block.element, block.element.parent):
        extent = page.extent_of(element)
        if extent is not None and extent.has_picture:
            return extent.char_count <= len(block.text) + 20
    return False
