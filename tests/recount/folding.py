"""The key of distinct things: two spellings of one name have the same key."""

import re
import unicodedata

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def fold(text):
    """First an address loses scheme, `www.` and last slash; then NFC, lower case, no diacritics, single spaces."""
    text = text.strip()
    bare = SCHEME.sub("", text, count=1) if SCHEME.match(text) else text
    if len(bare) > 4 and bare[:4].lower() == "www.":
        bare = bare[4:]
    if bare != text:
        bare = bare.removesuffix("/")
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFC", bare).lower())
    plain = "".join(c for c in letters if not unicodedata.category(c).startswith("M")).replace("ł", "l")
    plain = unicodedata.normalize("NFC", plain)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
