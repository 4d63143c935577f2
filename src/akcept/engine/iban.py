"""Account numbers of the IBAN world (ISO 13616), and the structured reference that shares its check."""

from __future__ import annotations

import re

# SWIFT IBAN registry, release 101: what follows country and check digits (n digits, a letters, c either).
_STRUCTURES = dict(
    re.findall(
        r"([A-Z]{2}):(\w+)",
        """
        AD:8n12c AE:19n AL:8n16c AT:16n AZ:4a20c BA:16n BE:12n BG:4a6n8c BH:4a14c BI:23n BR:23n1a1c
        BY:4c4n16c CH:5n12c CR:18n CY:8n16c CZ:20n DE:18n DJ:23n DK:14n DO:4c20n EE:16n EG:25n ES:20n
        FI:14n FK:2a12n FO:14n FR:10n11c2n GB:4a14n GE:2a16n GI:4a15c GL:14n GR:7n16c GT:24c HN:4a20n
        HR:17n HU:24n IE:4a14n IL:19n IQ:4a15n IS:22n IT:1a10n12c JO:4a4n18c KW:4a22c KZ:3n13c LB:4n20c
        LC:4a24c LI:5n12c LT:16n LU:3n13c LV:4a13c LY:21n MC:10n11c2n MD:20c ME:18n MK:3n10c2n MN:16n
        MR:23n MT:4a5n18c MU:4a19n3a NI:4a20n NL:4a10n NO:11n OM:3n16c PK:4a16c PL:24n PS:4a21c PT:21n
        QA:4a21c RO:4a16c RS:18n RU:14n15c SA:2n18c SC:4a20n3a SD:14n SE:20n SI:15n SK:20n SM:1a10n12c
        SO:19n ST:21n SV:4a20n TL:19n TN:20n TR:6n16c UA:6n19c VA:18n VG:4a16n XK:16n YE:4a4n18c
        """,
    )
)
_CLASSES = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Z0-9]"}
_PATTERNS = {
    country: re.compile(
        r"[0-9]{2}" + re.sub(r"(\d+)([nac])", lambda m: f"{_CLASSES[m[2]]}{{{m[1]}}}", structure)
    )
    for country, structure in _STRUCTURES.items()
}


def looks_like_iban(number: str) -> bool:
    """Say whether a number starts as an IBAN does: two letters, two digits."""
    return re.match(r"[A-Z]{2}[0-9]{2}", number) is not None


def country_is_known(iban: str) -> bool:
    """Say whether the registry knows the country of an IBAN."""
    return iban[:2] in _PATTERNS


def structure_holds(iban: str) -> bool:
    """Say whether an IBAN has the length and the structure of its country."""
    pattern = _PATTERNS.get(iban[:2])
    return pattern is not None and pattern.fullmatch(iban[2:]) is not None


def check_holds(text: str) -> bool:
    """Say whether the check digits in places 3 and 4 hold (ISO 7064, mod 97-10)."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", text) or not 2 <= int(text[2:4]) <= 98:
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def reference_holds(reference: str) -> bool:
    """Say whether a structured creditor reference (ISO 11649, “RF…”) holds."""
    return reference.startswith("RF") and len(reference) <= 25 and check_holds(reference)
