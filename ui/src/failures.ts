import type { AnyCode, AnyFailure } from "./host";
import { say, type Facts } from "./words";

/** What a person can do next about a failure. */
export type FailureNext = "retry" | "signInAgain" | "wait" | "openHub" | "none";

export type FailureWords = {
  severity: "care" | "stop";
  title: string;
  body: string;
  next: FailureNext;
};

const care = (title: string, body: string, next: FailureNext): FailureWords => ({
  severity: "care",
  title,
  body,
  next,
});
const stop = (title: string, body: string, next: FailureNext): FailureWords => ({
  severity: "stop",
  title,
  body,
  next,
});

/** Whether doing the same once more can end otherwise. */
export const mayRetry = ({ next }: FailureWords): boolean => next === "retry" || next === "wait";

/** The facts that the words for a failure may name. */
export function failureFacts(failure: AnyFailure, keychain: string): Facts {
  return { keychain, proxy: failure.proxy ?? "" };
}

/** A failure in a line of text. */
export function failureText(failure: AnyFailure, keychain: string): string {
  const { title, body } = FAILURES[failure.code];
  return `${say(title)} ${say(body, failureFacts(failure, keychain))}`;
}

/** After one of these 360dialog was not even reached. */
export const NOT_REACHED = [
  "hubNameNotFound",
  "hubNoConnection",
  "hubCertificate",
  "noCertificates",
  "proxyUnreachable",
  "proxySignIn",
  "proxyRefused",
] as const satisfies AnyCode[];

/** How long 360dialog asks to wait: in minutes, and in hours where that is shorter to say; nothing where it didn't say. */
export function sayWait({ wait }: AnyFailure): string {
  if (wait === null) return "";
  const minutes = Math.max(1, Math.ceil(wait / 60));
  return minutes <= 90
    ? say("failure-wait-minutes", { count: minutes })
    : say("failure-wait-hours", { count: Math.ceil(minutes / 60) });
}

/** The one table from a code to its words, its weight and the next step. */
export const FAILURES: Record<AnyCode, FailureWords> = {
  hubNameNotFound: care("failure-hub-name-not-found", "failure-hub-name-not-found-body", "retry"),
  hubNoConnection: care("failure-hub-no-connection", "failure-hub-no-connection-body", "retry"),
  hubCertificate: stop("failure-hub-certificate", "failure-hub-certificate-body", "retry"),
  noCertificates: stop("failure-no-certificates", "failure-no-certificates-body", "none"),
  proxyUnreachable: care("failure-proxy-unreachable", "failure-proxy-unreachable-body", "retry"),
  proxySignIn: care("failure-proxy-sign-in", "failure-proxy-sign-in-body", "retry"),
  proxyRefused: care("failure-proxy-refused", "failure-proxy-refused-body", "retry"),
  hubNoAnswer: care("failure-hub-no-answer", "failure-hub-no-answer-body", "retry"),
  wrongPassword: care("failure-wrong-password", "failure-wrong-password-body", "none"),
  wrongPartnerKey: care("failure-wrong-partner-key", "failure-wrong-partner-key-body", "none"),
  secondFactor: care("failure-second-factor", "failure-second-factor-body", "openHub"),
  sessionEnded: care("failure-session-ended", "failure-session-ended-body", "signInAgain"),
  keyRefused: care("failure-key-refused", "failure-key-refused-body", "none"),
  keyNotSendable: care("failure-key-not-sendable", "failure-key-not-sendable-body", "none"),
  hubBadRequest: care("failure-hub-bad-request", "failure-hub-bad-request-body", "openHub"),
  hubRefused: stop("failure-hub-refused", "failure-hub-refused-body", "none"),
  hubNotThere: care("failure-hub-not-there", "failure-hub-not-there-body", "retry"),
  hubTooMany: care("failure-hub-too-many", "failure-hub-too-many-body", "wait"),
  hubInTrouble: care("failure-hub-in-trouble", "failure-hub-in-trouble-body", "retry"),
  hubNotUnderstood: care("failure-hub-not-understood", "failure-hub-not-understood-body", "retry"),
  hostNotTrusted: stop("failure-host-not-trusted", "failure-host-not-trusted-body", "none"),
  keychainAbsent: care("failure-keychain-absent", "failure-keychain-absent-body", "retry"),
  keychainNotSetUp: care("failure-keychain-not-set-up", "failure-keychain-not-set-up-body", "retry"),
  keychainStayedLocked: care(
    "failure-keychain-stayed-locked",
    "failure-keychain-stayed-locked-body",
    "retry",
  ),
  keychainNotAllowed: care("failure-keychain-not-allowed", "failure-keychain-not-allowed-body", "retry"),
  keychainRefused: care("failure-keychain-refused", "failure-keychain-refused-body", "retry"),
  keychainGaveAnother: stop("failure-keychain-gave-another", "failure-keychain-gave-another-body", "none"),
  keychainNotKept: stop("failure-keychain-not-kept", "failure-keychain-not-kept-body", "retry"),
  recordsOut: stop("failure-records-out", "failure-records-out-body", "retry"),
  noteEmpty: care("failure-note-empty", "failure-note-empty-body", "none"),
  noteTooLong: care("failure-note-too-long", "failure-note-too-long-body", "none"),
  noteGone: care("failure-note-gone", "failure-note-gone-body", "none"),
  notSignedIn: care("failure-not-signed-in", "failure-not-signed-in-body", "signInAgain"),
  noRoles: care("failure-no-roles", "failure-no-roles-body", "none"),
  noSuchChannel: care("failure-no-such-channel", "failure-no-such-channel-body", "retry"),
  clientNotTold: care("failure-client-not-told", "failure-client-not-told-body", "retry"),
  noPartner: care("failure-no-partner", "failure-no-partner-body", "none"),
  partnerNotTold: care("failure-partner-not-told", "failure-partner-not-told-body", "openHub"),
  noPageVisit: care("failure-no-page-visit", "failure-no-page-visit-body", "none"),
  noSuchKey: care("failure-no-such-key", "failure-no-such-key-body", "none"),
  alreadyAsked: care("failure-already-asked", "failure-already-asked-body", "none"),
  knownToBeRefused: care("failure-known-to-be-refused", "failure-known-to-be-refused-body", "none"),
  deskReadOnly: care("failure-desk-read-only", "failure-desk-read-only-body", "none"),
  storedNowhere: stop("failure-stored-nowhere", "failure-stored-nowhere-body", "none"),
  keyBeingMade: care("failure-key-being-made", "failure-key-being-made-body", "none"),
  practiceOut: care("failure-practice-out", "failure-practice-out-body", "retry"),
  clipboardRefused: care("failure-clipboard-refused", "failure-clipboard-refused-body", "retry"),
  keyOnClipboard: care("failure-key-on-clipboard", "failure-key-on-clipboard-body", "none"),
  otherAccount: care("failure-other-account", "failure-other-account-body", "none"),
  hubNotOffered: care("failure-hub-not-offered", "failure-hub-not-offered-body", "openHub"),
  notAKey: care("failure-not-a-key", "failure-not-a-key-body", "retry"),
  maskedKey: care("failure-masked-key", "failure-masked-key-body", "retry"),
  tokenPasted: care("failure-token-pasted", "failure-token-pasted-body", "retry"),
  emailPasted: care("failure-email-pasted", "failure-email-pasted-body", "retry"),
  addressPasted: care("failure-address-pasted", "failure-address-pasted-body", "retry"),
  clipboardEmpty: care("failure-clipboard-empty", "failure-clipboard-empty-body", "retry"),
  keyNotShown: care("failure-key-not-shown", "failure-key-not-shown-body", "retry"),
  fileNotWritten: care("failure-file-not-written", "failure-file-not-written-body", "retry"),
  wordsGone: care("failure-words-gone", "failure-words-gone-body", "none"),
  noWordsDrawn: stop("failure-no-words-drawn", "failure-no-words-drawn-body", "retry"),
  noKeyFile: care("failure-no-key-file", "failure-no-key-file-body", "none"),
  keyFileNotRead: care("failure-key-file-not-read", "failure-key-file-not-read-body", "none"),
  keyFileTooLarge: care("failure-key-file-too-large", "failure-key-file-too-large-body", "none"),
  notAnAgeFile: care("failure-not-an-age-file", "failure-not-an-age-file-body", "none"),
  keyFileForOthers: care("failure-key-file-for-others", "failure-key-file-for-others-body", "none"),
  wrongWords: care("failure-wrong-words", "failure-wrong-words-body", "none"),
  keyFileDamaged: care("failure-key-file-damaged", "failure-key-file-damaged-body", "none"),
  keyFileTooHard: care("failure-key-file-too-hard", "failure-key-file-too-hard-body", "none"),
  keyFileSomethingElse: care(
    "failure-key-file-something-else",
    "failure-key-file-something-else-body",
    "none",
  ),
  keyFileLater: care("failure-key-file-later", "failure-key-file-later-body", "none"),
  keyFileOdd: stop("failure-key-file-odd", "failure-key-file-odd-body", "none"),
  keyFileOtherWorld: care("failure-key-file-other-world", "failure-key-file-other-world-body", "none"),
  browserNotOpened: care("failure-browser-not-opened", "failure-browser-not-opened-body", "retry"),
  tooManyWatched: care("failure-too-many-watched", "failure-too-many-watched-body", "none"),
  noRequest: care("failure-no-request", "failure-no-request-body", "none"),
  program: stop("failure-program", "failure-program-body", "retry"),
};

/** What means something else where a session is to be kept in the keychain, or taken out of it. */
export const SESSION_FAILURES: Partial<Record<AnyCode, FailureWords>> = {
  keychainRefused: care("failure-session-keychain-refused", "failure-session-keychain-refused-body", "retry"),
  keychainNotKept: care(
    "failure-session-keychain-not-kept",
    "failure-session-keychain-not-kept-body",
    "retry",
  ),
};

/** What means something else wherever a password is asked for: asking again does no harm. */
export const PASSWORD_FAILURES: Partial<Record<AnyCode, FailureWords>> = {
  hubNoAnswer: care("failure-hub-no-answer", "failure-sign-in-no-answer-body", "retry"),
};

/** What means something else where a person is signing in to 360dialog's Hub. */
export const SIGN_IN_FAILURES: Partial<Record<AnyCode, FailureWords>> = {
  ...PASSWORD_FAILURES,
  wrongPassword: care("failure-wrong-password", "failure-wrong-password-forgot", "none"),
  hubRefused: stop("failure-sign-in-refused", "failure-sign-in-refused-body", "openHub"),
  hubTooMany: care("failure-too-many-tries", "failure-too-many-tries-body", "wait"),
  hubNotThere: stop("failure-not-a-hub", "failure-not-a-hub-body", "openHub"),
  hubNotUnderstood: stop("failure-not-a-hub", "failure-not-a-hub-body", "openHub"),
};

/** What means something else where nobody can tell whether a key was made: trying again would replace the key. */
export const UNKNOWN_FAILURES: Partial<Record<AnyCode, FailureWords>> = {
  hubInTrouble: care("failure-hub-in-trouble", "unknown-in-trouble", "none"),
  hubNotUnderstood: care("failure-hub-not-understood", "unknown-not-understood", "none"),
};

/** What means something else where a key is asked about at the messaging host, which is not the Hub. */
export const MESSAGING_FAILURES: Partial<Record<AnyCode, FailureWords>> = {
  hubNameNotFound: care("failure-messaging-name-not-found", "failure-hub-name-not-found-body", "retry"),
  hubNoConnection: care("failure-messaging-no-connection", "failure-hub-no-connection-body", "retry"),
  hubCertificate: stop("failure-messaging-certificate", "failure-hub-certificate-body", "retry"),
  hubNoAnswer: care("failure-messaging-no-answer", "failure-hub-no-answer-body", "retry"),
  hubRefused: care("failure-messaging-refused", "failure-messaging-refused-body", "retry"),
  hubNotThere: care("failure-messaging-not-there", "failure-messaging-not-there-body", "retry"),
  hubTooMany: care("failure-messaging-too-many", "failure-hub-too-many-body", "wait"),
  hubInTrouble: care("failure-messaging-in-trouble", "failure-hub-in-trouble-body", "retry"),
  hubNotUnderstood: care("failure-messaging-not-understood", "failure-hub-not-understood-body", "retry"),
};

/** What means something else where a webhook is set at the messaging host. */
export const SETTING_FAILURES: Partial<Record<AnyCode, FailureWords>> = {
  ...MESSAGING_FAILURES,
  hubRefused: care("failure-webhook-refused", "failure-webhook-refused-body", "retry"),
};
