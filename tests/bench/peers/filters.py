# SPDX-License-Identifier: Apache-2.0
"""Mail filters with the same patterns, each in a folder of its own, as the
user who starts them.

    with Rspamd(folder, patterns, port) as running:
        running.pid, running.port

Pattern i is the symbol PAT_i of each. Nothing of the system's settings is read
or written, and nothing is listened to but 127.0.0.1.
"""
import json
import os
import re
import shutil
import socket
import subprocess
import time

START_SECONDS_MAX = 600  # a busy machine compiles 1,000 for Hyperscan


def symbol(i):
    return f"PAT_{i}"


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def found(name):
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")


def perl_and_spamassassin():
    """Of the path that compiled rules have."""
    return subprocess.run(
        ["perl", "-MMail::SpamAssassin", "-e",
         'printf "%.3f %s", $], $Mail::SpamAssassin::VERSION'], check=True,
        text=True, stdout=subprocess.PIPE).stdout.split()


def last_lines(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return "".join(file.readlines()[-5:])


def family(root):
    """A process and all that came of it."""
    children = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(name))
    found_so_far = [root]
    for pid in found_so_far:
        found_so_far += children.get(pid, [])
    return found_so_far


def cpu_ticks(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        row = file.read().rpartition(")")[2].split()
    return int(row[11]) + int(row[12])


def cpu_seconds(root):
    """Of a process and all that came of it and still lives."""
    return sum(map(cpu_ticks, family(root))) / os.sysconf("SC_CLK_TCK")


def worker_mib(root):
    """Resident memory of the process of a family that has worked most."""
    worker = max(family(root), key=cpu_ticks)
    with open(f"/proc/{worker}/status", encoding="utf-8") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024


def exchange(port, request):
    """The whole answer of one connection."""
    with socket.create_connection(("127.0.0.1", port), 10) as sock:
        sock.sendall(request)
        answer = b""
        while piece := sock.recv(65536):
            answer += piece
    return answer


def http(port, mail):
    return exchange(port, b"POST /checkv2 HTTP/1.0\r\nContent-Length: %d\r\n"
                    b"\r\n" % len(mail) + mail)


def spamc(port, mail):
    return exchange(port, b"SYMBOLS SPAMC/1.5\r\nContent-length: %d\r\n\r\n"
                    % len(mail) + mail)


class Filter:
    """Started on entry, when it answers; ended with all its children."""
    name = ""
    protocol = "checkv2"  # as door_load calls it
    judges = True

    def __init__(self, folder, patterns, port):
        os.makedirs(folder)
        self.folder, self.patterns, self.port = folder, patterns, port
        self.child = None
        self.pid = None
        self.start_seconds = None
        self.prepare_seconds = 0

    @classmethod
    def missing(cls):
        """What is not installed, or None."""

    def command(self):
        """What is run; the files it needs are written first."""
        raise NotImplementedError

    def symbols(self, mail):
        """Those of the patterns' that were found."""
        if self.protocol == "spamd":
            found = re.findall(r"PAT_\d+", spamc(self.port, mail).decode())
        else:
            body = http(self.port, mail).partition(b"\r\n\r\n")[2]
            found = [name for name in json.loads(body)["symbols"]
                     if re.fullmatch(r"PAT_\d+", name)]
        return sorted(found)

    def is_ready(self):
        try:
            self.symbols(b"Subject: hi\r\n\r\nhi\r\n")
        except (OSError, ValueError, KeyError):
            return False
        return True

    def __enter__(self):
        command = self.command()
        begin = time.monotonic()
        with open(os.path.join(self.folder, "out.log"), "wb") as log:
            self.child = subprocess.Popen(command, cwd=self.folder,
                                          stdin=subprocess.DEVNULL, stdout=log,
                                          stderr=log, start_new_session=True)
        self.pid = self.child.pid
        while not self.is_ready():
            if self.child.poll() is not None:
                raise SystemExit(f"{self.name} ended: {last_lines(log.name)}")
            if time.monotonic() - begin > START_SECONDS_MAX:
                self.__exit__()
                raise SystemExit(f"{self.name} does not answer: "
                                 f"{last_lines(log.name)}")
            time.sleep(0.05)
        self.start_seconds = time.monotonic() - begin
        return self

    def __exit__(self, *_):
        self.child.terminate()
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


class Simwarden(Filter):
    name = "simwarden"
    program = "simwarden"
    http_port = None  # the API, beside the protocol of the others

    def command(self):
        pack = ["pack: peers", "version: 1.0.0", "asks: message",
                "title: The patterns of the comparison",
                "families: {pattern: Pattern}", "patterns:"]
        rules = ["rules:"]
        for i, pattern in enumerate(self.patterns):
            text = pattern.replace("'", "''")
            pack.append(f"  p{i}: {{view: plain, any: ['{text}']}}")
            rules += [f"  - id: PAT-{i}", f"    title: Pattern {i}",
                      "    family: pattern", "    severity: low",
                      "    score: 1", f"    flag: patterns.p{i}",
                      "    reason: It is there."]
        write(self.folder, "peers/pack.yaml", "\n".join(pack + rules) + "\n")
        door = "spamd" if self.protocol == "spamd" else "rspamd"
        listen = [f"  - {{door: {door}, at: "
                  f"'tcp:127.0.0.1:{self.port}'}}"]
        if self.http_port:
            listen.append("  - {door: http, at: "
                          f"'tcp:127.0.0.1:{self.http_port}'}}")
        write(self.folder, "simwarden.yaml", "\n".join(
            ["policies: [peers]", "threads: 1", "log: {verdicts: none}",
             "listen:", *listen]) + "\n")
        return [self.program, "serve", "--config", "simwarden.yaml"]

    @classmethod
    def missing(cls):
        if not shutil.which(cls.program):
            return f"{cls.program} is not built"
        return None


class SimwardenAsSpamd(Simwarden):
    name = "simwarden (SPAMC)"
    protocol = "spamd"


RSPAMD = """\
lua = "{folder}/empty.lua";
options {{
  filters = "regexp";
  pidfile = "{folder}/rspamd.pid";
  tempdir = "{folder}";
  control_socket = "{folder}/control.sock mode=0600";
  cache_file = "{folder}/symbols.cache";
  dynamic_conf = "{folder}/dynamic";
  history_file = "{folder}/history";
  stats_file = "{folder}/stats.ucl";
  rrd = "{folder}/rrd";
  hs_cache_dir = "{folder}/";
  url_tld = "{tlds}";
  history_rows = 1;  # 3.4 crashes with 0
  check_all_filters = true;
  enable_shutdown_workaround = false;
  dns {{ nameserver = ["127.0.0.1:1"]; timeout = 0.1s; sockets = 1; }}
}}
logging {{
  type = "file"; filename = "{folder}/rspamd.log"; level = "warning";
}}
worker "normal" {{
  bind_socket = "127.0.0.1:{port}"; count = 1;
  mime = true; task_timeout = 60s;
}}
metric "default" {{
  actions {{ reject = 1000000; add_header = 900000; greylist = null; }}
}}
regexp {{
{rules}
}}
"""


class Rspamd(Filter):
    """Regular expressions only; one worker; Hyperscan, where it was built
    with it."""
    name = "rspamd, regexp only"
    tlds = "/usr/share/rspamd/effective_tld_names.dat"

    def rules(self):
        return "\n".join(
            '  "%s" { re = "/%s/i{mime}"; score = 0.01; }' % (
                symbol(i), pattern.replace("/", "\\/").replace("\\", "\\\\"))
            for i, pattern in enumerate(self.patterns))

    def command(self):
        write(self.folder, "empty.lua", "config['regexp'] = {}\n")
        write(self.folder, "rspamd.conf", RSPAMD.format(
            folder=self.folder, port=self.port, rules=self.rules(),
            tlds=self.tlds))
        return [shutil.which("rspamd"), "-f", "-i", "-c",
                os.path.join(self.folder, "rspamd.conf")]

    @classmethod
    def missing(cls):
        if not shutil.which("rspamd") or not os.path.exists(cls.tlds):
            return "rspamd is not installed (Debian package rspamd)"
        return None

    def is_ready(self):
        """With the patterns' database in its memory: before that it answers
        by PCRE2."""
        if not super().is_ready():
            return False
        for pid in family(self.pid):
            with open(f"/proc/{pid}/cmdline", encoding="utf-8") as file:
                works = "normal process" in file.read()
            with open(f"/proc/{pid}/maps", encoding="utf-8") as file:
                if works and ".hs.unser" in file.read():
                    return True
        return False


RSPAMD_STOCK = """\
options {{
  filters = "chartable,regexp";
  tempdir = "{folder}";
  pidfile = "{folder}/rspamd.pid";
  task_timeout = 60s;
  check_all_filters = true;
  dns {{ nameserver = ["127.0.0.1:1"]; timeout = 0.1s; sockets = 1; }}
}}
logging {{ type = "file"; filename = "{folder}/rspamd.log"; level = "warning"; }}
actions {{ reject = 1000000; add_header = 900000; greylist = null; }}
{modules}
"""


class RspamdStock(Rspamd):
    """With the rules that it is installed with, but what asks the network."""
    name = "rspamd, its own rules"
    settings = "/etc/rspamd/rspamd.conf"
    network = ["arc", "asn", "dkim", "dkim_signing", "dmarc", "fuzzy_check",
               "mx_check", "rbl", "rspamd_update", "spf", "surbl",
               "url_redirector"]

    def command(self):
        write(self.folder, "local/rspamd.conf.override", RSPAMD_STOCK.format(
            folder=self.folder, modules="\n".join(
                f"{name} {{ enabled = false; }}" for name in self.network)))
        write(self.folder, "local/override.d/worker-normal.inc",
              f'bind_socket = "127.0.0.1:{self.port}"; count = 1;\n')
        for other in ("controller", "proxy", "fuzzy"):
            write(self.folder, f"local/override.d/worker-{other}.inc",
                  "enabled = false; count = 0;\n")
        write(self.folder, "local/rspamd.local.lua", "".join(
            "config['regexp']['%s'] = {re = [==[/%s/i{mime}]==], score = 0.01}\n"
            % (symbol(i), pattern.replace("/", "\\/"))
            for i, pattern in enumerate(self.patterns)))
        return [shutil.which("rspamd"), "-f", "-i", "-c", self.settings,
                f"--var=LOCAL_CONFDIR={self.folder}/local",
                *(f"--var={name}={self.folder}"
                  for name in ("DBDIR", "RUNDIR", "LOGDIR"))]

    @classmethod
    def missing(cls):
        if not os.path.exists(cls.settings):
            return "rspamd's own rules are not installed (Debian package rspamd)"
        return super().missing()


class Floor(Filter):
    """A daemon that answers and judges nothing (door_floor.cc)."""
    program = "door_floor"
    judges = False
    how = ""

    def command(self):
        return [self.program, self.how, str(self.port)]

    def is_ready(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


class BeastFloor(Floor):
    name = "nothing but Boost.Beast"
    how = "beast"


class HttplibFloor(Floor):
    """A connection has a thread of its own."""
    name = "nothing but cpp-httplib"
    how = "httplib"

    @classmethod
    def missing(cls):
        done = subprocess.run([cls.program, "has", cls.how], check=False)
        return None if done.returncode == 0 else "cpp-httplib is not installed"


class KernelFloor(Floor):
    name = "nothing but the kernel"
    how = "kernel"


class ConnectionFloor(Floor):
    name = "nothing but the kernel (SPAMC)"
    protocol = "spamd"
    how = "accept"


class Spamd(Filter):
    """`body` rules, no others, no modules, no network; one child."""
    name = "spamd"
    protocol = "spamd"
    compiled = False

    def command(self):
        rules = ["required_score 1000", "use_bayes 0", "skip_rbl_checks 1",
                 "dns_available no", "report_safe 0",
                 "util_rb_tld com net org example test invalid"]
        for i, pattern in enumerate(self.patterns):
            text = pattern.replace("/", "\\/")
            rules += [f"body {symbol(i)} /{text}/i",
                      f"score {symbol(i)} 0.01"]
        write(self.folder, "rules/peers.cf", "\n".join(rules) + "\n")
        write(self.folder, "site/init.pre", "".join(
            f"loadplugin Mail::SpamAssassin::Plugin::{name}\n"
            for name in ["Check"] + ["Rule2XSBody"] * self.compiled))
        paths = ["-C", os.path.join(self.folder, "rules"), "--siteconfigpath="
                 + os.path.join(self.folder, "site")]
        return [*self.program(paths), "--local", "--max-children=1",
                "--min-children=1", "--max-conn-per-child=1000000000",
                "--nouser-config", "--listen=127.0.0.1", "--syslog=null",
                f"--port={self.port}", *paths,
                "--pidfile=" + os.path.join(self.folder, "spamd.pid")]

    def program(self, _):
        return [found("spamd")]

    @classmethod
    def missing(cls):
        for name in ["spamd"] + ["sa-compile"] * cls.compiled:
            if not found(name):
                return f"{name} is not installed (Debian package {name})"
        return None


class SpamdCompiled(Spamd):
    """With what sa-compile makes of the same rules."""
    name = "spamd, sa-compile"
    compiled = True
    state = "/var/lib/spamassassin"  # where both look, by their sources

    def program(self, paths):
        """A copy of spamd that looks for compiled rules in the folder: it has
        no option for that."""
        begin = time.monotonic()
        state = os.path.join(self.folder, "state")
        with open(found("spamd"), encoding="utf-8") as file:
            text = file.read().replace(self.state, state)
        copy = write(self.folder, "spamd", text)
        subprocess.run(
            [found("sa-compile"), *paths, "--updatedir=" + os.path.join(
                state, "compiled", *perl_and_spamassassin())],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.prepare_seconds = time.monotonic() - begin
        return ["perl", "-T", copy]


FILTERS = [Simwarden, Rspamd, RspamdStock, SimwardenAsSpamd, SpamdCompiled,
           Spamd]
FLOORS = [KernelFloor, BeastFloor, HttplibFloor, ConnectionFloor]
