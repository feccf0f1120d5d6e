import { nameAndNumber } from "./channel-words";
import type { ChannelRow, ChannelsView, KeyView } from "./host";
import { sayEnding, isOpen, keyLook, keyName, liesHere } from "./key-words";
import { partnerWords, say, sayList, sayMoment } from "./words";

/** One thing to note or to do. What stands in `lines` is known here; what is not known says so. */
export type MovingStep = { id: string; title: string; lines: string[] };

export type Moving = { title: string; before: MovingStep[]; after: MovingStep[] };

/** What is known here; `null` where it was not read or could not be. */
export type Known = {
  list: ChannelsView | null;
  /** The list is as last seen: nobody is signed in, or the Hub could not be asked. */
  lastSeen: boolean;
  keys: KeyView[] | null;
  /** The keychain could not be looked through, so there may be more keys. */
  maybeMore: boolean;
  /** The keychain's name on this system. */
  keychain: string;
};

const numberOf = (row: ChannelRow) => nameAndNumber(row.name, row.number, row.id);
const namesOf = (rows: ChannelRow[]) => sayList(rows.map(numberOf));
const step = (id: string, title: string, lines: (string | false)[]): MovingStep => ({
  id,
  title,
  lines: lines.filter((line) => line !== false),
});

function having<F extends "permission" | "payer">(list: ChannelsView, fact: F, value: ChannelRow[F]) {
  return list.channels.filter((row) => row[fact] === value);
}

/** A sentence with the numbers that it is about; none where it is about none. */
const about = (rows: ChannelRow[], words: (numbers: string) => string) =>
  rows.length > 0 && words(namesOf(rows));

function ageOf({ list, lastSeen }: Known): string {
  if (!list) return say("moving-not-read");
  const time = sayMoment(list.readAt);
  return lastSeen ? say("moving-last-seen", { time }) : say("moving-read", { time });
}

function permissionLines(known: Known): (string | false)[] {
  const { list } = known;
  if (!list) return [ageOf(known)];
  return [
    list.partner === "none" && say("moving-partner-none"),
    list.partner === "notTold" && say("moving-partner-not-told"),
    list.channels.length === 0 && list.short === null && say("moving-no-numbers"),
    list.short !== null && say("list-short", list.short),
    about(having(list, "permission", "shared"), (numbers) => say("moving-shared", { numbers })),
    about(having(list, "permission", "missing"), (numbers) => say("moving-missing", { numbers })),
    about(having(list, "permission", "noPartner"), (numbers) => say("moving-no-partner", { numbers })),
    about(having(list, "permission", "notTold"), (numbers) => say("moving-permission-not-told", { numbers })),
    ageOf(known),
  ];
}

function payerLines(known: Known): (string | false)[] {
  const { list } = known;
  if (!list) return [ageOf(known)];
  const partner = partnerWords(list.partnerName);
  return [
    about(having(list, "payer", "partner"), (numbers) => say("moving-partner-pays", { ...partner, numbers })),
    about(having(list, "payer", "client"), (numbers) => say("moving-you-pay", { numbers })),
    about(having(list, "payer", "notTold"), (numbers) => say("moving-payer-not-told", { numbers })),
  ];
}

/** A key without the key: what it is called, for which number, how it stands, and where it is used. */
function keyLine(key: KeyView): string {
  const facts = {
    label: keyName(key),
    channel: nameAndNumber(key.channelName, key.number, key.channelId),
    state: say(keyLook(key).word),
    places: sayList(key.places.map(({ name }) => name)),
  };
  const named =
    key.tail === null
      ? say("moving-key", facts)
      : say("moving-key-tail", { ...facts, tail: sayEnding(key.tail) });
  return `${named} ${key.places.length > 0 ? say("moving-key-places", facts) : say("moving-key-no-places")}`;
}

function keyLines({ keys, maybeMore, keychain }: Known): (string | false)[] {
  if (!keys) return [say("moving-keys-not-read")];
  const here = keys.filter(liesHere);
  return [
    ...here.map(keyLine),
    here.length === 0 && say("moving-keys-none"),
    ...keys
      .filter(isOpen)
      .map((key) =>
        say("moving-key-open", { channel: nameAndNumber(key.channelName, key.number, key.channelId) }),
      ),
    maybeMore && say("moving-keys-maybe-more", { keychain }),
  ];
}

/** What to note before another partner comes, and what to do after. Whom it will be nobody knows here. */
export function changingPartner(known: Known): Moving {
  const { list } = known;
  const partner = partnerWords(list?.partnerName ?? null);
  const shared = list ? having(list, "permission", "shared") : [];
  const notTold = list ? having(list, "permission", "notTold") : [];
  const nothingShared = list !== null && shared.length === 0 && notTold.length === 0;
  return {
    title: say("changing-title"),
    before: [
      step("permissions", say("changing-now", partner), permissionLines(known)),
      step("payer", say("changing-payer"), [...payerLines(known), say("changing-payer-ask")]),
      step("keys", say("changing-keys"), [...keyLines(known), say("changing-keys-theirs", partner)]),
      step("webhook", say("changing-webhook"), [say("changing-webhook-how")]),
    ],
    after: [
      step("new", say("changing-new"), [say("changing-new-who")]),
      step("take", say("changing-take", partner), [
        about(shared, (numbers) => say("changing-take-for", { numbers })),
        about(notTold, (numbers) => say("changing-take-look", { numbers })),
        nothingShared && say("changing-take-none"),
        list === null && say("moving-not-read"),
        say("changing-take-alive", partner),
      ]),
      step("give", say("changing-give"), [say("changing-give-how")]),
      step("make", say("changing-make"), [say("changing-make-how")]),
      step("place", say("changing-place"), [say("changing-place-how")]),
    ],
  };
}

function handLine(count: number | null): string {
  if (count === null) return say("moving-keys-not-read");
  return count > 0 ? say("computer-hand-how", { count }) : say("computer-hand-none");
}

/** What to note before another computer takes this one's place, and what to do there. */
export function newComputer(known: Known): Moving {
  const { keychain } = known;
  const works = known.keys?.filter((key) => liesHere(key) && key.replacedAt === null);
  return {
    title: say("computer-title"),
    before: [
      step("keys", say("computer-keys"), [...keyLines(known), say("computer-keys-stay", { keychain })]),
      step("hand", say("computer-hand"), [handLine(works?.length ?? null), say("computer-hand-or")]),
      step("rest", say("computer-rest"), [say("computer-rest-how")]),
    ],
    after: [
      step("sign-in", say("computer-sign-in"), [
        known.list?.clientName
          ? say("computer-sign-in-client", { client: known.list.clientName })
          : say("computer-sign-in-how"),
        say("computer-sign-in-not-known"),
      ]),
      step("open", say("computer-open"), [say("computer-open-how")]),
      step("place", say("computer-place"), [say("computer-place-how")]),
      step("forget", say("computer-forget"), [say("computer-forget-how", { keychain })]),
    ],
  };
}

/** The same as a text. It holds no key. */
export function movingText(moving: Moving): string {
  const part = (title: string, steps: MovingStep[]) => [
    "",
    title,
    ...steps.flatMap(({ title, lines }, at) => [`${at + 1}. ${title}`, ...lines.map((line) => `   ${line}`)]),
  ];
  return [
    moving.title,
    ...part(say("moving-before"), moving.before),
    ...part(say("moving-after"), moving.after),
  ].join("\n");
}
