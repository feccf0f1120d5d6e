import type { AskerWord, RequestRefusedWord, RequestView, WrapperWord } from "./host";

/** What a partner asks for. */
export type Asks = Extract<RequestView, { kind: "asks" }>;

/** Why something is none of a partner's requests. */
export const REQUEST_REFUSED: Record<RequestRefusedWord, string> = {
  empty: "request-empty",
  tooLong: "request-too-long",
  oddCharacters: "request-odd-characters",
  couldBeKey: "request-could-be-key",
  notALink: "request-not-a-link",
  otherScheme: "request-other-scheme",
  credentials: "request-credentials",
  lookAlike: "request-look-alike",
  unknownHost: "request-unknown-host",
  otherPage: "request-other-page",
  noPartner: "request-no-partner",
  oddId: "request-odd-id",
  oddNumber: "request-odd-number",
  tooMany: "request-too-many",
  twice: "request-twice",
  returnTooLong: "request-return-too-long",
  returnOddCharacters: "request-return-odd-characters",
  returnNotAnAddress: "request-return-not-an-address",
  returnNotHttps: "request-return-not-https",
  returnCredentials: "request-return-credentials",
  returnFragment: "request-return-fragment",
  returnMixedScripts: "request-return-mixed-scripts",
  returnHasAnswer: "request-return-has-answer",
};

/** Whose link it was taken out of. */
export const WRAPPERS: Record<WrapperWord, string> = {
  safeLinks: "request-wrapped-safe-links",
  urlDefense: "request-wrapped-url-defense",
};

/** Who asks, as 360dialog knows them: what stands first, and what it means. */
export const ASKERS: Record<AskerWord, { title: string; more: string; tone: "quiet" | "care" | "stop" }> = {
  theirs: { title: "request-who-theirs", more: "request-who-theirs-more", tone: "quiet" },
  another: { title: "request-who-another", more: "request-who-another-more", tone: "stop" },
  noPartner: { title: "request-who-another", more: "request-who-none-more", tone: "stop" },
  notTold: { title: "request-who-not-told", more: "request-who-not-told-more", tone: "care" },
};
