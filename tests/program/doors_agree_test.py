#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same record through every door and through `screen` has the same verdict:
findings, evidence, score and all, as the store has them."""
import glob
import json
import os
import sqlite3
import urllib.parse

from doors import (HEADER, HOOKS, POLICIES, frame, http, lined, listeners,
                   mail, started, talk)
from outside import CHECKOUT, Scratch, corpus, main, run

SENDER = "14085550001"
ENVELOPE = ("bounce@mail.example", "demo_bo@mail.example")


def verdict_of(line):
    verdict = json.loads(line)
    for key in ("source", "policy", "correlator", "profile"):
        verdict.pop(key, None)
    return verdict


def milter(eml, envelope):
    sender, recipient = (word.encode() for word in envelope)
    header, _, body = eml.partition(b"\r\n\r\n")
    wire = frame(b"O", b"\0\0\0\6\0\0\1\xff\0\x1f\xff\xff")
    wire += frame(b"M", b"<%s>\0" % sender)
    wire += frame(b"R", b"<%s>\0" % recipient)
    for field in header.replace(b"\r\n\t", b"\n\t").replace(
            b"\r\n ", b"\n ").split(b"\r\n"):
        name, _, value = field.partition(b":")
        wire += frame(b"L", name + b"\0" + value.lstrip(b" ") + b"\0")
    wire += frame(b"N")
    for at in range(0, len(body), 65535):
        wire += frame(b"B", body[at:at + 65535])
    return wire + frame(b"E") + frame(b"Q")


class Agreement(Scratch):
    def setUp(self):
        super().setUp()
        self.db = self.path("out.db")
        doors = ("http", "rspamd", "rspamc", "spamd", "milter",
                 "postfix_policy") + HOOKS
        self.daemon = started(
            self, "store: {db: %s}\nlisten:\n" % self.db + listeners(doors) +
            listeners(["rspamd"], suffix="-envelope"))

    def stored(self):
        """What each door stored, in its order."""
        self.assertEqual(self.daemon.stop(), 0)
        doors = {}
        with sqlite3.connect(self.db) as store:
            for source, line in store.execute(
                    "SELECT source, verdict_json FROM verdict "
                    "ORDER BY source, line"):
                doors.setdefault(source, []).append(verdict_of(line))
        return doors

    def screened(self, records):
        done = run("screen", "--policy", POLICIES, "--quiet", "-",
                   stdin="".join(json.dumps(r) + "\n" for r in records))
        return [verdict_of(line) for line in done.stdout.splitlines()]

    def same(self, told, wanted, name):
        self.assertEqual(len(told), len(wanted), name)
        for ours, theirs in zip(told, wanted):
            self.assertEqual(ours, theirs, name)

    def test_a_short_message_is_the_same_at_every_hook(self):
        with open(corpus("messages.jsonl"), encoding="utf-8") as file:
            texts = [json.loads(line).get("text") for line in file]
        texts = [text for text in texts if text and "\0" not in text][:150]
        record = {"kind": "message", "sender": SENDER, "transport": "sms"}
        records = [dict(record, text=text) for text in texts]
        for text in texts:
            body = json.dumps(dict(record, text=text)).encode()
            talk(self.daemon, "http", http("/v1/screen", body))
            talk(self.daemon, "ios", http("/ios", json.dumps({"query": {
                "sender": SENDER, "message": {"text": text}}}).encode()))
            talk(self.daemon, "jasmin", http("/jasmin", json.dumps({
                "binary": text.encode("utf-16-be", "surrogatepass").hex(),
                "coding": 8, "from": SENDER}).encode()))
            talk(self.daemon, "kannel", http(
                "/kannel", urllib.parse.urlencode({
                    "text": text, "phone": SENDER}).encode(),
                "application/x-www-form-urlencoded"))
            talk(self.daemon, "tg_spam", http("/check", json.dumps({
                "msg": text, "user_id": SENDER}).encode()))
        stored = self.stored()
        wanted = self.screened(records)
        self.assertGreater(len({v["action"] for v in wanted}), 2)
        for door in ("http", "ios", "jasmin", "kannel"):
            self.same(stored[door], wanted, door)
        self.same(stored["tg_spam"], self.screened(
            [dict(r, transport="chat") for r in records]), "tg_spam")

    def mails(self):
        found = []
        for path in sorted(glob.glob(os.path.join(
                CHECKOUT, "tests/mail/mails/**/*.eml"), recursive=True)):
            with open(path, "rb") as file:
                eml = file.read().replace(b"\r\n", b"\n").replace(
                    b"\n", b"\r\n")
            fields = eml.partition(b"\r\n\r\n")[0].split(b"\r\n")
            if all(b":" in f or f[:1] in (b" ", b"\t") for f in fields) and \
                    b"\0" not in eml:
                found.append(eml)
        found.append(HEADER + b"\r\nYour SIM will be blocked, see "
                     b"http://secure-verify.example/sim\r\n")
        self.assertGreater(len(found), 10)
        return found

    def test_a_mail_is_the_same_at_every_door_for_mail(self):
        mails = self.mails()
        for eml in mails:
            talk(self.daemon, "rspamd", http("/checkv2", eml, "message/rfc822"))
            talk(self.daemon, "spamd", lined(b"CHECK SPAMC/1.5", eml))
            talk(self.daemon, "rspamc", lined(b"CHECK RSPAMC/1.3", eml))
            talk(self.daemon, "rspamd-envelope", http(
                "/checkv2", eml, "message/rfc822",
                From=ENVELOPE[0], Rcpt=ENVELOPE[1]))
            talk(self.daemon, "milter", milter(eml, ENVELOPE))
        stored = self.stored()
        paths = [self.write("%03d.eml" % i, eml, "wb")
                 for i, eml in enumerate(mails)]
        done = run("screen", "--policy", POLICIES, "--quiet", "--format",
                   "mail", *paths)
        wanted = [verdict_of(line) for line in done.stdout.splitlines()]
        self.assertGreater(len({v.get("action") for v in wanted}), 1)
        for door in ("rspamd", "spamd", "rspamc"):
            self.same(stored[door], [v for v in wanted if "error" not in v],
                      door)
        self.same(stored["milter"], stored["rspamd-envelope"], "milter")

    def test_links_are_told_by_host_and_masked_at_length_when_asked(self):
        eml = mail("Go to https://kyc.update.example/to?card=4111111111111111 "
                   "or write to demo_anna@desk.example today")

        def told(**fields):
            answer = talk(self.daemon, "rspamd",
                          http("/checkv2", eml, "message/rfc822", **fields))
            return json.loads(answer.partition(b"\r\n\r\n")[2])

        short, long = told(), told(URL_Format="extended")
        self.assertEqual(short["urls"], ["kyc.update.example"])
        self.assertEqual(len(long["urls"]), 1)
        link = long["urls"][0]
        self.assertEqual((link["host"], link["tld"]),
                         ("kyc.update.example", "update.example"))
        self.assertTrue(link["url"].startswith("https://kyc.update.example/"))
        self.assertNotIn("4111111111111111", link["url"])
        self.assertEqual(short["emails"], long["emails"])
        self.assertEqual(len(short["emails"]), 1)
        self.assertNotIn("demo_anna@", short["emails"][0])

    def test_an_envelope_is_the_same_record(self):
        request = (b"request=smtpd_access_policy\nsender=%s\nrecipient=%s\n"
                   b"queue_id=demo-7\n\n" % tuple(w.encode() for w in ENVELOPE))
        talk(self.daemon, "postfix_policy", request * 3)
        stored = self.stored()
        self.same(stored["postfix_policy"], self.screened([{
            "kind": "message", "id": "demo-7", "transport": "email",
            "sender": ENVELOPE[0], "return_path": ENVELOPE[0],
            "recipients": [ENVELOPE[1]], "text": ""}] * 3), "postfix_policy")


if __name__ == "__main__":
    main()
