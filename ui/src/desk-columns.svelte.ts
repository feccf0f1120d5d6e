import type { ColumnsView, ColumnWord, SortView } from "./host";

export type DeskColumn = { word: ColumnWord; words: string; width: number; shown: boolean };

const LEAST = 70;
const MOST = 600;
/** How long nothing has to change before it is remembered: a column that is being pulled changes very often. */
const AT_REST = 300;

const within = (width: number) => Math.round(Math.min(MOST, Math.max(LEAST, width)));

const column = (word: ColumnWord, words: string, width: number, shown = true): DeskColumn => ({
  word,
  words,
  width,
  shown,
});

export const COLUMNS: DeskColumn[] = [
  column("client", "column-client", 150),
  column("number", "column-number", 200),
  column("permission", "column-permission", 184),
  column("state", "column-state", 200),
  column("name", "column-name", 130),
  column("limit", "column-limit", 82),
  column("quality", "column-quality", 100, false),
  column("hubStatus", "column-hub-status", 150, false),
  column("seen", "column-seen", 114),
  column("health", "desk-facts-health", 170, false),
  column("webhook", "desk-facts-webhook", 220, false),
];

/** The board's columns: which are shown, how wide, and by which it is sorted. */
export class DeskColumns {
  all = $state<DeskColumn[]>(COLUMNS.map((column) => ({ ...column })));
  sort = $state.raw<SortView | null>(null);

  readonly #remember: (columns: ColumnsView) => void;
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** `remember`: writes down how they are left. */
  constructor(remember: (columns: ColumnsView) => void) {
    this.#remember = remember;
  }

  /** As they were left. A column that was not known then stays as it is. */
  take({ columns, sort }: ColumnsView): void {
    for (const { word, shown, width } of columns) {
      const column = this.#of(word);
      if (!column) continue;
      column.width = within(width);
      column.shown = shown || word === "number";
    }
    this.sort = sort;
  }

  #left(): void {
    clearTimeout(this.#resting);
    const columns = this.all.map(({ word, shown, width }) => ({ word, shown, width }));
    this.#remember({ columns, sort: this.sort });
  }

  get shown(): DeskColumn[] {
    return this.all.filter((column) => column.shown);
  }

  /** For CSS: the last column takes what is left. */
  get template(): string {
    const widths = this.shown.map(({ width }) => `${width}px`);
    const last = widths.pop() ?? "0px";
    return [...widths, `minmax(${last}, 1fr)`].join(" ");
  }

  get width(): number {
    return this.shown.reduce((sum, { width }) => sum + width, 0);
  }

  #of(word: ColumnWord): DeskColumn | undefined {
    return this.all.find((column) => column.word === word);
  }

  /** A line without its number would be nobody's, so that column stays. */
  show(word: ColumnWord, shown: boolean): void {
    const column = this.#of(word);
    if (column && word !== "number") column.shown = shown;
    this.#left();
  }

  resize(word: ColumnWord, width: number): void {
    const column = this.#of(word);
    if (column) column.width = within(width);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#left(), AT_REST);
  }

  /** Up, then down, then as the board is by itself. */
  sortBy(by: ColumnWord): void {
    if (this.sort?.by !== by) this.sort = { by, descending: false };
    else this.sort = this.sort.descending ? null : { by, descending: true };
    this.#left();
  }
}
