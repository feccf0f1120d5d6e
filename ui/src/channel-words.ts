import type {
  ActorWord,
  ChannelRow,
  FactWord,
  KeychainName,
  KeyView,
  KeyWord,
  NextWord,
  PayerWord,
  PermissionWord,
  ReasonWord,
  SendingWord,
  StateView,
  StateWord,
} from "./host";
import { say } from "./words";

export type Tone = "good" | "care" | "stop" | "shared" | "missing" | "none";
export type Shape =
  | "shared"
  | "missing"
  | "notTold"
  | "noPartner"
  | "ok"
  | "care"
  | "stop"
  | "safe"
  | "key"
  | "wait"
  | "question"
  | "back"
  | "again"
  | "search"
  | "person";

type Look = { tone: Tone; shape: Shape; word: string; meaning: string };

const look = (tone: Tone, shape: Shape, word: string, meaning: string): Look => ({
  tone,
  shape,
  word,
  meaning,
});

export const PERMISSIONS: Record<PermissionWord, { tone: Tone; shape: Shape; word: string }> = {
  shared: { tone: "shared", shape: "shared", word: "permission-shared" },
  missing: { tone: "missing", shape: "missing", word: "permission-missing" },
  noPartner: { tone: "missing", shape: "noPartner", word: "permission-no-partner" },
  notTold: { tone: "none", shape: "notTold", word: "permission-not-told" },
};

const UNKNOWN_WORD = look("none", "question", "state-unknown-word", "state-unknown-word-meaning");

export const STATES: Record<StateWord, Look> = {
  running: look("good", "ok", "state-running", "state-running-meaning"),
  notRunning: look("care", "care", "state-not-running", "state-not-running-meaning"),
  settingUp: UNKNOWN_WORD,
  notLive: UNKNOWN_WORD,
  notTold: look("none", "notTold", "state-not-told", "state-not-told-meaning"),
};

const settingUp = look("missing", "wait", "status-setting-up", "status-setting-up-meaning");
const toMove = look("care", "care", "status-to-move", "status-to-move-meaning");
const codeSent = look("care", "care", "status-code-sent", "status-code-sent-meaning");

/** The Hub's `status` words. */
export const STATUSES: Record<string, Look> = {
  created: look("care", "care", "status-created", "status-created-meaning"),
  unverified: look("missing", "wait", "status-unverified", "status-unverified-meaning"),
  verified: look("missing", "wait", "status-verified", "status-verified-meaning"),
  ready: look("good", "ok", "status-ready", "status-ready-meaning"),
  modified: settingUp,
  imported: settingUp,
  consents_signed: settingUp,
  new_name_requested: look("missing", "wait", "status-name-review", "status-name-review-meaning"),
  certificate_declined: look("care", "care", "status-name-declined", "status-name-declined-meaning"),
  error: look("stop", "stop", "status-error", "status-error-meaning"),
  porting_ready: toMove,
  ready_for_migration: toMove,
  waiting_for_migration_code: codeSent,
  migration_code_requested: codeSent,
};

/** The Hub's `hub_status` words. */
export const HUB_STATUSES: Record<string, Look> = {
  live: look("good", "ok", "hub-live", "hub-live-meaning"),
  pending_deletion: look("stop", "stop", "hub-pending-deletion", "hub-pending-deletion-meaning"),
  terminated: look("stop", "stop", "hub-terminated", "hub-terminated-meaning"),
  cancelled: look("stop", "stop", "hub-cancelled", "hub-cancelled-meaning"),
  deleted: look("stop", "stop", "hub-deleted", "hub-deleted-meaning"),
};

function lookOf(state: StateView): Look {
  const words = { settingUp: STATUSES, notLive: HUB_STATUSES };
  if (state.word !== "settingUp" && state.word !== "notLive") return STATES[state.word];
  const known = Object.hasOwn(words[state.word], state.hubWord ?? "");
  return (known && words[state.word][state.hubWord ?? ""]) || UNKNOWN_WORD;
}

/** A state as word, shape and colour, with what it means. */
export function stateWords(state: StateView): Look {
  const found = lookOf(state);
  const facts = { word: state.hubWord ?? "" };
  return { ...found, word: say(found.word, facts), meaning: say(found.meaning, facts) };
}

export const ACTORS: Record<ActorWord, string> = {
  nobody: "actor-nobody",
  client: "actor-client",
  clientOrPartner: "actor-client-or-partner",
  meta: "actor-meta",
  threeSixtyDialog: "actor-360dialog",
  askThreeSixtyDialog: "actor-ask-360dialog",
};

export const PAYERS: Record<PayerWord, { inRow: string; inFull: string }> = {
  client: { inRow: "row-pays-you", inFull: "payer-client" },
  partner: { inRow: "row-pays-partner", inFull: "payer-partner" },
  notTold: { inRow: "row-pays-not-told", inFull: "payer-not-told" },
};

export const VERDICTS: Record<ReasonWord, { title: string; body: string }> = {
  notRunning: { title: "verdict-not-running-title", body: "verdict-not-running" },
  partnerManages: { title: "verdict-partner-manages-title", body: "verdict-partner-manages" },
  partnerManagesAndPays: {
    title: "verdict-partner-manages-and-pays-title",
    body: "verdict-partner-manages-and-pays",
  },
  notShared: { title: "verdict-not-shared-title", body: "verdict-not-shared" },
  undocumented: { title: "verdict-undocumented-title", body: "verdict-undocumented" },
  clientManages: { title: "verdict-client-manages-title", body: "verdict-client-manages" },
  noPartner: { title: "verdict-no-partner-title", body: "verdict-no-partner" },
  sharedWithPartner: { title: "verdict-shared-with-partner-title", body: "verdict-shared-with-partner" },
  notTold: { title: "verdict-not-told-title", body: "verdict-not-told" },
};

export const NEXTS: Record<NextWord, string> = {
  makeKey: "next-make-key",
  takePermissionBack: "next-take-permission-back",
  askPartner: "next-ask-partner",
  clientGivesPermission: "next-client-gives",
  getItRunning: "next-get-running",
  tryIt: "next-try-it",
};

export const FACTS: Record<FactWord, string> = {
  running: "fact-running",
  hasPartner: "fact-has-partner",
  payer: "fact-payer",
  permission: "fact-permission",
};

/** Why the button is off; reasons that switch nothing off have none. */
export const OFF_BECAUSE: Partial<Record<ReasonWord, string>> = {
  notRunning: "off-not-running",
  partnerManages: "off-partner-manages",
  partnerManagesAndPays: "off-partner-manages-and-pays",
  notShared: "off-not-shared",
};

/** The steps that switch the button on, by what comes next. */
export const HOW: Partial<
  Record<NextWord, { link: string; title: string; steps: string[]; after?: string }>
> = {
  takePermissionBack: {
    link: "off-take-back",
    title: "how-take-back-title",
    steps: ["how-take-back-1", "how-take-back-2", "how-take-back-3", "how-take-back-4"],
    after: "how-take-back-after",
  },
  askPartner: { link: "off-ask-partner", title: "how-ask-title", steps: ["how-ask-1", "how-ask-2"] },
  getItRunning: {
    link: "off-get-running",
    title: "how-running-title",
    steps: ["how-running-1", "how-running-2"],
  },
  clientGivesPermission: {
    link: "off-client-gives",
    title: "how-client-gives-title",
    steps: ["next-client-gives"],
  },
};

export const KEYS: Record<KeyWord, { tone: Tone; shape: Shape; word: string }> = {
  asked: { tone: "care", shape: "question", word: "key-open" },
  unknown: { tone: "care", shape: "question", word: "key-open" },
  safetyCopy: { tone: "care", shape: "safe", word: "key-safety" },
  inMemory: { tone: "stop", shape: "care", word: "key-memory" },
  kept: { tone: "good", shape: "ok", word: "key-kept" },
  lost: { tone: "stop", shape: "stop", word: "key-lost" },
  notMade: { tone: "missing", shape: "missing", word: "key-not-made" },
  letGo: { tone: "missing", shape: "missing", word: "key-let-go" },
};

export const SENDING: Record<SendingWord, string> = {
  available: "test-works",
  limited: "test-works-limited",
  blocked: "test-works-blocked",
  notTold: "test-works-not-told",
};

export const KEYCHAINS: Record<KeychainName, string> = {
  keychain: "keychain-mac",
  credentialManager: "keychain-windows",
  passwordsAndKeys: "keychain-linux",
};

/** Whether the key itself lies on this computer. */
export function liesHere(key: KeyView): boolean {
  return key.state === "kept" || key.state === "safetyCopy" || key.state === "inMemory";
}

/** A channel by the best that is known of it. */
export function nameOf(row: Pick<ChannelRow, "name" | "number" | "id">): string {
  return row.name ?? row.number ?? row.id;
}

/** For sentences: a number never breaks across lines. */
export function nameAndNumber(name: string | null, number: string | null, id: string): string {
  return [name, number?.replaceAll(" ", "\u00a0")].filter(Boolean).join(", ") || id;
}

const LIMITS: Record<string, number> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_1K: 1_000,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
};

/** Meta's word for how many people may be written to; an unknown one is shown as it is. */
export function limitWords(limit: string | null): string {
  if (limit === null) return say("not-told");
  if (limit === "TIER_UNLIMITED") return say("limit-none");
  const people = Object.hasOwn(LIMITS, limit) ? LIMITS[limit] : undefined;
  return people === undefined ? limit : say("limit-people", { count: people });
}

/** What the partner's permission means for this number, by who pays. */
export const EXPLAIN: Record<PermissionWord, Record<PayerWord, string>> = {
  shared: {
    client: "explain-shared-client",
    partner: "explain-shared-partner",
    notTold: "explain-shared-not-told",
  },
  missing: {
    client: "explain-missing-client",
    partner: "explain-missing-partner",
    notTold: "explain-missing-not-told",
  },
  noPartner: {
    client: "explain-no-partner",
    partner: "explain-no-partner",
    notTold: "explain-no-partner",
  },
  notTold: { client: "explain-not-told", partner: "explain-not-told", notTold: "explain-not-told" },
};

export const CAN_PARTNER: Record<PermissionWord, string> = {
  shared: "permission-yes",
  missing: "permission-no",
  noPartner: "permission-only-you",
  notTold: "permission-open",
};
