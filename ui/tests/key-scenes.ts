import type { KeyTestView, PastedView } from "../src/host";
import {
  appView,
  before,
  channel,
  failure,
  fails,
  FRONT_DESK,
  HERE,
  key,
  ok,
  OPEN,
  PASTED,
  RESTAURANT,
  row,
  SIGNED_IN,
  NO_EXTRA,
} from "./fake-host";
import { at, BOOKING, DESK, HISTORY, keeping, REFUSED } from "./key-fixtures";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const signedIn = appView({ session: SIGNED_IN });
const here = appView({ session: HERE });
const never = () => new Promise<never>(() => {});
const opened = `[data-test="channel-row"][data-id="${RESTAURANT.id}"]`;
const toBefore = [opened, test("make-key")];
const toPaste = [opened, test("paste-key")];
const toMistake = [opened, test("mistake")];

const PLACES = [
  { name: "Table booking system", done: false },
  { name: "Chatbot", done: false },
];
const NEW = key({
  id: "key-9",
  state: "kept",
  label: "Key of Restaurant bookings",
  askedAt: at(0, 3),
  places: PLACES,
});
const DEAD = { ...BOOKING, replacedAt: at(0, 3) };

const pasted = (test: KeyTestView, facts: Partial<PastedView> = {}): Scene => ({
  page: "paste",
  app: signedIn,
  host: { takePasted: async () => ok({ ...PASTED, test, ...facts } as PastedView) },
  press: [...toPaste, '[data-test="paste-now"]', '[data-test="use-key"]'],
});

export const KEY_SCENES: Record<string, Scene> = {
  "before-places": {
    page: "before",
    app: signedIn,
    host: { beforeMaking: async () => ok(before({ keys: [BOOKING] })) },
    press: toBefore,
  },
  "before-partner-holds": {
    page: "before",
    app: signedIn,
    host: { beforeMaking: async () => ok(before({ row: row({ permission: "shared" }), verdict: OPEN })) },
    press: toBefore,
  },
  "before-failed": {
    page: "reading",
    app: signedIn,
    host: { beforeMaking: async () => fails("hubNoConnection") },
    press: toBefore,
  },
  "made-places": {
    page: "made",
    app: signedIn,
    host: {
      makeKey: async () => ok({ kind: "made", key: key({ places: PLACES }), notSaved: null, others: [] }),
      setPlaces: async (_, places) => ok(key({ places })),
    },
    press: [...toBefore, test("replace-key"), test("place-done")],
  },
  "not-made-session-ended": {
    page: "not-made",
    app: signedIn,
    host: { makeKey: async () => ok({ kind: "notMade", why: failure("sessionEnded") }) },
    press: [...toBefore, test("replace-key")],
  },
  "not-made-not-offered": {
    page: "not-made",
    app: signedIn,
    host: { makeKey: async () => ok({ kind: "notMade", why: failure("hubNotOffered", { status: 405 }) }) },
    press: [...toBefore, test("replace-key")],
  },
  keys: { page: "keys", app: signedIn, host: keeping(BOOKING, REFUSED, DESK), press: [test("nav-keys")] },
  "keys-dead": {
    page: "keys",
    app: signedIn,
    host: keeping(
      DEAD,
      { ...DESK, test: { result: "couldNotAsk", at: at(0, 1) }, workedAt: at(0, 1, 3) },
      key({ id: "key-4", state: "lost", tail: null }),
    ),
    press: [test("nav-keys")],
  },
  "keys-rename": {
    page: "keys",
    app: signedIn,
    host: keeping(BOOKING),
    press: [test("nav-keys"), test("rename-key")],
  },
  "keys-forget": {
    page: "keys",
    app: signedIn,
    host: keeping(BOOKING),
    press: [test("nav-keys"), test("let-go")],
  },
  "keys-here": { page: "keys", app: here, host: keeping(BOOKING), press: [test("nav-keys")] },
  "keys-empty": { page: "keys", app: signedIn, press: [test("nav-keys")] },
  "keys-failed": {
    page: "keys",
    app: signedIn,
    host: { keys: async () => fails("recordsOut") },
    press: [test("nav-keys")],
  },
  "channel-keys": { page: "channel", app: signedIn, host: keeping(BOOKING, REFUSED), press: [opened] },
  "channel-keys-here": { page: "channel", app: here, host: keeping(BOOKING), press: [opened] },
  paste: { page: "paste", app: signedIn, press: toPaste },
  "paste-busy": {
    page: "paste",
    app: signedIn,
    host: { takePasted: never },
    press: [...toPaste, test("paste-now"), test("use-key")],
  },
  "paste-found": { page: "paste", app: signedIn, press: [...toPaste, test("paste-now")] },
  "paste-which": {
    page: "paste",
    app: signedIn,
    host: { findPasted: async () => ok(["zT4uAK", "kX9pAK"]) },
    press: [...toPaste, test("paste-now")],
  },
  "paste-not-a-key": {
    page: "paste",
    app: signedIn,
    host: { findPasted: async () => fails("maskedKey") },
    press: [...toPaste, test("paste-now")],
  },
  "paste-works": pasted({ kind: "works", sending: "available", numberKnown: true }),
  "paste-number-unknown": pasted({ kind: "works", sending: "available", numberKnown: false }),
  "paste-belongs": pasted(
    { kind: "otherNumber", externalId: "10655", whose: null },
    { belongsTo: FRONT_DESK },
  ),
  "paste-other": pasted({ kind: "otherNumber", externalId: "10655", whose: null }),
  "paste-refused": pasted({ kind: "refused" }),
  "paste-open": pasted({ kind: "couldNotAsk", why: failure("hubNoConnection") }),
  "paste-already-here": {
    page: "paste",
    app: signedIn,
    host: { takePasted: async () => ok({ kind: "alreadyHere", key: BOOKING }) },
    press: [...toPaste, test("paste-now"), test("use-key")],
  },
  mistake: { page: "mistake", app: signedIn, host: keeping(NEW, DEAD), press: toMistake },
  "mistake-tested": {
    page: "mistake",
    app: signedIn,
    host: { ...keeping(NEW, DEAD), webhook: async () => ok({ kind: "notSet", extra: NO_EXTRA }) },
    press: [...toMistake, `${test("place-done")}:is([data-page="mistake"] *)`, test("copy-mistake-text")],
  },
  "mistake-no-key": { page: "mistake", app: signedIn, host: keeping(REFUSED), press: toMistake },
  "mistake-partner": {
    page: "mistake",
    app: signedIn,
    host: { channel: async () => ok(channel({ row: FRONT_DESK })) },
    press: toMistake,
  },
  "mistake-here": { page: "mistake", app: here, host: keeping(), press: toMistake },
  "mistake-webhook-open": {
    page: "mistake",
    app: signedIn,
    host: { ...keeping(NEW), webhook: async () => ok({ kind: "couldNotAsk", why: failure("hubNoAnswer") }) },
    press: toMistake,
  },
  "mistake-failed": {
    page: "mistake",
    app: signedIn,
    host: { channel: async () => fails("noSuchChannel") },
    press: [test("nav-help"), test("help-mistake"), test("choose-number")],
  },
  "mistake-choose": { page: "mistake", app: signedIn, press: [test("nav-help"), test("help-mistake")] },
  history: {
    page: "history",
    app: signedIn,
    host: { history: async () => ok(HISTORY) },
    press: [test("nav-history")],
  },
  "history-searched": {
    page: "history",
    app: signedIn,
    host: { history: async () => ok(HISTORY) },
    press: [test("nav-history"), test("export-csv"), [test("history-search"), "lighthouse"]],
  },
  "history-empty": { page: "history", app: signedIn, press: [test("nav-history")] },
  "history-failed": {
    page: "history",
    app: signedIn,
    host: { history: async () => fails("recordsOut") },
    press: [test("nav-history")],
  },
};
