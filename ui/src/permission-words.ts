import { nameAndNumber, nameOf, type Look, type Point, type Shape } from "./channel-words";
import type { ChannelRow, ChannelsView } from "./host";
import type { ChangeStep } from "./permission-work.svelte";
import { partnerWords, say, sayList, type Facts } from "./words";

export const CHANGE_STEPS: Record<ChangeStep, Look> = {
  waiting: { tone: "none", shape: "wait", word: "change-waiting" },
  asking: { tone: "missing", shape: "again", word: "change-asking" },
  done: { tone: "good", shape: "ok", word: "change-done" },
  other: { tone: "care", shape: "care", word: "change-other" },
  open: { tone: "care", shape: "question", word: "change-unknown" },
  failed: { tone: "care", shape: "care", word: "change-failed" },
  notAsked: { tone: "none", shape: "notTold", word: "change-not-asked" },
};

/** For how many numbers the partner may make keys, in one sentence. */
export function permissionSentence(list: ChannelsView): string {
  const count = (permission: ChannelRow["permission"]) =>
    list.channels.filter((row) => row.permission === permission).length;
  const facts = { ...partnerWords(list.partnerName), of: list.channels.length };
  const open = count("notTold");
  if (list.partner === "none") return say("permissions-none");
  if (open === list.channels.length && open > 0) return say("permissions-open", facts);
  const sentence = say("permissions-sum", { ...facts, count: count("shared") });
  return open === 0 ? sentence : `${sentence} ${say("permissions-sum-open", { count: open })}`;
}

const FEW = 5;

const point = (tone: Point["tone"], shape: Shape, title: string, more: string, facts: Facts): Point => ({
  tone,
  shape,
  title: say(title, facts),
  more: say(more, facts),
});

/** What a change means, by who pays for these numbers. */
export function changePoints(rows: ChannelRow[], share: boolean, partnerName: string | null): Point[] {
  const partner = partnerWords(partnerName);
  const paidBy = (payer: ChannelRow["payer"]) => {
    const found = rows.filter((row) => row.payer === payer);
    const names =
      found.length > FEW ? say("change-of-them", { count: found.length }) : sayList(found.map(nameOf));
    return { ...partner, count: found.length, which: found.length === rows.length ? "all" : "some", names };
  };
  const [own, theirs, open] = [paidBy("client"), paidBy("partner"), paidBy("notTold")];
  const points: (Point | false)[] = share
    ? [
        point("stop", "key", "give-key", "give-key-more", partner),
        point("care", "care", "give-yours", "give-yours-more", partner),
        theirs.count > 0 && point("care", "question", "give-theirs", "give-theirs-more", theirs),
        open.count > 0 && point("quiet", "question", "change-open-payer", "give-open-more", open),
        own.count > 0 && point("good", "ok", "change-own", "give-own-more", own),
      ]
    : [
        point("care", "key", "remove-key", "remove-key-more", partner),
        theirs.count > 0 && point("care", "care", "remove-theirs", "remove-theirs-more", theirs),
        open.count > 0 && point("quiet", "question", "change-open-payer", "remove-open-more", open),
        own.count > 0 && point("good", "ok", "change-own", "remove-own-more", own),
      ];
  return points.filter((point) => point !== false);
}

const WORDS = {
  give: {
    title: { one: "give-title-one", many: "give-title" },
    button: { tail: "give-button-tail", name: "give-button-name", many: "give-button" },
  },
  remove: {
    title: { one: "remove-title-one", many: "remove-title" },
    button: { tail: "remove-button-tail", name: "remove-button-name", many: "remove-button" },
  },
};

/** What is going to be done, for which number or for how many. */
export function changeWords(rows: ChannelRow[], share: boolean, partnerName: string | null) {
  const { title, button } = WORDS[share ? "give" : "remove"];
  const facts = { ...partnerWords(partnerName), count: rows.length };
  const [one] = rows;
  if (!one || rows.length > 1) return { title: say(title.many, facts), button: say(button.many, facts) };
  const channel = nameAndNumber(one.name, one.number, one.id);
  return {
    title: say(title.one, { ...facts, channel }),
    button: one.digits
      ? say(button.tail, { ...facts, tail: one.digits.slice(-4) })
      : say(button.name, { ...facts, name: nameOf(one) }),
  };
}

/** Whether a key can be made for the number, as far as it is told: not before it runs. */
export const mayRun = ({ state }: ChannelRow): boolean =>
  state.word === "running" || state.word === "notTold" || !state.known;

/** What the partner can do now with what it was given: for a number that isn't running, make no key yet. */
export function givenWords(rows: ChannelRow[], partner: { partner: string; Partner: string }): string {
  const running = rows.filter(mayRun).length;
  if (running === rows.length) return say("change-given", partner);
  return say(running === 0 ? "change-given-not-running" : "change-given-some", partner);
}
