import { describe, expect, it } from "vitest";
import { fits } from "../src/search";

const BERLIN = { digits: "493055570142", texts: ["Front desk", "+49 30 55570142", "tQ8m2ZCH"] };
const LISBON = { digits: "351215550167", texts: ["Sala de Reuniões", "+351 21 555 0167", "eV5l1sCH"] };
const ROME = { digits: "390655570199", texts: ["Küche Straße 12", "+39 06 5557 0199", "rO1m3CH"] };
const NAMELESS = { digits: null, texts: [null, null, "nCH"] };

const all = { BERLIN, LISBON, ROME, NAMELESS };
const found = (words: string) =>
  Object.entries(all)
    .filter(([, what]) => fits(words, what))
    .map(([name]) => name);

describe("a number is found in any spelling", () => {
  it.each([
    "+49 (0)30 5557-0142",
    "+49 30 55570142",
    "+49 030 5557 0142",
    "+49/30/5557.0142",
    "030 5557 0142",
    "(030) 5557 0142",
    "030/5557-0142",
    "0049 30 55570142",
    "0049 (0) 30 55570142",
    "5557.0142",
    "5557–0142",
    "493055570142",
    "4930",
    "+49",
    "0142",
    "４９３０５５５７",
    "＋４９　３０",
    "+49\u00a030\u202f5557\u00a00142",
    "\u202a+49 30 55570142\u202c",
    "٤٩٣٠",
    "  4930  ",
  ])("as %j", (words) => {
    expect(found(words)).toEqual(["BERLIN"]);
  });

  it.each([
    "+49 30 55570142",
    "0049 30 55570142",
    "030 / 5557 0142",
    "(030) 5557-0142",
    "+49 (0)30 5557 0142",
    "+49 030 5557 0142",
    "\u202a+49 30 55570142\u202c",
    "\u2068+49\u00a030\u00a055570142\u2069",
    "\ufeff+49\u200b3055570142",
    "+49\u221230\u221255570142",
    "+49 30 5557\u20140142",
    "\uff0b\uff14\uff19\uff13\uff10\uff15\uff15\uff15\uff17\uff10\uff11\uff14\uff12",
    "\u0664\u0669\u0663\u0660\u0665\u0665\u0665\u0667\u0660\u0661\u0664\u0662",
    "tel:+493055570142",
    "https://wa.me/493055570142",
    "493055570142@s.whatsapp.net",
    "WhatsApp: +49 30 55570142",
  ])("as people paste it, %j", (words) => {
    expect(found(words)).toEqual(["BERLIN"]);
  });

  it.each([
    ["525512345678", "5215512345678"],
    ["5511988887777", "551188887777"],
  ])("of the same line, %s and %s", (one, other) => {
    for (const [typed, digits] of [
      [one, other],
      [other, one],
      [`+${one}`, other],
      [`00${other}`, one],
    ] as const) {
      expect(fits(typed, { digits, texts: [] })).toBe(true);
    }
    expect(fits(one, { digits: "493055570142", texts: [] })).toBe(false);
  });

  it.each(["+39 06 5557", "06 5557", "003906", "065557"])("where the zero belongs to it, as %j", (words) => {
    expect(found(words)).toEqual(["ROME"]);
  });
});

describe("a name is found by what is shown of it", () => {
  it.each(["live elif name", "elif", "LIVE\u202e elif", "live elif name…", "live…"])("as %j", (words) => {
    expect(fits(words, { digits: null, texts: ["live elif name"] })).toBe(true);
  });
});

describe("what is not the number does not fit", () => {
  it.each([
    "5557.0143",
    "+30 5557",
    "+4930555701423",
    "0030 5557",
    "031 5557 0142",
    "999",
    "+0",
    "31 5557 desk",
    "front 999",
    "no such name",
    "null",
    "ticket 20240101123",
  ])("as %j", (words) => {
    expect(found(words)).toEqual([]);
  });

  it("a zero alone finds the numbers that hold one, and none of which the digits are not told", () => {
    expect(found("0")).toEqual(["BERLIN", "LISBON", "ROME"]);
    expect(fits("0", { digits: "4917", texts: [] })).toBe(false);
    expect(fits("00", { digits: "4917", texts: ["Room 7"] })).toBe(false);
  });

  it("letters find no digits", () => {
    expect(fits("o3o", BERLIN)).toBe(false);
    expect(fits("abc", { digits: "222", texts: [] })).toBe(false);
  });
});

describe("words", () => {
  it.each([
    ["front", "BERLIN"],
    ["FRONT  DESK", "BERLIN"],
    ["desk front", "BERLIN"],
    ["front 0142", "BERLIN"],
    ["30 5557 desk", "BERLIN"],
    ["tq8m2", "BERLIN"],
    ["reunioes", "LISBON"],
    ["Reuniões", "LISBON"],
    ["kuche", "ROME"],
    ["straße 12", "ROME"],
    ["nch", "NAMELESS"],
  ])("%j find %s", (words, name) => {
    expect(found(words)).toEqual([name]);
  });

  it.each(["", "   ", "+", "(", "\u00a0"])("that say nothing yet, as %j, leave everything", (words) => {
    expect(found(words)).toEqual(Object.keys(all));
  });
});
