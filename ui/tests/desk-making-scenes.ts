import type { AppView, Host, LineView } from "../src/host";
import { BY_KEY, deskCalls, line, PARTNER, practiceDesk } from "./fake-desk";
import { appView, before, failure, key, LOCKED, ok, row } from "./fake-host";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const at = (index: number) => `${test("desk-row")}[data-index="${index}"]`;
const NOW = Math.floor(Date.now() / 1000);

export const BEFORE_AT_DESK = before({
  side: "partner",
  row: row({ id: "c1CH", permission: "shared", payer: "notTold" }),
  verdict: { generate: "yes", reason: "sharedWithPartner", next: "makeKey", missing: [] },
});

const SHARED: Partial<LineView> = { permission: "shared", state: line(0).state };

type More = Partial<Scene> & { calls?: Partial<Host>; facts?: Partial<LineView>; app?: AppView };

export function atDesk({ calls, facts = SHARED, ...rest }: More): Scene {
  const lines = practiceDesk(9).map((l) => (l.id === "c1CH" ? line(1, facts) : l));
  return {
    page: "desk",
    app: appView({ session: PARTNER }),
    host: { ...deskCalls(lines), beforeMaking: async () => ok(BEFORE_AT_DESK), ...calls },
    ...rest,
  };
}

const toBefore = [at(1), test("make-key")];
const toMade = [...toBefore, test("replace-key")];
const READS: Partial<Host> = { deskMode: async () => ok("readOnly") };
const member = appView({ session: { ...PARTNER, rank: "member" } });
const made = key({ channelId: "c1CH", by: "jo@blue-anchor.example" });
const waiting = (facts = {}) => ({
  key: { ...made, ...facts },
  clientId: "k0CL",
  clientName: "Harbour Hotel GmbH",
  waits: true,
});
const KEYS: Partial<Host> = {
  deskKeys: async () =>
    ok([
      waiting(),
      waiting({
        id: "key-2",
        state: "kept",
        label: "For the hotel",
        tail: "mQ2rAK",
        test: { result: "works", at: NOW - 60 },
      }),
      {
        ...waiting({ id: "key-3", state: "unknown", tail: null, channelId: "c2CH", channelName: "Spa" }),
        waits: false,
      },
    ]),
};
const MADE: Partial<Host> = {
  makeKey: async () => ok({ kind: "made", key: made, notSaved: null, others: [] }),
};

export const DESK_MAKING_SCENES: Record<string, Scene> = {
  "desk-read-only": atDesk({ app: member, calls: READS }),
  "desk-read-only-channel": atDesk({ app: member, calls: READS, page: "desk-channel", press: [at(1)] }),
  "desk-may-write": atDesk({ app: member, calls: READS, page: "may-write", press: [test("let-write")] }),
  "desk-may-write-key": atDesk({
    app: appView({ session: BY_KEY }),
    calls: READS,
    page: "may-write",
    press: [test("let-write")],
  }),
  "desk-channel-keys": atDesk({
    calls: {
      ...KEYS,
      deskKeyList: async () =>
        ok({
          kind: "told",
          keys: [{ hubId: "201126", tail: "kX9p" }],
          changed: { toldBefore: NOW - 3_600, toldNow: NOW - 2_000, here: false },
        }),
    },
    page: "desk-channel",
    press: [at(1)],
  }),
  "desk-before": atDesk({ page: "before", press: toBefore }),
  "desk-made": atDesk({ calls: MADE, page: "made", press: toMade }),
  "desk-made-handing": atDesk({
    calls: MADE,
    page: "made",
    press: [...toMade, test("copy-key"), test("hand-over-begin")],
  }),
  "desk-not-made": atDesk({
    calls: {
      makeKey: async () =>
        ok({ kind: "notMade", why: failure("hubRefused", { status: 403, said: "Not shared." }) }),
    },
    page: "not-made",
    press: toMade,
  }),
  "desk-unknown": atDesk({
    calls: {
      makeKey: async () =>
        ok({ kind: "unknown", why: failure("hubNoAnswer"), key: { ...made, state: "unknown", tail: null } }),
    },
    page: "unknown",
    press: toMade,
  }),
  "desk-keys-waiting": atDesk({ calls: KEYS }),
  "desk-keys": atDesk({ calls: KEYS, page: "desk-keys", press: [test("look-at-desk-keys")] }),
  "desk-keys-none": atDesk({ page: "desk-keys", press: [test("profile"), test("menu-desk-keys")] }),
  "locked-desk-key": {
    page: "locked",
    app: appView({
      session: {
        ...LOCKED,
        person: { email: "pT77xPA", name: null },
        clientId: null,
        partnerId: "pT77xPA",
        byKey: true,
        keyWaits: true,
      },
    }),
  },
};
