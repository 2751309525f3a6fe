"""The load on the servers: which requests, how they are asked, what the server spent."""
import os
import random
import subprocess
import threading
import time

# Of Drizzle's own load (371,999 requests without the searches, which it leaves out as well),
# a tenth: path, how many, how many different ids or pages. Its pages of suppliers and of
# employees lie mostly behind the last row; here they have rows.
MIX = [
    ("/customer-by-id?id={}", 2000, 10000),
    ("/employee-with-recipient?id={}", 500, 200),
    ("/supplier-by-id?id={}", 3000, 1000),
    ("/product-with-supplier?id={}", 10000, 5000),
    ("/order-with-details?id={}", 10000, 50000),
    ("/order-with-details-and-products?id={}", 10000, 50000),
    ("/customers?limit=50&offset={}", 200, 200),
    ("/employees?limit=20&offset={}", 100, 10),
    ("/suppliers?limit=50&offset={}", 100, 20),
    ("/products?limit=50&offset={}", 300, 20),
    ("/orders-with-details?limit=50&offset={}", 1000, 16),
]


def requests(page_first=False):
    """The list that every server is asked, always the same. `page_first`: pages of orders by
    the statement that takes the page before it joins."""
    dice = random.Random(20261121)
    paths = []
    for path, count, different in MIX:
        if page_first:
            path = path.replace("/orders-with", "/orders-page-with")
        for _ in range(count):
            n = dice.randrange(different)
            if "offset" in path:
                paths.append(path.format(n * (20 if "employees" in path else 50)))
            else:
                paths.append(path.format(n + 1))
    dice.shuffle(paths)
    return paths


def tree(pid):
    """The ids of a process and of those below it."""
    found = [pid]
    for one in found:
        try:
            with open(f"/proc/{one}/task/{one}/children") as f:
                found += [int(child) for child in f.read().split()]
        except OSError:
            pass
    return found


def cpu(pid):
    """Seconds of processor time so far, of a process, those below it and those that were."""
    ticks = 0
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/stat") as f:
                fields = f.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


class Server:
    """A server in processes of its own, on a port of 127.0.0.1 that it chooses."""

    def __init__(self, command, cwd=None, environment=None):
        self.process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **(environment or {})})
        line = self.process.stdout.readline()
        if not line.startswith("listening on "):
            self.stop()
            raise SystemExit(f"{command[0]} does not listen: {line!r}")
        self.port = int(line.split()[-1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def memory(self):
        """MiB now; pages that its processes share count once."""
        kib = 0
        for pid in tree(self.process.pid):
            try:
                with open(f"/proc/{pid}/smaps_rollup") as f:
                    kib += next(int(line.split()[1]) for line in f if line.startswith("Pss:"))
            except (OSError, StopIteration):
                pass
        return kib / 1024


def run(server, script, paths, seconds, connections):
    """Ask without a pause for so long: what load.lua printed, "cpu" and "memory" (the most)."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
               "-s", script, f"http://127.0.0.1:{server.port}", "--", paths]
    most = [server.memory()]
    over = threading.Event()

    def watch():
        while not over.wait(0.25):
            most[0] = max(most[0], server.memory())

    watcher = threading.Thread(target=watch)
    before = cpu(server.process.pid)
    watcher.start()
    try:
        out = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30,
                             check=True).stdout
    finally:
        over.set()
        watcher.join()
    figures = {}
    for line in out.splitlines():
        words = line.split()
        if len(words) == 2 and words[0].isalnum():
            try:
                figures[words[0]] = float(words[1])
            except ValueError:
                pass
    figures["cpu"] = cpu(server.process.pid) - before
    figures["memory"] = most[0]
    if not figures.get("requests") or figures["failures"]:
        raise SystemExit(f"wrk: {figures}\n{out}")
    return figures
