import type {
  Answer,
  BulkView,
  ChangeView,
  DeskChannelView,
  DeskView,
  Failure,
  Host,
  LineView,
  LookView,
  NoteView,
  RecheckView,
  ReturnView,
  SavedWord,
  SessionView,
  VerdictView,
} from "../src/host";

export const PARTNER = {
  kind: "partner",
  person: { email: "jo@blue-anchor.example", name: "Jo Tanner" },
  partnerId: "pT77xPA",
  rank: "owner",
  pass: "password",
} as const satisfies SessionView;

export const BY_KEY: SessionView = { ...PARTNER, person: null, rank: null, pass: "partnerKey" };

const ok = <T>(data: T): Answer<T> => ({ ok: true, data });
const NOW = Math.floor(Date.now() / 1000);

const STATES: LineView["state"][] = [
  { word: "running", hubWord: null, known: true, whoActs: "nobody" },
  { word: "running", hubWord: null, known: true, whoActs: "nobody" },
  { word: "settingUp", hubWord: "new_name_requested", known: true, whoActs: "meta" },
  { word: "notRunning", hubWord: null, known: true, whoActs: "askThreeSixtyDialog" },
  { word: "settingUp", hubWord: "quantum_flux", known: false, whoActs: "askThreeSixtyDialog" },
  { word: "settingUp", hubWord: "error", known: true, whoActs: "clientOrPartner" },
];

/** A channel of an invented partner: every third is shared, every third missing, every third not asked for. */
export function line(at: number, facts: Partial<LineView> = {}): LineView {
  const permission = (["missing", "shared", "notTold"] as const)[at % 3] ?? "notTold";
  return {
    id: `c${at}CH`,
    clientName: `Client ${String(Math.floor(at / 4)).padStart(5, "0")}`,
    clientId: `k${Math.floor(at / 4)}CL`,
    name: `Desk ${at}`,
    number: `+49 170 ${String(1_000_000 + at)}`,
    state: STATES[at % STATES.length] ?? STATES[0]!,
    permission,
    checkedAt: permission === "notTold" ? null : NOW - 120,
    trouble: null,
    limit: "TIER_1K",
    quality: "High",
    hubStatus: "live",
    readAt: NOW - 12,
    listed: true,
    picked: false,
    byKey: null,
    watched: false,
    noted: false,
    ...facts,
  };
}

/** One of which nothing was told. */
export const UNTOLD: Partial<LineView> = {
  clientName: null,
  clientId: null,
  name: null,
  number: null,
  state: { word: "notTold", hubWord: null, known: true, whoActs: "askThreeSixtyDialog" },
  permission: "notTold",
  checkedAt: null,
  limit: null,
  quality: null,
  hubStatus: null,
};

const HAS: Record<SavedWord, (line: LineView) => boolean> = {
  all: () => true,
  runningButMissing: ({ state, permission }) => state.word === "running" && permission === "missing",
  notRunning: ({ state }) => state.word === "notRunning",
  inError: ({ state }) => state.hubWord === "error",
  pendingDeletion: ({ hubStatus }) => hubStatus === "pending_deletion",
  lowQuality: ({ quality }) => quality === "Low",
  unknownWords: ({ state }) => !state.known,
  changedToday: () => false,
  watched: ({ watched }) => watched,
  notChecked: ({ permission }) => permission === "notTold",
};

let versions = 0;

export function deskView(lines: LineView[], facts: Partial<DeskView> = {}): DeskView {
  return {
    partnerName: "Blue Anchor",
    saved: (Object.keys(HAS) as SavedWord[]).map((saved) => ({
      saved,
      count: lines.filter(HAS[saved]).length,
    })),
    clients: Math.ceil(lines.length / 4),
    reading: null,
    readAt: NOW - 12,
    failed: null,
    short: null,
    clientsShort: null,
    checking: { underWay: false, clientsToGo: 0, waitsUntil: null, stopped: null, failed: 0 },
    forgets: null,
    watching: { marked: 0, looking: false, lookedAt: null, next: null, failed: null, noNotices: false },
    version: ++versions,
    ...facts,
  };
}

export const practiceDesk = (count: number) => Array.from({ length: count }, (_, at) => line(at));

function found(lines: LineView[], { saved, search, sort }: LookView): LineView[] {
  const wanted = search.toLowerCase().replaceAll(" ", "");
  const fits = ({ clientName, name, number, id }: LineView) =>
    [clientName, name, number, id].some((text) => text?.toLowerCase().replaceAll(" ", "").includes(wanted));
  const some = lines.filter((line) => HAS[saved](line) && (wanted === "" || fits(line)));
  if (sort?.by === "number") some.sort((one, other) => (one.number ?? "").localeCompare(other.number ?? ""));
  return sort?.descending ? some.reverse() : some;
}

const verdict = (facts: Partial<VerdictView>): VerdictView => ({
  generate: "hubDecides",
  reason: "notTold",
  next: "tryIt",
  missing: [],
  ...facts,
});

function verdicts({ state, permission }: LineView): Pick<DeskChannelView, "partner" | "client"> {
  if (state.word !== "running" && state.word !== "notTold") {
    const no = verdict({ generate: "no", reason: "notRunning", next: "getItRunning" });
    return { partner: no, client: no };
  }
  if (permission === "missing") {
    return {
      partner: verdict({ generate: "no", reason: "notShared", next: "clientGivesPermission" }),
      client: verdict({ missing: ["payer"] }),
    };
  }
  if (permission === "shared") {
    return {
      partner: verdict({ generate: "yes", reason: "sharedWithPartner", next: "makeKey" }),
      client: verdict({ generate: "no", reason: "partnerManages", next: "takePermissionBack" }),
    };
  }
  return {
    partner: verdict({ missing: ["permission"] }),
    client: verdict({ missing: ["permission", "payer"] }),
  };
}

const NOTHING = {
  clientEmail: null,
  status: null,
  statusActs: "askThreeSixtyDialog",
  running: null,
  externalId: null,
  wabaId: null,
} as const satisfies Partial<DeskChannelView>;

export function deskChannel(line: LineView, facts: Partial<DeskChannelView> = {}): DeskChannelView {
  return {
    line,
    place: 0,
    ...verdicts(line),
    clientEmail: "maria@harbour-hotel.example",
    status: "ready",
    statusActs: "nobody",
    running: line.state.word === "running",
    externalId: "106540352242922",
    wabaId: "uX3BECWA",
    ...(line.state.word === "notTold" ? NOTHING : {}),
    ...facts,
  };
}

const HOUR = 3_600;

export const CHANGES: ChangeView[] = [
  ["permission", "missing", "shared", false],
  ["keys", "201126", "201131", true],
  ["hubStatus", "pending_deletion", "live", false],
].map(([what, before, now, here], at) => ({
  id: 9 - at,
  what: what as ChangeView["what"],
  before: String(before),
  now: String(now),
  toldBefore: NOW - (at * 40 + 20) * HOUR,
  toldNow: NOW - (at * 40 + 1) * HOUR,
  here: here === true,
}));

export const NOTES: NoteView[] = [
  {
    id: 2,
    text: "Called the hotel: Maria gives the permission today.\nAsk again on Thursday.",
    ticket: "TCK-4711",
    at: NOW - 30 * HOUR,
    changedAt: NOW - 2 * HOUR,
    by: "jo@blue-anchor.example",
  },
  { id: 1, text: "", ticket: "https://tickets.example/4690", at: NOW - 90 * HOUR, changedAt: null, by: null },
];

/** Notes that are kept for as long as the test goes on. */
export function noteCalls(
  kept: NoteView[] = [],
): Pick<Host, "deskNotes" | "addDeskNote" | "changeDeskNote" | "removeDeskNote"> {
  let notes = kept;
  let numbers = 100;
  const view = () => ok({ notes, longest: 2_000, longestTicket: 300 });
  const clean = (text: string, ticket: string) => ({ text: text.trim(), ticket: ticket.trim() || null });
  return {
    deskNotes: async () => view(),
    addDeskNote: async (_, text, ticket) => {
      const by = "jo@blue-anchor.example";
      notes = [{ id: ++numbers, ...clean(text, ticket), at: NOW, changedAt: null, by }, ...notes];
      return view();
    },
    changeDeskNote: async (_, id, text, ticket) => {
      notes = notes.map((note) =>
        note.id === id ? { ...note, ...clean(text, ticket), changedAt: NOW } : note,
      );
      return view();
    },
    removeDeskNote: async (_, id) => {
      notes = notes.filter((note) => note.id !== id);
      return view();
    },
  };
}

export const RETURNED: Extract<ReturnView, { kind: "told" }> = {
  kind: "told",
  clientId: "k0CL",
  clientName: "Harbour Hotel GmbH",
  clientOnBoard: true,
  given: [
    {
      id: "c0CH",
      name: "Desk 0",
      number: "+49 170 1000000",
      onBoard: true,
      permission: "missing",
      isTheirs: true,
    },
    { id: "x9CH", name: null, number: null, onBoard: false, permission: "notTold", isTheirs: null },
  ],
  revoked: [],
  asked: { kind: "askedHere", channelId: "c0CH", at: NOW - 600, sameClient: true },
};

type DeskCall =
  | "desk"
  | "readDesk"
  | "checkDesk"
  | "stopChecking"
  | "deskLines"
  | "deskChannel"
  | "askChannel"
  | "deskMode"
  | "setDeskMode"
  | "deskKeys"
  | "handKeyOver"
  | "deskKeyList"
  | "deskChanges"
  | "deskNotes"
  | "addDeskNote"
  | "changeDeskNote"
  | "removeDeskNote"
  | "deskColumns"
  | "setDeskColumns"
  | "pickChannel"
  | "pickBetween"
  | "pickShown"
  | "pickNone"
  | "picked"
  | "checkPicked"
  | "stopBulk"
  | "resumeBulk"
  | "retryBulk"
  | "closeBulk"
  | "rechecks"
  | "exportBoard"
  | "diagnosisChoice"
  | "copyDiagnosis"
  | "askForPermission"
  | "partnerReturnAddress"
  | "explainReturn"
  | "checkClient"
  | "askByKeys"
  | "setWatched";
type DeskCalls = Pick<Host, DeskCall>;

/** As many results as the board has lines: every fourth could not be asked about, every fifth is to come. */
function recheck(line: LineView, at: number): RecheckView {
  const asked = { line, before: line.permission, changed: false };
  if (at % 5 === 4) return { ...asked, outcome: { kind: "toCome" } };
  if (at % 4 === 3) {
    const why: Failure = { code: "hubRefused", status: 403, said: null, wait: null, proxy: null };
    return { ...asked, outcome: { kind: "couldNotAsk", why, at: NOW - 5 } };
  }
  const permission = at % 6 === 0 ? "shared" : "missing";
  const changed = line.permission !== "notTold" && line.permission !== permission;
  return { ...asked, changed, outcome: { kind: "told", permission, at: NOW - 5 } };
}

/** How far asking again about so many has come. */
export function bulkView(channels: number, facts: Partial<BulkView> = {}): BulkView {
  return {
    channels,
    done: channels,
    clients: Math.ceil(channels / 4),
    clientsDone: Math.ceil(channels / 4),
    failed: 0,
    changed: 0,
    underWay: false,
    pace: null,
    stopped: null,
    waitsUntil: null,
    ...facts,
  };
}

/** The desk of a program with these lines. */
export function deskCalls(lines: LineView[], facts: Partial<DeskView> = {}): DeskCalls {
  let bulk: BulkView | null = null;
  const picked = () => lines.filter((line) => line.picked);
  const mark = (some: LineView[], now: boolean) => {
    const ids = new Set(some.map(({ id }) => id));
    for (const [at, line] of lines.entries()) if (ids.has(line.id)) lines[at] = { ...line, picked: now };
    return ok(null);
  };
  const gone: Failure = { code: "noSuchChannel", status: null, said: null, wait: null, proxy: null };
  return {
    desk: async () => ok(deskView(lines, facts)),
    deskMode: async () => ok("mayWrite"),
    setDeskMode: async (mode) => ok(mode),
    deskKeys: async () => ok([]),
    askForPermission: async (_, form, returnTo) =>
      ok({
        kind: "link",
        link: `https://hub.360dialog.com/dashboard/app/pT77xPA/${form}?number=%2B4930&state=s1`,
        number: "+49 30 55570188",
        clientName: "Harbour Hotel GmbH",
        clientEmail: "maria@harbour-hotel.example",
        returnTo,
      }),
    partnerReturnAddress: async () => ok("https://www.blue-anchor.example/welcome"),
    explainReturn: async () => ok(RETURNED),
    askByKeys: async () => ok(null),
    checkClient: async () => ok(null),
    handKeyOver: async () => ok(null),
    deskKeyList: async () => ok({ kind: "told", keys: [{ hubId: "201126", tail: "kX9p" }], changed: null }),
    readDesk: async () => ok(null),
    checkDesk: async () => ok(null),
    stopChecking: async () => ok(null),
    deskLines: async (look, from, count) => {
      const all = found(lines, look);
      return ok({ total: all.length, from, lines: all.slice(from, from + Math.min(60, count)) });
    },
    deskChanges: async () => ok({ changes: [], more: false }),
    ...noteCalls(),
    deskColumns: async () => ok(null),
    setDeskColumns: async () => ok(null),
    deskChannel: async (id, look) => {
      const line = lines.find((line) => line.id === id);
      if (!line) return { ok: false, failure: gone };
      const place = look ? found(lines, look).indexOf(line) : -1;
      return ok(deskChannel(line, { place: place === -1 ? null : place }));
    },
    askChannel: async () => ok(null),
    pickChannel: async (id, now) =>
      mark(
        lines.filter((line) => line.id === id),
        now,
      ),
    pickBetween: async (look, from, to) => {
      const all = found(lines, look);
      const ends = [from, to].map((id) => all.findIndex((line) => line.id === id)).sort((a, b) => a - b);
      return mark(all.slice(ends[0], (ends[1] ?? 0) + 1), true);
    },
    pickShown: async (look, now) => mark(found(lines, look), now),
    pickNone: async () => mark(lines, false),
    picked: async (look) =>
      ok({ picked: picked().length, shown: found(lines, look).filter((line) => line.picked).length, bulk }),
    checkPicked: async () => {
      bulk = bulkView(picked().length);
      return ok(null);
    },
    stopBulk: async () => ok(null),
    resumeBulk: async () => ok(null),
    retryBulk: async () => ok(null),
    closeBulk: async () => {
      bulk = null;
      return ok(null);
    },
    rechecks: async (rows, from, count) => {
      const all = picked().map(recheck);
      const some = all.filter(
        ({ outcome, changed }) =>
          rows === "all" || (rows === "failed" ? outcome.kind === "couldNotAsk" : changed),
      );
      return ok({ total: some.length, from, rows: some.slice(from, from + Math.min(60, count)) });
    },
    exportBoard: async () => ok("/home/jo/channel-keys-board.csv"),
    diagnosisChoice: async () => ok({ form: "text", language: "english" }),
    copyDiagnosis: async () => ok(null),
    setWatched: async (id, watched) => {
      const at = lines.findIndex((line) => line.id === id);
      lines[at] = { ...lines[at]!, watched };
      return ok(null);
    },
  };
}
