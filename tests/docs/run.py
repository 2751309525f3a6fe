#!/usr/bin/env python3
"""Compiles and runs the C in a document.

    tests/docs/run.py --cc=gcc --library=libvirga.a [--sanitize=...] [--launcher=...]
                      [--compile] FILE.md

All blocks of a document become one program over one database in memory, in order. A fenced
block of C says what it is by an HTML comment on the line above it:

    (nothing)                    statements, in a function of their own that has `vg_db *db`
                                 and `vg_arena *arena`; its result, if any, must be VG_OK
    <!-- doc: file -->           file scope: TABLE, PROJECTION, functions
    <!-- doc: fails -->          statements of which some fail, as the text explains
    <!-- doc: program -->        a program with a main of its own
    <!-- doc: refused -->        statements that must not compile; the block of text that
                                 follows is what gcc says, without the lines "In ..."
    <!-- doc: from PATH -->      an excerpt of a file that is compiled elsewhere

    <!-- doc: write PATH -->     a file of a folder of the document's own, of any language
    <!-- doc: run -->            a block of sh, run in that folder; `run N` ends with status N

What follows a block is checked against it: ```text with <!-- doc: output --> is what it
prints, ```sql is the statements it ran, white space aside. After a `run` the text is what it
prints (standard output and error; "0.1 ms" and dates may be others), and ```sql with
<!-- doc: in PATH --> is all of that file. Other comments:

    <!-- doc: blog -->           the tables are those of examples/hello, filled by blog.h
    <!-- doc: server OPTIONS --> a PostgreSQL of the document's own (tests/servers/postgres.sh
                                 start OPTIONS): `db` is a connection to it, and to blocks of
                                 sh it looks like one that listens at 5432, its replica at
                                 5433; `sudo -u postgres` is its superuser
    <!-- doc: hidden FIRST LINE OF CODE ... -->
                                 statements that the reader does not see; `hidden file`

There is no way to leave a block of C out: an unknown comment, a comment that belongs to no
block and a fence that is spelt otherwise (```C, ~~~) are errors.
"""
import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
LANGUAGES = {"c", "sql", "text", "sh", "cmake", "json", "ts"}
KINDS = {"", "file", "fails", "program", "refused", "output", "blog", "server", "from",
         "hidden", "write", "run", "in"}
WARNINGS = ("-std=gnu11 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion "
            "-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Werror "
            "-Wno-unused-function -Wno-missing-prototypes").split()


class Problem(Exception):
    pass


class Block:
    def __init__(self, kind, argument, language, line, text):
        self.kind, self.argument = kind, argument
        self.language, self.line, self.text = language, line, text


def parse(path):
    """The blocks of a document, in order; `hidden` comments are blocks of C."""
    blocks, mark, i = [], None, 0
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    while i < len(lines):
        line = lines[i]
        where = f"{os.path.basename(path)}:{i + 1}"
        fence = re.match(r"\s*(```+|~~~+)\s*(.*)$", line)
        comment = re.match(r"<!--\s*doc:\s*(\w+)\s*(.*?)\s*(-->)?$", line)
        if "<!--" in line and "doc:" in line and not comment:
            raise Problem(f"{where}: a comment that nobody understands: {line.strip()}")
        if mark and line.strip() and not fence:
            raise Problem(f"{where}: the comment above belongs to no block")
        if comment:
            kind, argument, end = comment.groups()
            if kind not in KINDS:
                raise Problem(f"{where}: unknown kind of block: {kind}")
            if kind == "hidden":
                start = i + 1
                while end is None and lines[i].strip() != "-->":
                    i += 1
                blocks.append(Block("file" if argument == "file" else "", "hidden", "c",
                                    start + 1, "\n".join(lines[start:i])))
            elif kind in ("blog", "server"):
                blocks.append(Block(kind, argument, "", i + 1, ""))
            else:
                mark = (kind, argument)
        elif fence:
            if fence[1] != "```" or fence[2] not in LANGUAGES or line != line.lstrip():
                raise Problem(f"{where}: write fences as ```c, ```sql, ```text, ```sh, "
                              f"```cmake or ```json, not as {line.strip()}")
            start = i + 1
            i += 1
            while i < len(lines) and lines[i] != "```":
                i += 1
            if i == len(lines):
                raise Problem(f"{where}: the block does not end")
            kind, argument = mark or ("", "")
            blocks.append(Block(kind, argument, fence[2], start + 1,
                                "\n".join(lines[start:i])))
            mark = None
        i += 1
    if mark:
        raise Problem(f"{path}: the last comment belongs to no block")
    return blocks


def steady(text):
    """What a command prints, without what is another each time."""
    text = re.sub(r"\d+\.\d+ ms", "0.0 ms", text)
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "2026-01-01 00:00", text)
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


class Server:
    """A PostgreSQL, which the document calls localhost:5432, and its replica :5433."""

    SCRIPT = os.path.join(ROOT, "tests", "servers", "postgres.sh")

    def __init__(self, folder, options):
        self.folder = folder
        done = subprocess.run([self.SCRIPT, "start", folder, *shlex.split(options),
                               "--while", str(os.getpid())],
                              env={k: v for k, v in os.environ.items()
                                   if not k.startswith("VIRGA_POSTGRES_") or k.endswith("_BIN")},
                              capture_output=True, text=True)
        if done.returncode:
            raise Problem(f"no server: {done.stdout}{done.stderr}")
        with open(os.path.join(folder, "env"), encoding="utf-8") as f:
            self.env = dict(line.rstrip("\n").split("=", 1) for line in f)
        self.url = self.env["VIRGA_POSTGRES_URL"]
        ports = [re.search(r":(\d+)/", self.env[name])[1] for name in
                 ("VIRGA_POSTGRES_URL", "VIRGA_POSTGRES_REPLICA_URL") if name in self.env]
        self.ports = dict(zip(("5432", "5433"), ports))

    def real(self, text):
        return re.sub(r"\b543[23]\b", lambda m: self.ports.get(m[0], m[0]), text)

    def shown(self, text):
        for shown, real in self.ports.items():
            text = text.replace(real, shown)
        return text

    def stop(self):
        subprocess.run([self.SCRIPT, "stop", self.folder], check=False)


class Document:
    def __init__(self, path, options):
        self.path, self.options = path, options
        self.name = os.path.relpath(path, ROOT)
        self.blocks = parse(path)
        self.folder = self.server = None

    def place(self, block):
        return f'#line {block.line} "{self.name}"\n{block.text}\n'

    # --- the program -----------------------------------------------------------------

    def prelude(self):
        with open(os.path.join(HERE, "prelude.h")) as f:
            text = f.read()
        return f'#line 1 "prelude.h"\n{text}\n'

    def function(self, block, name):
        return (f"static int {name}(vg_db *db __attribute__((unused)),\n"
                f"    vg_arena *arena __attribute__((unused)))\n{{\n"
                f"{self.place(block)}\n"
                f'#line 1 "generated"\nreturn VG_OK;\n}}\n')

    def program(self):
        parts, calls = [self.prelude()], []
        blog = any(b.kind == "blog" for b in self.blocks)
        if blog:
            parts.append('#include "blog.h"\n')
            calls.append("    docs_run(-1, 0, docs_blog);\n")
        for number, b in enumerate(self.blocks):
            if b.language != "c":
                continue
            if b.kind == "file":
                parts.append(self.place(b))
            elif b.kind in ("", "fails"):
                parts.append(self.function(b, f"block_{number}"))
                fails = int(b.kind == "fails")
                calls.append(f"    docs_run({number}, {fails}, block_{number});\n")
        parts.append("int main(int argc, char **argv)\n{\n    docs_open(argc, argv);\n"
                     + "".join(calls) + "    return docs_close();\n}\n")
        return "".join(parts)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def libpq(self):
        return self.if_named(self.options.archive, b"PQconnect", "-lpq")

    @staticmethod
    def if_named(archive, name, flag):
        """What to link with an archive that was built with an option."""
        with open(archive, "rb") as f:
            return [flag] if name in f.read() else []

    def compile(self, source, output):
        o = self.options
        flags = list(WARNINGS) + ["-g"]
        if "clang" in os.path.basename(o.cc):
            flags.append("-fmacro-backtrace-limit=1")
        if o.sanitize:
            flags += [f"-fsanitize={o.sanitize}", "-fno-sanitize-recover=all"]
        command = [o.cc, *flags, f"-I{ROOT}/include", f"-I{HERE}", f"-I{ROOT}/examples/hello",
                   "-x", "c", source]
        with open(source, encoding="utf-8") as f:
            text = f.read()
            kit = [o.kit, "-ljansson", "-lmd"] if "<virga/kit.h>" in text else []
            seed = [o.seed] if "<virga/seed.h>" in text else []
            json = [o.json] if re.search("<virga/(to_json|validate|json_schema)[.]h>", text) else []
        if kit:
            kit += self.if_named(o.kit, b"pg_query_parse", "-lpg_query")
        if output:
            command += ["-x", "none", *kit[:1], *json, *seed, o.archive, *kit[1:], "-lsqlite3",
                        *self.libpq(), "-luuid", "-lm", "-pthread", "-o", output]
        else:
            command.append("-fsyntax-only")
        return subprocess.run(command, capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C"})

    def build(self, name, text):
        source = self.write(f"{name}.c", text)
        program = "" if self.options.compile else os.path.join(self.folder, name)
        done = self.compile(source, program)
        if done.returncode or done.stderr:
            raise Problem(f"{self.name} does not compile:\n{done.stderr}")
        return program

    def launcher(self):
        return [a for a in re.split(r"[; ]", self.options.launcher) if a]

    def run(self, program, *arguments):
        done = subprocess.run([*self.launcher(), program, *arguments], capture_output=True,
                              text=True, cwd=self.folder)
        if done.returncode:
            raise Problem(f"{self.name}: the program fails:\n{done.stdout}{done.stderr}")
        return done.stdout

    # --- a folder and the command ----------------------------------------------------

    def inside(self, name):
        folder = os.path.join(self.folder, "reader")
        os.makedirs(folder, exist_ok=True)
        return os.path.join(folder, name)

    def write_file(self, b):
        path = self.inside(b.argument)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write((self.server.real(b.text) if self.server else b.text) + "\n")

    def tools(self):
        """A folder for the PATH: the compiler of this build, and the installed library."""
        folder = os.path.join(self.folder, "tools")
        if not os.path.isdir(folder):
            os.mkdir(folder)
            o = self.options
            sanitize = f"-fsanitize={o.sanitize}" if o.sanitize else ""
            server = ""
            if self.server:
                host, port = re.search(r"@(.*):(\d+)/", self.server.url).groups()
                server = (f"env PGHOST={host} PGPORT={port} PGUSER=virga PGPASSWORD=virga "
                          "PGDATABASE=virga")
            for name, text in (
                    ("cc", f'#!/bin/sh\nexec {o.cc} "$@"\n'),
                    ("sudo", f'#!/bin/sh\nshift 2\nexec {server} "$@"\n'),
                    ("virga.pc", "Name: virga\nDescription: of this build\nVersion: 0\n"
                                 f"Cflags: -I{ROOT}/include {sanitize}\n"
                                 f"Libs: {os.path.abspath(o.archive)} {sanitize} -lsqlite3 "
                                 f"{' '.join(self.libpq())} -luuid -lm -pthread\n")):
                path = os.path.join(folder, name)
                with open(path, "w", encoding="utf-8") as f:
                    f.write(text)
                os.chmod(path, 0o755)
        return folder

    def shell(self, b):
        """What the lines of a block print, all together."""
        env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "CC")}
        if self.options.command:
            env["PATH"] = os.path.dirname(os.path.abspath(self.options.command)) + ":" + \
                env["PATH"]
        env.update(LC_ALL="C.UTF-8", CC=self.options.cc, VIRGA_CACHE="",
                   PKG_CONFIG_PATH=self.tools(), PATH=self.tools() + ":" + env["PATH"])
        text, launcher = b.text, []
        if self.server:
            env.update(PGPORT=self.server.ports["5432"])
            text = self.server.real(text)
            launcher = [a for a in self.launcher() if a in ("setarch", "-R")]
        done = subprocess.run([*launcher, "sh", "-ec", text], cwd=self.inside("."), env=env,
                              text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        if self.server:
            done.stdout = self.server.shown(done.stdout)
        if done.returncode != int(b.argument or 0):
            raise Problem(f"{self.name}:{b.line}: ends with status {done.returncode}:\n"
                          f"{b.text}\n{done.stdout}")
        return done.stdout

    def check_file(self, b):
        path = self.inside(b.argument)
        if not os.path.exists(path):
            raise Problem(f"{self.name}:{b.line}: there is no {b.argument}")
        with open(path, encoding="utf-8") as f:
            self.compare(b, f.read().strip(), b.text.strip())

    # --- the checks ------------------------------------------------------------------

    def check_refused(self, number, b):
        before = [self.place(x) for x in self.blocks[:number]
                  if x.language == "c" and x.kind == "file"]
        if any(x.kind == "blog" for x in self.blocks):
            before.insert(0, '#include "blog.h"\n')
        source = self.write(f"refused_{number}.c", self.prelude() + "".join(before)
                            + self.function(b, "refused"))
        done = self.compile(source, None)
        if done.returncode == 0:
            raise Problem(f"{self.name}:{b.line}: should be refused, but compiles")
        said = self.blocks[number + 1] if number + 1 < len(self.blocks) else None
        if not said or said.language != "text":
            raise Problem(f"{self.name}:{b.line}: what the compiler says is missing")
        wanted = "error: .*"
        if "clang" in os.path.basename(self.options.cc): # other words around ours
            wanted = r'(?<=failed: )".*"'
        for line in re.findall(wanted, said.text):
            if line not in done.stderr:
                raise Problem(f"{self.name}:{said.line}: the compiler does not say\n"
                              f"    {line}\nbut\n{done.stderr}")
        got = [x for x in done.stderr.split("\n") if ": error:" in x]
        if "clang" not in self.options.cc and len(got) != said.text.count("error: "):
            raise Problem(f"{self.name}:{said.line}: the compiler says more\n{done.stderr}")

    def check_excerpt(self, b):
        with open(os.path.join(ROOT, b.argument), encoding="utf-8") as f:
            if b.text not in f.read():
                raise Problem(f"{self.name}:{b.line}: is not in {b.argument} any more")

    def compare(self, block, got, wanted):
        if got != wanted:
            raise Problem(f"{self.name}:{block.line}: expected\n{wanted}\n--- but got\n{got}")

    def check_result(self, number, output, statements):
        """A block of text or SQL against the nearest block of C above it."""
        b = self.blocks[number]
        above = number - 1
        while above >= 0 and (self.blocks[above].language != "c" or
                              self.blocks[above].argument == "hidden"):
            above -= 1
        if number and self.blocks[number - 1].kind == "run":
            self.compare(b, steady(output[number - 1]), steady(b.text))
            return
        if above < 0 or self.blocks[above].kind in ("file", "refused", "from", "write"):
            raise Problem(f"{self.name}:{b.line}: there is nothing above that it results from")
        if b.language == "text":
            self.compare(b, output.get(above, "").strip(), b.text.strip())
        else:
            shown = [" ".join(s.split()) for s in b.text.split(";")]
            self.compare(b, "\n".join(statements.get(above, [])),
                         "\n".join(s for s in shown if s))

    def compile_blocks(self):
        """For a second compiler: all C compiles, or is refused; nothing runs."""
        if any(b.language == "c" and b.kind in ("", "fails", "file") for b in self.blocks):
            self.build("document", self.program())
        for number, b in enumerate(self.blocks):
            if b.language == "c" and b.kind == "program":
                self.build(f"program_{number}", b.text + "\n")
            elif b.language == "c" and b.kind == "refused":
                self.check_refused(number, b)
        return sum(b.language == "c" for b in self.blocks)

    def test(self):
        if self.options.compile:
            return self.compile_blocks()
        wanted = [b for b in self.blocks if b.kind == "server"]
        if not wanted:
            return self.test_blocks()
        self.server = Server(os.path.join(self.folder, "server"), wanted[0].argument)
        try:
            return self.test_blocks()
        finally:
            self.server.stop()

    def test_blocks(self):
        output, statements = {}, {}
        if any(b.language == "c" and b.kind in ("", "fails", "file") for b in self.blocks):
            program = self.build("document", self.program())
            log = os.path.join(self.folder, "log")
            database = self.server.url if self.server else ":memory:"
            for part in self.run(program, log, database).split("\x02")[1:]:
                number, text = part.split("\n", 1)
                output[int(number)] = text
            with open(log, encoding="utf-8") as f:
                for part in f.read().split("\x02")[1:]:
                    number, text = part.split(" ", 1)
                    statements.setdefault(int(number), []).append(" ".join(text.split()))
        tested = 0
        for number, b in enumerate(self.blocks):
            tested += b.language == "c" or b.kind == "run"
            if b.kind == "write":
                self.write_file(b)
            elif b.kind == "run":
                if b.language != "sh":
                    raise Problem(f"{self.name}:{b.line}: 'run' is for blocks of sh")
                output[number] = self.shell(b)
            elif b.kind == "in":
                self.check_file(b)
            elif b.language == "c" and b.kind == "program":
                output[number] = self.run(self.build(f"program_{number}", b.text + "\n"))
            elif b.language == "c" and b.kind == "refused":
                self.check_refused(number, b)
            elif b.language == "c" and b.kind == "from":
                self.check_excerpt(b)
            elif b.kind == "output" or b.language == "sql":
                self.check_result(number, output, statements)
            elif b.language != "c" and b.kind not in ("", "blog", "server"):
                raise Problem(f"{self.name}:{b.line}: '{b.kind}' is for blocks of C")
        return tested


def check_links(path):
    """Links to files of this repository must lead somewhere."""
    with open(path, encoding="utf-8") as f:
        for target in re.findall(r"\]\(([^)#: ]+)(?:#[^)]*)?\)", f.read()):
            if not os.path.exists(os.path.join(os.path.dirname(path), target)):
                raise Problem(f"{os.path.relpath(path, ROOT)}: broken link to {target}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cc", default="gcc")
    parser.add_argument("--library", dest="archive", required=True)
    parser.add_argument("--seed", default="", help="for programs that include virga/seed.h")
    parser.add_argument("--kit", default="", help="for programs that include virga/kit.h")
    parser.add_argument("--json", default="", help="for programs that include virga/to_json.h")
    parser.add_argument("--command", default="", help="the program virga")
    parser.add_argument("--sanitize", default="")
    parser.add_argument("--launcher", default="")
    parser.add_argument("--compile", action="store_true", help="compile only, run nothing")
    parser.add_argument("--keep", action="store_true", help="print the generated program")
    parser.add_argument("file")
    options = parser.parse_args()
    path = os.path.abspath(options.file)
    try:
        with tempfile.TemporaryDirectory() as folder:
            document = Document(path, options)
            document.folder = folder
            if options.keep:
                print(document.program())
            tested = document.test()
            check_links(path)
    except Problem as problem:
        sys.exit(f"FAIL  {problem}")
    what = "of C, compiled only" if options.compile else "of C or sh"
    print(f"ok    {document.name}: {tested} blocks {what}")


if __name__ == "__main__":
    main()
