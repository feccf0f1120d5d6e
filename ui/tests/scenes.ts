import type { AppView, Host } from "../src/host";
import {
  appView,
  before,
  channel,
  fails,
  failure,
  FRONT_DESK,
  HARBOUR,
  key,
  LISBON,
  ok,
  OPEN,
  RESTAURANT,
  row,
  SIGNED_IN,
  SPA,
} from "./fake-host";

export type Scene = {
  app?: AppView;
  host?: Partial<Host>;
  /** What is pressed, or typed into, to get there. */
  press?: (string | [string, string])[];
  /** The page that is then to be seen. */
  page: string;
};

const test = (name: string) => `[data-test="${name}"]`;
const number = (id: string) => `[data-test="channel-row"][data-id="${id}"]`;
const signedIn = appView({ session: SIGNED_IN });
const practising = appView({ session: SIGNED_IN, practice: true });
const never = () => new Promise<never>(() => {});
const noKeychain = ok(before({ keychain: "absent" }));
const inMemory = key({ state: "inMemory" });
const toBefore = [number(RESTAURANT.id), test("make-key")];
const toMade = [...toBefore, test("replace-key")];
const kept = key({ id: "key-0", state: "kept", label: "Table booking system", tail: "mQ2r" });
const sam = { email: "sam@two-shops.example", name: "Sam Okafor" };
const shops = [
  { id: "aB1cCL", name: "Sam's Bikes", rank: "owner" },
  { id: "dE2fCL", name: "Sam's Coffee", rank: "member" },
];

const state = (hubWord: string, whoActs: "client" | "meta" | "askThreeSixtyDialog", known = true) =>
  ({ word: "settingUp", hubWord, known, whoActs }) as const;

const many = {
  ...HARBOUR,
  clientName: "Möbel Lindner",
  channels: Array.from({ length: 40 }, (_, at) =>
    row({
      id: `n${at}CH`,
      name: `Küchen Düsseldorf ${at + 1}`,
      number: `+49 211 5557 ${String(at).padStart(4, "0")}`,
      digits: `4921155570${at}`,
      payer: "notTold",
      keysHere: at === 2 ? 1 : 0,
      permission: (["shared", "missing", "notTold", "noPartner"] as const)[at % 4] ?? "missing",
      state: [
        RESTAURANT.state,
        state("created", "client"),
        state("new_name_requested", "meta"),
        state("quantum_flux", "askThreeSixtyDialog", false),
        { word: "notLive", hubWord: "terminated", known: true, whoActs: "askThreeSixtyDialog" } as const,
      ][at % 5] as typeof RESTAURANT.state,
    }),
  ),
};

export const SCENES: Record<string, Scene> = {
  "sign-in": { page: "sign-in" },
  "sign-in-wrong": {
    page: "sign-in",
    host: { signIn: async () => fails("wrongPassword", { said: "Wrong email or password." }) },
    press: [[test("email"), "maria@harbour-hotel.example"], [test("password"), "nope"], test("sign-in")],
  },
  "sign-in-other-hub": { page: "sign-in", app: appView({ host: "hub.example:8443" }) },
  practice: { page: "sign-in", app: appView({ practice: true, host: "127.0.0.1:4321" }) },
  "client-id": {
    page: "client-id",
    app: appView({ session: { kind: "clientIdNeeded", email: "maria@harbour-hotel.example" } }),
  },
  choose: { page: "choose", app: appView({ session: { kind: "choosing", person: sam, clients: shops } }) },
  partner: {
    page: "partner",
    app: appView({
      practice: true,
      session: {
        kind: "partner",
        person: { email: "jo@blue-anchor.example", name: "Jo Tanner" },
        partnerId: "pT77xPA",
      },
    }),
  },
  channels: {
    page: "channels",
    app: practising,
    host: { waitingKeys: async () => ok([key(), key({ id: "key-2", state: "unknown", tail: null })]) },
  },
  "channels-many": { page: "channels", app: signedIn, host: { channels: async () => ok(many) } },
  "channels-empty": {
    page: "channels",
    app: signedIn,
    host: { channels: async () => ok({ ...HARBOUR, channels: [] }) },
  },
  "channels-failed": {
    page: "channels",
    app: signedIn,
    host: { channels: async () => fails("hubInTrouble", { status: 503, said: "Service unavailable" }) },
  },
  "channels-waiting": { page: "channels", app: signedIn, host: { channels: never } },
  "channel-shared": { page: "channel", app: practising, press: [number(FRONT_DESK.id), test("off-step")] },
  channel: {
    page: "channel",
    app: signedIn,
    host: {
      channel: async () =>
        ok(
          channel({
            keys: [
              kept,
              key(),
              key({ id: "key-3", state: "kept", label: "Chatbot", tail: "aa7B", replacedAt: 1_763_000_000 }),
              key({ id: "key-4", state: "unknown", tail: null }),
            ],
          }),
        ),
    },
    press: [number(RESTAURANT.id)],
  },
  "channel-not-running": { page: "channel", app: signedIn, press: [number(SPA.id)] },
  "channel-not-told": {
    page: "channel",
    app: signedIn,
    host: {
      channel: async () =>
        ok(channel({ row: LISBON, quality: null, limit: null, wabaId: null, externalId: null })),
    },
    press: [number(LISBON.id)],
  },
  before: {
    page: "before",
    app: signedIn,
    host: { beforeMaking: async () => ok(before({ keys: [kept] })) },
    press: toBefore,
  },
  "before-no-keychain": {
    page: "before",
    app: signedIn,
    host: { beforeMaking: async () => noKeychain },
    press: toBefore,
  },
  "before-hub-decides": {
    page: "before",
    app: signedIn,
    host: { beforeMaking: async () => ok(before({ verdict: OPEN, keychain: "locked", row: LISBON })) },
    press: toBefore,
  },
  "before-refused": {
    page: "before",
    app: signedIn,
    host: {
      beforeMaking: async () =>
        ok(
          before({
            verdict: { generate: "no", reason: "partnerManages", next: "takePermissionBack", missing: [] },
          }),
        ),
    },
    press: toBefore,
  },
  sending: { page: "sending", app: signedIn, host: { makeKey: never }, press: toMade },
  made: { page: "made", app: practising, press: toMade },
  "made-shown": { page: "made", app: signedIn, press: [...toMade, test("show-key"), test("test-key")] },
  "made-saving": { page: "made", app: signedIn, press: [...toMade, test("save-key")] },
  "made-saved": {
    page: "made",
    app: signedIn,
    press: [...toMade, test("save-key"), test("save-confirm"), test("copy-key")],
  },
  "made-nowhere": {
    page: "made",
    app: signedIn,
    host: {
      makeKey: async () => ok({ kind: "made", key: inMemory, notSaved: failure("keychainAbsent") }),
    },
    press: [...toMade, test("done"), test("let-go")],
  },
  "not-made": {
    page: "not-made",
    app: signedIn,
    host: {
      makeKey: async () =>
        ok({
          kind: "notMade",
          why: failure("hubRefused", {
            status: 403,
            said: "Your partner manages the API key of this channel.",
          }),
        }),
    },
    press: toMade,
  },
  unknown: {
    page: "unknown",
    app: signedIn,
    host: {
      beforeMaking: async () => ok(before({ keys: [kept] })),
      makeKey: async () => ok({ kind: "unknown", why: failure("hubNoAnswer") }),
      testKey: async () => ok({ kind: "refused" }),
    },
    press: [...toMade, test("test-key")],
  },
};
