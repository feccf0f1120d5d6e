import { untrack } from "svelte";
// The library knows scrolling on every system, momentum and bounce included.
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type Range,
} from "@tanstack/virtual-core";

export type PlacedRow = { index: number; start: number };

/** `top`: how far it is scrolled at first. */
type Shape = { row: number; head: number; top?: number };

/** No page has more rows than this (ours). */
export const MOST_ROWS = 60;
const OVERSCAN = 4;

/** One row is left for the one that has the focus, wherever it is. */
function few(range: Range): number[] {
  const free = MOST_ROWS - 1 - (range.endIndex - range.startIndex + 1);
  const overscan = Math.max(0, Math.min(OVERSCAN, Math.floor(free / 2)));
  return defaultRangeExtractor({ ...range, overscan }).slice(0, MOST_ROWS - 1);
}

/** Which rows of a long list are in view, all of the same height, below a head that stays. */
export class VirtualRows {
  rows = $state.raw<PlacedRow[]>([]);
  /** The first and last row that can be seen. */
  seen = $state.raw<{ first: number; last: number }>({ first: 0, last: 0 });

  readonly #shape: Shape;
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #count = 0;
  #element: HTMLElement | null = null;

  constructor(shape: Shape) {
    this.#shape = shape;
    this.#virtualizer = new Virtualizer(this.#options());
  }

  #options() {
    const { row, head, top = 0 } = this.#shape;
    return {
      count: this.#count,
      getScrollElement: () => this.#element,
      estimateSize: () => row,
      scrollMargin: head,
      scrollPaddingStart: head,
      initialOffset: top,
      rangeExtractor: few,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.#read(),
    };
  }

  /** Follows an element that scrolls. */
  follow = (element: HTMLElement) => {
    this.#element = element;
    const unmount = this.#virtualizer._didMount();
    // What is in view must not begin it anew: that scrolls to where it is, and stops a turn of the wheel half-way.
    untrack(() => {
      this.#virtualizer._willUpdate();
      this.#read();
    });
    return () => {
      this.#element = null;
      unmount();
    };
  };

  /** How many rows there are in all. */
  count(count: number): void {
    this.#count = count;
    this.#virtualizer.setOptions(this.#options());
    this.#virtualizer._willUpdate();
    this.#read();
  }

  start(index: number): number {
    return this.#shape.head + index * this.#shape.row;
  }

  /** Brings a row into view, where it is not. */
  toRow(index: number): void {
    this.#virtualizer.scrollToIndex(index);
  }

  toTop(): void {
    this.#virtualizer.scrollToOffset(0);
  }

  #read(): void {
    this.rows = this.#virtualizer.getVirtualItems().map(({ index, start }) => ({ index, start }));
    const { startIndex, endIndex } = this.#virtualizer.range ?? { startIndex: 0, endIndex: 0 };
    if (this.seen.first !== startIndex || this.seen.last !== endIndex) {
      this.seen = { first: startIndex, last: endIndex };
    }
  }
}
