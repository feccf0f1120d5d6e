import type { Asking } from "./asking-host";

/** The password of a session that is over, asked for in place: once, however many calls wait for it. */
export class PasswordAgain implements Asking {
  asked = $state(false);
  times = 0;

  readonly #mayAsk: () => boolean;
  #answer: Promise<boolean> | null = null;
  #settle: ((given: boolean) => void) | null = null;

  constructor(mayAsk: () => boolean) {
    this.#mayAsk = mayAsk;
  }

  ask(): Promise<boolean> {
    if (!this.#mayAsk()) return Promise.resolve(false);
    this.asked = true;
    this.#answer ??= new Promise((settle) => (this.#settle = settle));
    return this.#answer;
  }

  given(): void {
    this.times++;
    this.#end(true);
  }

  notNow(): void {
    this.#end(false);
  }

  #end(given: boolean): void {
    const settle = this.#settle;
    this.asked = false;
    this.#answer = null;
    this.#settle = null;
    settle?.(given);
  }
}
