"""How wide words are, so that they fit their boxes: advances of Noto Sans, rounded up; breaking lines."""

from __future__ import annotations

__all__ = ["width", "wrap"]

# Thousandths of the type size → the letters of that width. Other common screen faces are narrower or equal.
_ADVANCES: dict[int, str] = {
    0: "҃҄҅҆҇҈҉",
    240: "'¸",
    260: " ijl\xa0ìíîïіїј",
    280: "!,.:;J¡·Ј",
    300: "()`´",
    340: "-I[]ÌÍÎÏІЇӀӏ",
    360: "fª²³¹“”",
    380: "/\\t{}º•",
    420: '"r„',
    440: "?°¿гѓґғӷӻ",
    460: "_",
    480: "cszçстѕҫҭ",
    500: "¯зэєѯҁҙӟӡӭ–",
    520: "Fvy§«»ýÿуўѵѷүұӯӱӳ",
    540: "LkxЃГкхќҐҒҕҝҟӶӺӿ",
    560: "*EST|¦ÈÉÊËЀЁЅЕТяқҬҳӄӖӽ₸",
    580: "$+0123456789<=>YZ^ae~¢£¤¥¨¬±×Ýàáâãäåèéêë÷авелѐёѧҮҰӑӓӗәӛ",
    600: "VXЗХбдьѮҍҘӆӞӠӾ",
    620: "KPbdghnopquÞðñòóôõöøùúûüþЌБКРорчђћѳ҂ҌҎҏҜҞҹһӌӧөӫӵ",
    640: "ACRµÀÁÂÃÄÅÇßЎАСУЭЯнпцџѣѫѴѶҡҪҲҷӈӐӒӬӮӰӲӼ",
    660: "#B¶ЄВЬийѝѻҀҋҔңҩӣӥ",
    680: "ѢҚҽҿӊ",
    700: "ДЧЪъѦҠҸҺӃӋӴ",
    720: "ЛҶӅ",
    740: "&DGUÐÙÚÛÜЏПфѪҥҵӇӘӚ",
    760: "HN¼ÑЂЋНЦжмѥҢӂӉӎӝ",
    780: "½ЍИЙыѩѱҨӢӤӹ",
    800: "OQw¾ÒÓÔÕÖØОѡѲѿҊҗӦӨӪ…",
    820: "ФѰҤ",
    840: "%©®юѺ",
    860: "ЖЫљѭҼҾӁӜӸ",
    880: "æҧҴӕ",
    900: "@ÆшњӔ",
    920: "MМщѠѽѾҖӍ",
    940: "WmЉѤѨ",
    960: "Њ",
    1000: "Ѭ—",
    1020: "№",
    1040: "ШѼ",
    1060: "ЩЮҦ",
    1100: "ѹ",
    1220: "Ѹ",
}

_WIDE = 720
_BOLD = 1.09
_WIDTHS = {letter: advance for advance, letters in _ADVANCES.items() for letter in letters}


def width(words: str, size: float, bold: bool = False) -> float:
    """The width of a line in pixels at a type size."""
    return sum(_WIDTHS.get(letter, _WIDE) for letter in words) * size / 1000 * (_BOLD if bold else 1)


def wrap(words: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The words in lines no wider than `room` pixels; a word too long for one is broken with a hyphen."""
    lines: list[str] = []
    line = ""
    for word in words.split():
        rest = word
        longer = f"{line} {rest}" if line else rest
        if width(longer, size, bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(rest, size, bold) > room:
            cut = _fitting(rest, size, room, bold)
            lines.append(rest[:cut] + ("" if rest[cut - 1] in "-–/" else "-"))
            rest = rest[cut:]
        line = rest
    return [*lines, line] if line else lines


def _fitting(word: str, size: float, room: float, bold: bool) -> int:
    """How many letters of a long word fit with a hyphen; at its own dash if it has one."""
    fits = max(2, next((n for n in range(len(word), 1, -1) if width(word[:n] + "-", size, bold) <= room), 2))
    dash = max(word.rfind(mark, 0, fits) for mark in "-–/")
    return dash + 1 if dash > 1 else min(fits, max(2, len(word) - 3))
