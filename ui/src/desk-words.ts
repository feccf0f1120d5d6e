import { ACTORS, type Shape, type Tone } from "./channel-words";
import type {
  ActorWord,
  DeskChannelView,
  FactWord,
  Form,
  Language,
  NextWord,
  PaceWord,
  ReasonWord,
  RowsWord,
  SavedWord,
  VerdictView,
} from "./host";
import { FACTS } from "./verdict-words";
import { say, sayList } from "./words";

export const SAVED: Record<SavedWord, string> = {
  all: "saved-all",
  runningButMissing: "saved-running-but-missing",
  notRunning: "saved-not-running",
  inError: "saved-in-error",
  pendingDeletion: "saved-pending-deletion",
  lowQuality: "saved-low-quality",
  unknownWords: "saved-unknown-words",
  changedToday: "saved-changed-today",
  notChecked: "saved-not-checked",
  watched: "saved-watched",
};

export const FORMS: Record<Form, { words: string; name: string }> = {
  text: { words: "diagnosis-text", name: "diagnosis-text-name" },
  markdown: { words: "diagnosis-markdown", name: "diagnosis-markdown-name" },
  json: { words: "diagnosis-json", name: "diagnosis-json-name" },
};

/** Each by its own name, and by its name in the desk's language. */
export const LANGUAGES: Record<Language, { words: string; name: string }> = {
  english: { words: "diagnosis-english", name: "diagnosis-english-name" },
  german: { words: "diagnosis-german", name: "diagnosis-german-name" },
};

export const PACES: Record<PaceWord, string> = {
  quick: "desk-pace-quick",
  steady: "desk-pace-steady",
  slow: "desk-pace-slow",
};

export const ROWS: Record<RowsWord, string> = {
  all: "desk-rows-all",
  failed: "desk-rows-failed",
  changed: "desk-rows-changed",
};

/** Who acts, as the partner's side says it. */
export const DESK_ACTORS: Record<ActorWord, string> = {
  ...ACTORS,
  client: "desk-actor-client",
  clientOrPartner: "desk-actor-either",
};

/** What means something else on the partner's side, by what it means to a client. */
export const DESK_MEANINGS: Record<string, string> = {
  "status-created-meaning": "desk-created-meaning",
  "status-name-declined-meaning": "desk-name-declined-meaning",
  "status-error-meaning": "desk-error-meaning",
  "status-to-move-meaning": "desk-to-move-meaning",
  "status-code-sent-meaning": "desk-code-sent-meaning",
};

/** Whether the partner may make a key. The table knows reasons that stand on the client's side alone as not told. */
export const PARTNER_VERDICTS: Record<ReasonWord, string> = {
  notRunning: "desk-not-running",
  partnerManages: "desk-not-told",
  partnerManagesAndPays: "desk-not-told",
  notShared: "desk-not-shared",
  undocumented: "desk-not-told",
  clientManages: "desk-not-told",
  noPartner: "desk-not-told",
  sharedWithPartner: "desk-shared",
  notTold: "desk-not-told",
};

/** Whether the client may make a key. */
export const CLIENT_VERDICTS: Record<ReasonWord, string> = {
  notRunning: "desk-client-not-running",
  partnerManages: "desk-client-you-manage",
  partnerManagesAndPays: "desk-client-you-manage-and-pay",
  notShared: "desk-client-not-told",
  undocumented: "desk-client-undocumented",
  clientManages: "desk-client-manages",
  noPartner: "desk-client-manages",
  sharedWithPartner: "desk-client-not-told",
  notTold: "desk-client-not-told",
};

export const DESK_NEXTS: Record<NextWord, string> = {
  makeKey: "desk-next-make-key",
  takePermissionBack: "desk-next-hub-decides",
  askPartner: "desk-next-hub-decides",
  clientGivesPermission: "desk-next-client-gives",
  getItRunning: "desk-next-get-running",
  tryIt: "desk-next-hub-decides",
};

export const DESK_FACTS: Record<FactWord, string> = {
  ...FACTS,
  hasPartner: "desk-fact-partner",
  permission: "desk-fact-permission",
};

type Sentence = { tone: "good" | "care" | "quiet"; shape: Shape; words: string };

const TONES = { yes: "good", no: "care", hubDecides: "quiet" } as const;
const SHAPES = { good: "ok", care: "care", quiet: "question" } as const satisfies Record<string, Shape>;

const missing = ({ missing }: VerdictView) => sayList(missing.map((fact) => say(DESK_FACTS[fact])));

/** Whether the partner may make a key, and what comes next at a desk that only reads, or one that may write. */
export function partnerVerdict(view: DeskChannelView, readsOnly: boolean): Sentence & { next: string } {
  const verdict = view.partner;
  const tone = TONES[verdict.generate];
  const makes = verdict.next === "makeKey" || verdict.next === "tryIt";
  const next =
    verdict.next === "tryIt" && verdict.missing.includes("permission")
      ? "desk-next-check"
      : readsOnly && makes
        ? "desk-next-may-write"
        : DESK_NEXTS[verdict.next];
  return {
    tone,
    shape: SHAPES[tone],
    words: say(PARTNER_VERDICTS[verdict.reason], { facts: missing(verdict) }),
    next: say(next, { actor: say(DESK_ACTORS[view.line.state.whoActs]) }),
  };
}

/** Whether the client may make one. */
export function clientVerdict({ client }: DeskChannelView): string {
  return say(CLIENT_VERDICTS[client.reason], { facts: missing(client) });
}

export const STATE_TONES: Record<Tone, "good" | "care" | "stop" | "plain"> = {
  good: "good",
  care: "care",
  stop: "stop",
  shared: "plain",
  missing: "plain",
  none: "plain",
};
