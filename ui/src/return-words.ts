import { nameAndNumber, PERMISSIONS } from "./channel-words";
import type { BadAddressWord, FormWord, MentionedView, NotAReturnWord, ReturnView } from "./host";
import { say, sayAge, shownId } from "./words";

export const FORMS: Record<FormWord, string> = {
  older: "ask-form-older",
  current: "ask-form-current",
  currentOnboarding: "ask-form-onboarding",
};

export const BAD_ADDRESSES: Record<BadAddressWord, string> = {
  tooLong: "ask-bad-too-long",
  oddCharacters: "ask-bad-odd-characters",
  notAnAddress: "ask-bad-not-an-address",
  notHttps: "ask-bad-not-https",
  credentials: "ask-bad-credentials",
  fragment: "ask-bad-fragment",
};

export const NOT_A_RETURN: Record<NotAReturnWord, string> = {
  empty: "return-empty",
  tooLong: "return-too-long",
  oddCharacters: "return-odd-characters",
  notAnAddress: "return-not-an-address",
  otherScheme: "return-other-scheme",
  credentials: "return-credentials",
  nothingInIt: "return-nothing-in-it",
  twice: "return-twice",
  oddList: "return-odd-list",
  oddId: "return-odd-id",
  tooMany: "return-too-many",
};

export type ToldReturn = Extract<ReturnView, { kind: "told" }>;

export function whoWords({ clientId, clientName, clientOnBoard }: ToldReturn): string {
  if (clientId === null) return say("return-who-open");
  if (!clientOnBoard) return say("return-who-unknown", { id: shownId(clientId) });
  return clientName === null
    ? say("return-who-id", { id: shownId(clientId) })
    : say("return-who", { client: clientName, id: shownId(clientId) });
}

/** Whether it answers a link that was made here; `tone` says how much that is worth. */
export function askedWords({ asked }: ToldReturn, now: number): { tone: "good" | "care"; words: string } {
  if (asked.kind === "saysNothing") return { tone: "care", words: say("return-asked-nothing") };
  if (asked.kind === "notAskedHere") return { tone: "care", words: say("return-asked-not-here") };
  const facts = { channel: shownId(asked.channelId), age: sayAge(asked.at, now) };
  return asked.sameClient === false
    ? { tone: "care", words: say("return-asked-other", facts) }
    : { tone: "good", words: say("return-asked-here", facts) };
}

/** A channel that it names, and what the board says of it. */
export function mentionedWords(mentioned: MentionedView): string {
  const { name, number, onBoard, isTheirs, permission } = mentioned;
  const id = shownId(mentioned.id);
  if (!onBoard) return say("return-not-on-board", { id });
  const channel = nameAndNumber(name, number, id);
  if (isTheirs === false) return say("return-not-theirs", { channel, id });
  const board = say(permission === "notTold" ? "permission-not-checked" : PERMISSIONS[permission].word);
  return say("return-board-says", { channel, id, board });
}
