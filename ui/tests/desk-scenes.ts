import type { DeskView, Failure, Host, LineView } from "../src/host";
import {
  bulkView,
  BY_KEY,
  CHANGES,
  deskCalls,
  line,
  noteCalls,
  NOTES,
  PARTNER,
  practiceDesk,
  UNTOLD,
} from "./fake-desk";
import { appView, fails, failure, ok } from "./fake-host";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const row = (at: number) => `${test("desk-row")}[data-index="${at}"]`;
const saved = (name: string) => `${test("saved")}[data-saved="${name}"]`;
const never = () => new Promise<never>(() => {});
const NOW = Math.floor(Date.now() / 1000);
const WATCHING = {
  marked: 0,
  looking: false,
  lookedAt: null,
  next: NOW + 170,
  failed: null,
  noNotices: false,
};
const quiet = { underWay: false, clientsToGo: 0, waitsUntil: null, stopped: null, failed: 0 };

const BULK = bulkView(40, {
  done: 27,
  clientsDone: 7,
  failed: 6,
  changed: 9,
  underWay: true,
  pace: 118,
});

function scene(
  facts: Partial<DeskView> = {},
  more: Partial<Scene> & { lines?: LineView[]; calls?: Partial<Host> } = {},
): Scene {
  const { lines, calls, ...rest } = more;
  return {
    page: "desk",
    app: appView({ session: PARTNER }),
    host: { ...deskCalls(lines ?? practiceDesk(3_000), facts), ...calls },
    ...rest,
  };
}

const channel = (at: number, facts: Partial<LineView> = {}) =>
  scene(
    {},
    {
      lines: practiceDesk(9).map((l) => (l.id === `c${at}CH` ? line(at, facts) : l)),
      page: "desk-channel",
      press: [row(at)],
    },
  );

const stopped = (why: Failure) => ({ checking: { ...quiet, clientsToGo: 31, stopped: why, failed: 2 } });

/** A channel of which something changed, with a note on it. */
const seen = (calls: Partial<Host> = {}, press: string[] = []) =>
  scene(
    {},
    {
      calls: {
        deskChanges: async () => ok({ changes: CHANGES, more: true }),
        ...noteCalls(NOTES),
        ...calls,
      },
      page: "desk-channel",
      press: [row(0), ...press],
    },
  );

export const DESK_SCENES: Record<string, Scene> = {
  desk: scene(),
  "desk-practice": { ...scene(), app: appView({ practice: true, session: PARTNER }) },
  "desk-opening": scene({}, { calls: { deskLines: never, desk: never } }),
  "desk-reading": scene({
    reading: { came: 3_000, total: 10_000 },
    readAt: null,
    checking: { ...quiet, underWay: true, clientsToGo: 31, waitsUntil: NOW + 600 },
  }),
  "desk-stopped": scene(stopped(failure("hubInTrouble", { status: 503 }))),
  "desk-short": scene({ short: { announced: 10_012, came: 10_010 } }),
  "desk-failed": scene({ failed: failure("hubTooMany", { wait: 90 }), readAt: null }),
  "desk-none": scene({}, { press: [[test("desk-search"), "no such"]] }),
  "desk-empty": scene({}, { lines: [] }),
  "desk-columns": scene({}, { press: [test("columns")] }),
  "desk-sorted": scene({}, { press: [`${test("column")}[data-column="number"]`, saved("notChecked")] }),
  "desk-ended": scene({ failed: failure("sessionEnded") }),
  "desk-key": { ...scene(), app: appView({ session: BY_KEY }) },
  "desk-key-ended": {
    ...scene(stopped(failure("sessionEnded"))),
    app: appView({ session: BY_KEY }),
  },
  "desk-lines-broken": scene({}, { calls: { deskLines: async () => fails("program" as never) } }),
  "desk-picked": scene({}, { press: [`${row(1)} ${test("pick")}`, `${row(4)} ${test("pick")}`] }),
  "desk-rechecked": scene(
    {},
    {
      calls: { picked: async () => ok({ picked: 40, shown: 40, bulk: BULK }) },
      lines: practiceDesk(40).map((line) => ({ ...line, picked: true })),
      press: [test("pick-shown"), test("check-picked"), test("bulk-show")],
    },
  ),
  "desk-rechecks-failed": scene(
    {},
    {
      calls: {
        picked: async () =>
          ok({ picked: 40, shown: 40, bulk: { ...BULK, underWay: false, stopped: failure("sessionEnded") } }),
      },
      lines: practiceDesk(40).map((line) => ({ ...line, picked: true })),
      press: [
        test("pick-shown"),
        test("check-picked"),
        test("bulk-show"),
        `${test("bulk-rows")}[data-rows="failed"]`,
      ],
    },
  ),
  "desk-channel-hidden": scene(
    {},
    { page: "desk-channel", press: [row(1), [test("desk-search"), "Desk 3"]] },
  ),
  "desk-ask-failed": scene(
    {},
    {
      calls: { askChannel: async () => fails("hubInTrouble") },
      page: "desk-channel",
      press: [row(1), test("desk-ask-now")],
    },
  ),
  "desk-save": scene({}, { press: [test("desk-save"), test("board-csv")] }),
  "desk-save-failed": scene(
    {},
    {
      calls: { exportBoard: async () => fails("fileNotWritten") },
      press: [test("desk-save"), test("board-json")],
    },
  ),
  "desk-diagnosis-copied": {
    ...channel(0),
    press: [row(0), test("diagnosis-markdown")],
  },
  "desk-diagnosis-key": {
    ...scene(
      {},
      {
        calls: { copyDiagnosis: async () => fails("keyOnClipboard") },
        page: "desk-channel",
        press: [row(1), test("diagnosis-text")],
      },
    ),
  },
  "desk-menu": scene({}, { press: [test("profile")] }),
  "desk-channel": channel(0),
  "desk-channel-shared": channel(1),
  "desk-channel-not-checked": channel(8, {
    state: line(0).state,
    trouble: failure("hubRefused", { status: 403 }),
  }),
  "desk-channel-not-running": channel(3),
  "desk-channel-error": channel(5, { listed: false }),
  "desk-channel-untold": channel(2, UNTOLD),
  "desk-channel-gone": scene(
    {},
    { calls: { deskChannel: async () => fails("noSuchChannel") }, page: "desk-channel", press: [row(1)] },
  ),
  "desk-forgets": scene({ forgets: failure("recordsOut") }),
  "desk-channel-history": seen(),
  "desk-channel-no-history": seen({ deskChanges: async () => fails("recordsOut") }),
  "desk-channel-note": seen({}, [test("edit-note")]),
  "desk-channel-note-sure": seen({}, [test("remove-note")]),
  "desk-watched": scene(
    { watching: { ...WATCHING, marked: 12, lookedAt: NOW - 130 } },
    { lines: practiceDesk(40).map((line, at) => ({ ...line, watched: at % 3 === 0 })) },
  ),
  "desk-watched-badly": scene(
    {
      readAt: null,
      watching: { ...WATCHING, marked: 1, failed: failure("hubTooMany", { wait: 90 }), noNotices: true },
    },
    { lines: practiceDesk(9).map((line, at) => ({ ...line, watched: at === 1 })) },
  ),
  "desk-channel-watched": channel(1, { watched: true }),
  "desk-watched-too-many": scene(
    {},
    {
      calls: { setWatched: async () => fails("tooManyWatched") },
      press: [`${row(1)} ${test("watch-row")}`],
    },
  ),
  "partner-key": { page: "partner-key", press: [test("partner-key")] },
  "partner-key-wrong": {
    page: "partner-key",
    host: { openDeskWithKey: async () => fails("wrongPartnerKey", { said: "Invalid API key." }) },
    press: [
      test("partner-key"),
      [test("partner-id"), "pT77xPA"],
      [test("partner-key-secret"), "nope"],
      test("open-desk"),
    ],
  },
};
