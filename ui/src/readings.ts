/** Numbers the readings of one thing, so that the answer to an earlier one never takes the place of a later one's. */
export class Readings {
  #begun = 0;
  #taken = 0;

  begin(): number {
    return ++this.#begun;
  }

  /** Whether the answer to this reading is news: none that was asked for later is there yet. */
  isNews(number: number): boolean {
    if (number < this.#taken) return false;
    this.#taken = number;
    return true;
  }
}
