import { getContext, setContext } from "svelte";
import type {
  ClipboardView,
  CloseRefused,
  ClosingAsks,
  DeskView,
  Failure,
  KeyChecked,
  KeychainName,
  LinkView,
  OutcomeView,
  PageVisitEnded,
  ProgramLocked,
  TasksStopped,
} from "./bindings";
import { commands, events } from "./bindings";

export type * from "./bindings";

/** A key that was made, and what came with it. */
export type MadeView = Extract<OutcomeView, { kind: "made" }>;

/** A failure as the pages know it: Rust's own, or `program` where a call broke on its way. */
export type AnyFailure = Failure | { code: "program"; status: null; said: null; wait: null; proxy: null };
export type AnyCode = AnyFailure["code"];

export type Answer<T> = { ok: true; data: T } | { ok: false; failure: AnyFailure };

type Commands = typeof commands;
type DataOf<R> = R extends { status: "ok"; data: infer T } ? T : R extends { status: "error" } ? never : R;

/** All that the pages may ask of the program: its commands by name, none of which ever throws. */
export type Host = {
  [C in keyof Commands]: (
    ...args: Parameters<Commands[C]>
  ) => Promise<Answer<DataOf<Awaited<ReturnType<Commands[C]>>>>>;
} & {
  /** Calls back when the window was asked to close while a key lies nowhere but in memory. */
  onCloseRefused: (tell: (refused: CloseRefused) => void) => () => void;
  /** Calls back when the window was asked to close, and stays until a key that is being made is there. */
  onCloseWaits: (tell: () => void) => () => void;
  /** Calls back when a background task ended by itself. */
  onTasksStopped: (tell: (stopped: TasksStopped) => void) => () => void;
  /** Calls back when something became of a copied key. */
  onClipboard: (tell: (clipboard: ClipboardView) => void) => () => void;
  /** Another program answers as the keychain. */
  onKeychain: (tell: (keychain: KeychainName) => void) => () => void;
  /** Calls back when the program locked. */
  onLocked: (tell: (locked: ProgramLocked) => void) => () => void;
  /** Calls back when something on the support desk changed. */
  onDesk: (tell: (desk: DeskView) => void) => () => void;
  /** Calls back when the browser does not come back from 360dialog's page any more. */
  onPageVisit: (tell: (ended: PageVisitEnded) => void) => () => void;
  /** Calls back when a link came from outside. */
  onLink: (tell: (link: LinkView) => void) => () => void;
  /** Calls back for each key about which the messaging host was asked. */
  onKeyChecked: (tell: (checked: KeyChecked) => void) => () => void;
  /** Calls back when the window was asked to close and something would stop. */
  onClosing: (tell: (asks: ClosingAsks) => void) => () => void;
};

/** Whether something of the program is a call with an answer, and does not only listen. */
export const isCall = (name: string) => name in commands;

export const BROKEN: AnyFailure = { code: "program", status: null, said: null, wait: null, proxy: null };

function isFailure(thing: unknown): thing is Failure {
  return typeof thing === "object" && thing !== null && typeof (thing as Failure).code === "string";
}

async function answer<T>(
  call: () => Promise<T | { status: "ok"; data: T } | { status: "error"; error: Failure }>,
): Promise<Answer<T>> {
  try {
    const told = await call();
    if (typeof told === "object" && told !== null && "status" in told) {
      if (told.status === "ok") return { ok: true, data: told.data };
      if (told.status === "error") {
        return { ok: false, failure: isFailure(told.error) ? told.error : BROKEN };
      }
    }
    return { ok: true, data: told as T };
  } catch {
    return { ok: false, failure: BROKEN };
  }
}

type Event<T> = { listen: (tell: (event: { payload: T }) => void) => Promise<() => void> };

function listen<T>(event: Event<T>, tell: (payload: T) => void): () => void {
  let listening = true;
  const stop = event.listen(({ payload }) => {
    if (listening) tell(payload);
  });
  return () => {
    listening = false;
    void stop.then((end) => end());
  };
}

/** The program itself, through Tauri. */
export function tauriHost(): Host {
  const calls = Object.entries(commands).map(([name, command]) => [
    name,
    (...args: never[]) => answer(() => (command as (...args: never[]) => Promise<unknown>)(...args)),
  ]);
  return {
    ...(Object.fromEntries(calls) as Omit<Host, `on${string}` & keyof Host>),
    onCloseRefused: (tell) => listen(events.closeRefused, tell),
    onCloseWaits: (tell) => listen(events.closeWaits, () => tell()),
    onTasksStopped: (tell) => listen(events.tasksStopped, tell),
    onClipboard: (tell) => listen(events.clipboardChanged, ({ clipboard }) => tell(clipboard)),
    onKeychain: (tell) => listen(events.keychainNamed, ({ keychain }) => tell(keychain)),
    onLocked: (tell) => listen(events.programLocked, tell),
    onDesk: (tell) => listen(events.deskChanged, ({ desk }) => tell(desk)),
    onPageVisit: (tell) => listen(events.pageVisitEnded, tell),
    onLink: (tell) => listen(events.linkCame, ({ link }) => tell(link)),
    onKeyChecked: (tell) => listen(events.keyChecked, tell),
    onClosing: (tell) => listen(events.closingAsks, tell),
  };
}

const KEY = Symbol("host");

export function provideHost(host: Host): void {
  setContext(KEY, host);
}

export function useHost(): Host {
  return getContext<Host>(KEY);
}
