# SPDX-License-Identifier: Apache-2.0
"""A throw-away Postfix, and a mail server behind it that keeps what it gets.

Debian's Postfix and Exim cannot be installed side by side, so the package is
only unpacked (tests/clients/unpack).
"""
import os
import pwd
import socket
import subprocess
import threading
import time

QUEUES = ("active bounce corrupt defer deferred flush hold incoming maildrop "
          "pid private public saved trace").split()
# Two that exist everywhere, own no process and are not each other's.
OWNER, DROP_GROUP = "games", "voice"

MASTER = """\
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 discard
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
discard unix - - n - - discard
proxymap unix - - n - - proxymap
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""

MAIN = """\
compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
daemon_directory = {root}/usr/lib/postfix/sbin
command_directory = {root}/usr/sbin
mail_owner = {owner}
setgid_group = {group}
default_privs = nobody
import_environment = MAIL_CONFIG LD_LIBRARY_PATH MAIL_LOGTAG
maillog_file = {log}
maillog_file_prefixes = {folder}
myhostname = mx.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
relayhost = [127.0.0.1]:{sink}
smtpd_relay_restrictions = permit_mynetworks, reject
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class Sink:
    """Takes every mail; `mails` holds their bytes."""

    def __init__(self):
        self.mails = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,),
                             daemon=True).start()

    def talk(self, connection):
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 sink.example\r\n")
            for line in lines:
                verb = line[:4].upper()
                if verb == b"DATA":
                    connection.sendall(b"354 go on\r\n")
                    mail = []
                    for part in lines:
                        if part == b".\r\n":
                            break
                        mail.append(part)
                    self.mails.append(b"".join(mail))
                connection.sendall(b"221 bye\r\n" if verb == b"QUIT"
                                   else b"250 fine\r\n")
                if verb == b"QUIT":
                    return

    def wait_for(self, count):
        deadline = time.monotonic() + 60
        while len(self.mails) < count:
            if time.monotonic() > deadline:
                raise AssertionError("no mail came")
            time.sleep(0.05)
        return self.mails[-1]

    def close(self):
        self.server.close()


class Postfix:
    def __init__(self, root, folder, settings):
        self.folder = folder
        self.sink = Sink()
        self.port = free_port()
        self.queue = os.path.join(folder, "queue")
        self.log = os.path.join(folder, "mail.log")
        data = os.path.join(folder, "data")
        config = os.path.join(folder, "config")
        os.makedirs(folder)
        os.chmod(os.path.dirname(folder), 0o711)  # the owner looks inside
        for made in [self.queue, data, config] + [
                os.path.join(self.queue, name) for name in QUEUES]:
            os.makedirs(made)
        owner = pwd.getpwnam(OWNER).pw_uid
        for name in QUEUES:
            if name != "pid":
                os.chown(os.path.join(self.queue, name), owner, -1)
        os.chown(data, owner, -1)
        with open(os.path.join(config, "main.cf"), "w") as file:
            file.write(MAIN.format(
                queue=self.queue, data=data, root=root, owner=OWNER,
                group=DROP_GROUP, log=self.log, folder=folder,
                sink=self.sink.port) + settings)
        with open(os.path.join(config, "master.cf"), "w") as file:
            file.write(MASTER.format(port="127.0.0.1:%d" % self.port))
        self.process = subprocess.Popen(
            [os.path.join(root, "usr/lib/postfix/sbin/master"), "-d", "-c",
             config],
            env=dict(os.environ, MAIL_CONFIG=config,
                     LD_LIBRARY_PATH=os.path.join(root, "usr/lib/postfix")),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        self.wait()

    def wait(self):
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 5).close()
                return
            except OSError:
                if (time.monotonic() > deadline or
                        self.process.poll() is not None):
                    raise AssertionError("Postfix did not start: " +
                                         self.said())
                time.sleep(0.1)

    def said(self):
        try:
            with open(self.log, encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return "nothing"

    def held(self):
        return sum(len(files) for _, _, files in
                   os.walk(os.path.join(self.queue, "hold")))

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.sink.close()
