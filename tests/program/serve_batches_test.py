#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bodies of many records at the HTTP door: nobody waits for their end, and
they say what the records say one by one."""
import gzip
import json
import threading

from outside import main
from serving import THREAT, Serving, without_source

# Seconds of work for one thread, and many turns.
MANY = [dict(THREAT, id="demo-%d" % i, text=THREAT["text"] + " %d" % i)
        for i in range(3000)]
NDJSON = "application/x-ndjson"


def lines(records):
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


class Turns(Serving):
    settings = ("threads: 1\nlisten:\n"
                "- {door: http, at: 'tcp:127.0.0.1:0'}\n")

    def while_busy(self, body, **headers):
        """How many others were answered before it was, and its answer."""
        answer = []
        busy = threading.Thread(target=lambda: answer.append(
            self.daemon.ask("POST", "/v1/screen", body, **headers)))
        busy.start()
        others = 0
        while not answer:
            self.assertEqual(self.daemon.ask("GET", "/healthz")[0], 200)
            others += not answer
        busy.join()
        return others, answer[0]

    def test_others_are_answered_in_between(self):
        packed = {"Content_Encoding": "gzip", "Content_Type": NDJSON}
        for body, headers in ((json.dumps(MANY).encode(), {}),
                              (gzip.compress(lines(MANY)), packed)):
            others, (status, _, told) = self.while_busy(body, **headers)
            self.assertEqual(status, 200)
            self.assertEqual(told.count(b'"action"'), len(MANY))
            # The first of them may have come before it.
            self.assertGreater(others, 3, headers)

    def test_all_ways_say_the_same(self):
        some = MANY[:300] + [7] + MANY[300:320]
        array = self.daemon.ask("POST", "/v1/screen", json.dumps(some))[2]
        for body, headers in ((lines(some), {}),
                              (gzip.compress(lines(some)),
                               {"Content_Encoding": "gzip"})):
            told = self.daemon.ask("POST", "/v1/screen", body,
                                   Content_Type=NDJSON, **headers)[2]
            told = [without_source(line) for line in told.splitlines()]
            self.assertEqual([without_source(json.dumps(one))
                              for one in json.loads(array)], told)
        self.assertEqual(
            [one.get("error", one["source"])["line"]
             for one in json.loads(array)], list(range(1, len(some) + 1)))

    def test_names_that_no_field_has_are_told_of_arrays(self):
        status, head, _ = self.daemon.ask("POST", "/v1/screen", json.dumps(
            [THREAT, dict(THREAT, body="hi"), dict(THREAT, body="", x=1)]))
        self.assertEqual((status, head["X-Simwarden-Unknown"]),
                         (200, "body, x"))

    def test_names_that_no_field_has_are_counted_and_said_in_the_log(self):
        some = [THREAT, dict(THREAT, body="hi"), dict(THREAT, text="", x=1)]
        packed = gzip.compress(lines(some))
        for body, headers in (
                (lines(some), {"Content_Type": NDJSON}),
                (packed, {"Content_Type": NDJSON,
                          "Content_Encoding": "gzip"}),
                (json.dumps(some), {}), (json.dumps(some[1]), {}),
                (json.dumps(THREAT), {})):
            self.daemon.ask("POST", "/v1/screen", body,
                            X_Request_Id="demo-job", **headers)
        self.assertIn(
            'event="unknown_names"} 7\n',
            self.daemon.ask("GET", "/metrics")[2].decode())
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(
            [line.split(" warning ")[1]
             for line in "".join(self.daemon.said).splitlines()
             if "unknown_names" in line],
            ["unknown_names door=http times=2 what=body correlator=demo-job",
             "unknown_names door=http times=5 what=body correlator=demo-job"])

    def test_an_empty_array_has_an_empty_answer(self):
        self.assertEqual(self.daemon.ask("POST", "/v1/screen", "[]")[2],
                         b"[]\n")


class Fence(Serving):
    settings = ("listen:\n- {door: http, name: sms, at: 'tcp:127.0.0.1:0', "
                "kind: message}\n")

    def test_a_door_of_one_kind_takes_no_other(self):
        request = {"kind": "request", "id": "demo-2", "agent": {"id": "demo"}}
        status, _, body = self.daemon.ask("POST", "/v1/screen",
                                          json.dumps(request), "sms")
        self.assertEqual((status, json.loads(body)["code"]), (400, "J112"))
        both = [request, dict(THREAT, kind="message")]
        first, second = json.loads(self.daemon.ask(
            "POST", "/v1/screen", json.dumps(both), "sms")[2])
        self.assertEqual(first["error"]["code"], "J112")
        self.assertEqual(second["action"], "refuse")
        told = self.daemon.ask("POST", "/v1/screen", lines(both), "sms",
                               Content_Type=NDJSON)[2].splitlines()
        self.assertEqual(json.loads(told[0])["error"]["code"], "J112")
        unnamed = {"text": THREAT["text"]}
        self.assertEqual(json.loads(self.daemon.ask(
            "POST", "/v1/screen", json.dumps(unnamed), "sms")[2])["action"],
                         "refuse")


class FenceOfRequests(Serving):
    settings = ("listen:\n- {door: http, at: 'tcp:127.0.0.1:0', "
                "kind: request}\n")

    def test_a_text_is_a_message(self):
        for path in ("/v1/screen", "/v1/explain"):
            for kind, body in (("text/plain", "hello"), (
                    "application/json", json.dumps(THREAT))):
                status, _, answer = self.daemon.ask(
                    "POST", path, body, Content_Type=kind)
                self.assertEqual((status, json.loads(answer)["code"]),
                                 (400, "J112"), (path, kind))


class Memory(Serving):
    settings = ("memory: 1 MiB\nlisten:\n- {door: http, at: "
                "'tcp:127.0.0.1:0', limits: {request: 1 MiB}}\n")

    def test_what_never_fits_is_not_told_to_come_again(self):
        body = gzip.compress(lines(MANY))
        status, head, _ = self.daemon.ask(
            "POST", "/v1/screen", body, Content_Encoding="gzip",
            Content_Type=NDJSON)
        self.assertEqual((status, head["Retry-After"]), (413, None))


if __name__ == "__main__":
    main()
