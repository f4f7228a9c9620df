#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The doors for mail servers, asked by the programs that speak to them: rspamc,
spamc, Exim and OpenSMTPD's filter from Debian.

usage: mail_clients_test.py SIMWARDEN CHECKOUT CLIENTS [unittest options]

CLIENTS is a folder that tests/clients/unpack filled. A client that is not there
ends the test with 77, so that ctest says "skipped".
"""
import glob
import json
import os
import re
import subprocess
import sys

CLIENTS = os.path.abspath(sys.argv.pop(3))
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "program"))

from daemon import Daemon  # noqa: E402
from outside import CHECKOUT, Scratch, main, run  # noqa: E402

POLICIES = os.path.join(CHECKOUT, "policies")
LIBRARIES = ":".join([os.path.join(CLIENTS, "usr/lib"),
                      os.path.join(CLIENTS, "usr/lib/rspamd")] +
                     glob.glob(CLIENTS + "/usr/lib/*-linux-gnu") +
                     glob.glob(CLIENTS + "/lib/*-linux-gnu"))
RSPAMC = os.path.join(CLIENTS, "usr/bin/rspamc")
SPAMC = os.path.join(CLIENTS, "usr/bin/spamc")
EXIM = os.path.join(CLIENTS, "usr/sbin/exim4")
FILTER = os.path.join(CLIENTS, "usr/libexec/opensmtpd/filter-rspamd")

SPAM = """From: Singtel Care <care@mail.example>
To: demo_anna@mail.example
Subject: Your SIM
Message-ID: <demo-1@mail.example>
X-Spam-Status: No, score=-9 forged by the sender
\tand folded

Your SIM will be blocked today. Confirm at http://secure-verify.example/sim
or add Telegram @demo_fix. Write to demo_desk@other.test
"""
HAM = """From: Demo <demo@mail.example>
To: demo_anna@mail.example
Subject: lunch
Message-ID: <demo-2@mail.example>

See you at noon.
"""
GTUBE = HAM.replace(
    "noon", "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL"
    "*C.34X")


def client(*arguments, stdin=SPAM, **environment):
    return subprocess.run(
        arguments, input=stdin, text=True, encoding="utf-8",
        capture_output=True, timeout=60,
        env=dict(os.environ, LD_LIBRARY_PATH=LIBRARIES, **environment))


def all_screened(paths):
    """The verdict of `screen` on each: action, score, rules that act; None: no
    mail."""
    out = {}
    for line in run("screen", "--policy", POLICIES, "--quiet", "--format",
                    "mail", *paths).stdout.splitlines():
        verdict = json.loads(line)
        rules = [f["rule"] for f in verdict.get("findings", [])
                 if f["outcome"] == "hit" and not f.get("shadow")]
        out[verdict["source"]["name"]] = None if "error" in verdict else (
            verdict["action"], verdict["score"], rules)
    return out


def screened(path):
    return all_screened([path])[path]


TOLD = {"pass": "no action", "review": "add header", "hold": "add header",
        "refuse": "reject"}


class Doors(Scratch):
    settings = """policies: [%s]
store: {db: %s}
listen:
- {door: rspamd, at: 'tcp:127.0.0.1:0', learn: true}
- {door: spamd, at: 'tcp:127.0.0.1:0', learn: true}
- {door: rspamc, at: 'tcp:127.0.0.1:0'}
- {door: spamd, name: deaf, at: 'tcp:127.0.0.1:0'}
"""

    def setUp(self):
        super().setUp()
        self.db = self.path("verdicts.db")
        self.daemon = Daemon(self.write(
            "simwarden.yaml", self.settings % (POLICIES, self.db)))
        self.addCleanup(self.daemon.stop)
        self.spam = self.write("spam.eml", SPAM)
        self.ham = self.write("ham.eml", HAM)

    def port(self, door):
        return self.daemon.places[door].rpartition(":")[2]

    def rspamc(self, *arguments, stdin=SPAM):
        return client(RSPAMC, "-h", "127.0.0.1:" + self.port("rspamd"),
                      *arguments, stdin=stdin)

    def spamc(self, *arguments, stdin=SPAM, door="spamd"):
        return client(SPAMC, "-d", "127.0.0.1", "-p", self.port(door),
                      *arguments, stdin=stdin)

    def decided(self):
        rows = subprocess.run(
            ["sqlite3", self.db,
             "select decided_by, outcome from decision order by 1, 2"],
            capture_output=True, text=True, check=True).stdout
        return rows.splitlines()


class Rspamc(Doors):
    def test_it_shows_the_verdict(self):
        shown = self.rspamc("-i", "192.0.2.4", "-F", "a@mail.example", "-r",
                            "demo_bo@mail.example", "symbols").stdout
        action, score, rules = screened(self.spam)
        self.assertEqual(action, "refuse")
        self.assertIn("Action: reject\n", shown)
        self.assertIn("Score: %.2f / 70.00\n" % score, shown)
        self.assertEqual(sorted(re.findall(r"^Symbol: (\w+)", shown, re.M)),
                         sorted(rule.replace("-", "_") for rule in rules))
        self.assertIn("Message-ID: demo-1@mail.example", shown)
        self.assertIn('Urls: ["secure-verify.example"]', shown)
        self.assertIn("smtp_message: Message refused", shown)
        self.assertNotIn("demo_desk@", shown)  # masked
        quiet = self.rspamc("symbols", stdin=HAM)
        self.assertEqual(quiet.returncode, 0)
        self.assertIn("Action: no action\nSpam: false\nScore: 0.00 / 70.00",
                      quiet.stdout)

    def test_packed_bodies_both_ways(self):
        plain = json.loads(self.rspamc("--json", "symbols").stdout)
        packed = json.loads(self.rspamc("--json", "-z", "symbols").stdout)
        for answer in (plain, packed):
            answer.pop("time_real")
            answer.pop("scan_time")  # rspamc's own
            answer["milter"]["add_headers"].pop("X-Simwarden-Verdict")
        self.assertEqual(plain, packed)
        self.assertEqual(plain["action"], "reject")

    def test_mime_writes_the_mail_with_fields(self):
        mail = self.rspamc("--mime").stdout
        self.assertIn("X-Spam-Action: reject", mail)
        self.assertTrue(mail.endswith(SPAM.partition("\n\n")[2]), mail[-200:])

    def test_a_plain_text_is_judged_as_one(self):
        text = SPAM.partition("\n\n")[2]
        told = json.loads(self.rspamc("--json", "--raw", "--header", "Raw=yes",
                                      "symbols", stdin=text).stdout)
        self.assertIn("MSG_021", told["symbols"])

    def test_counts(self):
        self.rspamc("symbols")
        self.rspamc("symbols", stdin=HAM)
        stat = self.rspamc("stat").stdout
        self.assertIn("Messages scanned: 2\n", stat)
        self.assertIn("Messages with action reject: 1, 50.00%", stat)
        uptime = self.rspamc("uptime")
        self.assertEqual(uptime.returncode, 0)
        self.assertIn("Uptime: ", uptime.stdout)
        counters = self.rspamc("counters").stdout
        hits = re.search(r"\| MSG_021 +\| +70.0 +\|.*\| +(\d+) +\|", counters)
        self.assertEqual(hits.group(1), "1", counters)

    def test_what_people_say_is_a_decision(self):
        self.assertIn("success = true",
                      self.rspamc("learn_spam").stdout)
        self.rspamc("learn_ham", stdin=HAM)
        self.rspamc("learn_ham", stdin=SPAM)
        self.assertEqual(self.decided(), [
            "rspamd|approved", "rspamd|false_alarm", "rspamd|refused"])

    def test_commands_that_are_none_are_errors(self):
        told = self.rspamc("fuzzy_add")
        self.assertIn("HTTP error: 500, invalid command", told.stdout)
        self.assertNotEqual(told.returncode, 0)

    def test_the_self_test_is_rejected(self):
        told = json.loads(self.rspamc("--json", "symbols", stdin=GTUBE).stdout)
        self.assertEqual((told["action"], told["is_skipped"]), ("reject", True))
        self.assertIn("GTUBE", told["symbols"])


class Spamc(Doors):
    def test_ping(self):
        told = self.spamc("-K")
        self.assertEqual((told.returncode, told.stdout),
                         (0, "SPAMD/1.5 0\n"))

    def test_check_says_it_by_exit_code(self):
        told = self.spamc("-c")
        self.assertEqual((told.returncode, told.stdout), (1, "100.0/20.0\n"))
        told = self.spamc("-c", stdin=HAM)
        self.assertEqual((told.returncode, told.stdout), (0, "0.0/20.0\n"))

    def test_symbols(self):
        names = self.spamc("-y").stdout.strip().split(",")
        self.assertEqual(
            sorted(names),
            sorted(r.replace("-", "_") for r in screened(self.spam)[2]))
        self.assertEqual(self.spamc("-y", stdin=HAM).stdout.strip(), "")

    def test_reports(self):
        told = self.spamc("-R").stdout
        self.assertTrue(told.startswith("100.0/20.0\n"), told[:60])
        rows = re.findall(r"^[- ]?[\d.]+\s+(\w+)\s+(.*)", told.rpartition(
            "---- ")[2], re.M)
        self.assertIn(("MSG_021", "Threat to the line with an unofficial link"),
                      rows)
        self.assertNotIn("demo_desk@", told)
        self.assertIn("MSG_021", self.spamc("-r").stdout)
        # spamc prints the score of a ham that it was told nothing of.
        self.assertNotIn("pts rule", self.spamc("-r", stdin=HAM).stdout)

    def test_the_mail_comes_back_marked(self):
        mail = self.spamc().stdout
        self.assertIn("X-Spam-Flag: YES", mail)
        self.assertRegex(mail, "X-Spam-Status: Yes, score=100.0 required=20.0 "
                         "tests=MSG_021,")
        self.assertNotIn("forged", mail)
        self.assertNotIn("and folded", mail)
        self.assertTrue(mail.endswith(SPAM.partition("\n\n")[2]))
        quiet = self.spamc(stdin=HAM).stdout
        self.assertIn("X-Spam-Status: No, score=0.0", quiet)
        self.assertNotIn("X-Spam-Flag", quiet)
        head = self.spamc("--headers").stdout
        self.assertIn("X-Spam-Flag: YES", head)
        self.assertTrue(head.endswith(SPAM.partition("\n\n")[2]))

    def test_tell(self):
        told = self.spamc("-L", "spam")
        self.assertIn("Message successfully un/learned", told.stdout)
        self.assertEqual(self.decided(), ["spamd|refused"])
        self.assertNotEqual(self.spamc("-L", "spam", door="deaf").returncode,
                            0)

    def test_a_filter_that_is_away_lets_the_mail_through(self):
        self.daemon.stop()
        self.assertEqual(self.spamc().stdout, SPAM)


class Exim(Doors):
    conf = """spool_directory = %(folder)s/spool
log_file_path = %(folder)s/log/%%slog
primary_hostname = mx.example
exim_user = root
exim_group = root
never_users =
spamd_address = 127.0.0.1 %(port)s %(variant)s
acl_smtp_rcpt = accept
acl_smtp_data = data
qualify_domain = mx.example
begin acl
data:
%(acl)s
begin routers
all:
  driver = accept
  transport = none
begin transports
none:
  driver = appendfile
  file = /dev/null
begin retry
"""

    acl = """  deny spam = nobody
       condition = %s
       message = score $spam_score of rules ${sg{$spam_report}{\\\\n}{ ; }}
  warn set acl_m_action = $spam_action
  accept message = not refused
"""

    def recipe(self, page):
        """The ACL that the manual shows."""
        with open(os.path.join(CHECKOUT, "docs", page),
                  encoding="utf-8") as file:
            block = file.read().split("**Exim**")[1].split("```")[1]
        return block.partition("acl_check_data:\n")[2] + "  accept\n"

    def queued(self):
        """The fields of the mail that was taken, without those that go."""
        paths = glob.glob(self.path("spool/input/**/*-H"), recursive=True)
        self.assertEqual(len(paths), 1)
        with open(paths[0], encoding="utf-8") as file:
            fields = re.findall(r"(?m)^\d+[^*] (X-[\w-]+: .*)$", file.read())
        for path in glob.glob(self.path("spool/input/**/*-?"), recursive=True):
            os.remove(path)
        return fields

    def smtp(self, door, variant, mail, condition="true", acl=None):
        if os.geteuid() != 0:
            self.skipTest("Exim reads its settings only from a file of root's")
        for name in ("spool", "log"):
            os.makedirs(self.path(name), exist_ok=True)
        conf = self.write("exim.conf", self.conf % {
            "folder": self.folder.name, "port": self.port(door),
            "variant": variant, "acl": acl or self.acl % condition})
        os.chmod(conf, 0o600)
        with open("/etc/passwd", encoding="utf-8") as file:
            users = file.read()
        users += "Debian-exim:x:9101:9101::/:/usr/sbin/nologin\n"
        wrapper = glob.glob(CLIENTS + "/usr/lib/*/libnss_wrapper.so")[0]
        talk = ["EHLO client.example", "MAIL FROM:<bounce@mail.example>",
                "RCPT TO:<demo_bo@mail.example>", "DATA"]
        talk += mail.splitlines() + [".", "QUIT", ""]
        return client(EXIM, "-C", conf, "-odq", "-bs", stdin="\r\n".join(talk),
                      LD_PRELOAD=wrapper,
                      NSS_WRAPPER_PASSWD=self.write("passwd", users),
                      NSS_WRAPPER_GROUP=self.write(
                          "group", "root:x:0:\nDebian-exim:x:9101:\n"
                          "mail:x:8:\nadm:x:4:\n")).stdout

    def test_spamd(self):
        told = self.smtp("spamd", "", SPAM)
        self.assertRegex(told, "(?m)^550[ -]score 100.0 of rules")
        self.assertIn("MSG_021", told)
        self.assertRegex(self.smtp("spamd", "", HAM), r"(?m)^250 not refused")

    def test_rspamd(self):
        told = self.smtp("rspamc", "variant=rspamd", SPAM,
                         "${if eq{$spam_action}{reject}}")
        self.assertRegex(told, "(?m)^550[ -]score 100.0 of rules")
        self.assertIn("Symbol: MSG_021(70.00)", told)
        self.assertRegex(self.smtp("rspamc", "variant=rspamd", HAM),
                         r"(?m)^250 not refused")


    def test_the_manuals_recipes_leave_no_forged_mark(self):
        forged = "X-Simwarden-Action: pass\nX-Spam-Flag: NO\n"
        review = ("From: a@mail.example\n" + "".join(
            'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i)
            for i in range(100)))
        for door, variant, page, others in (
                ("rspamc", "variant=rspamd", "serve_rspamd.md",
                 (["X-Spam-Flag: NO"], ["X-Spam-Flag: NO"])),
                ("spamd", "", "serve_spamd.md", ([], ["X-Spam-Flag: YES"]))):
            acl = self.recipe(page)
            self.assertRegex(self.smtp(door, variant, SPAM, acl=acl),
                             "(?m)^550 Message refused by policy")
            for mail, action in ((HAM, []),
                                 (review, ["X-Simwarden-Action: review"])):
                self.assertRegex(
                    self.smtp(door, variant, forged + mail, acl=acl),
                    "(?m)^250 OK id=")
                self.assertEqual(self.queued(),
                                 others[mail != HAM] + action, door)


class OpenSmtpd(Doors):
    def lines(self, mail):
        session = "7641df9771b4ed00"
        token = "1ef1c203cc576e5d"
        report = "report|0.7|1576146008.006099|smtp-in|%s|" + session + "%s\n"
        talk = "config|smtp-session-timeout|300\nconfig|ready\n"
        talk += report % ("link-connect", "|client.example|pass|"
                          "192.0.2.4:33174|127.0.0.1:25")
        talk += report % ("link-greeting", "|mx.example")
        talk += report % ("link-identify", "|EHLO|client.example")
        talk += report % ("tx-begin", "|c5a9f6ba")
        talk += report % ("tx-mail", "|c5a9f6ba|ok|bounce@mail.example")
        talk += report % ("tx-rcpt", "|c5a9f6ba|ok|demo_bo@mail.example")
        for line in mail.splitlines() + ["."]:
            talk += ("filter|0.7|1576146008.006099|smtp-in|data-line|%s|%s|%s\n"
                     % (session, token, line))
        commit = ("filter|0.7|1576146008.006099|smtp-in|commit|%s|%s|\n"
                  % (session, token))
        return talk, commit

    def filtered(self, mail):
        process = subprocess.Popen(
            [FILTER, "-url", "http://127.0.0.1:" + self.port("rspamd")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        talk, commit = self.lines(mail)
        process.stdin.write(talk)
        process.stdin.flush()
        out = []
        while not any("filter-result" in line for line in out):
            if out and out[-1].endswith("|.\n"):
                process.stdin.write(commit)
                process.stdin.flush()
            line = process.stdout.readline()
            if not line:
                self.fail("".join(out) + process.stderr.read())
            out.append(line)
        process.communicate(timeout=30)
        return "".join(out)

    def test_a_refused_mail_is_rejected(self):
        told = self.filtered(SPAM)
        self.assertRegex(told, r"filter-result\|\w+\|\w+\|reject\|550 Message "
                         "refused")

    def test_a_mail_for_review_is_marked(self):
        told = self.filtered(REVIEW)
        self.assertIn("|X-Spam: yes", told)
        self.assertRegex(told, r"\|X-Simwarden-Action: ?review")
        self.assertRegex(told, r"filter-result\|\w+\|\w+\|proceed")

    def test_a_good_mail_goes_on(self):
        told = self.filtered(HAM)
        self.assertNotIn("X-Spam", told)
        self.assertIn("|See you at noon.", told)
        self.assertRegex(told, r"filter-result\|\w+\|\w+\|proceed")


REVIEW = """From: Singtel Care <care@mail.example>
To: demo_anna@mail.example
Subject: lunch
Message-ID: <demo-3@mail.example>

See you at noon.
"""


class Agreement(Doors):
    """The same mail through every door and through `screen`."""

    def test_all_mails_of_the_checkout(self):
        mails = sorted(glob.glob(os.path.join(
            CHECKOUT, "tests/mail/mails/**/*.eml"), recursive=True))
        mails += [self.spam, self.ham, self.write("review.eml", REVIEW)]
        self.assertGreater(len(mails), 15)
        actions = set()
        verdicts = all_screened(mails)
        self.assertEqual(sorted(verdicts), sorted(mails))
        for mail in mails:
            with open(mail, "rb") as file:
                body = file.read()
            verdict = verdicts[mail]
            if not verdict:  # without a header: a text, for a door
                continue
            action, score, rules = verdict
            actions.add(action)
            names = sorted(rule.replace("-", "_") for rule in rules)
            with self.subTest(mail=mail):
                status, _, told = self.daemon.ask("POST", "/checkv2", body,
                                                  door="rspamd")
                told = json.loads(told)
                self.assertEqual(status, 200)
                self.assertEqual(told["action"], TOLD[action])
                self.assertEqual(told["score"], score)
                self.assertEqual(sorted(
                    name for name, symbol in told["symbols"].items()
                    if symbol["score"] > 0), names)
                self.check_lines(body, action, score, names)
        self.assertGreaterEqual(len(actions), 3)

    def check_lines(self, body, action, score, names):
        told = self.exchange("spamd", b"SYMBOLS SPAMC/1.5\r\n", body)
        spam, compared = re.search(r"Spam: (\w+) ; ([\d.]+) /", told).groups()
        self.assertEqual(spam, "False" if action == "pass" else "True")
        self.assertGreaterEqual(float(compared) + 0.05, score)
        listed = told.rpartition("\r\n\r\n")[2]
        self.assertEqual(sorted(filter(None, listed.split(","))), names)
        told = self.exchange("rspamc", b"CHECK RSPAMC/1.3\r\n", body)
        self.assertIn("Action: %s\r\n" % TOLD[action], told)
        self.assertEqual(sorted(re.findall(r"Symbol: (\w+)\((?!0\.00)", told)),
                         names)

    def exchange(self, door, command, body):
        with self.daemon.connect(door) as sock:
            sock.sendall(command + b"Content-length: %d\r\n\r\n" % len(body) +
                         body)
            return sock.makefile("rb").read().decode()


if __name__ == "__main__":
    missing = [path for path in (RSPAMC, SPAMC, EXIM, FILTER)
               if not os.path.exists(path)]
    if missing:
        print("MISSING, nothing was tested: " + ", ".join(missing))
        print("fill the folder: tests/clients/unpack %s rspamd spamc "
              "opensmtpd-filter-rspamd exim4-daemon-heavy libnss-wrapper"
              % CLIENTS)
        sys.exit(77)
    main()
