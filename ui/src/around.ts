import { getContext, setContext } from "svelte";

/** What stands around every page. */
export type Around = {
  /** The keychain's own name on this system. */
  keychain: () => string;
  /** Forgets the session that is over and shows the sign-in page. */
  signInAgain: () => void;
};

const KEY = Symbol("around");

export function provideAround(around: Around): void {
  setContext(KEY, around);
}

export function useAround(): Around {
  return getContext<Around>(KEY);
}
