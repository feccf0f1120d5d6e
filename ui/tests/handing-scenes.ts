import type { Host, OpenedView } from "../src/host";
import { atDesk } from "./desk-making-scenes";
import { appView, fails, FRONT_DESK, key, ok, OPENED, RESTAURANT, SIGNED_IN } from "./fake-host";
import { BOOKING, keeping } from "./key-fixtures";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const app = appView({ session: SIGNED_IN });
const never = () => new Promise<never>(() => {});
const number = `${test("channel-row")}[data-id="${RESTAURANT.id}"]`;

const toHand = [number, test("hand-key")];
const toFile = [number, test("paste-key"), test("from-file")];
const toWords = [...toFile, test("choose-file")];
const typed: [string, string] = [test("file-words"), "brave otter lunar fudge tidy canoe"];

const handing = (press: Scene["press"] = [], host: Partial<Host> = {}): Scene => ({
  page: "hand-key-over",
  app,
  host: { ...keeping(BOOKING), ...host },
  press: [...toHand, ...press],
});

const opening = (press: NonNullable<Scene["press"]>, host: Partial<Host> = {}): Scene => ({
  page: "paste",
  app,
  host,
  press,
});

/** A file whose key is for another number. */
export const FOR_FRONT_DESK: OpenedView = {
  kind: "forAnother",
  name: FRONT_DESK.name,
  number: FRONT_DESK.number,
  channelId: FRONT_DESK.id,
  here: FRONT_DESK,
};
export const FOR_NOBODY: OpenedView = {
  kind: "forAnother",
  name: "Surf school",
  number: "+351 21 555 0199",
  channelId: "sU4f1CH",
  here: null,
};

const opened = (what: OpenedView) => ({ openKeyFile: async () => ok(what) });

export const HANDING_SCENES: Record<string, Scene> = {
  "hand-key": handing(),
  "hand-key-copied": handing([test("way-copy")]),
  "hand-key-saving": handing([test("save-as-file")], { saveKeyAsFile: never }),
  "hand-key-saved": handing([test("save-as-file")]),
  "hand-key-leaving": handing([test("save-as-file"), test("back")]),
  "hand-key-shown": handing([test("save-as-file"), test("show-words")]),
  "hand-key-said": handing([test("save-as-file"), test("show-words"), test("words-said")]),
  "hand-key-not-written": handing([test("save-as-file")], {
    saveKeyAsFile: async () => fails("fileNotWritten"),
  }),
  "desk-made-as-file": atDesk({
    calls: {
      makeKey: async () => ok({ kind: "made", key: key({ channelId: "c1CH" }), notSaved: null, others: [] }),
    },
    page: "made",
    press: [
      `${test("desk-row")}[data-index="1"]`,
      test("make-key"),
      test("replace-key"),
      test("save-as-file"),
    ],
  }),
  "open-file": opening(toFile),
  "open-file-words": opening(toWords),
  "open-file-busy": opening([...toWords, typed, test("open-file")], { openKeyFile: never }),
  "open-file-refused": opening(toWords, { chooseKeyFile: async () => fails("keyFileForOthers") }),
  "open-file-wrong-words": opening([...toWords, typed, test("open-file")], {
    openKeyFile: async () => fails("wrongWords"),
  }),
  "open-file-for-another": opening([...toWords, typed, test("open-file")], opened(FOR_FRONT_DESK)),
  "open-file-for-nobody": opening([...toWords, typed, test("open-file")], opened(FOR_NOBODY)),
  "open-file-works": opening(
    [...toWords, typed, test("open-file")],
    opened({ kind: "taken", pasted: OPENED }),
  ),
};
