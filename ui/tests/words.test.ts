import { FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import * as channelWords from "../src/channel-words";
import * as checksWords from "../src/checks-words";
import * as contact from "../src/contact";
import { COLUMNS } from "../src/desk-columns.svelte";
import * as deskHistoryWords from "../src/desk-history-words";
import * as deskWords from "../src/desk-words";
import * as historyWords from "../src/history-words";
import * as keyWords from "../src/key-words";
import * as linkWords from "../src/link-words";
import * as mistake from "../src/mistake";
import * as pageVisitWords from "../src/page-visit-words";
import * as pasteWords from "../src/paste-words";
import * as permissionWords from "../src/permission-words";
import * as requestWords from "../src/request-words";
import * as returnWords from "../src/return-words";
import * as standing from "../src/standing";
import * as verdictWords from "../src/verdict-words";
import { FAILURES, MESSAGING_FAILURES, SESSION_FAILURES, SIGN_IN_FAILURES } from "../src/failures";
import { hasWords, plainText, say, sayList, shownId } from "../src/words";
import { channel, row } from "./fake-host";
import { read, sources } from "./files";

const tables = {
  ...channelWords,
  ...checksWords,
  ...deskWords,
  ...deskHistoryWords,
  COLUMNS,
  ...historyWords,
  ...keyWords,
  ...linkWords,
  ...mistake,
  ...pageVisitWords,
  ...pasteWords,
  ...verdictWords,
  ...contact,
  ...permissionWords,
  ...requestWords,
  ...standing,
};
const catalogue = read("words/en.ftl");
const ids = [...catalogue.matchAll(/^([a-z][\w-]*) =/gm)].map(([, id = ""]) => id);
const bindings = read("src/host/bindings.ts");
const code = sources(".ts", ".svelte").filter(({ path }) => path !== "src/host/bindings.ts");

/** The words of one of the closed lists that Rust gives. */
function wordsOf(type: string): string[] {
  const [, body = ""] = new RegExp(`export type ${type} =([^]*?);`).exec(bindings) ?? [];
  return [...body.matchAll(/^"(\w+)"/gm)].map(([, word = ""]) => word);
}

const idsIn = (value: unknown): string[] =>
  typeof value === "string"
    ? [value].filter((text) => /^[a-z0-9]+(-[a-z0-9]+)+$/.test(text))
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(idsIn)
      : [];

it("has a catalogue without a mistake and without an id twice", () => {
  expect(new FluentResource(catalogue).body).toHaveLength(ids.length);
  expect(new Set(ids).size).toBe(ids.length);
});

it("says nothing that is not in the catalogue", () => {
  const said = code.flatMap(({ text }) =>
    [...text.matchAll(/\bsay\(\s*([^;]*?)[,)]/g)].flatMap(([, first = ""]) =>
      [...first.matchAll(/"([a-z0-9-]+)"/g)].map(([, id = ""]) => id),
    ),
  );
  const inTables = [
    ...Object.values(tables).flatMap(idsIn),
    ...idsIn([FAILURES, MESSAGING_FAILURES, SESSION_FAILURES, SIGN_IN_FAILURES]),
  ];

  const missing = [...said, ...inTables].filter((id) => id.includes("-") && !hasWords(id));

  expect(said.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

it("keeps no sentence that nobody says", () => {
  const all = code.map(({ text }) => text).join("\n");

  const unused = ids.filter(
    (id) =>
      !/^(start|export|notice|key-notice|place-notice|background|door|page-stopped)-/.test(id) &&
      !all.includes(`"${id}"`),
  );

  expect(unused).toEqual([]);
});

it("refuses an id that does not exist", () => {
  expect(() => say("no-such-sentence")).toThrow();
});

describe.each([
  ["Code", FAILURES],
  ["RefusedWord", linkWords.REFUSED],
  ["WaitsForWord", linkWords.WAITS_FOR],
  ["WaitsForWord", linkWords.ASKS_WAITS_FOR],
  ["RequestRefusedWord", requestWords.REQUEST_REFUSED],
  ["AskerWord", requestWords.ASKERS],
  ["ReturnRefusedWord", pageVisitWords.RETURN_REFUSED],
  ["PageSaidWord", pageVisitWords.PAGE_SAID],
  ["HoldsWord", pageVisitWords.HOLDS],
  ["PermissionWord", tables.PERMISSIONS],
  ["PermissionWord", tables.EXPLAIN],
  ["PermissionWord", tables.CAN_PARTNER],
  ["PermissionWord", tables.CHANGES],
  ["PayerWord", tables.PAYERS],
  ["StateWord", tables.STATES],
  ["ActorWord", tables.ACTORS],
  ["ReasonWord", tables.VERDICTS],
  ["NextWord", tables.NEXTS],
  ["FactWord", tables.FACTS],
  ["SavedWord", tables.SAVED],
  ["ActorWord", tables.DESK_ACTORS],
  ["ReasonWord", tables.PARTNER_VERDICTS],
  ["ReasonWord", tables.CLIENT_VERDICTS],
  ["NextWord", tables.DESK_NEXTS],
  ["FactWord", tables.DESK_FACTS],
  ["Form", tables.FORMS],
  ["Language", tables.LANGUAGES],
  ["PaceWord", tables.PACES],
  ["RowsWord", tables.ROWS],
  ["ColumnWord", Object.fromEntries(COLUMNS.map(({ word, words }) => [word, words]))],
  ["KeyWord", tables.KEYS],
  ["SendingWord", tables.SENDING],
  ["KeychainName", tables.KEYCHAINS],
  ["TestWord", tables.TESTS],
  ["OriginWord", tables.ORIGINS],
  ["WhatWord", tables.WHATS],
  ["ChangedWord", tables.CHANGED],
  ["ResultWord", tables.RESULTS],
])("%s", (type, table) => {
  it("has words for each of its words", () => {
    const words = wordsOf(type);

    expect(words.length).toBeGreaterThan(1);
    expect(words.filter((word) => !Object.hasOwn(table, word))).toEqual([]);
  });
});

it("knows every word of the Hub that is in the contract", () => {
  const statuses =
    "created unverified verified ready modified imported new_name_requested certificate_declined consents_signed error porting_ready ready_for_migration waiting_for_migration_code migration_code_requested";
  const hubStatuses = "live pending_deletion terminated cancelled deleted";

  expect(Object.keys(tables.STATUSES).sort()).toEqual(statuses.split(" ").sort());
  expect(Object.keys(tables.HUB_STATUSES).sort()).toEqual(hubStatuses.split(" ").sort());
});

it("shows a word of the Hub that it doesn't know as it is", () => {
  for (const hubWord of ["quantum_flux", "unknown", "constructor"]) {
    const words = tables.stateWords({
      word: "settingUp",
      hubWord,
      known: false,
      whoActs: "askThreeSixtyDialog",
    });

    expect(words.word).toBe(`“${hubWord}”`);
    expect(words.tone).toBe("none");
  }
});

it("gives every off switch its reason and its step", () => {
  for (const reason of ["notRunning", "partnerManages", "partnerManagesAndPays", "notShared"] as const) {
    expect(tables.OFF_BECAUSE[reason]).toBeDefined();
  }
  for (const next of ["takePermissionBack", "askPartner", "clientGivesPermission", "getItRunning"] as const) {
    expect(tables.HOW[next]).toBeDefined();
  }
});

it("never says please, simply or that an error occurred, and never shouts", () => {
  const sentences = catalogue.split("\n").filter((line) => !line.startsWith("#"));

  expect(sentences.filter((line) => /\bplease\b|\bsimply\b|error occurred|!/i.test(line))).toEqual([]);
});

describe("a name that runs from right to left", () => {
  const NAME = "مطعم الميناء";

  it("is set apart in a sentence, and in one that is copied it is not", () => {
    const said = say("paste-lead", { channel: NAME });
    expect(said).toContain(`For \u2068${NAME}\u2069.`);
    expect(plainText(said)).toContain(`For ${NAME}.`);
    expect(sayList(["Spa", NAME])).toBe(`Spa and \u2068${NAME}\u2069`);
  });

  it("stands before its number", () => {
    const both = channelWords.nameAndNumber(NAME, "+49 30 55570142", "tQ8m2ZCH");
    expect(both).toBe(`\u2068${NAME}\u2069, +49\u00a030\u00a055570142`);
  });

  it("is the only one that needs it", () => {
    expect(say("paste-lead", { channel: "Café 山田" })).toContain("For Café 山田.");
  });
});

it("an id is shown with what can't be seen written out", () => {
  expect(shownId("tQ8\u202em2Z\u0000C H")).toBe("tQ8\\u{202e}m2Z\\u{0}C\\u{20}H");
  expect(shownId("tQ8m2ZCH")).toBe("tQ8m2ZCH");
  expect(channelWords.nameAndNumber(null, null, "a\u200bCH")).toBe("a\\u{200b}CH");
  const id = "a\u202eCH";
  const mentioned = { id, name: null, number: null, isTheirs: null, permission: "notTold" } as const;
  const said = [true, false].map((onBoard) => returnWords.mentionedWords({ ...mentioned, onBoard }));
  for (const text of [...said, mistake.letter(channel({ row: row({ id }) }), null)]) {
    expect(text).toContain("a\\u{202e}CH");
    expect(text).not.toContain("\u202e");
  }
});
