#!/usr/bin/env python3
"""Asks servers what is known and compares.

    gate.py ANSWERS PORT...

ANSWERS has a line for each request: its path, a tab, the JSON that is right. Objects may have
their members in any order, and numbers are equal to nine digits: sums of floating point come
out differently in different versions of SQLite. The details of an order have no order of their
own, since no route asks for one. Ends with 1 at the first difference."""
import http.client
import json
import random
import sys

TOGETHER = 16  # questions that are asked at once, each on a connection of its own


def normal(value):
    if isinstance(value, float):
        value = float(f"{value:.9g}")
        return int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [normal(x) for x in value]
    if isinstance(value, dict):
        value = {key: normal(x) for key, x in value.items()}
        if "details" in value:
            value["details"].sort(key=lambda detail: detail["id"])
        return value
    return value


def known(file):
    """path, answer"""
    with open(file) as lines:
        for line in lines:
            path, answer = line.rstrip("\n").split("\t")
            yield path, normal(json.loads(answer))


def check(port, path, response, right):
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"gate: {path}: port {port} says {response.status}")
    if normal(json.loads(body)) != right:
        raise SystemExit(f"gate: {path}: port {port} says\n{body.decode()}\n"
                         f"and not\n{json.dumps(right)}")


def compare(file, ports):
    """How many requests were asked of each port; SystemExit: a difference."""
    questions = list(known(file))
    random.Random(20261122).shuffle(questions)  # different ones come together
    for port in ports:
        clients = [http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                   for _ in range(TOGETHER)]
        for at in range(0, len(questions), TOGETHER):
            asked = list(zip(clients, questions[at:at + TOGETHER]))
            for client, (path, _) in asked:
                client.request("GET", path)
            for client, (path, right) in asked:
                check(port, path, client.getresponse(), right)
        for client in clients:
            client.close()
    return len(questions)


if __name__ == "__main__":
    print(compare(sys.argv[1], [int(port) for port in sys.argv[2:]]), "answers are right")
