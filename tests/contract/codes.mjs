// codes.mjs - the table of public error codes as the program holds it: cgi/web/problem.c and the words of error.msg.
//
//     node tests/contract/codes.mjs       writes it into openapi/openapi.json, where a test holds it
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const top = new URL("../../", import.meta.url);
const file = (path) => readFileSync(new URL(path, top), "utf8");

export function error_codes() {
  const words = Object.fromEntries(["zh-CN", "en"].map((l) => [l, file(`templates/messages/${l}/error.msg`)]));
  return [...file("cgi/web/problem.c").matchAll(/\{"([A-Z_]+)", (\d+), (\d+), MSG_/g)].map((m) => ({ code: +m[3], status: +m[2], reason: m[1],
    ...Object.fromEntries(Object.entries(words).map(([l, t]) => [l, new RegExp(`^error\\.${m[1].toLowerCase()} = (.*)$`, "m").exec(t)[1]])) }));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = new URL("openapi/openapi.json", top), doc = JSON.parse(readFileSync(path)), reason = doc.components.schemas.Reason;
  reason["x-codes"] = error_codes();
  reason.enum = reason["x-codes"].map((r) => r.reason);
  writeFileSync(path, JSON.stringify(doc, null, 1) + "\n");
}
