"""Sums in Russian words, as they stand on invoices and payment orders."""

from __future__ import annotations

UNITS = (
    "", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять",
    "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
    "семнадцать", "восемнадцать", "девятнадцать",
)  # fmt: skip
FEMININE = {1: "одна", 2: "две"}
TENS = (
    "", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят",
    "восемьдесят", "девяносто",
)  # fmt: skip
HUNDREDS = (
    "", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот",
    "девятьсот",
)  # fmt: skip
THOUSANDS = ("тысяча", "тысячи", "тысяч")
MILLIONS = ("миллион", "миллиона", "миллионов")
ROUBLES = ("рубль", "рубля", "рублей")
KOPECKS = ("копейка", "копейки", "копеек")


def roubles(minor: int) -> str:
    """Return a sum in words: the roubles spelled, the kopecks in digits."""
    whole, rest = divmod(minor, 100)
    said = f"{_number(whole)} {plural(whole, ROUBLES)} {rest:02d} {plural(rest, KOPECKS)}"
    return said[0].upper() + said[1:]


def plural(count: int, forms: tuple[str, str, str]) -> str:
    """Return the form of a word after a number."""
    if 11 <= count % 100 <= 14:
        return forms[2]
    return {1: forms[0], 2: forms[1], 3: forms[1], 4: forms[1]}.get(count % 10, forms[2])


def _number(number: int) -> str:
    if number == 0:
        return "ноль"
    millions, thousands, rest = number // 1_000_000, number // 1000 % 1000, number % 1000
    parts = []
    if millions:
        parts += [*_below_thousand(millions), plural(millions, MILLIONS)]
    if thousands:
        parts += [*_below_thousand(thousands, feminine=True), plural(thousands, THOUSANDS)]
    return " ".join([*parts, *_below_thousand(rest)])


def _below_thousand(number: int, *, feminine: bool = False) -> list[str]:
    tens = number % 100
    if tens >= 20:
        words = [HUNDREDS[number // 100], TENS[tens // 10]]
        last = tens % 10
    else:
        words, last = [HUNDREDS[number // 100]], tens
    words.append(FEMININE.get(last, UNITS[last]) if feminine else UNITS[last])
    return [word for word in words if word]
