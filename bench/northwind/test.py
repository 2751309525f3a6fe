#!/usr/bin/env python3
"""The server answers all routes on a small data set as the hand-written side does.

    test.py SERVER BY_HAND FOLDER [LAUNCHER...]

On the database of VIRGA_POSTGRES_URL, a new one in it, or on a file in FOLDER. Programs are
started by way of LAUNCHER, if there is one."""
import http.client
import os
import subprocess
import sys

import gate
import load

OPS = 12      # questions of each route
DIVISOR = 20  # so many times fewer rows than the benchmark's


class Place:
    """Where the data is: a file, or a database of this run's own."""

    def __init__(self, folder):
        url = os.environ.get("VIRGA_POSTGRES_URL")
        if not url:
            self.url, self.server = os.path.join(folder, "small.db"), None
            return
        self.name = f"northwind_{os.getpid()}"
        self.server = url
        self.psql(f"create database {self.name}")
        start, _, options = url.partition("?")
        self.url = start.rsplit("/", 1)[0] + "/" + self.name + ("?" + options if options else "")

    def psql(self, sql):
        subprocess.run(["psql", "-q", "-d", self.server, "-c", sql], check=True)

    def __enter__(self):
        return self.url

    def __exit__(self, *_):
        if self.server:
            self.psql(f"drop database {self.name} with (force)")


def status(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def check_mistakes(port):
    for path, expected in [("/nothing", 404), ("/customers?limit=ten&offset=0", 400),
                           ("/customer-by-id", 400), ("/search-product", 400)]:
        if status(port, path) != expected:
            raise SystemExit(f"test: {path} is not answered by {expected}")
    if status(port, "/customer-by-id?id=999999999") != 200:  # null
        raise SystemExit("test: an unknown customer is a failure")


def main():
    server, by_hand, folder, *launcher = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    answers = os.path.join(folder, "answers.tsv")
    with Place(folder) as url:
        with open(answers, "w") as out:
            subprocess.run([*launcher, by_hand, url, str(OPS), str(DIVISOR)], stdout=out,
                           check=True)
        with load.Server([*launcher, server, "--workers", "2", url]) as running:
            print(gate.compare(answers, [running.port]), "answers are right")
            check_mistakes(running.port)
    if running.process.returncode:
        raise SystemExit(f"test: the server ended with {running.process.returncode}")


if __name__ == "__main__":
    main()
