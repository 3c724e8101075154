// http.mjs - the suite in its order; see run. The instance is stopped piece by piece at the end, so that part comes last.
import { cards, finish, is, test, that, names } from "./lib.mjs";

await import("./pages.mjs");
await import("./repeats.mjs");
await import("./shapes.mjs");
await import("./top10.mjs");
await import("./staff.mjs");
await import("./staff_life.mjs");
await import("./board.mjs");
await import("./desk.mjs");
await import("./rules.mjs");
await test("after every act here the card of a demand says what its rows say", async () => {
  const { held, wrong } = await cards();
  that(held > 50, `only ${held} cards hold`);
  is(wrong, "");
});
await import("./logs.mjs");
const { cases } = await import("./cases.mjs");
await cases(test, names);
await import("./outage.mjs");
finish();
