import type { CantLookWord, FoundKeysView } from "./host";
import { say } from "./words";

/** Why the keychain could not be looked into, which is not the same as that nothing lies in it. */
export const CANT_LOOK: Record<CantLookWord, string> = {
  locked: "cant-look-locked",
  notSetUp: "cant-look-not-set-up",
  absent: "cant-look-absent",
  notOffered: "cant-look-not-offered",
};

/** What became of the keys whose records were damaged, in a sentence or two. */
export function foundWords(found: FoundKeysView, keychain: string): string {
  const { keys, cantLook } = found;
  return [
    keys > 0 && say("records-aside-found", { count: keys, keychain }),
    cantLook !== null && say(CANT_LOOK[cantLook], { keychain }),
    keys === 0 && cantLook === null && say("records-aside-none", { keychain }),
  ]
    .filter(Boolean)
    .join(" ");
}
