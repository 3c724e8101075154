// document.mjs - the OpenAPI document as a judge of replies.
//
// The document promises that clients must bear fields they do not know. The tests are stricter: a field that the document
// does not name is a mistake here, so objects are closed before they are compiled. What was seen is remembered.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";

export const doc = JSON.parse(readFileSync(new URL("../../openapi/openapi.json", import.meta.url)));
export const BASE = doc.servers[0].url;
export const operations = new Map();
for (const [path, methods] of Object.entries(doc.paths))
  for (const [method, op] of Object.entries(methods)) operations.set(op.operationId, { ...op, path, method: method.toUpperCase() });

// A schema with `properties` of its own may hold nothing else; one beside a $ref only narrows another.
function closed(node) {
  if (Array.isArray(node)) return node.map(closed);
  if (!node || typeof node !== "object") return node;
  const out = Object.fromEntries(Object.entries(node).map(([k, v]) => [k, closed(v)]));
  if (out.properties && out.type === "object" && !out.$ref) out.additionalProperties ??= false;
  return out;
}
const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
formats(ajv);
for (const word of ["x-codes", "example"]) ajv.addKeyword(word);
const HOME = "https://suda.example/openapi";
const rehomed = (schema) => JSON.parse(JSON.stringify(closed(schema)).replaceAll('"#/components/schemas/', `"${HOME}#/$defs/`));
ajv.addSchema({ $id: HOME, $defs: rehomed(doc.components.schemas) });
const compiled = new Map();
export function validator(schema) {
  const text = JSON.stringify(schema);
  if (!compiled.has(text)) compiled.set(text, ajv.compile(rehomed(schema)));
  return compiled.get(text);
}
export const faults = (v) => v.errors.map((e) => `${e.instancePath || "/"} ${e.message} ${JSON.stringify(e.params)}`).join("; ");
const resolve = (o) => (o.$ref ? o.$ref.slice(2).split("/").reduce((at, k) => at[k], doc) : o);

export const seen = new Set(); // "operation status reason"

// Throws when the reply is not one that the document describes for this operation.
export function judge(id, reply) {
  const described = operations.get(id)?.responses[reply.status];
  if (!described) throw new Error(`${id}: status ${reply.status} is not in the document: ${reply.text.slice(0, 200)}`);
  const { content, headers = {} } = resolve(described);
  for (const [name, h] of Object.entries(headers)) {
    const value = reply.headers[name.toLowerCase()];
    if (value === undefined ? h.required : !validator(h.schema)(h.schema.type === "integer" ? Number(value) : value))
      throw new Error(`${id} ${reply.status}: header ${name} is ${value}`);
  }
  const type = (reply.headers["content-type"] ?? "").split(";")[0];
  if (!content) {
    if (reply.buffer.length) throw new Error(`${id} ${reply.status}: a body, though none is described`);
  } else if (!content[type]) {
    throw new Error(`${id} ${reply.status}: content type ${type} is not in the document`);
  } else if (type === "application/json") {
    const v = validator(content[type].schema);
    if (!v(reply.json)) throw new Error(`${id} ${reply.status}: ${faults(v)} in ${reply.text.slice(0, 300)}`);
    const known = doc.components.schemas.Reason["x-codes"].find((c) => c.reason === reply.json.reason);
    if (known && (known.code !== reply.json.code || known.status !== reply.status))
      throw new Error(`${id}: ${reply.json.reason} came as ${reply.json.code} with ${reply.status}`);
  }
  seen.add(`${id} ${reply.status} ${reply.json?.reason ?? "-"}`);
  return reply;
}
// Every "operation status reason" that the document names.
export function promised() {
  const all = [];
  for (const [id, op] of operations)
    for (const [status, described] of Object.entries(op.responses)) {
      const json = resolve(described).content?.["application/json"];
      // Acts of the staff share one refusal that names no reasons: what they refuse is shown in staff_life.mjs.
      const reasons = status < 300 ? [json ? "OK" : "-"] : json ? json.schema.properties?.reason?.enum ?? [] : ["-"];
      for (const reason of reasons) all.push(`${id} ${status} ${reason}`);
    }
  return all;
}
// The body that the document gives as example, or undefined.
export const example = (id) => operations.get(id).requestBody?.content["application/json"]?.example;
// Whether the document allows this body.
export function body_allowed(id, body) {
  const v = validator(operations.get(id).requestBody.content["application/json"].schema);
  return v(body) ? "" : faults(v);
}
