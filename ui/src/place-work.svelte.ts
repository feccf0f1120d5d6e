import type { AnyFailure, Host, KeyView, PlaceView, TestWord } from "./host";
import { testWord } from "./key-words";

/** The person's own list of where a key is used; each place that is ticked has the key tested. */
export class PlaceWork {
  places = $state.raw<PlaceView[]>([]);
  /** What the test found, by the place's name. */
  tests = $state.raw<Record<string, TestWord | "testing">>({});
  /** The person wants no reminder of what is still to do. */
  quiet = $state(false);
  failure = $state.raw<AnyFailure | null>(null);
  /** Does again what failed. */
  again = $state.raw<(() => void) | undefined>(undefined);

  readonly #host: Host;
  readonly #id: string;
  readonly #changed: (key: KeyView) => void;
  readonly #tested: () => void;
  #written: PlaceView[];
  #last: Promise<void> = Promise.resolve();

  constructor(host: Host, key: KeyView, changed: (key: KeyView) => void, tested: () => void) {
    this.#host = host;
    this.#id = key.id;
    this.#changed = changed;
    this.#tested = tested;
    this.#written = key.places;
    this.places = key.places;
    this.quiet = key.notReminded;
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
    const answer = await this.#host.setReminders(this.#id, on);
    if (!answer.ok) return this.#fail(answer.failure, () => void this.remind(on));
    this.quiet = answer.data.notReminded;
    this.#changed(answer.data);
  }

  async tick(name: string, done: boolean): Promise<void> {
    this.#found(name, null);
    await this.#set(this.places.map((place) => (place.name === name ? { name, done } : place)));
    if (done && this.places.some((place) => place.name === name && place.done)) await this.test(name);
  }

  async test(name: string): Promise<void> {
    this.#found(name, "testing");
    const answer = await this.#host.testKey(this.#id);
    if (answer.ok) {
      this.#found(name, testWord(answer.data));
      this.#tested();
    } else {
      this.#found(name, null);
      this.#fail(answer.failure, () => void this.test(name));
    }
  }

  /** One change after the other, so that the last one is the one that stays. */
  #set(places: PlaceView[]): Promise<void> {
    this.failure = null;
    this.places = places;
    this.#last = this.#last.then(() => this.#write(places));
    return this.#last;
  }

  async #write(places: PlaceView[]): Promise<void> {
    const answer = await this.#host.setPlaces(this.#id, places);
    if (answer.ok) {
      this.#written = answer.data.places;
      if (this.places === places) this.places = this.#written;
      this.#changed(answer.data);
    } else {
      this.places = this.#written;
      this.#fail(answer.failure, () => void this.#set(places));
    }
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
