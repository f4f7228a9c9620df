#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the program reads: charsets, columns and words of an operator.

usage: inputs_test.py SIMWARDEN CHECKOUT [unittest options]
"""
from outside import Scratch, corpus, run, verdicts, main


class Charsets(Scratch):
    text = "您好，请携带本人身份证原件到营业厅办理补卡业务，加微信 demo_sim88。\n"

    def test_a_declared_charset_gives_the_verdicts_of_utf_8(self):
        traditional = "您好，請攜帶身分證，加微信 demo_sim88。\n"
        for name, text in (("gbk", self.text), ("GB18030", self.text),
                           ("utf-16le", self.text), ("big5", traditional)):
            wanted = run("screen", "--quiet", self.write("a.txt", text))
            path = self.write("a.txt", text.encode(name), "wb")
            done = run("screen", "--encoding", name, path)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout, wanted.stdout)
            self.assertRegex(done.stderr, r"a\.txt: read as \S+ \(declared\)\n")

    def test_a_detected_charset_is_named_with_its_confidence(self):
        path = self.write("a.txt", self.text.encode("gbk"), "wb")
        for command in ("screen", "explain"):
            done = run(command, path)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("a.txt: read as gb18030 (detected, confidence 100)\n",
                          done.stderr)
        self.assertIn("营业厅", done.stdout)
        self.assertNotIn("read as", run("screen", "--quiet", path).stderr)

    def test_utf_8_needs_no_word(self):
        path = self.write("a.txt", self.text)
        self.assertNotIn("read as", run("screen", path).stderr)

    def test_a_byte_order_mark_is_named(self):
        path = self.write("a.txt", self.text.encode("utf-16"), "wb")
        done = run("screen", "--encoding", "gbk", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("a.txt: read as utf-16le (byte order mark)\n",
                      done.stderr)

    def test_bytes_that_mean_nothing_are_counted_error_rows(self):
        path = self.write("a.txt", self.text.encode("gbk") + b"\xff\xfe\n",
                          "wb")
        done = run("screen", "--encoding", "gbk", path)
        self.assertEqual(done.returncode, 4)
        self.assertEqual(verdicts(done)[1]["error"]["code"], "T101")
        self.assertEqual(verdicts(done)[1]["error"]["line"], 2)
        self.assertIn("means nothing in it, byte sequences: 2", done.stderr)
        self.assertIn("seen 2 = judged 1 + unreadable 1", done.stderr)

    def test_a_declaration_that_is_wrong_is_doubted_aloud(self):
        path = self.write("a.txt", self.text)
        done = run("screen", "--encoding", "windows-1252", path)
        self.assertIn("its beginning is UTF-8", done.stderr)

    def test_an_unknown_charset_is_wrong_usage_with_a_hint(self):
        path = self.write("a.txt", self.text)
        for command in ("screen", "explain"):
            done = run(command, "--encoding", "windows-1521", path)
            self.assertEqual(done.returncode, 3)
            self.assertIn("did you mean windows-125", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_another_charset_is_another_judgement(self):
        path = self.write("a.txt", b"caf\xe9\n", "wb")
        db = self.path("v.db")
        for name in ("windows-1252", "windows-1251"):
            done = run("screen", "--db", db, "--encoding", name, path)
            self.assertIn("judged 1 ", done.stderr)


class OperatorsOwnWords(Scratch):
    def test_a_mapping_translates_columns_and_values(self):
        done = run("screen", "--map", corpus("branch_map.yaml"),
                   corpus("requests_branch.csv"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(verdicts(done)), 12)
        for verdict in verdicts(done):
            self.assertEqual(verdict["kind"], "request")
            self.assertNotIn("invalid", verdict)

    def test_a_column_that_the_mapping_waits_for_is_told(self):
        rules = self.write("m.yaml", "columns: {Ref: request_id, "
                           "Telefon: phone_number}\n")
        log = self.write("a.csv", "Ref,Telefn\nA1,07700900123\n")
        done = run("screen", "--map", rules, log)
        self.assertIn("no column Telefon, which --map has; did you mean "
                      "Telefn?", done.stderr)
        self.assertNotIn("no column Ref", done.stderr)
        log = self.write("b.csv", "Ref,Telefon\nA1,07700900123\n")
        done = run("screen", "--map", rules, log)
        self.assertNotIn("no column", done.stderr)
        self.assertIn("country: GB", done.stderr)

    def test_the_hour_that_clocks_show_twice_is_told(self):
        rules = "time_zone: %s\ntimes: day/month/year hour:minute\n"
        log = self.write("a.csv", "request_id,created_at\n"
                         "A1,25/10/2026 02:30\n")
        for zone, told in (("Europe/Berlin", True), ("Asia/Shanghai", False),
                           ("'+01:00'", False)):
            mapping = self.write("m.yaml", rules % zone)
            done = run("screen", "--kind", "request", "--map", mapping, log)
            self.assertEqual("the clocks of the time_zone showed twice" in
                             done.stderr, told, done.stderr)
        broken = self.write("b.csv", "request_id,created_at\n"
                            "A1,31/04/2026 02:30\n")
        done = run("screen", "--kind", "request", "--map", mapping, broken)
        self.assertIn("times are read as --map says", done.stderr)
        self.assertNotIn("showed twice", done.stderr)

    def test_a_mistake_in_a_mapping_has_its_place(self):
        wrong = self.write("m.yaml", "columns:\n  渠道: chanel.type\n")
        done = run("screen", "--map", wrong, corpus("requests_branch.csv"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("m.yaml:2:7", done.stderr)
        self.assertIn("channel.type", done.stderr)

    def test_camel_case_is_understood(self):
        snake = '{"kind":"request","channel":{"official_status":"unofficial"}}'
        camel = '{"kind":"request","channel":{"officialStatus":"unofficial"}}'
        one, two = (verdicts(run("screen", "-", stdin=text))
                    for text in (snake, camel))
        self.assertEqual(one, two)
        self.assertIn("CHN-001", [f["rule"] for f in one[0]["findings"]])

    def test_absent_null_and_wrong_stay_apart(self):
        def evidence(value):
            record = '{"kind":"request"%s}' % (
                ',"channel":{"official_status":%s}' % value if value else "")
            verdict = verdicts(run("screen", "-", stdin=record))[0]
            return verdict
        self.assertNotIn("invalid", evidence(""))
        self.assertNotIn("invalid", evidence("null"))
        wrong = evidence('"oficial"')
        self.assertEqual(wrong["invalid"][0]["fact"],
                         "request.channel.official_status")
        self.assertIn("official", wrong["invalid"][0]["expected"])


if __name__ == "__main__":
    main()
