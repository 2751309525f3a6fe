#!/usr/bin/env python3
"""Tests run.py itself: documents that must pass, and documents that must not.

What is not tested must not look tested, so each way of getting a wrong block past run.py
is tried here. Takes the options of run.py.
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
USERS = "<!-- doc: blog -->\n"
PRINT = '```c\nputs("hello");\n```\n'

GOOD = {
    "nothing": "# A title\n\ntext\n",
    "statements": PRINT,
    "output": PRINT + "\n<!-- doc: output -->\n```text\nhello\n```\n",
    "file scope": "<!-- doc: file -->\n```c\nstatic int two(void) { return 2; }\n```\n"
                  "```c\nreturn two() - 2;\n```\n",
    "sql": USERS + "```c\nint64_t n;\nvg_count(db, &n, FROM(users));\n```\n"
           '```sql\nselect count(*)\n  from "users";\n```\n',
    "fails": USERS + "<!-- doc: fails -->\n```c\nvg_exec(db, DELETE_FROM(users));\n```\n",
    "refused": USERS + "<!-- doc: refused -->\n```c\n(void)EQ(users.email, 5);\n```\n"
               '```text\nerror: static assertion failed: "EQ(users.email, 5): the two '
               'sides have different types"\n```\n',
    "program": "<!-- doc: program -->\n```c\nint main(void)\n{\n    return 0;\n}\n```\n",
    "a folder": "<!-- doc: write a/b.txt -->\n```text\none\n```\n"
                "<!-- doc: run -->\n```sh\ncat a/b.txt; cp a/b.txt c.txt\n```\n"
                "<!-- doc: output -->\n```text\none\n```\n"
                "<!-- doc: in c.txt -->\n```text\none\n```\n",
    "a status": "<!-- doc: run 2 -->\n```sh\nexit 2\n```\n",
    "times": "<!-- doc: run -->\n```sh\necho took 3.14 ms at 2026-11-21 17:17\n```\n"
             "<!-- doc: output -->\n```text\ntook 0.1 ms at 2020-01-01 00:00\n```\n",
    "a server": "<!-- doc: server -->\n```c\nputs(vg_primary(db) ? \"primary\" : \"\");\n```\n"
                "<!-- doc: output -->\n```text\nprimary\n```\n"
                "<!-- doc: run -->\n```sh\nsudo -u postgres psql -Atc 'select 1'\n```\n"
                "<!-- doc: output -->\n```text\n1\n```\n",
    "hidden": "<!-- doc: hidden file\nstatic int hidden;\n-->\n```c\nreturn hidden;\n```\n",
}

BAD = {
    "does not compile": "```c\nnonsense;\n```\n",
    "warns": "```c\nchar c = 300;\n(void)c;\n```\n",
    "returns an error": "```c\nreturn VG_BUSY;\n```\n",
    "fails unexpectedly": USERS + "```c\nvg_exec(db, DELETE_FROM(users));\n```\n",
    "a statement fails": USERS + '```c\nvg_exec(db, RAW("select x"));\n'
                         'vg_exec(db, RAW("select 1"));\n```\n',
    "does not fail": "<!-- doc: fails -->\n" + PRINT,
    "wrong output": PRINT + "<!-- doc: output -->\n```text\nbye\n```\n",
    "wrong sql": USERS + "```c\nint64_t n;\nvg_count(db, &n, FROM(users));\n```\n"
                 "```sql\nselect 1\n```\n",
    "sql of nothing": "```sql\nselect 1\n```\n",
    "not refused": "<!-- doc: refused -->\n" + PRINT + "```text\nerror: x\n```\n",
    "refused with other words": USERS + "<!-- doc: refused -->\n"
                                "```c\n(void)EQ(users.email, 5);\n```\n"
                                '```text\nx.c:1: error: static assertion failed: "no"\n```\n',
    "refused without words": "<!-- doc: refused -->\n```c\nnonsense;\n```\n",
    "unknown comment": "<!-- doc: ignore -->\n" + PRINT,
    "misspelt comment": "<!-- doc ignore, doc: no -->\n" + PRINT,
    "comment of nothing": "<!-- doc: fails -->\n\ntext\n",
    "fence in capitals": "```C\nputs(1);\n```\n",
    "fence of another kind": "~~~c\nputs(1);\n~~~\n",
    "fence without a language": "```\nputs(1);\n```\n",
    "indented fence": "* x\n  ```c\n  puts(1);\n  ```\n",
    "block without an end": "```c\nputs(\"\");\n",
    "excerpt of another text": "<!-- doc: from tests/docs/blog.h -->\n```c\nnot there\n```\n",
    "a command fails": "<!-- doc: run -->\n```sh\nfalse\n```\n",
    "another status": "<!-- doc: run 2 -->\n```sh\ntrue\n```\n",
    "a command prints another text": "<!-- doc: run -->\n```sh\necho one\n```\n"
                                     "<!-- doc: output -->\n```text\ntwo\n```\n",
    "another file": "<!-- doc: write a -->\n```text\none\n```\n"
                    "<!-- doc: in a -->\n```text\ntwo\n```\n",
    "no such file": "<!-- doc: in a -->\n```text\ntwo\n```\n",
    "C that is run by a shell": "<!-- doc: run -->\n" + PRINT,
    "a server with another option": "<!-- doc: server --nonsense -->\n" + PRINT,
    "broken link": "[here](nowhere.md)\n",
}


def run(text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "doc.md")
        with open(path, "w") as f:
            f.write(text)
        return subprocess.run([sys.executable, os.path.join(HERE, "run.py"), *sys.argv[1:],
                               path], capture_output=True, text=True)


def main():
    failed = 0
    for wanted, documents in ((True, GOOD), (False, BAD)):
        for name, text in documents.items():
            done = run(text)
            fine = (done.returncode == 0) == wanted
            # A refusal is a sentence, not a crash of the script.
            fine = fine and "Traceback" not in done.stderr
            failed += not fine
            print(f"{'ok   ' if fine else 'FAIL '} {name}")
            if not fine:
                print(done.stdout + done.stderr)
    sys.exit(failed != 0)


main()
