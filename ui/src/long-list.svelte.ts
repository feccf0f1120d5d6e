import type { AnyFailure, Answer } from "./host";
import { Readings } from "./readings";

/** As many lines as Rust hands out at once. */
export const WINDOW = 60;

export type Piece<Line> = { total: number; from: number; lines: Line[] };
export type Fetch<Look, Line> = (look: Look, from: number, count: number) => Promise<Answer<Piece<Line>>>;

type Asked<Look> = { number: number; look: Look; from: number };

const covers = (from: number, first: number, last: number) => first >= from && last < from + WINDOW;

/**
 * A window on a list that stays in Rust. What was fetched last stays until what is asked for comes, and an answer that
 * came too late is dropped.
 */
export class LongList<Look, Line> {
  total = $state<number | null>(null);
  from = $state(0);
  lines = $state.raw<Line[]>([]);
  failure = $state.raw<AnyFailure | null>(null);
  /** How often the list began anew, with another filter, search or order. */
  beginnings = $state(0);

  readonly #fetch: Fetch<Look, Line>;
  #look: Look;
  #shown: Look | null = null;
  #view = { first: 0, last: 0 };
  readonly #readings = new Readings();
  #underWay: Asked<Look> | null = null;
  #changed = false;

  constructor(fetch: Fetch<Look, Line>, look: Look) {
    this.#fetch = fetch;
    this.#look = look;
  }

  at(index: number): Line | undefined {
    return this.lines[index - this.from];
  }

  /** Another filter, search or order: from the beginning. */
  look(look: Look): Promise<void> {
    this.#look = look;
    return this.#ask(0);
  }

  /** The lines that are in view. */
  get inView(): Line[] {
    const { first, last } = this.#view;
    return this.lines.slice(Math.max(0, first - this.from), Math.max(0, last + 1 - this.from));
  }

  /** These rows are in view now. */
  show(first: number, last: number): void {
    this.#view = { first, last };
    // What is in view belongs to the list before; the answer that is on its way begins at the top.
    if (this.#shown !== this.#look) return;
    this.#askWhereOpen();
  }

  /** Something on the board has changed. One reading at a time, however often that is said. */
  again(): void {
    if (this.#underWay) this.#changed = true;
    else void this.#ask(this.#shown === this.#look ? this.#around() : 0);
  }

  #askWhereOpen(): void {
    const { first, last } = this.#view;
    if (covers(this.#underWay?.from ?? this.from, first, last)) return;
    void this.#ask(this.#around());
  }

  /** Where a window begins that has what is in view in its middle. */
  #around(): number {
    const { first, last } = this.#view;
    if (!this.#underWay && covers(this.from, first, last)) return this.from;
    return Math.max(0, Math.floor((first + last + 1 - WINDOW) / 2));
  }

  async #ask(from: number): Promise<void> {
    const asked = { number: this.#readings.begin(), look: this.#look, from };
    this.#underWay = asked;
    const answer = await this.#fetch(asked.look, from, WINDOW);
    const isLast = this.#underWay === asked;
    if (isLast) this.#underWay = null;
    if (asked.look !== this.#look || !this.#readings.isNews(asked.number)) return;
    this.failure = answer.ok ? null : answer.failure;
    if (answer.ok) this.#take(answer.data, asked.look);
    if (!isLast) return;
    if (this.#changed) {
      this.#changed = false;
      void this.#ask(this.#around());
    } else if (answer.ok) this.#askWhereOpen();
  }

  #take({ total, from, lines }: Piece<Line>, look: Look): void {
    this.total = total;
    this.from = from;
    this.lines = lines;
    if (this.#shown !== look) {
      const span = this.#view.last - this.#view.first;
      this.#view = { first: 0, last: Math.min(span, Math.max(0, total - 1)) };
      this.#shown = look;
      this.beginnings++;
    }
  }
}
