import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Answer, Host, KeyView } from "./host";

type Call = (...args: never[]) => Promise<Answer<unknown>>;

/** What may change what core holds of keys, places, guides, webhooks and permissions. */
const CHANGES = new Set([
  "changePermission",
  "afterPage",
  "beforeMaking",
  "makeKey",
  "copyKey",
  "keepKey",
  "renameKey",
  "letKeyGo",
  "doneWithKey",
  "testKey",
  "moveKey",
  "takePasted",
  "openKeyFile",
  "saveKeyAsFile",
  "handKeyOver",
  "setPlaces",
  "setReminders",
  "checkKeys",
  "webhook",
  "setWebhookAgain",
  "letWebhookGo",
  "beginGoal",
  "markStep",
  "putGoalAway",
] satisfies (keyof Host)[] as string[]);

/** The answers that hold keys, and where. Each is the last word on its keys until the next one comes. */
const KEYS: { [C in keyof Host]?: (data: DataOf<Host[C]>) => KeyView[] } = {
  keepKey: (key) => [key],
  renameKey: (key) => [key],
  moveKey: (key) => [key],
  setPlaces: (key) => [key],
  setReminders: (key) => [key],
  keys: (keys) => keys,
  waitingKeys: (keys) => keys,
  channel: ({ keys }) => keys,
  beforeMaking: ({ keys }) => keys,
  deskKeys: (keys) => keys.map(({ key }) => key),
  goal: (goal) => (goal ? [...goal.earlierKeys, ...(goal.newKey ? [goal.newKey] : [])] : []),
};

type DataOf<C> = C extends (...args: never[]) => Promise<Answer<infer T>> ? T : never;

/**
 * What core holds, on its way to the pages: each call that may change it tells whoever shows it, who reads again; and each
 * key is shown as core last told it, whatever page it stands on.
 */
export class Held {
  readonly #keys = new SvelteMap<string, KeyView>();
  readonly #gone = new SvelteSet<string>();
  readonly #tells = new Set<() => void>();

  /** The same program, whose calls tell of what they change. */
  host(host: Host): Host {
    const calls = Object.entries(host).map(([name, call]) => [
      name,
      name.startsWith("on") ? call : this.#telling(name as keyof Host, call as Call),
    ]);
    return {
      ...(Object.fromEntries(calls) as Host),
      onKeyChecked: (tell) =>
        host.onKeyChecked((checked) => {
          this.take([checked.key]);
          tell(checked);
          this.changed();
        }),
      // Other keys may lie in another keychain.
      onKeychain: (tell) =>
        host.onKeychain((keychain) => {
          tell(keychain);
          this.changed();
        }),
    };
  }

  /** A key as core last told it. */
  key(key: KeyView): KeyView {
    return this.told(key.id) ?? key;
  }

  told(id: string): KeyView | undefined {
    return this.#keys.get(id);
  }

  /** Whether the key was let go or handed over since the session began. */
  isGone(id: string): boolean {
    return this.#gone.has(id);
  }

  take(keys: KeyView[]): void {
    for (const key of keys) this.#keys.set(key.id, key);
  }

  /** Reads again whenever something may have changed, one reading after the other, until it is called off. */
  onChange(read: () => Promise<unknown>): () => void {
    let reading = false;
    let changed = false;
    const tell = async () => {
      changed = true;
      if (reading) return;
      reading = true;
      while (changed) {
        changed = false;
        await read();
      }
      reading = false;
    };
    const told = () => void tell();
    this.#tells.add(told);
    return () => {
      changed = false;
      this.#tells.delete(told);
    };
  }

  changed(): void {
    for (const tell of this.#tells) tell();
  }

  /** Another session begins: it knows nothing of this one. */
  forget(): void {
    this.#keys.clear();
    this.#gone.clear();
  }

  #telling(name: keyof Host, call: Call): Call {
    const keys = KEYS[name] as ((data: unknown) => KeyView[]) | undefined;
    const ends = name === "letKeyGo" || name === "handKeyOver";
    return async (...args) => {
      const answer = await call(...args);
      if (answer.ok && keys) this.take(keys(answer.data));
      if (answer.ok && ends) this.#gone.add(String(args[0]));
      // A call that failed may have changed something all the same.
      if (CHANGES.has(name)) this.changed();
      return answer;
    };
  }
}
