# SPDX-License-Identifier: Apache-2.0
"""Identifiers of the corpus and invented ones, and what finds them in files."""
import functools
import glob
import json
import os
import re
import unicodedata

from outside import CHECKOUT, corpus, run

REQUESTS = corpus("requests.jsonl")
MESSAGES = corpus("messages.jsonl")
EXPORT = corpus("requests_export.csv")
BRANCH = corpus("requests_branch.csv")
BRANCH_MAP = corpus("branch_map.yaml")

# Shorter is shown on purpose (hotlines, short codes), or too common to be told
# from a count.
DIGITS_MIN = 7
# A run of digits this long is nobody's count and no part of a digest by chance.
CERTAIN_DIGITS = 10
# Files of records that a test writes itself.
INPUTS = ("full.jsonl", "one.jsonl", "broken.jsonl", "broken.csv")
# A country code has up to three digits.
COUNTRY_CODE_MAX = 3
LONG_NUMBER = re.compile(r"\+?\d(?:[ \-.()/]{0,2}\d){6,}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LINK_HOST = re.compile(r"[a-z]+://[^\s/]*@?[^\s/@]+", re.I)
ACTIVATION_CODE = re.compile(r"LPA:1\$\S+", re.I)
DATE = re.compile(r"\d{4}[-./]?\d{2}[-./]?\d{2}")
PSEUDONYM = re.compile(rb"hmac256:[0-9a-f]{32}")


def catalogue():
    """(kind, name without it) -> how it is masked."""
    rows = json.loads(run("facts", "--format", "json").stdout)
    return {(row["kind"], row["name"].split(".", 1)[1]): row["masked_as"]
            for row in rows if row.get("masked_as")}


def leaves(value, path=""):
    """(path as the catalogue spells it, text) of a record."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, path + "." + key if path else key)
    elif isinstance(value, list):
        for item in value:
            whole = path if not isinstance(item, (dict, list)) else path + "[]"
            yield from leaves(item, whole)
    elif isinstance(value, str):
        yield path, value


def spellings(value):
    """How a number can be written: whole, without its country, digits only."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", value))
    found = {value}
    for cut in range(COUNTRY_CODE_MAX + 1):
        if len(digits) - cut >= max(DIGITS_MIN, len(digits) - COUNTRY_CODE_MAX):
            found.add(digits[cut:])
    return {text for text in found
            if len(re.sub(r"\D", "", text)) >= DIGITS_MIN}


def in_text(text):
    """Identifiers inside a free text, as (class, spelling)."""
    # The scheme and host of a link stay: they are what a message leads to.
    plain = LINK_HOST.sub(" ", unicodedata.normalize("NFKC", text))
    for email in EMAIL.findall(plain):
        yield "email", email
    for code in ACTIVATION_CODE.findall(plain):
        yield "code", code
    for number in LONG_NUMBER.findall(plain):
        if DATE.search(number):
            continue
        yield "phone", number
        for spelling in spellings(number):
            yield "phone", spelling


def of_value(mask, value):
    if mask == "free_text":
        yield from in_text(value)
    elif mask == "phone":
        for spelling in spellings(value):
            yield mask, spelling
    elif mask == "ip":
        if "/" not in value:  # a network is what an address is masked to
            yield mask, value
    elif mask == "sim":
        if len(value) >= DIGITS_MIN:
            yield mask, value
    elif len(value) > 3:
        yield mask, value


def identifiers(records, masks):
    """class -> the spellings of everything that must be in no output."""
    found = {}
    for record in records:
        for path, text in leaves(record):
            mask = masks.get((record["kind"], path))
            if mask is None:
                continue
            for name, spelling in of_value(mask, text):
                found.setdefault(name, set()).add(spelling)
    return found


def needle(spelling):
    """A number is not a part of a longer one, nor of a digest."""
    text = re.escape(spelling.encode())
    if spelling.isdigit() and len(spelling) < CERTAIN_DIGITS:
        return rb"(?<![0-9a-fA-F])" + text + rb"(?![0-9a-fA-F])"
    return text


# Where the corpus has no value of a class, or as a mask already.
MADE_UP = {"phone": "+12025550199", "document": "QX48293017",
           "name": "Zebulon Quackenbush", "address": "17 Quackenbush Lane",
           "sim": "8944110099887766554", "ip": "192.0.2.77",
           "email": "zebulon.q@people.example", "code": "QZ73-K29X-1184",
           "free_text": "call Zebulon on +1 202-555-0198 or write to "
                        "zeb.quack@people.example"}


def full_record(masks):
    """A request that has every masked field."""
    with open(REQUESTS, encoding="utf-8") as file:
        record = json.loads(file.readline())
    record["request_id"] = "demo-r-full"
    for (kind, path), mask in masks.items():
        if kind != "request" or "[]" in path:
            continue
        place = record
        *folders, last = path.split(".")
        for folder in folders:
            place = place.setdefault(folder, {})
        place[last] = MADE_UP[mask]
    # So that rules have something to say, and evidence to show.
    record["identity"]["document"]["presented_as"] = "copy"
    record["channel"]["type"] = "dealer"
    return record


# As people write what they want to keep from a filter; the eye reads each of
# them. Before the bar stands what says so, behind it what must be nowhere.
OFFER = "补卡找我,免实名 SIM replacement no ID needed "
DISGUISED_NUMBERS = [
    "138~0013~8000", "138    0013    8000", "138..0013..8000",
    "138_0013_8000", "138*0013*8000", "138.0013.8000元",
    "138\u200b\u200b\u200b\u200b\u200b0013\u200b8000",
    "138\u034f0013\u034f8000", "138\u2062\u20620013\u20628000",
    "¹³⁸00¹³⁸000", "➊➌➑00➊➌➑000", "➀➂➇00➀➂➇000", "⒈⒊⒏00⒈⒊⒏000",
    "壹叁捌零零壹叁捌零零零", "138oo138ooo", "138加0013加8000"]
DISGUISED = [
    *("电话:|" + number for number in DISGUISED_NUMBERS),
    "write to |john.doe@gmail。com", "write to |john.doe＠gmail．com",
    "write to |john.doe[at]gmail.com", "write to |mailto:john.doe%40gmail.com",
    "write to |john.doe (at) mail (dot) example",
    "call |+one four one five five five five zero one zero one",
    "WhatsApp |+1-4one5-55five-0one01",
    "https://api.whatsapp.com/send?|phone=%2B1%20415%20555%200101",
    "https://wa.me/|1%34155550101", "tel:|+1%2D415%2D555%2D0101",
    "call |&#43;&#49;&#52;&#49;&#53;&#53;&#53;&#53;&#48;&#49;&#48;&#49;",
    "http://|13800138000:x@evil.example/"]
DISGUISED_CODES = [
    "Your ＯＴＰ is |482913", "your cоde is |482913", "您的驗証碼 |482913",
    "Your 𝐎𝐓𝐏 is |482913", "OTP |⁴⁸²⁹¹³", "您的动态码|➃➇➁➈➀➂",
    "otp|482913", "PIN|482913", "OTPs |482913", "认证码 |482913",
    "安全码 |482913", "Bestätigungscode |482913", "doğrulama kodu |482913",
    "eSIM ＬＰＡ：１|＄smdp.example＄ABCD-1234-EFGH",
    "eSIM LPA:１|$smdp.example$ABCD-1234-EFGH",
    "eSIM LPA:1|$smdp.\u200bexample$AB\u200bCD-1234-EFGH",
    "eSIM LPA:1|&#36;smdp.example&#36;QWERTYUI",
    "https://setup.example/?carddata=LPA%3A1|%24smdp.example%24WXYZ-1234"]


class Seeker:
    """Finds any of many spellings in bytes."""

    def __init__(self, found, may_be_shown=lambda spelling: False):
        self.spellings = sorted(
            {spelling for group in found.values() for spelling in group
             if not may_be_shown(spelling)})
        self.known = {spelling.encode() for spelling in self.spellings}
        # Any long number or pseudonym, then whether it is one of ours: a
        # thousand patterns over megabytes take minutes.
        self.digits = {s.encode() for s in self.spellings if s.isdigit()}
        self.sizes = sorted({len(digits) for digits in self.digits})
        self.others = [s.encode() for s in self.spellings
                       if not (s.isdigit() or self.is_found_by_parts(s))]
        # One-time codes.
        self.short = [s for s in self.spellings
                      if s.isdigit() and len(s) < DIGITS_MIN]

    def is_found_by_parts(self, spelling):
        """Whether in_bytes() needs no look of its own for it."""
        return PSEUDONYM.fullmatch(spelling.encode()) or any(
            len(part) >= CERTAIN_DIGITS and part in self.digits
            for part in re.findall(rb"[0-9]+", spelling.encode()))

    def in_bytes(self, data):
        for other in self.others:
            if other in data:
                yield other.decode()
        for pseudonym in self.known.intersection(PSEUDONYM.findall(data)):
            yield pseudonym.decode()
        for short in self.short:
            if short.encode() in data and re.search(needle(short), data):
                yield short
        for run_of in re.finditer(rb"[0-9]{%d,}" % DIGITS_MIN, data):
            yield from self.in_digits(data, run_of)

    def in_digits(self, data, run_of):
        text = run_of.group()
        for size in self.sizes:
            for at in range(len(text) - size + 1):
                part = text[at:at + size]
                if part not in self.digits:
                    continue
                spelling = part.decode()
                begin = run_of.start() + at
                around = data[max(begin - 1, 0):begin + size + 1]
                if re.search(needle(spelling), around):
                    yield spelling


def read(path):
    with open(path, "rb") as file:
        return file.read()


def records_of(*paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


@functools.cache
def public_text():
    """What anybody may read: the policies, whose lists name hotlines."""
    texts = []
    for path in glob.glob(os.path.join(CHECKOUT, "policies", "**"),
                          recursive=True):
        if os.path.isfile(path):
            texts.append(read(path))
    return b"\n".join(texts)


@functools.cache
def is_public(spelling):
    return spelling.encode() in public_text()
