import type { AppView, ClipboardView, Code, Host } from "../src/host";
import {
  ACCOUNTS,
  ALL_HERE,
  appView,
  before,
  channel,
  fails,
  failure,
  forgotten,
  FRONT_DESK,
  HARBOUR,
  HERE,
  LOCKED,
  key,
  LISBON,
  ok,
  OPEN,
  PARTNER_PAYS,
  RESTAURANT,
  row,
  SIGNED_IN,
  SPA,
} from "./fake-host";
import { CHECKING_SCENES } from "./checking-scenes";
import { DESK_ASKING_SCENES } from "./desk-asking-scenes";
import { DESK_MAKING_SCENES } from "./desk-making-scenes";
import { DESK_SCENES } from "./desk-scenes";
import { GOAL_SCENES } from "./goal-scenes";
import { LINK_SCENES } from "./link-scenes";
import { HANDING_SCENES } from "./handing-scenes";
import { KEY_SCENES } from "./key-scenes";
import { PAGE_VISIT_SCENES } from "./page-visit-scenes";
import { MOVING_SCENES } from "./moving-scenes";
import { REQUEST_SCENES } from "./request-scenes";

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
const nowhere: Partial<Host> = {
  makeKey: async () =>
    ok({ kind: "made", key: key({ state: "inMemory" }), notSaved: failure("keychainAbsent"), others: [] }),
};
const toBefore = [number(RESTAURANT.id), test("make-key")];
const toMade = [...toBefore, test("replace-key")];
const kept = key({ id: "key-0", state: "kept", label: "Table booking system", tail: "mQ2rAK" });
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

const toSignIn: (string | [string, string])[] = [
  [test("email"), "maria@harbour-hotel.example"],
  [test("password"), "nope"],
  test("sign-in"),
];
const notLetIn = (code: Code): Scene => ({
  page: "sign-in",
  host: { signIn: async () => fails(code) },
  press: toSignIn,
});
const toForget = [test("profile"), test("menu-forget")];
const notSignedIn = appView({ session: HERE });
const lastSeen = { ...HARBOUR, readAt: 1_763_000_000, notFresh: failure("notSignedIn") };
const mariaHere = {
  user: "0aB1cDU",
  email: "maria@harbour-hotel.example",
  name: "Maria Koch",
  clientId: "Zx81kQw2CL",
  clientName: "Harbour Hotel GmbH",
  keysHere: 2,
  readAt: HARBOUR.readAt - 86_400,
};
const samHere = {
  ...mariaHere,
  ...sam,
  user: "9zU",
  clientId: "aB1cCL",
  clientName: "Sam's Bikes",
  keysHere: 0,
};
const allHere = {
  ...ALL_HERE,
  accounts: [...ALL_HERE.accounts, { email: sam.email, practice: true, keptSession: false }],
  keys: [...ALL_HERE.keys, { key: key({ id: "key-2", tail: "mQ2rAK" }), practice: true }],
};
const HOURS = 3600;
const notFresh = {
  ...HARBOUR,
  readAt: HARBOUR.readAt - 3 * HOURS,
  notFresh: failure("hubNoConnection"),
};
const mixed = {
  ...HARBOUR,
  channels: [
    FRONT_DESK,
    { ...RESTAURANT, permission: "shared", payer: "partner" } as const,
    { ...LISBON, payer: "notTold" } as const,
  ],
};
const TAKEN = { asked: "missing", now: "missing", why: null, isOpen: false } as const;
const pick = (id: string) => `${test("pick")}[data-id="${id}"]`;
const toPartner = [test("profile"), test("menu-partner")];
const toAll = [...toPartner, test("pick-all"), test("remove"), test("change-confirm")];

/** A copied key, in each of the ways that it can end. */
function clipboardScenes(): Record<string, Scene> {
  const seen: [string, ClipboardView][] = [
    ["copied-key", { kind: "key", id: "key-1", left: 52 }],
    ["copied-key-only", { kind: "key", id: "key-1", left: null }],
    ["copied-key-cleared", { kind: "cleared" }],
    ["copied-key-cant-tell", { kind: "cantTell" }],
    ["copied-key-goes", { kind: "goesWithProgram" }],
  ];
  return Object.fromEntries(
    seen.map(([name, clipboard]) => [
      name,
      {
        page: "channels",
        app: signedIn,
        host: {
          onClipboard: (tell: (told: ClipboardView) => void) => {
            tell(clipboard);
            return () => {};
          },
        },
      },
    ]),
  );
}

export const SCENES: Record<string, Scene> = {
  ...CHECKING_SCENES,
  ...HANDING_SCENES,
  ...KEY_SCENES,
  ...MOVING_SCENES,
  "sign-in": { page: "sign-in" },
  "sign-in-missing": { page: "sign-in", press: [test("sign-in")] },
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
  ...DESK_SCENES,
  ...LINK_SCENES,
  ...PAGE_VISIT_SCENES,
  ...REQUEST_SCENES,
  ...GOAL_SCENES,
  ...DESK_MAKING_SCENES,
  ...DESK_ASKING_SCENES,
  channels: {
    page: "channels",
    app: practising,
    host: { waitingKeys: async () => ok([key(), key({ id: "key-2", state: "unknown", tail: null })]) },
  },
  "channels-stopped": {
    page: "channels",
    app: signedIn,
    host: {
      waitingKeys: async () =>
        ok([
          key({ state: "interrupted", tail: null }),
          key({ id: "key-2", state: "notLookedFor", tail: null }),
        ]),
    },
  },
  "channels-many": { page: "channels", app: signedIn, host: { channels: async () => ok(many) } },
  "channels-empty": {
    page: "channels",
    app: signedIn,
    host: { channels: async () => ok({ ...HARBOUR, channels: [] }) },
  },
  "channels-short": {
    page: "channels",
    app: signedIn,
    host: { channels: async () => ok({ ...HARBOUR, short: { announced: 100_000, came: 4 } }) },
  },
  "channels-none-read": {
    page: "channels",
    app: signedIn,
    host: { channels: async () => ok({ ...HARBOUR, channels: [], short: { announced: 3, came: 0 } }) },
  },
  "channels-failed": {
    page: "channels",
    app: signedIn,
    host: { channels: async () => fails("hubInTrouble", { status: 503, said: "Service unavailable" }) },
  },
  "channels-waiting": { page: "channels", app: signedIn, host: { channels: never } },
  "channels-found": { page: "channels", app: signedIn, press: [[test("search"), "030 5557-0142"]] },
  "channels-found-none": { page: "channels", app: signedIn, press: [[test("search"), "no such"]] },
  "channels-not-fresh": { page: "channels", app: signedIn, host: { channels: async () => ok(notFresh) } },
  "channels-all-running": {
    page: "channels",
    app: signedIn,
    host: { channels: async () => ok({ ...HARBOUR, channels: [FRONT_DESK, RESTAURANT, LISBON] }) },
  },
  "channel-shared": { page: "channel", app: practising, press: [number(FRONT_DESK.id)] },
  "channel-copied": {
    page: "channel",
    app: signedIn,
    press: [number(FRONT_DESK.id), `${test("copy-id")}[data-what="waba"]`],
  },
  "channel-not-fresh": {
    page: "channel",
    app: signedIn,
    host: {
      channels: async () => ok(notFresh),
      channel: async () => ok(channel({ notFresh: notFresh.notFresh, readAt: notFresh.readAt })),
    },
    press: [number(RESTAURANT.id)],
  },
  "channel-not-signed-in": {
    page: "channel",
    app: notSignedIn,
    host: {
      channels: async () => ok(lastSeen),
      channel: async () => ok(channel({ row: FRONT_DESK, readAt: lastSeen.readAt, keys: [kept] })),
    },
    press: [number(FRONT_DESK.id)],
  },
  "channel-partner-pays": {
    page: "channel",
    app: signedIn,
    host: {
      channel: async () => ok(channel({ row: { ...FRONT_DESK, payer: "partner" }, verdict: PARTNER_PAYS })),
    },
    press: [number(FRONT_DESK.id), test("next-step"), test("copy-contact")],
  },
  "channel-unknown-word": {
    page: "channel",
    app: signedIn,
    host: {
      channel: async () =>
        ok(
          channel({
            row: row({ state: state("quantum_flux", "askThreeSixtyDialog", false) }),
            verdict: OPEN,
            details: {
              ...channel().details,
              status: "quantum_flux",
              statusActs: "askThreeSixtyDialog",
              hubStatus: "pending_deletion",
              running: null,
            },
          }),
        ),
    },
    press: [number(RESTAURANT.id)],
  },
  permissions: { page: "partner-permissions", app: signedIn, press: [...toPartner, pick(FRONT_DESK.id)] },
  "permissions-many": {
    page: "partner-permissions",
    app: signedIn,
    host: { channels: async () => ok({ ...many, partnerName: "Blue Anchor" }) },
    press: [...toPartner, test("pick-all"), test("elsewhere")],
  },
  "permissions-no-partner": {
    page: "partner-permissions",
    app: signedIn,
    host: { channels: async () => ok({ ...HARBOUR, partner: "none", partnerName: null }) },
    press: toPartner,
  },
  "permissions-not-signed-in": {
    page: "partner-permissions",
    app: notSignedIn,
    host: { channels: async () => ok(lastSeen) },
    press: toPartner,
  },
  "permissions-waiting": {
    page: "partner-permissions",
    app: signedIn,
    host: { channels: never },
    press: toPartner,
  },
  "permission-remove": {
    page: "permission-confirm",
    app: signedIn,
    press: [number(FRONT_DESK.id), test("next-step")],
  },
  "permission-give": {
    page: "permission-confirm",
    app: signedIn,
    press: [number(RESTAURANT.id), test("change-permission")],
  },
  "permission-remove-many": {
    page: "permission-confirm",
    app: signedIn,
    host: { channels: async () => ok(mixed) },
    press: [...toPartner, test("pick-all"), test("remove")],
  },
  "permission-progress": {
    page: "permission-progress",
    app: signedIn,
    host: { changePermission: async (id) => (id === LISBON.id ? ok(TAKEN) : never()) },
    press: toAll,
  },
  "permission-stopping": {
    page: "permission-progress",
    app: signedIn,
    host: { changePermission: never },
    press: [...toAll, test("stop")],
  },
  "permission-done": {
    page: "permission-done",
    app: signedIn,
    press: [number(FRONT_DESK.id), test("next-step"), test("change-confirm")],
  },
  "permission-done-not-all": {
    page: "permission-done",
    app: signedIn,
    host: {
      channels: async () =>
        ok({ ...HARBOUR, channels: HARBOUR.channels.map((row) => ({ ...row, permission: "shared" })) }),
      changePermission: async (id) => {
        if (id === FRONT_DESK.id) return ok(TAKEN);
        if (id === RESTAURANT.id) return ok({ ...TAKEN, now: "shared" });
        if (id === SPA.id)
          return ok({
            ...TAKEN,
            now: "shared",
            why: failure("hubRefused", { status: 403, said: "Ask your partner to release this number." }),
          });
        return fails("hubTooMany", { status: 429, wait: 30 });
      },
    },
    press: toAll,
  },
  "permission-not-offered": {
    page: "permission-done",
    app: signedIn,
    host: { changePermission: async () => fails("hubNotOffered", { status: 404 }) },
    press: toAll,
  },
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
              key({
                id: "key-3",
                state: "kept",
                label: "Chatbot",
                tail: "aa7BAK",
                replacedAt: 1_763_000_000,
              }),
              key({ id: "key-4", state: "unknown", tail: null }),
              key({ id: "key-5", state: "interrupted", tail: null }),
              key({ id: "key-6", state: "notLookedFor" }),
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
  "before-locked": {
    page: "before",
    app: signedIn,
    host: { beforeMaking: async () => ok(before({ keychain: "locked" })) },
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
  storing: {
    page: "sending",
    app: signedIn,
    host: { makeKey: never, isStoring: async () => ok(true) },
    press: toMade,
  },
  sending: { page: "sending", app: signedIn, host: { makeKey: never }, press: toMade },
  "sending-stays": {
    page: "sending",
    app: signedIn,
    host: {
      makeKey: never,
      onCloseWaits: (tell) => {
        const later = setTimeout(tell, 50);
        return () => clearTimeout(later);
      },
    },
    press: toMade,
  },
  made: { page: "made", app: practising, press: toMade },
  "made-tested": { page: "made", app: signedIn, press: [...toMade, test("test-key")] },
  "made-saving": { page: "made", app: signedIn, press: [...toMade, test("save-key")] },
  "made-saved": {
    page: "made",
    app: signedIn,
    press: [...toMade, test("save-key"), test("save-confirm"), test("copy-key")],
  },
  "made-refused": {
    page: "made",
    app: signedIn,
    host: { testKey: async () => ok({ kind: "refused" }) },
    press: [...toMade, test("test-key")],
  },
  "made-not-tested": {
    page: "made",
    app: signedIn,
    host: { testKey: async () => ok({ kind: "couldNotAsk", why: failure("hubNoConnection") }) },
    press: [...toMade, test("test-key")],
  },
  "made-nowhere": {
    page: "made",
    app: signedIn,
    host: nowhere,
    press: [...toMade, test("done"), test("let-go")],
  },
  "made-nowhere-copied": {
    page: "made",
    app: signedIn,
    host: nowhere,
    press: [...toMade, test("copy-key")],
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
  "before-own-page": {
    page: "before",
    app: signedIn,
    host: { beforeMaking: async () => ok(before({ ownPageFirst: true })) },
    press: toBefore,
  },
  "made-others": {
    page: "made",
    app: signedIn,
    host: {
      makeKey: async () =>
        ok({ kind: "made", key: key(), notSaved: null, others: [key({ id: "key-2", tail: "mQ2rAK" })] }),
    },
    press: toMade,
  },
  unknown: {
    page: "unknown",
    app: signedIn,
    host: {
      beforeMaking: async () => ok(before({ keys: [kept] })),
      makeKey: async () =>
        ok({ kind: "unknown", why: failure("hubNoAnswer"), key: key({ state: "unknown", tail: null }) }),
      testKey: async () => ok({ kind: "refused" }),
      keyListSays: async () => ok({ kind: "newKey" }),
    },
    press: [...toMade, test("test-earlier-key"), test("look-at-list")],
  },
  "sign-in-second-factor": {
    page: "sign-in",
    host: { signIn: async () => fails("secondFactor", { said: "One-time password required." }) },
    press: toSignIn,
  },
  "sign-in-blocked": {
    page: "sign-in",
    host: { signIn: async () => fails("hubRefused", { status: 403, said: "user is blocked" }) },
    press: toSignIn,
  },
  "sign-in-bad-request": {
    page: "sign-in",
    host: { signIn: async () => fails("hubBadRequest", { status: 400, said: "Missing required parameter" }) },
    press: toSignIn,
  },
  "sign-in-not-a-hub": {
    page: "sign-in",
    host: {
      signIn: async () => fails("hubNotUnderstood", { status: 200 }),
      openPage: async () => fails("browserNotOpened"),
    },
    press: [...toSignIn, test("open-hub")],
  },
  "sign-in-no-answer": notLetIn("hubNoAnswer"),
  "sign-in-no-network": notLetIn("hubNoConnection"),
  "sign-in-name-not-found": notLetIn("hubNameNotFound"),
  "sign-in-certificate": notLetIn("hubCertificate"),
  "sign-in-no-certificates": notLetIn("noCertificates"),
  "sign-in-in-trouble": notLetIn("hubInTrouble"),
  "sign-in-no-roles": notLetIn("noRoles"),
  "sign-in-too-many": {
    page: "sign-in",
    host: { signIn: async () => fails("hubTooMany", { status: 429, wait: 90 }) },
    press: toSignIn,
  },
  "sign-in-proxy": {
    page: "sign-in",
    host: { signIn: async () => fails("proxySignIn", { proxy: "proxy.office.example:3128" }) },
    press: toSignIn,
  },
  "stopped-tasks": {
    page: "channels",
    app: {
      ...signedIn,
      stoppedTasks: [
        { task: "keyChecks", at: 1_728_302_400, again: true },
        { task: "autoLock", at: 1_728_302_400, again: false },
      ],
    },
  },
  "sign-in-accounts": { page: "sign-in", app: appView({ accounts: [mariaHere, samHere] }) },
  "practice-aside": {
    page: "sign-in",
    app: appView({ practice: true, host: "127.0.0.1:4321" }),
    host: {
      practiceAccounts: async () =>
        ok({ accounts: ACCOUNTS, setAside: "/home/maria/practice.json.damaged-2026" }),
    },
  },
  "practice-accounts": {
    page: "sign-in",
    app: appView({ practice: true, host: "127.0.0.1:4321", accounts: [mariaHere] }),
  },
  resuming: { page: "sign-in", app: appView({ keptSession: mariaHere.email }), host: { resume: never } },
  "resume-failed": {
    page: "sign-in",
    app: appView({ keptSession: mariaHere.email }),
    host: { resume: async () => fails("sessionEnded") },
  },
  "records-aside": {
    page: "sign-in",
    app: appView({ recordsAside: "/home/maria/records.sqlite.damaged-1" }),
  },
  "session-stays": { page: "sign-in", app: appView({ sessionStays: failure("keychainRefused") }) },
  "session-not-kept": {
    page: "channels",
    host: { keepSession: async () => fails("keychainStayedLocked") },
    press: [test("keep-session"), ...toSignIn],
  },
  here: { page: "channels", app: notSignedIn, host: { channels: async () => ok(lastSeen) } },
  menu: { page: "channels", app: signedIn, press: [test("profile")] },
  "menu-several": {
    page: "channels",
    app: appView({ practice: true, session: { ...SIGNED_IN, clients: shops } as typeof SIGNED_IN }),
    press: [test("profile")],
  },
  "sign-in-again": {
    page: "channels",
    app: signedIn,
    host: { channels: async () => fails("sessionEnded") },
  },
  "sign-in-again-wrong": {
    page: "channels",
    app: signedIn,
    host: { channels: async () => fails("sessionEnded"), signInAgain: async () => fails("otherAccount") },
    press: [[test("password-again"), "nope"], test("sign-in-again-confirm")],
  },
  "signed-in-again": {
    page: "not-made",
    app: signedIn,
    host: { makeKey: async () => ok({ kind: "notMade", why: failure("sessionEnded") }) },
    press: [
      ...toMade,
      test("sign-in-again"),
      [test("password-again"), "practice-harbour"],
      test("sign-in-again-confirm"),
    ],
  },
  forget: { page: "forget", app: signedIn, press: toForget },
  "forget-keys": {
    page: "forget",
    app: signedIn,
    host: { whatIsHere: async () => ok(allHere) },
    press: [...toForget, test("forget-key")],
  },
  "forget-nothing": {
    page: "forget",
    host: {
      whatIsHere: async () =>
        ok({ ...ALL_HERE, accounts: [], keys: [], history: 0, lists: 0, practiceWorld: false }),
    },
    press: [test("menu-forget")],
  },
  "forget-failed": {
    page: "forget",
    app: signedIn,
    host: { forgetEverything: async () => fails("recordsOut") },
    press: [...toForget, test("forget-confirm")],
  },
  forgotten: { page: "sign-in", app: signedIn, press: [...toForget, test("forget-confirm")] },
  "forgotten-not-all": {
    page: "sign-in",
    app: signedIn,
    host: {
      forgetEverything: async () =>
        ok(forgotten(0, [{ key: key({ state: "kept" }), why: failure("keychainStayedLocked") }])),
    },
    press: [...toForget, test("forget-key"), test("forget-confirm")],
  },
  settings: { page: "settings", app: signedIn, press: [test("profile"), test("menu-settings")] },
  "settings-captures": {
    page: "settings",
    app: { ...signedIn, canHideFromCaptures: true },
    press: [test("profile"), test("menu-settings")],
  },
  "settings-failed": {
    page: "settings",
    app: signedIn,
    host: { setSettings: async () => fails("recordsOut") },
    press: [test("profile"), test("menu-settings"), [test("setting-lock"), "30"]],
  },
  locked: { page: "locked", app: signedIn, press: [test("profile"), test("menu-lock")] },
  "locked-key": { page: "locked", app: appView({ session: { ...LOCKED, keyWaits: true } }) },
  "locked-practice": { page: "locked", app: appView({ session: LOCKED, practice: true }) },
  "locked-offline": {
    page: "locked",
    app: appView({ session: LOCKED }),
    host: { signInAgain: async () => fails("hubNoConnection") },
    press: [[test("unlock-password"), "practice-harbour"], test("unlock")],
  },
  ...clipboardScenes(),
  help: { page: "help", app: signedIn, press: [test("nav-help")] },
};
