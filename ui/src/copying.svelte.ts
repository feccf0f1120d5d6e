import type { AnyFailure, Answer, Host } from "./host";

/** Copies something, and knows what was copied last. What is secret never passes here. */
export class CopyAction<What> {
  copied = $state.raw<What | null>(null);
  copying = $state(false);
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
    this.putAway();
    this.copying = true;
    const answer = await copy(anyway);
    this.copying = false;
    if (answer.ok) return void (this.copied = what);
    this.fail(answer.failure, () => void this.try(what, copy));
    if (answer.failure.code === "keyOnClipboard") this.anyway = () => void this.try(what, copy, true);
  }

  fail(failure: AnyFailure, again?: () => void): void {
    this.failure = failure;
    this.again = again;
    this.anyway = undefined;
  }

  putAway(): void {
    this.failure = null;
    this.again = undefined;
    this.anyway = undefined;
  }
}

/** Copies texts, by what each is called. */
export class TextCopy extends CopyAction<string> {
  readonly #host: Host;

  constructor(host: Host) {
    super();
    this.#host = host;
  }

  copy(what: string, text: string): Promise<void> {
    return this.try(what, (anyway) => this.#host.copyText(text, anyway));
  }
}
