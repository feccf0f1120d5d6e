// What nobody would type to find a number, or only in a hurry. `cargo xtask fuzz` tries very many more.
import fc from "fast-check";
import { expect, it } from "vitest";
import { fits, type Findable } from "../src/search";

const numRuns = Number(process.env.FUZZ_CASES ?? 500);
const timeout = 600_000;

const typed = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(..."0123456789+()/.- \u00a0٣４abÄßİ"), maxLength: 40 }),
);
const number = fc.stringMatching(/^[1-9]\d{6,14}$/);
const findable: fc.Arbitrary<Findable> = fc.record({
  digits: fc.option(number),
  texts: fc.array(fc.option(fc.string({ unit: "binary" })), { maxLength: 4 }),
});
const gaps = fc.array(fc.constantFrom("", " ", "-", "/", ".", "\u00a0", "–"), {
  minLength: 20,
  maxLength: 20,
});
const spelt = (digits: string, between: string[]) =>
  [...digits].map((digit, at) => digit + (between[at] ?? "")).join("");

it("whatever is typed is answered with yes or no, and the same each time", { timeout }, () => {
  fc.assert(
    fc.property(typed, findable, (words, what) => {
      const answer = fits(words, what);
      expect(typeof answer).toBe("boolean");
      expect(fits(words, what)).toBe(answer);
    }),
    { numRuns },
  );
});

it("a number is found by each part of it, with whatever stands between the digits", { timeout }, () => {
  fc.assert(
    fc.property(number, fc.nat(), fc.nat(), gaps, (digits, from, length, between) => {
      const start = from % digits.length;
      const part = digits.slice(start, start + 1 + (length % (digits.length - start)));
      expect(fits(spelt(part, between), { digits, texts: [] })).toBe(true);
      expect(fits(`+${spelt(digits, between)}`, { digits, texts: [] })).toBe(true);
    }),
    { numRuns },
  );
});

it("digits that a number does not hold do not find it", { timeout }, () => {
  fc.assert(
    fc.property(number, number, gaps, (digits, other, between) => {
      fc.pre(!digits.includes(other));
      expect(fits(spelt(other, between), { digits, texts: [] })).toBe(false);
    }),
    { numRuns },
  );
});

it("a plus begins a number, and a zero stands for its country alone", { timeout }, () => {
  fc.assert(
    fc.property(number, fc.nat(), fc.nat(), (digits, from, length) => {
      const start = 1 + (from % (digits.length - 1));
      const part = digits.slice(start, start + 1 + (length % (digits.length - start)));
      fc.pre(!part.startsWith("0") && !digits.startsWith(part));
      expect(fits(`+${part}`, { digits, texts: [] })).toBe(false);
      const country = digits.indexOf(part, 1);
      const found = country <= 3 || digits.includes(`0${part}`);
      expect(fits(`0${part}`, { digits, texts: [] })).toBe(found);
    }),
    { numRuns },
  );
});

it("a text is found by itself, as it is and in capitals", { timeout }, () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(text, (words) => {
      expect(fits(words, { digits: null, texts: [words] })).toBe(true);
      expect(fits(`  ${words} `, { digits: null, texts: ["front", words] })).toBe(true);
    }),
    { numRuns },
  );
});
