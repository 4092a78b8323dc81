"""Recognise lines of an article page that are not part of the article, by their words."""

import re

from etl.extract.page.blocks import Block, PageBlocks

_LINE = re.compile(
    r"""\W*(?:
      (?:यह|ये|इसे|इन्हें)\s+(?:भी|जरूर|ज़रूर)\s*(?:भी\s*)?(?:पढ़ें|पढ़े|पढें|पढ़िए|देखें|देखिए|जानें).*|
      (?:और|अधिक|आगे|पूरी\s+खबर|पूरा|विस्तार\s+से)\s+(?:पढ़ें|पढें|देखें|जानें).{0,40}|
      (?:संबंधित|सम्बंधित|सम्बन्धित)\s+(?:खबरें|ख़बरें|समाचार|लेख).{0,40}|
      (?:also\s+read|read\s+(?:more|also|this)|also\s+watch|watch\s+(?:video|live)|related\s+(?:news|stories|articles)|
         trending|latest\s+news|more\s+from|recommended)\b.*|
      (?:देखें|वीडियो\s+देखें|वीडियो)\s*[:：|-].*|
      (?:विज्ञापन|advertisement|sponsored|ad|advt)\W*|
      (?:इसे|(?:इस|यह)\s+(?:खबर|ख़बर|लेख)(?:\s+को)?)\s+(?:साझा|शेयर)\s+करें\W*|
      (?:share|शेयर(?:\s+करें)?|facebook|twitter|whatsapp|telegram|linkedin|instagram|copy\s+link|कॉपी\s+लिंक|
         print|प्रिंट|email|ईमेल|save|comments?|कमेंट|टिप्पणी|सुनें|listen)(?:\s+[^\s।]+){0,3}[^\w।]*|
      .{0,40}\bfollow\s+us\b.*|
      .{0,80}(?:फॉलो|फ़ॉलो|सब्सक्राइब|लाइक)\s+(?:करें|कीजिए|करे|करना\s+न\s+भूलें).{0,80}|
      .{0,80}(?:ऐप|एप|app)\s+(?:डाउनलोड|download|इंस्टॉल|में\s+पढ़ें|पर\s+पढ़ें|खोलें).{0,80}|
      .{0,40}डाउनलोड\s+(?:करें|करे|कीजिए).{0,200}|
      .{0,80}(?:ऐप|एप|app|फ़ेसबुक|फेसबुक|facebook|ट्विटर|twitter|टेलीग्राम|गूगल\s+न्यूज).{0,80}
        (?:क्लिक\s+कर|click|फ़ॉलो|फॉलो|follow|जुड़\s*(?:ें|ने)|सब्सक्राइब|लाइक\s+करें).{0,200}|
      .{0,80}(?:व्हाट्सऐप|वॉट्सऐप|व्हाट्सएप|whatsapp|टेलीग्राम|telegram)\s+(?:चैनल|ग्रुप|channel|group).{0,60}
        (?:जुड़|join|क्लिक|click).{0,60}|
      (?:देश|दुनिया|हिंदी|हिन्दी|ताज़ा|ताजा|लेटेस्ट|और|अन्य|ऐसी).{0,80}(?:खबर|ख़बर|न्यूज|न्यूज़|समाचार|अपडेट|news).{0,80}
        (?:पढ़ें|पढ़ने\s+के\s+लिए|जुड़े\s+रह|जुड़ें|क्लिक\s+कर|बने\s+रह|फॉलो).{0,120}|
      (?:फोटो|फ़ोटो|तस्वीर|चित्र|इमेज|photo|image|file\s+photo|video)\s*(?:साभार|क्रेडिट|स्रोत|credit|courtesy|source)?\s*[:：\-–|].{0,80}|
      (?:इमेज\s+स्रोत|image\s+(?:source|caption|credit)|चित्र\s+परिचय|इमेज\s+कैप्शन).{0,160}|
      (?:highlights|हाइलाइट्स|मुख्य\s+बातें|ख़ास\s+बातें|टैग्स?|tags?|keywords)\s*[:：]?|(?:tags?|टैग्स?|keywords|web\s+title)\s*[:：].*|
      (?:(?:first\s+)?published|updated|last\s+(?:updated|modified)|publish(?:ed)?\s+(?:date|by|on)|posted\s+(?:by|on)|edited\s+by|
         written\s+by|reported\s+by|authored\s+by|by)\s*[:：\-|]?\s.{0,100}|
      (?:प्रकाशित|अपडेटेड|अपडेट|अंतिम\s+अपडेट|लेखक|द्वारा|संपादन|रिपोर्ट|दिनांक)\s*[:：|]\s*.{0,100}|
      (?:डिस्क्लेमर|अस्वीकरण|disclaimer)\s*[:：].*|
      \(?\s*(?:यह|इस)\s+(?:खबर|ख़बर|कॉपी|समाचार|स्टोरी|लेख|आर्टिकल).{0,60}(?:टीम|सिंडिकेट\w*|फीड|संपादित|एडिट|ऑटो).{0,160}|
      (?:copyright|©|all\s+rights\s+reserved|कॉपीराइट|सर्वाधिकार).{0,160}|
      (?:\d{1,2}:)?\d{1,2}:\d{2}|[\d\W_]+|[\w\u0900-\u097f.]{1,8}(?:\s*/\s*[\w\u0900-\u097f.]{1,8}){1,4}|
      (?:home|होम|hindi\s+news|न्यूज|न्यूज़|समाचार)(?:\s*[/>»›|]\s*\S.{0,40})*
    )\W*""",
    re.I | re.X,
)  # fmt: skip
_LONGEST_LINE = 400
_LONGEST_CAPTION = 160
_AFTER_ARTICLE = re.compile(
    r"\W*(?:(?:और|अन्य|ताज़ा|ताजा|संबंधित|सम्बंधित|बड़ी|प्रमुख|ट्रेंडिंग|लेटेस्ट|टॉप)\s+(?:भी\s+)?(?:खबरें|ख़बरें|समाचार|स्टोरी|न्यूज़?|लेख)|"
    r"related\s+(?:news|stor(?:y|ies)|articles?|posts?)|(?:latest|top|more|trending)\s+(?:news|stories)|comments?|टिप्पणियाँ|"
    r"टिप्पणियां|अपनी\s+राय\s+दें|recommended(?:\s+for\s+you)?|you\s+may\s+(?:also\s+)?like|leave\s+a\s+(?:reply|comment)|"
    r"सबसे\s+ज्यादा\s+पढ़ी\s+गई)\W*",
    re.I,
)


def is_boilerplate(line: str) -> bool:
    """Return whether a line is boilerplate by its words (share bar, "read also", credit, time, byline)."""
    return len(line) <= _LONGEST_LINE and bool(_LINE.fullmatch(line))


def starts_other_content(line: str) -> bool:
    """Return whether a line is a heading of content after the article, such as more stories or comments."""
    return bool(_AFTER_ARTICLE.fullmatch(line))


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
