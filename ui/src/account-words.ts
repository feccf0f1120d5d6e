import type { SessionView } from "./host";
import { say, shownId } from "./words";

/** Who is at work, as the header says it. */
export type Who = { email: string; client: string | null; side: string; initials: string };

const SIDES: Record<string, string> = {
  "client owner": "side-client-owner",
  "client member": "side-client-member",
  client: "side-client",
  "partner owner": "side-partner-owner",
  "partner member": "side-partner-member",
  partner: "side-partner",
};

/** On which side an account is, and as what: "Client, Owner". */
export function sideWords(side: "client" | "partner", rank: string | null): string {
  return say(SIDES[`${side} ${rank}`] ?? SIDES[side] ?? "side-client");
}

export function whoIs(session: SessionView, clientName: string | null): Who | undefined {
  if (session.kind === "signedOut" || session.kind === "locked") return undefined;
  const { email, name } = personOf(session);
  return {
    email: shownId(email),
    client: clientOf(session) ?? clientName,
    side: sideOf(session),
    initials: initials(name ?? email),
  };
}

/** Who opened the desk with a key is nobody in person: the partner's id stands for them. */
function personOf(session: Exclude<SessionView, { kind: "signedOut" | "locked" }>) {
  if (session.kind === "clientIdNeeded") return { email: session.email, name: null };
  if (session.kind !== "partner") return session.person;
  return session.person ?? { email: session.partnerId, name: null };
}

function clientOf(session: SessionView): string | null {
  if (session.kind === "here") return session.clientName;
  if (session.kind !== "client") return null;
  return session.clients.find(({ id }) => id === session.clientId)?.name ?? null;
}

function sideOf(session: SessionView): string {
  if (session.kind === "here") return say("side-here");
  if (session.kind === "partner") {
    return session.pass === "partnerKey" ? say("side-partner-key") : sideWords("partner", session.rank);
  }
  return session.kind === "client" ? sideWords("client", session.rank) : say("side-client");
}

function initials(name: string): string {
  return name
    .split(/[\s.@]+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
}
