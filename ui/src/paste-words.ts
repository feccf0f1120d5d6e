import type { ChannelRow, KeyTestView } from "./host";

/** What came of pasting a key, by what is to be done about it. */
export type PasteCase = "belongs" | KeyTestView["kind"];

export function pasteCase(test: KeyTestView, belongsTo: ChannelRow | null): PasteCase {
  return belongsTo === null ? test.kind : "belongs";
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
  belongs: { tone: "care", title: "paste-belongs-title", body: "paste-belongs", first: "move" },
  otherNumber: { tone: "care", title: "paste-other-title", body: "paste-other", first: "letGo" },
  refused: { tone: "stop", title: "paste-refused-title", body: "paste-refused", first: "letGo" },
  couldNotAsk: { tone: "quiet", title: "paste-open-title", body: "paste-open", first: "save" },
};
