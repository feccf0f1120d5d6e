import type { RefusedWord, WaitsForWord } from "./host";

/** Why a link is not followed. */
export const REFUSED: Record<RefusedWord, string> = {
  tooLong: "link-refused-too-long",
  notOurs: "link-refused-not-ours",
  oddCharacters: "link-refused-odd-characters",
  notKnown: "link-refused-not-known",
  bringsMore: "link-refused-brings-more",
  noChannel: "link-refused-no-channel",
  couldBeKey: "link-refused-could-be-key",
  oddRequest: "link-refused-odd-request",
};

/** What a link waits for. */
export const WAITS_FOR: Record<WaitsForWord, string> = {
  signIn: "link-waits-sign-in",
  client: "link-waits-client",
  unlock: "link-waits-unlock",
  list: "link-waits-list",
};

/** The same, where it leads to what a partner asks for. */
export const ASKS_WAITS_FOR: Record<WaitsForWord, string> = {
  signIn: "link-asks-sign-in",
  client: "link-asks-client",
  unlock: "link-asks-unlock",
  list: "link-asks-held-title",
};
