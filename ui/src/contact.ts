import { PAYERS, PERMISSIONS, stateWords } from "./channel-words";
import type { ActorWord, ChannelView } from "./host";
import { partnerWords, say, sayMoment, shownId } from "./words";

/** Whom to write to about a number, and in which matter. */
export type ContactWord =
  "partner" | "yours" | "either" | "meta" | "theirs" | "ask" | "open" | "rights" | "yourself" | "nobody";

type Words = { whom: "partner" | "hub" | "nobody"; why: string; letter: string | null };

const words = (whom: Words["whom"], why: string, letter: string | null = null): Words => ({
  whom,
  why,
  letter,
});

export const CONTACTS: Record<ContactWord, Words> = {
  partner: words("partner", "contact-partner", "letter-partner"),
  yours: words("hub", "contact-yours", "letter-state"),
  either: words("hub", "contact-either", "letter-state"),
  meta: words("nobody", "contact-meta"),
  theirs: words("hub", "contact-theirs", "letter-state"),
  ask: words("hub", "contact-ask", "letter-state"),
  open: words("hub", "contact-ask", "letter-open"),
  rights: words("hub", "contact-rights", "letter-rights"),
  yourself: words("nobody", "contact-yourself"),
  nobody: words("nobody", "contact-nobody"),
};

export const WHOM: Record<Words["whom"], string> = {
  partner: "contact-whom-partner",
  hub: "contact-whom-hub",
  nobody: "contact-whom-nobody",
};

const BY_ACTOR: Record<ActorWord, ContactWord | null> = {
  nobody: null,
  client: "yours",
  clientOrPartner: "either",
  meta: "meta",
  threeSixtyDialog: "theirs",
  askThreeSixtyDialog: "ask",
};

export function contactOf({ row, verdict }: ChannelView): ContactWord {
  if (verdict.next === "askPartner") return "partner";
  if (row.state.word === "notTold" || !row.state.known) return "open";
  const byState = row.state.word === "running" ? null : BY_ACTOR[row.state.whoActs];
  if (byState !== null) return byState;
  if (verdict.next === "tryIt") return "rights";
  return verdict.next === "takePermissionBack" ? "yourself" : "nobody";
}

/** A text to send, with all that the other side asks for, and never a secret. */
export function letterTo(view: ChannelView): string | null {
  const { letter } = CONTACTS[contactOf(view)];
  if (letter === null) return null;
  const { row, details } = view;
  const told = (fact: string | null) => fact ?? say("not-told");
  const partner = partnerWords(view.partnerName);
  const running = details.running === null ? "not-told" : details.running ? "letter-yes" : "letter-no";
  const facts = say("letter-facts", {
    number: told(row.number),
    name: told(row.name),
    channel: shownId(row.id),
    client: [details.clientName, details.clientId].filter(Boolean).join(", "),
    partner:
      row.permission === "noPartner"
        ? say("facts-none")
        : [view.partnerName, details.partnerId].filter(Boolean).join(", ") || say("not-told"),
    waba: told(view.wabaId),
    status: told(details.status),
    hub: told(details.hubStatus),
    running: say(running),
    permission: say(PERMISSIONS[row.permission].word),
    payer: say(row.payer === "client" ? "letter-client" : PAYERS[row.payer].inFull, partner),
    time: sayMoment(view.readAt),
  });
  return `${say(letter, { number: row.number ?? shownId(row.id), ...partner })}\n\n${facts}`;
}

/** Whom, and why. */
export function contactWords(view: ChannelView): { whom: string; why: string } {
  const { whom, why } = CONTACTS[contactOf(view)];
  const facts = { ...partnerWords(view.partnerName), meaning: stateWords(view.row.state).meaning };
  return { whom: say(WHOM[whom], facts), why: say(why, facts) };
}
