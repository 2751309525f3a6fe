#!/usr/bin/env python3
"""The first shell block of each example's README: two commands, one that builds and one that runs.

    examples.py SOURCE BUILD FOLDER

The second one is run as it stands, in FOLDER, with BUILD in place of build/release (the first one
must name a target that is there). A program that prints a URL is a server: it is asked to end.
Files are new ones; DATABASE_URL is a new database of the server of VIRGA_POSTGRES_URL."""
import os
import re
import shutil
import signal
import subprocess
import sys
import threading

SECONDS = 60


def commands(path):
    block = re.search(r"^```sh\n(.*?)^```", open(path).read(), re.S | re.M)
    lines = [line.split(" #")[0].strip() for line in block.group(1).splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def run(command, folder, environment):
    """The exit status, and what was printed."""
    process = subprocess.Popen("exec " + command if "&&" not in command else command, shell=True,
                               cwd=folder, env=environment, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, start_new_session=True)
    timer = threading.Timer(SECONDS, os.killpg, (process.pid, signal.SIGKILL))
    timer.start()
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "http://127.0.0.1" in line or '"listening"' in line:
            os.killpg(process.pid, signal.SIGTERM)
    status = process.wait()
    timer.cancel()
    return status, "".join(lines)


def check(source, build, folder, name, environment):
    lines = commands(os.path.join(source, "examples", name, "README.md"))
    if len(lines) < 2:
        return "its first shell block is not two commands"
    target = re.fullmatch(r"cmake --preset release && "
                          r"cmake --build --preset release --target ([\w ]+)", lines[0])
    if not target or name not in target.group(1).split():
        return f"the first command does not build it: {lines[0]}"
    command = lines[1].replace("build/release", build)
    if command.startswith("DATABASE_URL="):
        command = command.partition(" ")[2]
    else:
        environment = {k: v for k, v in environment.items() if k != "DATABASE_URL"}
    command = re.sub(r"^examples/", f"{source}/examples/", command)
    os.makedirs(os.path.join(folder, name))
    status, text = run(command, os.path.join(folder, name), environment)
    return None if status == 0 else f"{lines[1]}: exit status {status}\n{text[-3000:]}"


def main():
    source, build, folder = (os.path.abspath(a) for a in sys.argv[1:4])
    server = os.environ["VIRGA_POSTGRES_URL"]
    database = f"readmes_{os.getpid()}"
    environment = dict(os.environ, DATABASE_URL=server.rpartition("/")[0] + "/" + database)
    shutil.rmtree(folder, ignore_errors=True)
    failed = 0
    psql = ["psql", "-qX", server, "-c"]
    subprocess.run(psql + [f"create database {database}"], check=True)
    for name in sorted(os.listdir(os.path.join(source, "examples"))):
        if not os.path.isdir(os.path.join(source, "examples", name)):
            continue
        if not os.path.exists(os.path.join(source, "examples", name, "README.md")):
            why = "it has no README.md"
        else:
            why = check(source, build, folder, name, environment)
        print(f"{name}: {why or 'runs'}")
        failed += why is not None
    subprocess.run(psql + [f"drop database {database} with (force)"], check=True)
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
