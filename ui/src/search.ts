/** What can be found: a number's digits, and whatever texts there are of it. */
export type Findable = { digits: string | null; texts: (string | null)[] };

const NUMBER = /^[\d\s+()[\].,/\\\p{Pd}\u2212·•]*$/u;
/** A number among words, or in a link. */
const AMONG_WORDS = /(?<![\da-z+])\+?[([]?\d[\d\s+()[\].,/\p{Pd}\u2212]*\d(?![\da-z])/gu;
/** From how many digits on one among words is a number. */
const FEWEST = 7;
const TRUNK_ZERO = /^(\+|00)(\d{1,3})\D+0/;
const COUNTRY_CODE = 3;

/** One spelling for all: common digits, no accents, no invisible marks, single spaces. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .toLocaleLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

const digitsOf = (text: string) => text.replace(/\D/g, "");

/** The number in what was typed: all of it, or the longest among words. */
function numberIn(words: string): string | null {
  if (NUMBER.test(words)) return /\d/.test(words) ? words : null;
  const found = [...words.matchAll(AMONG_WORDS)].map(([number]) => number);
  const [longest] = found.sort((one, other) => digitsOf(other).length - digitsOf(one).length);
  return longest !== undefined && digitsOf(longest).length >= FEWEST ? longest : null;
}

/**
 * Another number that is most likely the same line: mobile numbers of Mexico were written with a 1 behind the country's
 * code until 2019, and those of Brazil without the 9 before their last eight digits.
 */
function sameLine(digits: string): string | null {
  for (const [form, other] of [
    [/^521(\d{10})$/, "52$1"],
    [/^52(\d{10})$/, "521$1"],
    [/^55(\d{2})9(\d{8})$/, "55$1$2"],
    [/^55(\d{2})([6-9]\d{7})$/, "55$19$2"],
  ] as const) {
    if (form.test(digits)) return digits.replace(form, other);
  }
  return null;
}

/** Whether a number written in any of the usual ways is the one with these digits, or a part of it. */
function fitsNumber(written: string, digits: string): boolean {
  const typed = digitsOf(written);
  const same = sameLine(typed.replace(/^00/, ""));
  if (same !== null && digits.startsWith(same)) return true;
  const abroad = /^(\+|00)/.exec(written)?.[0];
  if (abroad) {
    const spellings = [written.slice(abroad.length), written.replace(TRUNK_ZERO, "$2")].map(digitsOf);
    if (spellings.some((spelling) => spelling !== "" && digits.startsWith(spelling))) return true;
  }
  const atHome = /^0([1-9]\d*)$/.exec(typed)?.[1];
  if (atHome) {
    const at = digits.indexOf(atHome, 1);
    if (at > 0 && at <= COUNTRY_CODE) return true;
  }
  return !written.startsWith("+") && digits.includes(typed);
}

function fitsWord(word: string, { digits, texts }: Findable): boolean {
  const number = digits === null ? null : numberIn(word);
  if (number !== null && digits !== null && fitsNumber(number, digits)) return true;
  return texts.some((text) => text !== null && plain(text).includes(word));
}

/** Whether what a person looks for is this: a number in any spelling, or words of its texts. */
export function fits(words: string, what: Findable): boolean {
  // The end of a name that was shown cut.
  const wanted = plain(words.replace(/…\s*$/, ""));
  if (/^[\s+([]*$/.test(wanted) || fitsWord(wanted, what)) return true;
  return !NUMBER.test(wanted) && wanted.split(" ").every((word) => fitsWord(word, what));
}
