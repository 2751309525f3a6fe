#!/usr/bin/env python3
"""Compares the routes of Drizzle's own benchmark, by Virga and by Drizzle, as library calls
and as HTTP servers.

    run.py [--only sqlite|postgres] [--seconds S] [--rounds N] [--gate] BUILD FOLDER

BUILD is that of the release preset; FOLDER is for what is made here, the data and the packages
of npm among it, and kept. First every route of every server must answer what hand-written C
answers; then the calls are timed, and then wrk asks without a pause, of one server after the
other, in rounds. Prints tables in Markdown, of medians. Fails when an answer is wrong or a bar
is missed. --gate stops after the answers."""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys

import gate
import load

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = ["drizzle-orm@0.44.7", "better-sqlite3@11.10.0", "pg@8.16.3"]
CONNECTIONS = 64  # that wrk has open
WORKERS = 2       # processes of node, one for each core, as in Drizzle's own benchmark
GATE_OPS = 40     # questions of each route before anything is measured


def sh(command, cwd=None, **more):
    done = subprocess.run(command, cwd=cwd, text=True, capture_output=True, **more)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SystemExit(f"run.py: {' '.join(command)} failed")
    return done.stdout


def install(folder):
    """Drizzle and its drivers, and our programs beside them."""
    node = os.path.join(folder, "node")
    os.makedirs(node, exist_ok=True)
    wanted = "\n".join(PACKAGES)
    stamp = os.path.join(node, "installed")
    if not os.path.exists(stamp) or open(stamp).read() != wanted:
        with open(os.path.join(node, "package.json"), "w") as f:
            f.write('{"private": true, "type": "module"}\n')
        sh(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES], cwd=node)
        sh([os.path.join(HERE, "../../tests/interop/better_sqlite3.sh"), node, "-O3"])
        with open(stamp, "w") as f:
            f.write(wanted)
    for name in os.listdir(os.path.join(HERE, "drizzle")):
        shutil.copy(os.path.join(HERE, "drizzle", name), node)
    return node


def sqlite_of(node):
    """A folder with better-sqlite3's own SQLite, for our programs: the same source by the same
    options, but for the callback that Virga's deadlines need."""
    folder = os.path.join(node, "sqlite")
    library = os.path.join(folder, "libsqlite3.so.0")
    deps = os.path.join(node, "node_modules", "better-sqlite3", "deps")
    if not os.path.exists(library):
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(deps, "defines.gypi")) as f:
            words = re.findall(r"'(\w+(?:=-?\d+)?)',", f.read())
        defines = [f"-D{word}" for word in words if word != "SQLITE_OMIT_PROGRESS_CALLBACK"]
        sh(["gcc", "-O3", "-w", "-fPIC", "-DNDEBUG", *defines, "-shared", "-Wl,-Bsymbolic",
            "-Wl,-soname,libsqlite3.so.0", "-o", library + ".new",
            os.path.join(deps, "sqlite3", "sqlite3.c"), "-lm"])
        os.rename(library + ".new", library)
    return folder


class Sqlite:
    name = "SQLite"
    suffix = ""
    workers = 2  # one for each core

    def __init__(self, folder):
        self.place = os.path.join(folder, "northwind.db")

    def of(self, side):
        """Each side has its own file, so that none is in the other's way."""
        file = f"{self.place}-{side}"
        if not os.path.exists(file):
            shutil.copy(self.place, file)
        return file

    def environment(self, node):
        """In which our programs use what Drizzle's side uses."""
        return {"LD_LIBRARY_PATH": sqlite_of(node)}

    def cpu(self):
        """Seconds of processor time of the database's own processes: it has none."""
        return 0

    def stop(self):
        pass


class Postgres:
    """A server of its own, or that of VIRGA_POSTGRES_URL."""
    name = "PostgreSQL"
    suffix = "_postgres"
    workers = 4  # a tree waits for the server

    def __init__(self, folder):
        self.script = os.path.join(HERE, "../../tests/servers/postgres.sh")
        self.folder = None
        self.place = os.environ.get("VIRGA_POSTGRES_URL")
        if not self.place:
            self.folder = os.path.join(folder, "postgres")
            sh([self.script, "start", self.folder, "--while", str(os.getpid())])
            self.place = sh([self.script, "with", self.folder, "sh", "-c",
                             "echo $VIRGA_POSTGRES_URL"]).strip()

    def of(self, _side):
        return self.place

    def environment(self, _node):
        return {}

    def cpu(self):
        place = sh(["psql", "-At", "-d", self.place, "-c", "show data_directory"]).strip()
        with open(os.path.join(place, "postmaster.pid")) as f:
            return load.cpu(int(f.readline()))

    def stop(self):
        if self.folder:
            sh([self.script, "stop", self.folder])


def servers(database, build, node):
    """name -> a function that starts it"""
    return {
        "Virga": lambda: load.Server(
            [f"{build}/bench/northwind/northwind_server", "--workers", str(database.workers),
             database.of("virga")], environment=database.environment(node)),
        "Drizzle": lambda: load.Server(
            ["node", "server.mjs", database.of("drizzle"), str(WORKERS)], cwd=node,
            environment={"NODE_ENV": "production"}),
    }


def check(database, build, node, folder):
    answers = os.path.join(folder, "answers.tsv")
    with open(answers, "w") as f:
        f.write(sh([f"{build}/bench/northwind/northwind_by_hand{database.suffix}",
                    database.place, str(GATE_OPS)]))
    running = [start() for start in servers(database, build, node).values()]
    try:
        return gate.compare(answers, [server.port for server in running])
    finally:
        for server in running:
            server.stop()


def library(database, build, node, folder, seconds, rounds):
    """Prints the table of the calls."""
    place = database.place if database.suffix else os.path.join(folder, "library.db")
    bench = f"{build}/bench/northwind/bench_northwind{database.suffix}"
    taken = {}

    def take(path, side, ns):
        taken.setdefault(path, {}).setdefault(side, []).append(ns)

    environment = {**os.environ, **database.environment(node)}
    for _ in range(rounds):
        for line in sh([bench, "--data", place, "--seconds", str(seconds)],
                       env=environment).splitlines()[1:]:
            name, ratio, ns, *_ = line.split()
            path = "/" + name.replace("_", "-")
            take(path, "by hand", float(ns))
            take(path, "Virga", float(ns) * float(ratio))
        for line in sh(["node", "time.mjs", database.of("drizzle"), str(seconds)],
                       cwd=node).splitlines():
            path, ns = line.split("\t")
            take(path, "Drizzle", float(ns))
    print(f"| {database.name}, µs a call | by hand | Virga | Drizzle | Drizzle / Virga |")
    print("|---|---:|---:|---:|---:|")
    for path, sides in taken.items():
        us = {side: statistics.median(ns) / 1000 for side, ns in sides.items()}
        print(f"| {path[1:]} | {us['by hand']:.1f} | {us['Virga']:.1f} | {us['Drizzle']:.1f} "
              f"| {us['Drizzle'] / us['Virga']:.1f} |")


def measure(database, build, node, folder, seconds, rounds, page_first):
    """name -> figure -> its median"""
    paths = os.path.join(folder, "requests.txt")
    with open(paths, "w") as f:
        f.write("\n".join(load.requests(page_first)) + "\n")
    script = os.path.join(HERE, "load.lua")
    taken = {}
    for _ in range(rounds):
        for name, start in servers(database, build, node).items():
            with start() as server:
                load.run(server, script, paths, 2, CONNECTIONS)  # warm
                before = database.cpu()
                figures = load.run(server, script, paths, seconds, CONNECTIONS)
                figures["database"] = database.cpu() - before
            figures["database"] = figures["database"] / figures["requests"] * 1e6
            figures["rate"] = figures["requests"] / figures["seconds"]
            figures["cpu"] = figures["cpu"] / figures["requests"] * 1e6
            for figure, value in figures.items():
                taken.setdefault(name, {}).setdefault(figure, []).append(value)
    return {name: {figure: statistics.median(values) for figure, values in all_of.items()}
            for name, all_of in taken.items()}


def verdict(ok):
    return "ok" if ok else "MISSED"


def table(what, figures):
    virga, drizzle = figures["Virga"], figures["Drizzle"]
    print(f"| {what} | requests/s | p50 ms | p95 ms | p99 ms "
          "| CPU µs/request | of the database | MiB |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, f in figures.items():
        print(f"| {name} | {f['rate']:.0f} | {f['p50']:.2f} | {f['p95']:.2f} | {f['p99']:.2f} "
              f"| {f['cpu']:.1f} | {f['database']:.1f} | {f['memory']:.0f} |")
    rate = virga["rate"] / drizzle["rate"]
    memory = virga["memory"] / drizzle["memory"]
    print(f"| times Drizzle's (bars: requests 5, memory 1) | {rate:.1f} {verdict(rate >= 5)} "
          f"| | | | {virga['cpu'] / drizzle['cpu']:.2f} | "
          f"| {memory:.2f} {verdict(memory <= 1)} |")
    print()
    return rate >= 5 and memory <= 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("folder")
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gate", action="store_true")
    args = parser.parse_args()
    build, folder = os.path.abspath(args.build), os.path.abspath(args.folder)
    os.makedirs(folder, exist_ok=True)
    node = install(folder)
    ok = True
    kinds = {"sqlite": Sqlite, "postgres": Postgres}
    for kind in [args.only] if args.only else kinds:
        database = kinds[kind](folder)
        try:
            count = check(database, build, node, folder)
            if args.gate:
                print(f"{database.name}: {count} answers are right")
                continue
            print(f"{database.name}: {count} answers of each server are right.\n")
            library(database, build, node, folder, 0.2, args.rounds)
            print()
            for page_first in (False, True):
                what = f"{database.name}, page first" if page_first else database.name
                ok &= table(what, measure(database, build, node, folder, args.seconds,
                                          args.rounds, page_first))
        finally:
            database.stop()
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
