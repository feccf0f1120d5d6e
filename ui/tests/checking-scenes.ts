import type { ClosingAsks, KeyChecked, TurnView } from "../src/host";
import { appView, CHECKS, HARBOUR, HERE, key, LOCKED, ok, RESTAURANT, SIGNED_IN } from "./fake-host";
import { at, BOOKING, DESK, keeping, REFUSED } from "./key-fixtures";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const signedIn = appView({ session: SIGNED_IN });
const opened = `[data-test="channel-row"][data-id="${RESTAURANT.id}"]`;

export function checked(turn: TurnView | null, facts: Partial<KeyChecked> = {}): KeyChecked {
  return { key: REFUSED, test: { kind: "refused" }, why: null, turn, byItself: true, ...facts };
}

export const REFUSED_TURN = {
  kind: "refused",
  workedAt: at(9, 0),
  refusedAt: at(10, 0),
  askedHere: null,
} as const satisfies TurnView;

export const OTHER_TURN = {
  kind: "otherNumber",
  whose: {
    channelId: "tQ8m2ZCH",
    name: "Front desk",
    number: "+49 30 55570142",
    here: true,
    clientName: null,
  },
} as const satisfies TurnView;

/** News that came while the program was open. */
const news = (...all: KeyChecked[]) => ({
  onKeyChecked: (tell: (checked: KeyChecked) => void) => {
    const soon = setTimeout(() => all.forEach(tell));
    return () => clearTimeout(soon);
  },
});

export const ASKS: ClosingAsks = {
  stops: { checks: 2, watched: 0, reminders: 1, lockMinutes: 15, fileWords: false },
  canStay: true,
};

const closing = (facts: Partial<ClosingAsks> = {}) => ({
  onClosing: (tell: (asks: ClosingAsks) => void) => {
    const soon = setTimeout(() => tell({ ...ASKS, ...facts }));
    return () => clearTimeout(soon);
  },
});

/** The restaurant's new key is in place in one of three. */
export const UNPLACED = {
  ...HARBOUR,
  channels: HARBOUR.channels.map((row) =>
    row.id === RESTAURANT.id
      ? {
          ...row,
          keysHere: 1,
          places: { keyId: "key-1", left: ["CRM", "Chatbot"], all: 3, notReminded: false },
        }
      : row,
  ),
};
const PLACED = {
  ...BOOKING,
  places: [
    { name: "Shop", done: true },
    ...UNPLACED.channels[1]!.places!.left.map((name) => ({ name, done: false })),
  ],
};

export const CHECKING_SCENES: Record<string, Scene> = {
  "news-refused": {
    page: "channels",
    app: signedIn,
    host: {
      ...news(checked(REFUSED_TURN)),
      channels: async () =>
        ok({
          ...HARBOUR,
          channels: HARBOUR.channels.map((row) =>
            row.id === RESTAURANT.id ? { ...row, keysHere: 1, refused: true } : row,
          ),
        }),
    },
  },
  "news-several": {
    page: "channels",
    app: signedIn,
    host: news(
      checked(REFUSED_TURN),
      checked(OTHER_TURN, { key: DESK }),
      checked({ kind: "worksAgain" }, { key: { ...BOOKING, id: "key-7" } }),
      checked({ ...REFUSED_TURN, workedAt: null }, { key: { ...REFUSED, id: "key-8" } }),
    ),
  },
  "channel-other-number": {
    page: "channel",
    app: signedIn,
    host: keeping({ ...BOOKING, otherNumberAt: at(0, 4), test: { result: "otherNumber", at: at(0, 4) } }),
    press: [opened],
  },
  "keys-checks-on": {
    page: "keys",
    app: signedIn,
    host: {
      ...keeping(BOOKING, DESK),
      keyChecks: async () =>
        ok({ ...CHECKS, keys: 2, everyMinutes: 60, whyNot: null, checkedAt: at(0, 3), next: at(1, 3) }),
    },
    press: [test("nav-keys")],
  },
  "keys-checks-locked": {
    page: "keys",
    app: signedIn,
    host: {
      ...keeping(BOOKING),
      keyChecks: async () => ok({ ...CHECKS, everyMinutes: 15, whyNot: "keychainLocked", noNotices: true }),
      checkKeys: async () => ok({ asked: 1, left: 2, ended: "keychain", keychain: "locked", why: null }),
    },
    press: [test("nav-keys"), test("check-keys")],
  },
  "places-waiting": { page: "channels", app: signedIn, host: { channels: async () => ok(UNPLACED) } },
  "places-waiting-channel": {
    page: "channel",
    app: signedIn,
    host: { ...keeping(PLACED), channels: async () => ok(UNPLACED) },
    press: [opened],
  },
  "places-suggested": {
    page: "channel",
    app: signedIn,
    host: keeping(key({ state: "kept", label: "Shop key" })),
    press: [opened],
  },
  closing: { page: "channels", app: signedIn, host: closing() },
  "closing-no-place": {
    page: "channels",
    app: appView({ session: HERE }),
    host: closing({ canStay: false, stops: { ...ASKS.stops, checks: 0 } }),
  },
  "locked-checks": {
    page: "locked",
    app: appView({ session: LOCKED }),
    host: { keyChecks: async () => ok({ ...CHECKS, everyMinutes: 60, whyNot: "locked" }) },
  },
};
