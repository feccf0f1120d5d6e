import { stateWords } from "./channel-words";
import type { ChannelRow } from "./host";

/** What a number's state, or its key that is refused or waits, asks for: nothing, this person, patience, or an answer that 360dialog did not give. */
export type Need = "nothing" | "you" | "waiting" | "open";

export function needOf({ state, refused, waits }: ChannelRow): Need {
  if (refused || waits) return "you";
  if (state.word === "running") return "nothing";
  if (state.word === "notTold" || !state.known) return "open";
  if (state.whoActs === "meta" || state.whoActs === "threeSixtyDialog") return "waiting";
  return state.whoActs === "nobody" ? "nothing" : "you";
}

const count = (rows: ChannelRow[], need: Need) => rows.filter((row) => needOf(row) === need).length;

/** The one sentence that says whether everything is all right. */
export function standingOf(rows: ChannelRow[]): { sentence: string; count: number; of: number } {
  const of = rows.length;
  for (const [need, sentence] of [
    ["you", "standing-you"],
    ["open", "standing-open"],
    ["waiting", "standing-waiting"],
  ] as const) {
    const found = count(rows, need);
    if (found > 0) return { sentence, count: found, of };
  }
  const running = rows.filter((row) => row.state.word === "running").length;
  return running === of
    ? { sentence: "standing-running", count: of, of }
    : { sentence: "standing-quiet", count: running, of };
}

export type Sort = "name" | "number" | "need" | "permission" | "key";

export const SORTS: Record<Sort, string> = {
  name: "sort-name",
  number: "sort-number",
  need: "sort-need",
  permission: "sort-permission",
  key: "sort-key",
};

const PERMISSION_ORDER = { shared: 0, missing: 1, notTold: 2, noPartner: 3 };
const names = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function urgency(row: ChannelRow): number {
  if (row.refused || row.waits || row.state.whoActs === "client") return 0;
  const { tone } = stateWords(row.state);
  return tone === "stop" || tone === "care" ? 1 : 2;
}

/** What was not told comes last. */
function byText(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return names.compare(one, other);
}

const byName = (one: ChannelRow, other: ChannelRow) => byText(one.name, other.name) || byNumber(one, other);

/** By country first, then along the number. */
function byNumber(one: ChannelRow, other: ChannelRow): number {
  const [a, b] = [one.digits, other.digits];
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : Number(a > b);
}

const ORDERS: Record<Sort, (one: ChannelRow, other: ChannelRow) => number> = {
  name: byName,
  number: byNumber,
  need: (one, other) => urgency(one) - urgency(other),
  permission: (one, other) => PERMISSION_ORDER[one.permission] - PERMISSION_ORDER[other.permission],
  key: (one, other) => Math.sign(other.keysHere) - Math.sign(one.keysHere),
};

export function sorted(rows: ChannelRow[], by: Sort): ChannelRow[] {
  return [...rows].sort((one, other) => ORDERS[by](one, other) || byName(one, other));
}
