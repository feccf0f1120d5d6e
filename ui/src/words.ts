import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import english from "../words/en.ftl?raw";

const resource = new FluentResource(english);
const bundle = new FluentBundle("en", { useIsolating: false });
/** Sets each fact apart, for those that run from right to left. In any other sentence that would change nothing. */
const isolating = new FluentBundle("en", { useIsolating: true });
const mistakes = [bundle, isolating].flatMap((each) => each.addResource(resource));
if (mistakes.length > 0) throw new Error(`the catalogue has mistakes: ${mistakes.join("; ")}`);

export type Facts = Record<string, FluentVariable>;

/** The blocks of scripts that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const runsRightToLeft = (fact: FluentVariable) => typeof fact === "string" && RIGHT_TO_LEFT.test(fact);

/** A sentence of the catalogue with its facts filled in. */
export function say(id: string, facts?: Facts): string {
  const pattern = bundle.getMessage(id)?.value;
  if (!pattern) throw new Error(`no such sentence: ${id}`);
  const words = facts && Object.values(facts).some(runsRightToLeft) ? isolating : bundle;
  return words.formatPattern(pattern, facts);
}

/** A name beside other text, which it must not turn around. */
export function setApart(name: string): string {
  return runsRightToLeft(name) ? `\u2068${name}\u2069` : name;
}

/** What was said, to be copied: without the marks that set facts apart on a screen. */
export function plainText(said: string): string {
  return said.replace(/[\u2068\u2069]/g, "");
}

/** An id as it can be shown; what is copied and sent is the id itself. The same as in notifications. */
export function shownId(id: string): string {
  const unseen = /[\p{Cc}\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;
  return id.replace(unseen, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}

export function hasWords(id: string): boolean {
  return bundle.hasMessage(id);
}

/** The partner by name, for the middle (`partner`) and the start (`Partner`) of a sentence. */
export function partnerWords(name: string | null): { partner: string; Partner: string } {
  return { partner: name ?? say("your-partner"), Partner: name ?? say("your-partner-start") };
}

const list = new Intl.ListFormat("en", { type: "conjunction" });

export function sayList(items: string[]): string {
  return list.format(items.map(setApart));
}

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "full" });

const dateOf = (seconds: number) => new Date(seconds * 1000);
const sameDay = (one: Date, other: Date) => one.toDateString() === other.toDateString();

/** A time as people write it; today's without the day. */
export function sayTime(seconds: number, now = new Date()): string {
  const at = dateOf(seconds);
  return sameDay(at, now) ? say("time-today", { time: clock.format(at) }) : moment.format(at);
}

/** The time of day alone. */
export function sayClock(seconds: number): string {
  return clock.format(dateOf(seconds));
}

/** A time with its day, for somebody who reads it later. */
export function sayMoment(seconds: number): string {
  return moment.format(dateOf(seconds));
}

/** From when to when, with no more of the day than is needed. */
export function saySpan(from: number, to: number, now = new Date()): { from: string; to: string } {
  if (!sameDay(dateOf(from), dateOf(to))) return { from: sayMoment(from), to: sayMoment(to) };
  const today = sameDay(dateOf(to), now);
  return { from: today ? sayClock(from) : sayMoment(from), to: sayClock(to) };
}

/** A day as people call it. */
export function sayDay(seconds: number, now = new Date()): string {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (sameDay(dateOf(seconds), now)) return say("day-today");
  return sameDay(dateOf(seconds), yesterday) ? say("day-yesterday") : day.format(dateOf(seconds));
}

/** How long ago something was read: "12 s ago". */
export function sayAge(seconds: number, now = Date.now()): string {
  const age = Math.max(0, Math.round(now / 1000 - seconds));
  if (age < 5) return say("age-now");
  if (age < 90) return say("age-seconds", { count: age });
  if (age < 5400) return say("age-minutes", { count: Math.round(age / 60) });
  if (age < 172_800) return say("age-hours", { count: Math.round(age / 3600) });
  return say("age-days", { count: Math.round(age / 86_400) });
}
