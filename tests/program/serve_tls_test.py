#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The doors behind TLS, with certificates of clients."""
import hashlib
import os
import signal
import socket
import ssl
import subprocess
import time

from daemon import read_to_end
from outside import Scratch, main, run
from serving import ONE_PACK, Serving


class Tls(Serving):
    rules = ONE_PACK

    def setUp(self):
        Scratch.setUp(self)
        for name in ("server", "client"):
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes",
                 "-keyout", self.path(name + ".key"), "-out",
                 self.path(name + ".pem"), "-subj", "/CN=localhost", "-days",
                 "2"], check=True, capture_output=True)
        self.settings = (
            "listen:\n- {door: http, at: 'tcp:0.0.0.0:0', limits: {}, tls: "
            "{certificate: %s, key: %s, client_ca: %s}}\n" % tuple(
                map(self.path, ("server.pem", "server.key", "client.pem"))))
        self.daemon = self.started(self.settings)

    def context(self, known):
        context = ssl.create_default_context(cafile=self.path("server.pem"))
        if known:
            context.load_cert_chain(self.path("client.pem"),
                                    self.path("client.key"))
        return context

    def talk(self, context):
        port = int(self.daemon.places["http"].rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), 30) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as s:
                s.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n"
                          b"Connection: close\r\n\r\n")
                return read_to_end(s)

    def test_who_does_not_answer_the_goodbye_is_left(self):
        context = self.context(known=True)
        context.check_hostname = False
        with self.daemon.connect() as plain, context.wrap_socket(plain) as s:
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n"
                      b"Connection: close\r\n\r\n")
            self.assertIn(b"200 OK", s.recv(1000))
            # A second one after its end: the connection is gone. (Of TLS this
            # side would answer, by reading on.)
            raw = socket.socket(fileno=os.dup(s.fileno()))
            with raw:
                raw.settimeout(20)
                while raw.recv(1000):
                    pass
                time.sleep(0.2)
                self.assertEqual(self.open_sockets(), 1)

    def open_sockets(self):
        folder = "/proc/%d/fd" % self.daemon.process.pid
        return sum("socket:" in os.readlink(os.path.join(folder, name))
                   for name in os.listdir(folder))

    def test_who_finds_the_door_full_is_told_so(self):
        self.daemon = self.started(self.settings.replace(
            "limits: {}", "limits: {connections: 1}"))
        context = self.context(known=True)
        context.check_hostname = False
        with self.daemon.connect() as plain, context.wrap_socket(plain) as s:
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertIn(b"200 OK", s.recv(1000))
            self.assertIn(b"503 ", self.talk(context))

    def test_a_client_with_its_certificate_is_answered(self):
        self.assertIn(b"200 OK", self.talk(self.context(known=True)))

    def renewed(self, name):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes",
             "-keyout", self.path(name + ".key"), "-out",
             self.path(name + ".pem"), "-subj", "/CN=localhost", "-days", "2"],
            check=True, capture_output=True)

    def test_a_renewed_certificate_is_shown_after_an_exchange(self):
        before = self.context(known=True)
        self.renewed("server")
        after = self.context(known=True)
        self.assertIn(b"200 OK", self.talk(before))
        self.daemon.signal(signal.SIGHUP)
        line = self.daemon.wait_for("certificates_exchanged door=")
        with open(self.path("server.pem")) as file:
            der = ssl.PEM_cert_to_DER_cert(file.read())
        self.assertIn(" certificate=%s" % hashlib.sha256(der).hexdigest(), line)
        self.assertNotIn("client_ca=", line)
        self.daemon.wait_for("policy_unchanged")
        self.assertIn(b"200 OK", self.talk(after))
        self.daemon.signal(signal.SIGHUP)  # the same files
        self.daemon.wait_for("policy_unchanged")
        told = [line for line in self.daemon.said
                if "certificates_exchanged" in line]
        self.assertEqual(told, [line])
        self.write("server.key", "nonsense\n")
        self.daemon.signal(signal.SIGHUP)
        self.assertIn("no private key in PEM",
                      self.daemon.wait_for("keys_stay"))
        self.assertIn(b"200 OK", self.talk(after))

    def ended(self, name):
        """A certificate of yesterday for the key that is there."""
        config = self.write("ca.cnf", (
            "[ca]\ndefault_ca=d\n[d]\ndatabase=%s\nnew_certs_dir=%s\n"
            "serial=%s\ndefault_md=default\npolicy=p\n[p]\n"
            "commonName=supplied\n") % (
                self.path("index"), self.folder.name, self.path("serial")))
        self.write("index", "")
        self.write("serial", "01\n")
        for command in (
                ["req", "-new", "-key", self.path(name + ".key"), "-subj",
                 "/CN=localhost", "-out", self.path("r.csr")],
                ["ca", "-batch", "-notext", "-selfsign", "-config", config,
                 "-in", self.path("r.csr"), "-keyfile",
                 self.path(name + ".key"), "-startdate", "20200101000000Z",
                 "-enddate", "20200102000000Z", "-out",
                 self.path(name + ".pem")]):
            subprocess.run(["openssl", *command], check=True,
                           capture_output=True)

    def test_a_certificate_that_has_ended_does_not_replace_a_good_one(self):
        before = self.context(known=True)
        self.ended("server")
        self.daemon.signal(signal.SIGHUP)
        why = "server.pem: the certificate ended at 2020-01-02T00:00:00Z"
        self.assertIn(why, self.daemon.wait_for("keys_stay"))
        self.assertIn(b"200 OK", self.talk(before))
        config = self.path("simwarden.yaml")
        done = run("serve", "--check", "--config", config)
        self.assertEqual(done.returncode, 5)
        self.assertIn(why, done.stderr)
        # The other doors are not closed for it.
        self.assertIn(why, "".join(self.started(self.settings).said))

    def test_why_a_certificate_is_no_good_is_said(self):
        self.write("empty.pem", "\n")
        good = self.path("server.pem"), self.path("server.key")
        for certificate, key, why in (
                (self.path("nope.pem"), good[1], "No such file"),
                (self.path("empty.pem"), good[1], "no certificate in PEM"),
                (good[0], self.path("empty.pem"), "no private key in PEM"),
                (good[0], self.path("client.key"), "does not belong to")):
            done = run("serve", "--config", self.write(
                "s.yaml", "policies: [%s]\nlisten:\n- {door: http, at: "
                "'tcp:127.0.0.1:0', tls: {certificate: %s, key: %s}}\n" % (
                    self.rules, certificate, key)))
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(why, done.stderr)

    def test_handshakes_that_fail_are_counted(self):
        with self.daemon.connect():
            pass  # who only looks at the port failed at nothing
        with self.daemon.connect() as plain:
            plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            read_to_end(plain)
        try:
            self.talk(self.context(known=False))
        except (ssl.SSLError, ConnectionError):
            pass
        self.daemon.wait_for("no_verdict door=http why=no_tls times=1")
        self.assertEqual(self.daemon.stop(), 0)
        self.assertRegex("".join(self.daemon.said),
                         "(?s)why=no_tls times=1.*why=no_tls times=1")

    def test_others_are_not(self):
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.assertEqual(self.talk(self.context(known=False)), b"")
            raise ConnectionError("ended without a word")
        old = self.context(known=True)
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.talk(old)


if __name__ == "__main__":
    main()
