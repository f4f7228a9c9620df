#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The doors for SMS gateways and chats, over real sockets."""
import json
import os
import subprocess
import urllib.parse
from types import SimpleNamespace

from daemon import Daemon
from outside import CHECKOUT, Scratch, main, run

POLICIES = os.path.join(CHECKOUT, "policies")
BAD = ("Your SIM will be blocked today. Confirm at "
       "http://secure-verify.example/sim or add Telegram @demo_fix")
GOOD = "Please bring your card to the store tomorrow."
DOORS = ("listen:\n"
         "- {door: ios, at: 'tcp:127.0.0.1:0'}\n"
         "- {door: jasmin, at: 'tcp:127.0.0.1:0'}\n"
         "- {door: jasmin, name: ascii, alphabet: latin1, "
         "at: 'tcp:127.0.0.1:0'}\n"
         "- {door: kannel, at: 'tcp:127.0.0.1:0', replies: {hold: 'Do not "
         "answer it.', refuse: 'Do not answer it.'}}\n"
         "- {door: tg_spam, at: 'tcp:127.0.0.1:0'}\n"
         "- {door: jasmin, name: my, country: MY, at: 'tcp:127.0.0.1:0'}\n"
         "- {door: kannel, name: kannel_my, country: MY, replies: {pass: pass,"
         " review: review, hold: hold, refuse: refuse},"
         " at: 'tcp:127.0.0.1:0'}\n"
         "- {door: tg_spam, name: tg_my, country: MY,"
         " at: 'tcp:127.0.0.1:0'}\n"
         "- {door: ios, name: ios_my, country: MY, at: 'tcp:127.0.0.1:0'}\n")
# Concatenated: the first part of one, in both sizes of the reference.
HEADERS = (b"\5\0\3\x2a\1\1", b"\6\x08\4\0\xaa\1\1")


class Hooks(Scratch):
    def setUp(self):
        super().setUp()
        self.daemon = Daemon(self.write(
            "simwarden.yaml", "policies: [%s]\nstore: {db: %s}\n%s" % (
                POLICIES, self.path("store.db"), DOORS)))
        self.addCleanup(self.daemon.stop)

    def form(self, door, path, fields, method="GET"):
        query = urllib.parse.urlencode(fields)
        if method == "GET":
            return self.daemon.ask("GET", path + "?" + query, door=door)
        return self.daemon.ask(
            "POST", path, query, door=door,
            Content_Type="application/x-www-form-urlencoded")

    def screened(self, **fields):
        record = dict({"kind": "message", "transport": "sms"}, **fields)
        done = run("screen", "--policy", POLICIES, "--quiet", "-",
                   stdin=json.dumps(record))
        return json.loads(done.stdout)

    def kept(self):
        """What the store holds, after the daemon's end."""
        self.daemon.stop()
        done = subprocess.run(["sqlite3", self.path("store.db"),
                               "SELECT count(*) FROM verdict"],
                              capture_output=True, text=True, check=True)
        return int(done.stdout)

    # iOS.

    def ios(self, text, **more):
        body = {"_version": 1,
                "query": {"sender": "14085550001", "message": {"text": text}},
                "app": {"version": "1.1"}}
        body.update(more)
        return self.daemon.ask(
            "POST", "/ios", json.dumps(body), door="ios",
            Content_Type="application/json; charset=utf-8", Accept="*/*")

    def test_ios_is_told_what_becomes_of_a_message(self):
        status, headers, body = self.ios(BAD)
        self.assertEqual((status, headers["Content-Type"]),
                         (200, "application/json"))
        answer = json.loads(body)
        self.assertEqual(answer["action"], "junk")
        wanted = self.screened(text=BAD, sender="14085550001")
        self.assertEqual(answer["reasons"], [
            f["reason"] for f in wanted["findings"] if f["outcome"] == "hit"
            and not f.get("shadow")])
        self.assertEqual(json.loads(self.ios(GOOD)[2])["action"], "none")

    def test_a_byte_order_mark_at_the_front_is_passed_over(self):
        query = json.dumps({"query": {"sender": "14085550001",
                                      "message": {"text": BAD}}}).encode()
        told = self.daemon.ask("POST", "/ios", b"\xef\xbb\xbf" + query,
                               door="ios")
        self.assertEqual(json.loads(told[2])["action"], "junk")
        told = self.daemon.ask(
            "POST", "/check", b"\xef\xbb\xbf" + json.dumps(
                {"msg": BAD, "user_id": "7"}).encode(), door="tg_spam")
        self.assertIs(json.loads(told[2])["spam"], True)

    def test_ios_bodies_that_are_none_are_refused(self):
        for body in ("", "[]", "{", '{"query":7}', '{"query":{"message":{}}}',
                     '{"query":{"message":{"text":7}}}', '"' * 5000,
                     "[" * 5000):
            self.assertEqual(self.daemon.ask("POST", "/ios", body,
                                             door="ios")[0], 400, body)
        self.assertEqual(self.daemon.ask("GET", "/ios", door="ios")[0], 405)

    def test_what_a_telephone_asks_is_not_kept(self):
        self.ios(BAD)
        self.assertEqual(self.kept(), 0)

    # Jasmin.

    def test_jasmin_gets_its_acknowledgement_and_the_store_the_verdict(self):
        fields = {"id": "16fd2706", "from": "+15555550101", "to": "7726",
                  "origin-connector": "demo", "priority": 1, "coding": 0,
                  "validity": "", "content": BAD, "binary": BAD.encode().hex()}
        for method in ("GET", "POST"):
            for _ in range(2):  # it delivers again what was not answered
                status, headers, body = self.form("ascii", "/jasmin", dict(
                    fields, id="16fd2706-" + method), method)
                self.assertEqual((status, body), (200, b"ACK/Jasmin"))
        self.assertEqual(self.kept(), 2)

    def test_jasmin_texts_are_read_by_their_coding(self):
        wanted = self.screened(text=BAD, sender="+15555550101",
                               recipients=["7726"], id="x")
        gsm = BAD.encode().replace(b"@", b"\0").replace(b"_", b"\x11")
        for door, coding, raw in [
                ("jasmin", 0, gsm), ("ascii", 0, BAD.encode()),
                ("jasmin", 1, BAD.encode()), ("jasmin", 3, BAD.encode()),
                ("jasmin", 8, BAD.encode("utf-16-be"))]:
            for fields in ({"content": raw}, {"binary": raw.hex(),
                                              "content": "x"}):
                answer = json.loads(self.form(
                    door, "/jasmin/intercept",
                    dict(fields, coding=coding, id="x", to="7726",
                         **{"from": "+15555550101"}), "POST")[2])
                self.assertEqual(answer["action"], wanted["action"])
                self.assertEqual(answer["score"], wanted["score"])

    def intercepted(self, door="jasmin", **fields):
        status, _, body = self.daemon.ask(
            "POST", "/jasmin/intercept", json.dumps(fields), door=door)
        self.assertEqual(status, 200, body)
        return json.loads(body)

    def test_what_nobody_can_read_is_for_a_person(self):
        for coding in (2, 4, 9, 20, 28, 40, 0x80, 0xf4):
            self.assertEqual(self.intercepted(
                content=BAD, coding=coding)["action"], "review", coding)
        self.assertEqual(self.intercepted(
            binary="ff41", coding=0, udhi=True)["action"], "review")
        for text in ("", GOOD):
            self.assertEqual(self.intercepted(content=text,
                                              coding=1)["action"], "pass")

    def test_flash_and_concatenated_texts_are_read(self):
        wanted = self.screened(text=BAD)["action"]
        self.assertNotEqual(wanted, "pass")
        wide = BAD.encode("utf-16-be")
        for coding in (8, 24, 25, 0x48, 0xe0):
            self.assertEqual(self.intercepted(
                binary=wide.hex(), coding=coding)["action"], wanted, coding)
        for header in HEADERS:
            for said in ({}, {"udhi": True}, {"udhi": 1}):
                self.assertEqual(self.intercepted(
                    binary=(header + wide).hex(), coding=8,
                    **said)["action"], wanted)
        self.assertEqual(self.daemon.ask(
            "POST", "/jasmin/intercept", '{"content":"a","udhi":"maybe"}',
            door="jasmin")[0], 400)

    def script(self, routable, address=None):
        """What the interceptor's script of the manual leaves behind."""
        with open(os.path.join(CHECKOUT, "docs", "serve_sms.md"),
                  encoding="utf-8") as file:
            script = file.read().split("```python\n")[1].split("```")[0]
        place = address or self.daemon.places["ascii"].partition(":")[2]
        self.assertIn("127.0.0.1:8485", script)
        left = {"routable": routable}
        exec(script.replace("127.0.0.1:8485", place), left)  # pylint: disable=exec-used
        return left.get("smpp_status"), left.get("http_status")

    @staticmethod
    def pdu(parts, header=b"", **params):
        """A message in parts, as Jasmin's HTTP API has it."""
        pdu = None
        features = ["EsmClassGsmFeatures.UDHI_INDICATOR_SET"] if header else []
        for part in reversed(parts):
            fields = {"source_addr": b"1", "destination_addr": b"2",
                      "short_message": header + part if header else part,
                      "esm_class": SimpleNamespace(gsmFeatures=features)}
            fields.update(params)
            last = SimpleNamespace(params=fields)
            if pdu is not None:
                last.nextPdu = pdu
            pdu = last
        return SimpleNamespace(pdu=pdu)

    def test_the_script_of_the_manual_joins_parts_and_goes_by_the_answer(self):
        text = BAD.encode()
        self.assertEqual(self.intercepted("ascii", binary=text.hex())["action"],
                         "refuse")
        cut = text.index(b"verify")
        for routable in (self.pdu([text]),
                         self.pdu([text[:cut], text[cut:]]),
                         self.pdu([text[:cut], text[cut:]], HEADERS[0]),
                         self.pdu([text[:cut], text[cut:]], HEADERS[1]),
                         self.pdu([b""], message_payload=text, esm_class=None)):
            self.assertEqual(self.script(routable), (69, 403))
        for routable in (self.pdu([GOOD.encode()]), self.pdu([b""])):
            self.assertEqual(self.script(routable), (None, None))
        # A door that has no such path, and none at all.
        wrong = self.daemon.places["kannel"].partition(":")[2]
        self.assertEqual(self.script(self.pdu([text]), wrong), (69, 400))
        self.assertEqual(self.script(self.pdu([text]), "127.0.0.1:1"),
                         (88, 503))

    def test_an_empty_text_is_the_same_at_every_hook(self):
        for fields in ({"content": ""}, {"binary": ""},
                       {"binary": "", "content": ""}):
            self.assertEqual(self.form("jasmin", "/jasmin", fields)[2],
                             b"ACK/Jasmin")
        self.assertEqual(self.form("kannel", "/kannel", {"text": ""})[0], 200)
        self.assertEqual(json.loads(self.ios("")[2])["action"], "none")
        self.assertEqual(self.daemon.ask("POST", "/check", '{"msg":""}',
                                         door="tg_spam")[0], 200)

    def test_a_name_that_is_given_twice_is_refused(self):
        for door, path, body in [
                ("tg_spam", "/check", '{"msg":"hi","msg":"a"}'),
                ("tg_spam", "/check", '{"msg":"hi","m\\u0073g":["a"]}'),
                ("ios", "/ios", '{"query":{"message":{"text":"a","text":"b"}}}'),
                ("ios", "/ios", '{"query":{"message":{"text":"a"},"message":{}}}'),
                ("ios", "/ios", '{"query":{"message":{"text":"a"}},"query":7}'),
                ("jasmin", "/jasmin", "content=a&content=b"),
                ("jasmin", "/jasmin?content=a", "content=b"),
                ("kannel", "/kannel?text=a", '{"text":"b"}')]:
            status, _, told = self.daemon.ask("POST", path, body, door=door)
            self.assertEqual(status, 400, body)
            self.assertRegex(told.decode(), "given twice|each name once")

    def test_a_door_says_its_country(self):
        text = "https://demo.example/x"
        wanted = self.screened(text=text, country="MY")
        self.assertNotEqual(wanted["action"],
                            self.screened(text=text)["action"])
        reasons = [f["reason"] for f in wanted["findings"]
                   if f["outcome"] == "hit" and not f.get("shadow")]
        told = self.intercepted("my", content=text, coding=1)
        self.assertEqual((told["action"], told["reasons"]),
                         (wanted["action"], reasons))
        self.assertEqual(self.form("kannel_my", "/kannel", {"text": text})[2],
                         wanted["action"].encode())
        chat = self.screened(text=text, country="MY", transport="chat")
        self.assertEqual(
            [c["name"] for c in json.loads(self.daemon.ask(
                "POST", "/check", json.dumps({"msg": text}),
                door="tg_my")[2])["checks"]],
            [f["rule"] for f in chat.get("findings", [])
             if f["outcome"] == "hit" and not f.get("shadow")])
        self.assertEqual(json.loads(self.daemon.ask(
            "POST", "/ios", json.dumps({"query": {"message": {"text": text}}}),
            door="ios_my")[2])["reasons"], reasons)

    def test_an_interceptor_is_told_the_statuses(self):
        refused = json.loads(self.daemon.ask(
            "POST", "/jasmin/intercept", json.dumps(
                {"from": "+15555550101", "content": GOOD, "coding": 1}),
            door="jasmin", Content_Type="application/json")[2])
        self.assertEqual((refused["action"], refused["smpp_status"],
                          refused["http_status"]), ("pass", 0, 0))

    def test_garbled_deliveries_are_not_acknowledged(self):
        for fields in ({}, {"content": "a", "coding": "eight"},
                       {"binary": "4g"}, {"binary": "414"}):
            status, _, body = self.form("jasmin", "/jasmin", fields)
            self.assertEqual(status, 400, fields)
            self.assertNotIn(b"ACK", body)
        many = "&".join("a=1" for _ in range(100))
        self.assertEqual(self.daemon.ask("GET", "/jasmin?" + many,
                                         door="jasmin")[0], 400)
        self.assertEqual(self.daemon.ask(
            "POST", "/jasmin", "x", door="jasmin",
            Content_Type="multipart/form-data")[0], 415)

    # Kannel.

    def test_kannel_sends_the_subscriber_what_the_settings_say(self):
        ask = lambda text, **more: self.form("kannel", "/kannel", dict(
            {"phone": "+15555550101", "text": text}, **more))
        status, headers, body = ask(BAD)
        self.assertEqual((status, body), (200, b"Do not answer it."))
        self.assertEqual(headers["Content-Type"], "text/plain; charset=utf-8")
        self.assertEqual(ask(GOOD)[2], b"")
        self.assertEqual(ask(BAD.encode("utf-16-be"), coding=2,
                             charset="UTF-16BE")[2], b"Do not answer it.")
        self.assertEqual(ask(BAD, coding=1, charset="8-BIT")[2], b"")
        self.assertEqual(self.form("kannel", "/kannel", {})[0], 400)

    # tg-spam.

    def test_tg_spams_clients_are_told_by_check(self):
        # As `curl -d` sends it: the media type is that of a form.
        ask = lambda body: self.daemon.ask(
            "POST", "/check", json.dumps(body), door="tg_spam",
            Content_Type="application/x-www-form-urlencoded")
        status, _, body = ask({"msg": BAD, "user_id": "12345",
                               "user_name": "demo_fix"})
        answer = json.loads(body)
        wanted = self.screened(text=BAD, sender="demo_fix", transport="chat")
        self.assertEqual(status, 200)
        self.assertTrue(answer["spam"])
        self.assertEqual(
            [(c["name"], c["spam"], c["details"]) for c in answer["checks"]],
            [(f["rule"], True, f["reason"]) for f in wanted["findings"]
             if f["outcome"] == "hit" and not f.get("shadow")])
        good = json.loads(ask({"msg": GOOD, "user_id": 12345})[2])
        self.assertEqual(good, {"checks": [], "spam": False})
        self.assertEqual(ask({"user_id": "1"})[0], 400)
        self.assertEqual(self.daemon.ask("GET", "/ping", door="tg_spam")[2],
                         b"pong")


class Settings(Scratch):
    def test_keys_of_one_door_are_told_at_another(self):
        done = run("serve", "--config", self.write(
            "s.yaml", "listen:\n"
            "- {door: ios, at: 'tcp:127.0.0.1:0', replies: {hold: no}}\n"
            "- {door: kannel, at: 'tcp:127.0.0.1:0', alphabet: gsm,\n"
            "   replies: {hold: '%s', never: x}}\n" % ("x" * 2000)))
        self.assertEqual(done.returncode, 3)
        for words in ("replies is for the door kannel only",
                      "alphabet is for the door jasmin only",
                      "a reply has more than 1530 bytes", "never"):
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    main()
