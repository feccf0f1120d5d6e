/** What can be found: a number's digits, and whatever texts there are of it. */
export type Findable = { digits: string | null; texts: (string | null)[] };

const NUMBER = /^[\d\s+()[\].,/\\\p{Pd}·•]*$/u;
const TRUNK_ZERO = /^(\+|00)(\d{1,3})\D+0/;
const COUNTRY_CODE = 3;

/** One spelling for all: common digits, no accents, no invisible marks, single spaces. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .toLocaleLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

const digitsOf = (text: string) => text.replace(/\D/g, "");

/** Whether a number written in any of the usual ways is the one with these digits, or a part of it. */
function fitsNumber(written: string, digits: string): boolean {
  const typed = digitsOf(written);
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
  const number = NUMBER.test(word) && /\d/.test(word);
  if (number && digits !== null && fitsNumber(word, digits)) return true;
  return texts.some((text) => text !== null && plain(text).includes(word));
}

/** Whether what a person looks for is this: a number in any spelling, or words of its texts. */
export function fits(words: string, what: Findable): boolean {
  const wanted = plain(words);
  if (/^[\s+([]*$/.test(wanted) || fitsWord(wanted, what)) return true;
  return !NUMBER.test(wanted) && wanted.split(" ").every((word) => fitsWord(word, what));
}
