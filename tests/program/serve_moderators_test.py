#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a moderator's scripts meet at the HTTP door: slips are told with what
to send instead, and a record's id is enough to decide about it."""
import json

from outside import Scratch, main
from serving import THREAT, Serving

NDJSON = "application/x-ndjson"
HONEST = {"text": "See you at seven at the demo counter."}


class Slips(Serving):
    def ask(self, path, body, **fields):
        status, head, answer = self.daemon.ask("POST", path, body, **fields)
        return status, head, answer.decode()

    def test_lines_without_their_content_type_are_told_which_to_send(self):
        two = json.dumps(THREAT) + "\n" + json.dumps(HONEST)
        for body in (two, two.replace("\n", "")):  # as curl -d sends it
            status, _, answer = self.ask("/v1/screen", body)
            problem = json.loads(answer)
            self.assertEqual((status, problem["code"]), (400, "J109"))
            self.assertIn("Content-Type: application/x-ndjson",
                          problem["detail"])
            status, _, answer = self.ask("/v1/explain", body)
            self.assertEqual(status, 400)
            self.assertIn("one record is explained at a time", answer)
        self.assertEqual(self.ask("/v1/screen", two, Content_Type=NDJSON)[0],
                         200)

    def test_a_bare_text_is_told_its_content_type(self):
        status, _, answer = self.ask("/v1/screen", HONEST["text"])
        self.assertEqual((status, json.loads(answer)["code"]), (400, "J101"))
        self.assertIn("Content-Type: text/plain", answer)

    def test_explain_names_what_no_field_has(self):
        slip = json.dumps(dict(HONEST, lang="zh", sendr="x"))
        for path in ("/v1/screen", "/v1/explain"):
            self.assertEqual(self.ask(path, slip)[1]["X-Simwarden-Unknown"],
                             "lang, sendr", path)

    def test_an_explanation_speaks_the_language_that_is_asked_for(self):
        body = json.dumps(THREAT)
        english = self.ask("/v1/explain", body)[2]
        self.assertIn("points", english)
        for query in ("language=zh", "a=b&language=zh-CN"):
            chinese = self.ask("/v1/explain?" + query, body)[2]
            self.assertIn("分", chinese)
            self.assertNotIn("points", chinese)
        # For that one answer alone.
        self.assertEqual(self.ask("/v1/explain", body)[2], english)
        for slip in ("language=", "language=z%0Ah", "language=" + "z" * 36):
            self.assertEqual(self.ask("/v1/explain?" + slip, body)[0], 400)


class Decisions(Serving):
    settings = ("store: {db: %s}\nlisten:\n"
                "- {door: http, at: 'tcp:127.0.0.1:0'}\n")

    def setUp(self):
        Scratch.setUp(self)
        self.daemon = self.started(self.settings % self.path("out.db"))

    def screen(self, **changed):
        status, _, body = self.daemon.ask(
            "POST", "/v1/screen", json.dumps(dict(THREAT, **changed)))
        self.assertEqual(status, 200, body)

    def decide(self, *rows):
        body = "".join(json.dumps(dict(row, outcome="false_alarm",
                                       decided_by="demo_mod")) + "\n"
                       for row in rows)
        status, _, answer = self.daemon.ask("POST", "/v1/decisions", body,
                                            Content_Type=NDJSON)
        return status, json.loads(answer)

    def test_a_record_s_id_is_enough_where_one_verdict_stands(self):
        self.screen(id="demo-a")
        self.screen(id="demo-b", text=THREAT["text"] + " now")
        self.assertEqual(self.decide({"record_id": "demo-a"}),
                         (200, {"stored": 1, "repeated": 0,
                                "without_outcome": 0}))
        self.assertEqual(self.decide({"record_id": "demo-a"})[1]["repeated"],
                         1)

    def test_what_names_no_verdict_or_several_is_told_what_to_send(self):
        self.screen(id="demo-a")
        self.screen(id="demo-a", text=THREAT["text"] + " now")
        for row, said in (
                ({}, "say verdict_id, stored_as or record_id"),
                ({"record_id": "demo-a"}, "say verdict_id: 2, 1"),
                ({"record_id": "demo-z"}, "no verdict on a record")):
            status, answer = self.decide(row)
            self.assertEqual(status, 422)
            self.assertIn(said, answer["detail"])

    def test_only_a_few_are_found_by_their_record_alone(self):
        self.screen(id="demo-a")
        status, answer = self.decide(*[{"record_id": "demo-a"}] * 21)
        self.assertEqual(status, 422)
        self.assertIn("row 21", answer["detail"])
        self.assertIn("only 20 rows at once", answer["detail"])


if __name__ == "__main__":
    main()
