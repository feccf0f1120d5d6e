import type { KeyView } from "./host";
import { isRefused, liesHere } from "./key-words";
import { say } from "./words";

/**
 * Whether all is well with the keys of an account, in a sentence or a few. `maybeMore`: the keychain could not be looked
 * into, so that nobody can say that all is.
 */
export function keysWords(keys: KeyView[], maybeMore: boolean): string {
  const here = keys.filter(liesHere);
  const alive = here.filter((key) => key.replacedAt === null);
  const refused = alive.filter(isRefused).length;
  const other = alive.filter((key) => !isRefused(key) && key.test?.result === "otherNumber").length;
  const replaced = here.length - alive.length;
  const open = keys.length - here.length;
  const known = alive.every((key) => key.workedAt !== null);
  const fine = !maybeMore && refused + other + open === 0 && alive.length > 0;
  return [
    here.length > 0 ? say("keys-count", { count: here.length }) : say("keys-empty-title"),
    refused > 0 && say("keys-refused", { count: refused }),
    other > 0 && say("keys-other-number", { count: other }),
    replaced > 0 && say("keys-replaced", { count: replaced }),
    open > 0 && say("keys-open", { count: open }),
    fine && say(known ? "keys-fine" : "keys-untested"),
  ]
    .filter(Boolean)
    .join(" ");
}
