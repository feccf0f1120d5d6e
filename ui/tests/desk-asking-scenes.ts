import { atDesk } from "./desk-making-scenes";
import { line } from "./fake-desk";
import { ok } from "./fake-host";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const row = `${test("desk-row")}[data-index="1"]`;
const facts = { permission: "missing" as const, state: line(0).state };
const toReturned = [test("profile"), test("menu-desk-returned")];
const explain: [string, string] = [
  test("return-text"),
  "https://www.blue-anchor.example/welcome?client=k0CL",
];

export const DESK_ASKING_SCENES: Record<string, Scene> = {
  "desk-channel-missing": atDesk({ facts, page: "desk-channel", press: [row] }),
  "desk-ask": atDesk({ facts, page: "desk-ask", press: [row, test("ask-permission")] }),
  "desk-ask-bad": atDesk({
    facts,
    calls: { askForPermission: async () => ok({ kind: "badAddress", why: "notHttps" }) },
    page: "desk-ask",
    press: [row, test("ask-permission")],
  }),
  "desk-returned": atDesk({ page: "desk-returned", press: toReturned }),
  "desk-returned-told": atDesk({
    page: "desk-returned",
    press: [...toReturned, explain, test("return-explain")],
  }),
  "desk-returned-refused": atDesk({
    calls: { explainReturn: async () => ok({ kind: "refused", why: "oddList" }) },
    page: "desk-returned",
    press: [...toReturned, explain, test("return-explain")],
  }),
};
