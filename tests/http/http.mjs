// http.mjs - the suite in its order; see run. The instance is stopped piece by piece at the end, so that part comes last.
import { finish, test, names } from "./lib.mjs";

await import("./pages.mjs");
await import("./repeats.mjs");
await import("./shapes.mjs");
await import("./top10.mjs");
await import("./staff.mjs");
await import("./staff_life.mjs");
await import("./board.mjs");
await import("./desk.mjs");
await import("./rules.mjs");
await import("./logs.mjs");
const { cases } = await import("./cases.mjs");
await cases(test, names);
await import("./outage.mjs");
finish();
