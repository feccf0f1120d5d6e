import type { Answer, HistoryView, Host, KeyView } from "../src/host";
import { channel, FRONT_DESK, key, ok, RESTAURANT } from "./fake-host";

/** A time of today's, or of an earlier day. */
export function at(hours: number, minutes: number, daysAgo = 0): number {
  const time = new Date();
  time.setDate(time.getDate() - daysAgo);
  return Math.floor(time.setHours(hours, minutes, 0, 0) / 1000);
}

export const BOOKING = key({
  state: "kept",
  label: "Booking system",
  tail: "mQ2rAK",
  askedAt: at(0, 1, 3),
  workedAt: at(0, 1, 2),
  test: { result: "works", at: at(0, 1, 2) },
  places: [
    { name: "Table booking system", done: true },
    { name: "Chatbot", done: false },
  ],
});

export const REFUSED = key({
  id: "key-2",
  state: "kept",
  label: "Old chatbot",
  tail: "aa7BAK",
  workedAt: at(9, 2, 1),
  refusedAt: at(9, 40, 1),
  test: { result: "refused", at: at(9, 40, 1) },
});

export const DESK = key({
  id: "key-3",
  state: "kept",
  label: "Front desk tablet",
  tail: "Qw3eAK",
  channelId: FRONT_DESK.id,
  channelName: FRONT_DESK.name,
  number: FRONT_DESK.number,
  origin: "pasted",
  by: "jonas@harbour-hotel.example",
  workedAt: null,
});

/** A computer on which these keys lie, and which remembers what is done with them. */
export function keeping(...keys: KeyView[]): Partial<Host> {
  const kept = new Map(keys.map((key) => [key.id, key]));
  const change = async (id: string, facts: Partial<KeyView>): Promise<Answer<KeyView>> => {
    const changed = { ...(kept.get(id) ?? key()), ...facts };
    kept.set(id, changed);
    return ok(changed);
  };
  return {
    keys: async () => ok([...kept.values()]),
    channel: async (id) => {
      const of = [...kept.values()].filter((key) => key.channelId === id);
      return ok(channel({ row: id === FRONT_DESK.id ? FRONT_DESK : RESTAURANT, keys: of }));
    },
    keepKey: (id, label) => change(id, { state: "kept", label }),
    renameKey: (id, label) => change(id, { label }),
    setReminders: (id, on) => change(id, { notReminded: !on }),
    setPlaces: (id, places) => change(id, { places }),
    letKeyGo: async (id) => {
      kept.delete(id);
      return ok(null);
    },
    testKey: async (id) => {
      const now = Math.floor(Date.now() / 1000);
      await change(id, { test: { result: "works", at: now }, workedAt: now });
      return ok({ kind: "works", sending: "available", numberKnown: true });
    },
  };
}

export function entry(facts: Partial<HistoryView> = {}): HistoryView {
  return {
    id: 1,
    at: at(0, 12),
    what: "keyMade",
    result: "done",
    clientName: "Harbour Hotel GmbH",
    channelId: RESTAURANT.id,
    channelName: RESTAURANT.name,
    number: RESTAURANT.number,
    digits: RESTAURANT.digits,
    by: "maria@harbour-hotel.example",
    label: null,
    tail: "kX9pAK",
    ...facts,
  };
}

const signing = { channelId: null, channelName: null, number: null, digits: null, tail: null } as const;

export const HISTORY: HistoryView[] = [
  entry({ id: 6, at: at(0, 12), what: "keyKept", label: "Booking system" }),
  entry({ id: 5, at: at(0, 11), what: "keyMade" }),
  entry({ id: 4, at: at(0, 9), what: "signedIn", ...signing }),
  entry({
    id: 3,
    at: at(16, 30, 1),
    what: "keyTested",
    result: "refused",
    label: "Old chatbot",
    tail: "aa7BAK",
  }),
  entry({
    id: 2,
    at: at(16, 20, 1),
    what: "permissionRemoved",
    result: "notDone",
    channelId: FRONT_DESK.id,
    channelName: FRONT_DESK.name,
    number: FRONT_DESK.number,
    digits: FRONT_DESK.digits,
    tail: null,
    by: "jonas@harbour-hotel.example",
  }),
  entry({ id: 1, at: at(11, 5, 40), what: "keyMade", result: "unknown", tail: null }),
];
