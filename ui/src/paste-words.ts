import type { ChannelRow, KeyTestView } from "./host";

/** What came of pasting a key, by what is to be done about it. */
export type PasteCase = "belongs" | "numberUnknown" | KeyTestView["kind"];

export function pasteCase(test: KeyTestView, belongsTo: ChannelRow | null): PasteCase {
  if (belongsTo !== null) return "belongs";
  return test.kind === "works" && !test.numberKnown ? "numberUnknown" : test.kind;
}

type Words = {
  tone: "good" | "care" | "stop" | "quiet";
  title: string;
  body: string;
  /** What has the weight: to keep it here, to keep it where it belongs, or not to keep it. */
  first: "save" | "move" | "letGo";
};

export const PASTED: Record<PasteCase, Words> = {
  works: { tone: "good", title: "paste-works-title", body: "paste-works", first: "save" },
  numberUnknown: { tone: "care", title: "paste-unknown-title", body: "paste-unknown", first: "save" },
  belongs: { tone: "care", title: "paste-belongs-title", body: "paste-belongs", first: "move" },
  otherNumber: { tone: "care", title: "paste-other-title", body: "paste-other", first: "letGo" },
  refused: { tone: "stop", title: "paste-refused-title", body: "paste-refused", first: "letGo" },
  couldNotAsk: { tone: "quiet", title: "paste-open-title", body: "paste-open", first: "save" },
};
