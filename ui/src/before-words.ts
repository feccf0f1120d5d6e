import type { Point } from "./channel-words";
import { DESK_FACTS } from "./desk-words";
import type { BeforeView, KeyView, ProbeWord, WebhookBeforeView } from "./host";
import { mayWork, sayEnding } from "./key-words";
import { FACTS } from "./verdict-words";
import { refusedWords, webhookFacts } from "./webhook-words";
import { partnerWords, say, sayList, sayTime } from "./words";

const care = (title: string, more: string, shape: Point["shape"] = "care"): Point => ({
  tone: "care",
  shape,
  title,
  more,
});

/** What a keychain waits for before it takes the key. */
const WAITS: Partial<Record<ProbeWord, { title: string; more: string }>> = {
  locked: { title: "before-locked", more: "before-locked-more" },
  asking: { title: "before-asking", more: "before-asking-more" },
};

function keyWords(key: KeyView): string {
  if (key.label !== null && key.tail !== null) {
    return say("before-here-one", { label: key.label, tail: sayEnding(key.tail) });
  }
  const bare = key.origin === "found" ? "before-here-found" : "before-here-bare";
  return key.tail === null
    ? say(bare, { time: sayTime(key.askedAt) })
    : say("before-here-tail", { tail: sayEnding(key.tail) });
}

/** The places that were noted on any key of the number that no later key of ours replaced. */
function placesOf(keys: KeyView[]): string[] {
  const alive = keys.filter((key) => key.replacedAt === null);
  return [...new Set(alive.flatMap((key) => key.places.map((place) => place.name)))];
}

/** Who has today's key, and what is to be at hand when it dies. */
function holders(before: BeforeView, here: KeyView[]): Point[] {
  const partner = partnerWords(before.partnerName);
  const places = placesOf(before.keys);
  const facts: Point[] = [];
  if (here.length > 0) {
    const more = `${sayList(here.map(keyWords))}.`;
    facts.push({ tone: "stop", shape: "key", title: say("before-here", { count: here.length }), more });
  }
  if (places.length > 0) {
    const noted = { count: places.length, places: sayList(places) };
    facts.push(care(say("before-places", noted), say("before-places-more", noted)));
  }
  if (before.side === "partner") return [...facts, ...ofTheClient(before)];
  if (before.row.permission === "shared") {
    facts.push(care(say("before-partner-shared", partner), say("before-partner-shared-more", partner)));
  } else if (before.row.permission !== "noPartner") {
    facts.push(care(say("before-partner", partner), say("before-partner-more", partner)));
  } else if (here.length === 0) {
    facts.push(care(say("before-nobody"), say("before-nobody-more")));
  } else if (places.length === 0) {
    facts.push(care(say("before-uses"), say("before-uses-more")));
  }
  return facts;
}

/** On a client's behalf: whom it stops, who has to be told, and that the client allowed it. */
function ofTheClient(before: BeforeView): Point[] {
  const client = { client: before.clientName ?? say("before-the-client") };
  const points = [care(say("before-tell-client", client), say("before-tell-client-more"))];
  if (before.row.permission === "shared") {
    const [title, more] = [say("before-client-shared", client), say("before-client-shared-more")];
    points.push({ tone: "quiet", shape: "shared", title, more });
  }
  return points;
}

function open(before: BeforeView): Point {
  const partner = partnerWords(before.partnerName);
  const words = before.side === "partner" ? DESK_FACTS : FACTS;
  const missing = before.verdict.missing.map((fact) => say(words[fact], partner));
  const more =
    missing.length > 0
      ? say("before-open-facts", { facts: sayList(missing) })
      : say("before-open-undocumented", partner);
  return { tone: "quiet", shape: "question", title: say("before-open"), more };
}

function dies({ side, clientName }: BeforeView): string {
  if (side === "client") return say("before-dies-more");
  return say("before-dies-client", { client: clientName ?? say("before-the-client") });
}

const WHY_NOT_READ: Partial<Record<WebhookBeforeView["kind"], string>> = {
  noKey: "before-webhook-no-key",
  keychainNotOpen: "before-webhook-locked",
  keyDoesNotWork: "before-webhook-refused",
  couldNotAsk: "before-webhook-not-told",
};

/** Where messages are delivered, which is cleared: noted here, or to be noted by the person. */
function webhook({ webhook: known, side }: BeforeView, keychain: string): Point {
  if (known.kind === "read" || known.kind === "waitsSince") {
    const { webhooks, complete } = known.was;
    const facts = { ...webhookFacts(known.was), keychain };
    const headers = webhooks.reduce((sum, webhook) => sum + webhook.headers, 0);
    const refused = refusedWords(webhooks);
    const more = [
      known.kind === "read"
        ? say("before-webhook-read-more", { ...facts, headers })
        : say("before-webhook-waits-more", facts),
      refused,
      complete ? null : say("before-webhook-incomplete"),
    ];
    const words = more.filter((sentence) => sentence !== null).join(" ");
    if (known.kind === "waitsSince") return care(say("before-webhook-waits", facts), words);
    const title = say("before-webhook-read", facts);
    return refused === null ? { tone: "good", shape: "link", title, more: words } : care(title, words);
  }
  if (known.kind === "notSet") {
    const more = say(known.complete ? "before-webhook-none-more" : "before-webhook-none-incomplete");
    return { tone: "quiet", shape: "link", title: say("before-webhook-none"), more };
  }
  const why = WHY_NOT_READ[known.kind];
  const note = say(side === "partner" ? "before-webhook-client" : "before-webhook-more");
  return care(say("before-webhook"), why === undefined ? note : `${say(why)} ${note}`);
}

/** What a person is to know before a key is replaced. */
export function beforeFacts(before: BeforeView, keychainName: string): Point[] {
  const keychain = { keychain: keychainName };
  const facts: Point[] = [
    { tone: "stop", shape: "stop", title: say("before-dies"), more: dies(before) },
    ...holders(before, before.keys.filter(mayWork)),
    webhook(before, keychainName),
  ];
  if (before.verdict.generate === "hubDecides") facts.push(open(before));
  if (before.keychain === "ready") {
    facts.push({
      tone: "good",
      shape: "safe",
      title: say("before-safe"),
      more: say("before-safe-more", keychain),
    });
  }
  const waits = WAITS[before.keychain];
  if (waits) facts.push(care(say(waits.title, keychain), say(waits.more, keychain), "safe"));
  return facts;
}
