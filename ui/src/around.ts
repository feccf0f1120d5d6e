import { getContext, setContext } from "svelte";
import type { CopiedKey } from "./copied-key.svelte";
import type { Held } from "./held.svelte";
import type { AppView } from "./host";
import type { Leaving } from "./leaving.svelte";

/** What stands around every page. */
export type Around = {
  /** The keychain's own name on this system. */
  keychain: () => string;
  /** The program's version and where it asks. */
  app: () => AppView | null;
  /** The key on the clipboard. */
  copiedKey: () => CopiedKey;
  /** What core holds, as it was last told. */
  held: Held;
  /** Whether it is a partner's desk, where things are made on a client's behalf. */
  atDesk: () => boolean;
  /** Whether there may be a partner. */
  hasPartner: () => boolean;
  /** Whether the person is a Member of the client at work, and no Owner. */
  isMember: () => boolean;
  /** Whether the sign-in page is open. */
  signedOut: () => boolean;
  /** Asks for the password where one is, and says whether it was given; without a session, goes to sign in. */
  signInAgain: () => Promise<boolean>;
  /** Shows what is remembered on this computer. */
  showRemembered: () => void;
  /** Asks before a page is left with which something would be lost. */
  leaving: Leaving;
  /** Shows what can be set. */
  showSettings: () => void;
};

const KEY = Symbol("around");

export function provideAround(around: Around): void {
  setContext(KEY, around);
}

export function useAround(): Around {
  return getContext<Around>(KEY);
}
