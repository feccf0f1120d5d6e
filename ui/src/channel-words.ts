import type { ActorWord, ChannelRow, PayerWord, PermissionWord, StateView, StateWord } from "./host";
import { say, setApart, shownId } from "./words";

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
  | "link"
  | "note"
  | "watched"
  | "unwatched"
  | "question"
  | "back"
  | "down"
  | "again"
  | "search"
  | "person";

/** One thing to know before a decision. */
export type Point = { tone: "stop" | "care" | "good" | "quiet"; shape: Shape; title: string; more: string };

/** How a state is told: as colour, shape and word. */
export type Look = { tone: Tone; shape: Shape; word: string };

type MeantLook = Look & { meaning: string };

const look = (tone: Tone, shape: Shape, word: string, meaning: string): MeantLook => ({
  tone,
  shape,
  word,
  meaning,
});

export const PERMISSIONS: Record<PermissionWord, Look> = {
  shared: { tone: "shared", shape: "shared", word: "permission-shared" },
  missing: { tone: "missing", shape: "missing", word: "permission-missing" },
  noPartner: { tone: "missing", shape: "noPartner", word: "permission-no-partner" },
  notTold: { tone: "none", shape: "notTold", word: "permission-not-told" },
};

const UNKNOWN_WORD = look("none", "question", "state-unknown-word", "state-unknown-word-meaning");

export const STATES: Record<StateWord, MeantLook> = {
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
export const STATUSES: Record<string, MeantLook> = {
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
export const HUB_STATUSES: Record<string, MeantLook> = {
  live: look("good", "ok", "hub-live", "hub-live-meaning"),
  pending_deletion: look("stop", "stop", "hub-pending-deletion", "hub-pending-deletion-meaning"),
  terminated: look("stop", "stop", "hub-terminated", "hub-terminated-meaning"),
  cancelled: look("stop", "stop", "hub-cancelled", "hub-cancelled-meaning"),
  deleted: look("stop", "stop", "hub-deleted", "hub-deleted-meaning"),
};

/** Meanings that read otherwise on another side, by what they are for a client. */
type Meanings = Record<string, string>;

/** One of the Hub's own words as word, shape and colour, with what it means; an unknown one as it is. */
export function hubWords(table: Record<string, MeantLook>, word: string, others: Meanings = {}): MeantLook {
  const known = Object.hasOwn(table, word) ? table[word] : undefined;
  const found = known ?? UNKNOWN_WORD;
  const meaning = others[found.meaning] ?? found.meaning;
  return { ...found, word: say(found.word, { word }), meaning: say(meaning, { word }) };
}

/** A state as word, shape and colour, with what it means. */
export function stateWords(state: StateView, others: Meanings = {}): MeantLook {
  if (state.word === "settingUp") return hubWords(STATUSES, state.hubWord ?? "", others);
  if (state.word === "notLive") return hubWords(HUB_STATUSES, state.hubWord ?? "", others);
  return hubWords(STATES, state.word, others);
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

/** A channel by the best that is known of it. */
export function nameOf(row: Pick<ChannelRow, "name" | "number" | "id">): string {
  return row.name ?? row.number ?? shownId(row.id);
}

/** For sentences: a number never breaks across lines. */
export function nameAndNumber(name: string | null, number: string | null, id: string): string {
  const known = [name && setApart(name), number?.replaceAll(" ", "\u00a0")];
  return known.filter(Boolean).join(", ") || shownId(id);
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

/** What can be done about the partner's permission from a number's page. */
export const CHANGES: Record<PermissionWord, string | null> = {
  shared: "change-take-back",
  missing: "change-give",
  noPartner: null,
  notTold: "change-open",
};
