import type { AnyFailure, Host, LineView } from "./host";

/** From how old on what is told of an opened channel is asked for again (ours), in seconds. */
const OLD = 60;
/** How long a channel has to stay open before that (ours), in milliseconds. */
const AT_REST = 300;

/** The open channel as far as it is there, and whether asking for permissions goes on, so that its turn comes anyway. */
type Open = { id: string; line: LineView | undefined; turnComes: boolean };

function isOld({ readAt, checkedAt, clientId }: LineView, turnComes: boolean): boolean {
  const before = Math.floor(Date.now() / 1000) - OLD;
  const isUnasked = checkedAt === null && clientId !== null && !turnComes;
  return readAt < before || isUnasked || (checkedAt !== null && checkedAt < before);
}

/** Asks 360dialog about the open channel, because a person says so or what is told of it is old: one question at a time. */
export class DeskAsking {
  /** Which channel is asked about now. */
  about = $state<string | null>(null);
  /** Which one waits until that is answered. */
  next = $state<string | null>(null);
  failed = $state.raw<{ id: string; why: AnyFailure } | null>(null);

  readonly #host: Host;
  readonly #open: () => Open | null;
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** The channel that was opened came to rest before what is told of it was there. */
  #waits: string | null = null;

  constructor(host: Host, open: () => Open | null) {
    this.#host = host;
    this.#open = open;
  }

  isAbout(id: string): boolean {
    return this.about === id || this.next === id;
  }

  /** A channel was opened, or closed. */
  opened(id: string | null): void {
    clearTimeout(this.#resting);
    this.#waits = this.next = null;
    if (id === null) return;
    this.#resting = setTimeout(() => {
      this.#waits = id;
      this.read();
    }, AT_REST);
  }

  /** What is told of the open channel is there. */
  read(): void {
    const open = this.#open();
    if (!open?.line || open.id !== this.#waits) return;
    this.#waits = null;
    if (isOld(open.line, open.turnComes)) void this.ask(open.id);
  }

  async ask(id: string): Promise<void> {
    if (this.about !== null) {
      if (this.about !== id) this.next = id;
      return;
    }
    this.about = id;
    this.failed = null;
    const answer = await this.#host.askChannel(id);
    this.about = null;
    if (!answer.ok) this.failed = { id, why: answer.failure };
    const { next } = this;
    this.next = null;
    if (next !== null && this.#open()?.id === next) void this.ask(next);
  }
}
