import type {
  Answer,
  AfterPageView,
  AppView,
  AwayView,
  BeforeView,
  ChannelRow,
  ChannelsView,
  ChannelView,
  ClipboardView,
  CloseRefused,
  ClosingAsks,
  Code,
  DeskView,
  ExtraWebhooksView,
  Failure,
  GoalStepView,
  GoalView,
  HereView,
  Host,
  KeyChecked,
  KeyChecksView,
  KeyView,
  LinkView,
  OutcomeView,
  PageVisitEnded,
  PastedView,
  PracticeAccount,
  ProgramLocked,
  SessionView,
  SettingsView,
  ShownKey,
  StepWord,
  TasksStopped,
  VerdictView,
  WebhooksWas,
  WebhookWas,
} from "../src/host";
import { deskCalls, PARTNER, practiceDesk } from "./fake-desk";

export const ok = <T>(data: T): Answer<T> => ({ ok: true, data });

export const failure = (code: Code, facts: Partial<Failure> = {}): Failure => ({
  code,
  status: null,
  said: null,
  wait: null,
  proxy: null,
  ...facts,
});

export const fails = (code: Code, facts: Partial<Failure> = {}) =>
  ({ ok: false, failure: failure(code, facts) }) as const;

const NOW = Math.floor(Date.now() / 1000);

export const THE_KEY = "Zk4TqLw82VbNcXe7PdRsYu31kX9pAK";

export function row(facts: Partial<ChannelRow> = {}): ChannelRow {
  return {
    id: "rB4k9wCH",
    name: "Restaurant bookings",
    number: "+49 30 55570188",
    digits: "493055570188",
    state: { word: "running", hubWord: null, known: true, whoActs: "nobody" },
    payer: "client",
    permission: "missing",
    keysHere: 0,
    places: null,
    refused: false,
    waits: false,
    ...facts,
  };
}

export const MAY: VerdictView = { generate: "yes", reason: "clientManages", next: "makeKey", missing: [] };
export const PARTNERS: VerdictView = {
  generate: "no",
  reason: "partnerManages",
  next: "takePermissionBack",
  missing: [],
};
export const PARTNER_PAYS: VerdictView = {
  generate: "no",
  reason: "partnerManagesAndPays",
  next: "askPartner",
  missing: [],
};
export const OPEN: VerdictView = {
  generate: "hubDecides",
  reason: "notTold",
  next: "tryIt",
  missing: ["permission"],
};
export const NOT_RUNNING: VerdictView = {
  generate: "no",
  reason: "notRunning",
  next: "getItRunning",
  missing: [],
};

export const FRONT_DESK = row({
  id: "tQ8m2ZCH",
  name: "Front desk",
  number: "+49 30 55570142",
  digits: "493055570142",
  permission: "shared",
});
export const RESTAURANT = row();
export const SPA = row({
  id: "sP3a7cCH",
  name: "Spa",
  number: "+49 30 55570210",
  digits: "493055570210",
  state: { word: "notRunning", hubWord: null, known: true, whoActs: "askThreeSixtyDialog" },
});
export const LISBON = row({
  id: "eV5l1sCH",
  name: "Events Lisbon",
  number: "+351 21 555 0167",
  digits: "351215550167",
  permission: "notTold",
});

export const HARBOUR: ChannelsView = {
  clientName: "Harbour Hotel GmbH",
  partnerName: "Blue Anchor",
  channels: [FRONT_DESK, RESTAURANT, SPA, LISBON],
  short: null,
  readAt: NOW - 12,
  clientId: "Zx81kQw2CL",
  partner: "some",
  notFresh: null,
};

const VERDICTS = new Map([
  [FRONT_DESK.id, PARTNERS],
  [SPA.id, NOT_RUNNING],
  [LISBON.id, OPEN],
]);

export function channel(facts: Partial<ChannelView> = {}): ChannelView {
  const of = facts.row ?? RESTAURANT;
  return {
    row: of,
    partnerName: "Blue Anchor",
    verdict: VERDICTS.get(of.id) ?? MAY,
    keys: [],
    quality: "High",
    limit: "TIER_1K",
    externalId: "106540352242922",
    wabaId: "uX3BECWA",
    readAt: NOW - 12,
    details: {
      status: "ready",
      statusActs: "nobody",
      hubStatus: "live",
      running: true,
      clientId: "Zx81kQw2CL",
      clientName: "Harbour Hotel GmbH",
      partnerId: "pT77xPA",
    },
    notFresh: null,
    ...facts,
  };
}

export function key(facts: Partial<KeyView> = {}): KeyView {
  return {
    id: "key-1",
    channelId: RESTAURANT.id,
    channelName: RESTAURANT.name,
    number: RESTAURANT.number,
    state: "safetyCopy",
    label: null,
    tail: "kX9pAK",
    askedAt: NOW - 5,
    replacedAt: null,
    origin: "made",
    by: "maria@harbour-hotel.example",
    places: [],
    test: null,
    workedAt: NOW - 5,
    refusedAt: null,
    otherNumberAt: null,
    notReminded: false,
    ...facts,
  };
}

export function before(facts: Partial<BeforeView> = {}): BeforeView {
  return {
    ticket: "ticket-1",
    side: "client",
    clientName: "Harbour Hotel GmbH",
    row: RESTAURANT,
    verdict: MAY,
    partnerName: "Blue Anchor",
    keychain: "ready",
    webhook: { kind: "noKey" },
    keys: [],
    readAt: NOW - 3,
    ownPageFirst: false,
    ...facts,
  };
}

export const NO_EXTRA: ExtraWebhooksView = { list: [], complete: true, isOff: false };

/** Webhooks that were read before a key was replaced: the restaurant's main one, unless others are named. */
export function webhooksWere(webhooks: Partial<WebhookWas>[] = [{}], complete = true): WebhooksWas {
  const one = { name: null, host: "hooks.tablewise.example", headers: 1, refused: null };
  return { webhooks: webhooks.map((own) => ({ ...one, ...own })), complete, readAt: 1_790_000_000 };
}

/** The steps of a goal, up to the one to take now. */
export function goalSteps(all: StepWord[], next: number): GoalStepView[] {
  return all.map((step, at) => ({
    step,
    stands: at < next ? "done" : at === next ? "next" : "later",
    why: null,
  }));
}

export const LOCK_OUT: StepWord[] = [
  "removePermission",
  "makeKey",
  "keepKey",
  "testKey",
  "earlierIsDead",
  "setWebhook",
  "putInPlace",
];

export function goalView(facts: Partial<GoalView> = {}): GoalView {
  return {
    goal: "lockOut",
    channelId: RESTAURANT.id,
    name: RESTAURANT.name,
    number: RESTAURANT.number,
    begunAt: NOW - 60,
    steps: goalSteps(LOCK_OUT, 0),
    isReached: false,
    verdict: MAY,
    newKey: null,
    earlierKeys: [],
    webhook: null,
    ...facts,
  };
}

export const MADE: OutcomeView = { kind: "made", key: key(), notSaved: null, others: [] };

export const SIGNED_IN: SessionView = {
  kind: "client",
  person: { email: "maria@harbour-hotel.example", name: "Maria Koch" },
  clientId: "Zx81kQw2CL",
  rank: "owner",
  clients: [{ id: "Zx81kQw2CL", name: "Harbour Hotel GmbH", rank: "owner" }],
};

export const HERE: SessionView = {
  kind: "here",
  person: { email: "maria@harbour-hotel.example", name: "Maria Koch" },
  clientId: "Zx81kQw2CL",
  clientName: "Harbour Hotel GmbH",
};

export const SETTINGS: SettingsView = {
  clipboardSeconds: 60,
  lockMinutes: 15,
  hideFromCaptures: true,
  watchMinutes: 5,
  namesInNotices: false,
  checkMinutes: 0,
  onOwnPage: false,
  seenDays: 90,
};

export const CHECKS: KeyChecksView = {
  keys: 1,
  everyMinutes: 0,
  checking: false,
  checkedAt: null,
  next: null,
  whyNot: "off",
  noNotices: false,
};

export const AWAY: AwayView = {
  link: "https://hub.360dialog.com/dashboard/app/pT77xPA/permissions?state=0f8d6d1c&redirect_url=http%3A%2F%2F127.0.0.1%3A47111%2Fq2V0",
  partnerId: "pT77xPA",
  byLink: false,
  until: NOW + 300,
  opened: true,
  practice: null,
};

export const AFTER: AfterPageView = {
  said: "told",
  otherClient: null,
  rows: [{ channelId: "rB4k9wCH", page: "shared", now: "shared", holds: "asSaid" }],
  strangers: [],
  notTold: 0,
  askedAt: NOW,
  notAsked: null,
};

export const LOCKED = {
  kind: "locked",
  person: { email: "maria@harbour-hotel.example", name: "Maria Koch" },
  user: "0aB1cDU",
  clientId: "Zx81kQw2CL",
  partnerId: null,
  byKey: false,
  keyWaits: false,
} as const satisfies SessionView as Extract<SessionView, { kind: "locked" }>;

export const PASTED: PastedView = {
  kind: "taken",
  key: key({ origin: "pasted", workedAt: NOW }),
  test: { kind: "works", sending: "available", numberKnown: true },
  belongsTo: null,
};

export const OPENED: PastedView = {
  kind: "taken",
  key: key({ origin: "file", workedAt: NOW }),
  test: { kind: "works", sending: "available", numberKnown: true },
  belongsTo: null,
};

export const ALL_HERE: HereView = {
  folder: "/home/maria/.local/share/channel-keys",
  accounts: [{ email: "maria@harbour-hotel.example", practice: false, keptSession: true }],
  keys: [{ key: key({ state: "kept", label: "Booking" }), practice: false }],
  history: 12,
  lists: 1,
  desk: { channels: 0, changes: 0, notes: 0, watched: 0 },
  practiceWorld: true,
  setAside: [],
};

const NOBODY_EXPECTED: AppView["begins"] = { email: null, byKey: false, forgotten: null };

export function appView(facts: Partial<AppView> = {}): AppView {
  return {
    version: "0.1.0",
    host: "hub.360dialog.io",
    practice: false,
    keychain: "passwordsAndKeys",
    canHideFromCaptures: false,
    session: { kind: "signedOut" },
    accounts: [],
    keptSession: null,
    sessionStays: null,
    recordsAside: null,
    stoppedTasks: [],
    clipboard: null,
    making: null,
    begins: NOBODY_EXPECTED,
    ...facts,
  };
}

/** After everything was forgotten, so many keys among it; these stayed. */
export function forgotten(
  keys: number,
  stayed: NonNullable<AppView["begins"]["forgotten"]>["stayed"] = [],
  facts: Partial<AppView> = {},
): AppView {
  return appView({ begins: { ...NOBODY_EXPECTED, forgotten: { keys, stayed } }, ...facts });
}

export const ACCOUNTS: PracticeAccount[] = [
  {
    email: "maria@harbour-hotel.example",
    note: "Harbour Hotel GmbH: four numbers, direct payment, partner Blue Anchor.",
    side: "client",
    rank: "owner",
  },
  {
    email: "jonas@harbour-hotel.example",
    note: "Harbour Hotel GmbH, as a Member: may make keys, may not change the partner permission.",
    side: "client",
    rank: "member",
  },
  {
    email: "jo@blue-anchor.example",
    note: "Blue Anchor, a partner: sees its clients' numbers and makes keys where the permission is Shared.",
    side: "partner",
    rank: "owner",
  },
];

const base64 = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(bytes as Uint8Array).toString("base64");

/** The key, or words, sealed for a window as Rust does it. */
export async function sealed(
  half: string,
  what: ShownKey["what"] = "key",
  words = THE_KEY,
): Promise<ShownKey> {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const { subtle } = crypto;
  const ours = await subtle.generateKey(curve, false, ["deriveBits"]);
  const theirs = await subtle.importKey("raw", Buffer.from(half, "base64"), curve, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const info = new TextEncoder().encode("channel-keys shown key");
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  const drawn = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await subtle.deriveKey(how, drawn, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = await subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(words));
  return {
    what,
    public: base64(await subtle.exportKey("raw", ours.publicKey)),
    nonce: base64(iv),
    sealed: base64(text),
    channelName: RESTAURANT.name,
    number: RESTAURANT.number,
    channelId: RESTAURANT.id,
    hiddenFromCaptures: false,
  };
}

export type FakeHost = Host & {
  /** How often each call was made. */
  calls: Map<string, unknown[][]>;
  count: (name: keyof Host) => number;
  /** The window was asked to close while this key lies in memory alone. */
  refuseClose: (refused: CloseRefused) => void;
  /** The window was asked to close while a key is being made. */
  closeWaits: () => void;
  /** A background task ended by itself. */
  tasksStopped: (stopped: TasksStopped) => void;
  /** Something became of a copied key. */
  clipboard: (clipboard: ClipboardView) => void;
  /** The program locked. */
  locked: (facts?: Partial<typeof LOCKED>) => void;
  /** Something on the support desk changed. */
  deskChanged: (desk: DeskView) => void;
  /** The browser came back from 360dialog's page, or does not any more. */
  pageVisitEnded: (ended: PageVisitEnded) => void;
  /** A link came from outside. */
  linkCame: (link: LinkView) => void;
  /** The messaging host was asked about a key. */
  keyChecked: (checked: KeyChecked) => void;
  /** The window was asked to close, and something would stop. */
  closingAsks: (asks: ClosingAsks) => void;
};

function tellers<T>() {
  const all = new Set<(told: T) => void>();
  return {
    on: (tell: (told: T) => void) => {
      all.add(tell);
      return () => void all.delete(tell);
    },
    tell: (told: T) => all.forEach((tell) => tell(told)),
  };
}

/** A program that answers at once; each call can be given its own answer. */
export function fakeHost(own: Partial<Host> = {}, app: AppView = appView()): FakeHost {
  const closing = tellers<CloseRefused>();
  const waiting = tellers<void>();
  const stopping = tellers<TasksStopped>();
  const clipboard = tellers<ClipboardView>();
  const naming = tellers<AppView["keychain"]>();
  const locking = tellers<ProgramLocked>();
  const desking = tellers<DeskView>();
  const linking = tellers<LinkView>();
  const checking = tellers<KeyChecked>();
  const asking = tellers<ClosingAsks>();
  const visiting = tellers<PageVisitEnded>();
  const channels = HARBOUR.channels;
  let begun: GoalView | null = null;
  const answers: Host = {
    app: async () => ok(app),
    signIn: async () => ok(SIGNED_IN),
    nameClient: async () => ok(SIGNED_IN),
    chooseClient: async () => ok(SIGNED_IN),
    signInAgain: async () => ok(SIGNED_IN),
    keepSession: async () => ok(null),
    resume: async () => ok({ kind: "signedOut" }),
    openHere: async () => ok(HERE),
    signOut: async (email, byKey) => ok(appView({ begins: { email, byKey, forgotten: null } })),
    enterPractice: async () => ok(appView({ practice: true, host: "127.0.0.1:4321" })),
    leavePractice: async () => ok(appView()),
    practiceAccounts: async () => ok({ accounts: ACCOUNTS, setAside: null }),
    practiceSignIn: async () => ok(SIGNED_IN),
    channels: async () => ok(HARBOUR),
    channel: async (id) => ok(channel({ row: channels.find((row) => row.id === id) ?? RESTAURANT })),
    changePermission: async (_, share) => {
      const asked = share ? "shared" : "missing";
      return ok({ asked, now: asked, why: null, isOpen: false });
    },
    beforeMaking: async () => ok(before()),
    makeKey: async () => ok(MADE),
    isStoring: async () => ok(false),
    unlockKeychain: async () => ok(null),
    showKey: async () => ok(null),
    shownKey: async (half) => ok(await sealed(half)),
    hideKey: async () => ok(null),
    copyKey: async (id) => {
      clipboard.tell({ kind: "key", id, left: 60 });
      return ok(null);
    },
    copyShownKey: async () => ok(null),
    keepKey: async (_, label) => ok(key({ state: "kept", label })),
    letKeyGo: async () => ok(null),
    doneWithKey: async () => ok(null),
    testKey: async () => ok({ kind: "works", sending: "available", numberKnown: true }),
    keyListSays: async () => ok({ kind: "asBefore" }),
    waitingKeys: async () => ok([]),
    keys: async () => ok([]),
    foundKeys: async () => ok({ keys: 0, cantLook: null }),
    findPasted: async () => ok(["kX9pAK"]),
    takePasted: async () => ok(PASTED),
    forgetPasted: async () => ok(undefined),
    saveKeyAsFile: async () => ok("/home/maria/channel-keys-key-2026-11-28.age"),
    showFileWords: async () => ok(null),
    forgetFileWords: async () => ok(null),
    chooseKeyFile: async () => ok("channel-keys-key-2026-11-28.age"),
    openKeyFile: async () => ok({ kind: "taken", pasted: OPENED }),
    moveKey: async (_, channelId) => ok(key({ channelId, origin: "pasted" })),
    renameKey: async (_, label) => ok(key({ state: "kept", label })),
    setPlaces: async (_, places) => ok(key({ state: "kept", places })),
    webhook: async () => ok({ kind: "set", host: "hooks.tablewise.example", extra: NO_EXTRA }),
    webhookStands: async () => ok({ kind: "nothingNoted" }),
    setWebhookAgain: async () => ok({ stands: { kind: "asBefore", was: webhooksWere() }, notSet: [] }),
    letWebhookGo: async () => ok(null),
    beginGoal: async (channelId, goal) => {
      begun = goalView({ channelId, goal });
      return ok(begun);
    },
    goal: async () => ok(begun),
    goals: async () => ok([]),
    markStep: async () => ok(null),
    putGoalAway: async () => ok(null),
    history: async () => ok([]),
    exportHistory: async () => ok("/home/maria/channel-keys-history.csv"),
    copyText: async () => ok(null),
    openPage: async () => ok(null),
    whatIsHere: async () => ok(ALL_HERE),
    forgetEverything: async (ids) => ok(forgotten(ids.length)),
    lock: async () => {
      // A desk keeps nothing that a password could open again.
      const atDesk = app.session.kind === "partner" ? app.session : null;
      const session = atDesk ? ({ kind: "signedOut" } as const) : LOCKED;
      const begins = { ...NOBODY_EXPECTED, email: atDesk?.person?.email ?? null };
      locking.tell({ app: { ...app, session, begins } });
      return ok(null);
    },
    somebodyHere: async () => ok(undefined),
    settings: async () => ok(SETTINGS),
    setSettings: async (settings) => ok(settings),
    clearClipboard: async () => {
      clipboard.tell({ kind: "cleared" });
      return ok(null);
    },
    onCloseRefused: closing.on,
    onCloseWaits: waiting.on,
    onTasksStopped: stopping.on,
    dismissStoppedTasks: async () => ok(undefined),
    dismissRecordsAside: async () => ok(undefined),
    onClipboard: clipboard.on,
    onKeychain: naming.on,
    onLocked: locking.on,
    openDeskWithKey: async () => ok({ ...PARTNER, person: null, rank: null, pass: "partnerKey" }),
    ...deskCalls(practiceDesk(12)),
    onDesk: desking.on,
    link: async () => ok({ kind: "nowhere" }),
    putLinkAway: async () => ok(undefined),
    onLink: linking.on,
    readRequest: async () => ok({ kind: "nothing" }),
    request: async () => ok({ kind: "nothing" }),
    putRequestAway: async () => ok(undefined),
    tellPartner: async () => ok(null),
    checkKeys: async () => ok({ asked: 0, left: 0, ended: "whole", keychain: null, why: null }),
    keyChecks: async () => ok(CHECKS),
    setReminders: async (_, on) => ok(key({ state: "kept", notReminded: !on })),
    stayOpen: async () => ok(undefined),
    closeProgram: async () => ok(undefined),
    stayInBackground: async () => ok(true),
    onKeyChecked: checking.on,
    onClosing: asking.on,
    visitPage: async () => ok(AWAY),
    visitPageAgain: async () => ok(null),
    takePageReturn: async () => ok(null),
    afterPage: async () => ok(AFTER),
    endPageVisit: async () => ok(undefined),
    onPageVisit: visiting.on,
    ...own,
  };
  const calls = new Map<string, unknown[][]>();
  const counted = Object.entries(answers).map(([name, answer]) => [
    name,
    (...args: never[]) => {
      calls.set(name, [...(calls.get(name) ?? []), args]);
      return (answer as (...args: never[]) => unknown)(...args);
    },
  ]);
  return {
    ...(Object.fromEntries(counted) as Host),
    calls,
    count: (name) => calls.get(name)?.length ?? 0,
    refuseClose: closing.tell,
    closeWaits: waiting.tell,
    tasksStopped: stopping.tell,
    clipboard: clipboard.tell,
    deskChanged: desking.tell,
    linkCame: linking.tell,
    keyChecked: checking.tell,
    closingAsks: asking.tell,
    pageVisitEnded: visiting.tell,
    locked: (facts = {}) => locking.tell({ app: { ...app, session: { ...LOCKED, ...facts } } }),
  };
}
