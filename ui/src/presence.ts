const AT_MOST_EVERY = 5000;

/** Tells the program that somebody is there, at most every few seconds. */
export class Presence {
  #last = -Infinity;
  readonly #tell: () => void;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  sign = (): void => {
    const now = performance.now();
    if (now - this.#last < AT_MOST_EVERY) return;
    this.#last = now;
    this.#tell();
  };
}
