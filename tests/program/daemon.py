# SPDX-License-Identifier: Apache-2.0
"""A daemon under test: started, asked, stopped."""
import http.client
import os
import signal
import socket
import subprocess
import threading

from outside import PROGRAM

START_SECONDS = 60  # a debug build on a busy machine


class Daemon:
    """simwarden serve with the settings in `config`, ready when made."""

    def __init__(self, config, wrapper=(), **environment):
        self.process = subprocess.Popen(
            [*wrapper, PROGRAM, "serve", "--config", config],
            stderr=subprocess.PIPE,
            text=True, env=dict(os.environ, NO_COLOR="1", **environment))
        self.places = {}
        self.said = []
        doors = None
        while doors is None or len(self.places) < doors:
            line = self.process.stderr.readline()
            if not line:
                raise AssertionError("it did not start: " + "".join(self.said))
            self.said.append(line)
            if " listening " in line:
                words = dict(word.split("=", 1) for word in line.split()
                             if "=" in word)
                self.places[words["door"]] = words["address"]
                doors = config_doors(config)

    def connect(self, door="http"):
        kind, _, rest = self.places[door].partition(":")
        if kind == "unix":
            made = socket.socket(socket.AF_UNIX)
            made.settimeout(30)
            made.connect(rest)
            return made
        host, _, port = rest.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), 30)

    def http(self, door="http"):
        connection = http.client.HTTPConnection("localhost", timeout=60)
        connection.sock = self.connect(door)
        if connection.sock.family != socket.AF_UNIX:
            # As its own connect() does: head and body go out apart.
            connection.sock.setsockopt(socket.IPPROTO_TCP,
                                       socket.TCP_NODELAY, 1)
        return connection

    def ask(self, method, path, body=None, door="http", **headers):
        """(status, headers, body) of one request on a connection of its own."""
        connection = self.http(door)
        try:
            connection.request(method, path, body, {
                name.replace("_", "-"): value
                for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def wait_for(self, words):
        # Who says nothing is ended, so that the test ends too.
        patience = threading.Timer(120, self.process.kill)
        patience.start()
        try:
            while True:
                line = self.process.stderr.readline()
                if not line:
                    raise AssertionError("never said: " + words)
                self.said.append(line)
                if words in line:
                    return line
        finally:
            patience.cancel()

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        """Its exit code, after SIGTERM."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        try:
            self.said.append(self.process.communicate(timeout=60)[1] or "")
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode


def config_doors(path):
    with open(path, encoding="utf-8") as file:
        return sum("door:" in line for line in file)


def read_to_end(sock):
    parts = []
    while True:
        part = sock.recv(65536)
        if not part:
            return b"".join(parts)
        parts.append(part)
