#!/usr/bin/env node
// The JSON Schemas that Virga writes, read by ajv: each is a good one by the rules of JSON
// Schema 2020-12, and what it says of a document is what vg_from_json says.
//
//     run.js FOLDER JUDGE [COUNT]
//
// FOLDER is where npm has put ajv, JUDGE the program of judge.c. First a table of documents,
// then COUNT random ones, by a fixed seed: good ones in which some members are other values.
// Proves: V010.
"use strict";
const path = require("path");
const { execFileSync } = require("child_process");

const [folder, judge, count] = process.argv.slice(2);
const modules = path.join(path.resolve(folder), "node_modules");
const Ajv = require(path.join(modules, "ajv/dist/2020"));
const formats = require(path.join(modules, "ajv-formats"));

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, validateSchema: true });
formats(ajv);
const validators = {};
for (const line of execFileSync(judge, ["schemas"], { encoding: "utf8" }).trim().split("\n")) {
  const [name, schema] = line.split("\t");
  validators[name] = ajv.compile(JSON.parse(schema));
}

const person = {
  name: "Ada", email: "ada@example.org", age: 36, height: 1.5, admin: true, balance: "12.50",
  mood: "grey", past: null, token: "0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b", born: "1815-12-10",
  seen: "2026-11-21T10:30:00.25+02:00", photo: "AP8Q", extra: { a: [1, 2.5, null] }, debt: 250,
};
const place = { id: 3, slug: "x-1", site: "https://a.b:80/c?d", size: "small", mayor_id: null };
const thing = {
  id: 1, small: 2, whole: null, code: "abc", bits: "0101", single: 0.5, tags: ["a", null],
  grid: [[1, 2], [3, 4]], days: ["2026-11-21"], keys: ["01020300-0000-0000-0000-000000000000"],
  flags: [true, false], blobs: ["QQ=="], reals: [1.5, -2], opens: "10:30:00",
  span: "1 day 02:00:00", spot: [1.5, 2], address: "::1",
};
const good = {
  people_insert: person, people_update: { age: null, name: "Bob" },
  people_select: { id: 1, ...person, shout: "ADA" },
  places_insert: place,
  places_select: { ...place, mayor: { id: 1, ...person, shout: null } },
  things_insert: thing, things_update: { small: 3 }, things_select: { ...thing, counted: 9 },
  card_select: { name: "Bob", mood: "sunny", born: null, years: 1, debt: null, place, home: place },
};

// Values that may come anywhere. Not among them is what a schema cannot say; json_schema.h
// lists it.
const pool = [
  null, true, false, 0, 1, -1, 2, 150, 151, 32767, 32768, -32769, 2147483647, 2147483648,
  0.5, 0.29, 1e39, 42.0, 1e300, "", "a", "ab", "abc", "abcd", "abcdef", "x".repeat(20),
  "x".repeat(21), "\u00e4".repeat(20), "\ud83d\ude00".repeat(20), "\ud83d\ude00".repeat(21),
  "a@b", "a@b.c", "a..b@c.d", ".a@b.c", "a+b.c@d-e.f.gh", "a b@c.d", "@b", "a@b..c", "a@-b", "http://a", "https://a.b:1/?x#y", "ftp://a",
  "http://a b", "http://-a", "A-1", "a_1", "a-1", "small", "large", "sunny", "grey", 'storm "now"',
  "GREY", "0", "12.5", "-0.10", "1e2", "007", "12345678.99", "123456789.0", "0.123", "0.1200",
  "2026-02-28", "2026-02-30", "2024-02-29", "2026-13-01", "2026-11-21T10:30:00Z",
  "2026-11-21T10:30:00+01:30", "2026-11-21T25:30:00Z", "2026-11-21 10:30:00Z",
  "2026-11-21T10:30:00", "0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b", "0199A0B1C2D37E4F8A5B6C7D8E9F0A1B",
  "QQ==", "QQ=", "QUJD", "????", "0101", "01", "01012", [], {}, [1], [1, 2], [1, 2, 3], [null],
  ["a"], ["abcdef"], [[1, 2], [3, 4]], [[1, 2], [3]], [[1], [2]], ["2026-11-21"], [true], [0.5, 1],
  ["QQ=="], [["a"]], { a: 1 },
];
const rows = ["place", "home", "mayor"];
const texts_only = ["opens", "span", "debt"]; // what their codecs and parsers refuse

let state = 12345;
function random(n) { // xorshift
  state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
  return (state >>> 0) % n;
}

function mutated(base) {
  const copy = structuredClone(base);
  const inner = copy.place || copy.mayor;
  const target = inner && random(3) === 0 ? inner : copy;
  for (let n = random(3); n >= 0; n--) {
    const keys = Object.keys(target);
    const key = keys[random(keys.length)];
    const what = random(8);
    if (what === 0) delete target[key];
    else if (what === 1) target["x" + random(3)] = 1;
    else if (!texts_only.includes(key) && !rows.includes(key))
      target[key] = pool[random(pool.length)];
  }
  return copy;
}

const documents = [];
for (const [name, base] of Object.entries(good)) {
  documents.push([name, base], [name, {}], [name, []], [name, null], [name, 5]);
  for (const key of Object.keys(base)) {
    const { [key]: gone, ...rest } = base;
    documents.push([name, rest], [name, { ...base, [key]: null }]);
    for (const value of texts_only.includes(key) || rows.includes(key) ? [] : pool)
      documents.push([name, { ...base, [key]: value }]);
  }
}
const names = Object.keys(good);
for (let i = 0; i < Number(count || 20000); i++) {
  const name = names[random(names.length)];
  documents.push([name, mutated(good[name])]);
}

const lines = documents.map(([name, d]) => `${name}\t${JSON.stringify(d)}\n`);
const verdicts = execFileSync(judge, ["documents"], {
  input: lines.join(""), encoding: "utf8", maxBuffer: 1 << 28,
}).split("\n");

let failed = 0, accepted = 0;
// Arrays of unequal rows: a schema can say how long each is, not that they are alike.
const beyond = (verdict) => /^(\/grid(\/\d+)? size(; )?)+$/.test(verdict);
documents.forEach(([name, document], i) => {
  const theirs = validators[name](document);
  const ours = verdicts[i] === "ok";
  accepted += ours;
  if (theirs === ours || (theirs && beyond(verdicts[i]))) return;
  if (failed++ < 20)
    console.log(`FAIL ${name} ${JSON.stringify(document)}\n  Virga: ${verdicts[i]}\n  ajv:   ` +
      (theirs ? "ok" : ajv.errorsText(validators[name].errors)));
});
console.log(`${documents.length} documents, ${accepted} of them good, ${failed} judged differently`);
process.exit(failed ? 1 : 0);
