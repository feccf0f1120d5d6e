import type { AnyFailure, Host } from "./host";

/** Copies texts that are not secret, and knows which one was copied last. */
export class Copying {
  copied = $state<string | null>(null);
  failure = $state.raw<AnyFailure | null>(null);
  /** Does again what failed. */
  again = $state.raw<(() => void) | undefined>(undefined);

  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async copy(what: string, text: string): Promise<void> {
    this.copied = null;
    this.failure = null;
    const answer = await this.#host.copyText(text);
    if (answer.ok) this.copied = what;
    else {
      this.failure = answer.failure;
      this.again = () => void this.copy(what, text);
    }
  }
}
