import type { AnyFailure, Answer, Host } from "./host";

/** Copies something that is not secret, and knows what was copied last. */
export class Copies<What> {
  copied = $state.raw<What | null>(null);
  failure = $state.raw<AnyFailure | null>(null);
  /** Does again what failed. */
  again = $state.raw<(() => void) | undefined>(undefined);
  /** Copies what was not copied, also in the place of a key that is stored nowhere else. */
  anyway = $state.raw<(() => void) | undefined>(undefined);

  protected async try(
    what: What,
    copy: (anyway: boolean) => Promise<Answer<null>>,
    anyway = false,
  ): Promise<void> {
    this.copied = null;
    this.failure = null;
    const answer = await copy(anyway);
    if (answer.ok) {
      this.copied = what;
      return;
    }
    this.failure = answer.failure;
    this.again = () => void this.try(what, copy);
    this.anyway =
      answer.failure.code === "keyOnClipboard" ? () => void this.try(what, copy, true) : undefined;
  }

  putAway(): void {
    this.failure = null;
  }
}

/** Copies texts, by what each is called. */
export class Copying extends Copies<string> {
  readonly #host: Host;

  constructor(host: Host) {
    super();
    this.#host = host;
  }

  copy(what: string, text: string): Promise<void> {
    return this.try(what, (anyway) => this.#host.copyText(text, anyway));
  }
}
