import type { AnyFailure, Host, KeyView, PlaceView, TestWord } from "./host";
import { testWord } from "./key-words";

/** The person's own list of where a key is used; each place that is ticked has the key tested. */
export class PlaceWork {
  /** What was asked for and is not answered yet. */
  #wanted = $state.raw<PlaceView[] | null>(null);
  /** What the test found, by the place's name. */
  tests = $state.raw<Record<string, TestWord | "testing">>({});
  failure = $state.raw<AnyFailure | null>(null);
  /** Does again what failed. */
  again = $state.raw<(() => void) | undefined>(undefined);

  readonly #host: Host;
  readonly #key: () => KeyView;
  #last: Promise<void> = Promise.resolve();

  /** `key`: the key as core last told it. */
  constructor(host: Host, key: () => KeyView) {
    this.#host = host;
    this.#key = key;
  }

  get places(): PlaceView[] {
    return this.#wanted ?? this.#key().places;
  }

  has(name: string): boolean {
    return this.places.some((place) => place.name.toLocaleLowerCase() === name.toLocaleLowerCase());
  }

  add(name: string): Promise<void> {
    return this.#set([...this.places, { name, done: false }]);
  }

  remove(name: string): Promise<void> {
    return this.#set(this.places.filter((place) => place.name !== name));
  }

  async remind(on: boolean): Promise<void> {
    this.failure = null;
    const answer = await this.#host.setReminders(this.#key().id, on);
    if (!answer.ok) this.#fail(answer.failure, () => void this.remind(on));
  }

  async tick(name: string, done: boolean): Promise<void> {
    this.#found(name, null);
    await this.#set(this.places.map((place) => (place.name === name ? { name, done } : place)));
    if (done && this.places.some((place) => place.name === name && place.done)) await this.test(name);
  }

  async test(name: string): Promise<void> {
    this.#found(name, "testing");
    const answer = await this.#host.testKey(this.#key().id);
    if (answer.ok) {
      this.#found(name, testWord(answer.data));
    } else {
      this.#found(name, null);
      this.#fail(answer.failure, () => void this.test(name));
    }
  }

  /** One change after the other, so that the last one is the one that stays. */
  #set(places: PlaceView[]): Promise<void> {
    this.failure = null;
    this.#wanted = places;
    this.#last = this.#last.then(() => this.#write(places));
    return this.#last;
  }

  async #write(places: PlaceView[]): Promise<void> {
    const answer = await this.#host.setPlaces(this.#key().id, places);
    // What was asked for since is still to be written, on top of this.
    if (!answer.ok || this.#wanted === places) this.#wanted = null;
    if (!answer.ok) this.#fail(answer.failure, () => void this.#set(places));
  }

  #found(name: string, result: TestWord | "testing" | null): void {
    const { [name]: _, ...others } = this.tests;
    this.tests = result === null ? others : { ...others, [name]: result };
  }

  #fail(failure: AnyFailure, again: () => void): void {
    this.failure = failure;
    this.again = again;
  }
}
