import { describe, expect, it } from "vitest";
import { read, sources } from "./files";

const theme = read("src/theme.css");
const [light = "", dark = ""] = theme.split("@media (prefers-color-scheme: dark)");

function tokens(css: string): Map<string, string> {
  return new Map(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["paper", "sheet", "sunken"];
const ON_GROUNDS = ["ink", "ink-2", "ink-3", "accent", "stop", "care", "good"];
const PAIRS = [
  ...GROUNDS.flatMap((ground) => ON_GROUNDS.map((text) => [text, ground] as const)),
  ["accent-ink", "accent"],
  ["accent", "accent-soft"],
  ...["ink", "ink-2", "good", "care", "stop"].map((text) => [text, "accent-soft"] as const),
  ...["shared", "missing", "good", "care", "stop"].map((name) => [name, `${name}-soft`] as const),
  ...["good-soft", "care-soft"].flatMap((ground) =>
    ["ink", "ink-2", "ink-3", "accent"].map((text) => [text, ground] as const),
  ),
] as const;
const BORDERS = [...GROUNDS, "care-soft", "good-soft"].flatMap((ground) =>
  ["line-strong", "focus", "stop"].map((border) => [border, ground] as const),
);

describe.each([
  ["light", tokens(light)],
  ["dark", tokens(dark)],
])("%s", (_, colours) => {
  const between = (one: string, other: string) => {
    const pair = [colours.get(one), colours.get(other)];
    expect(pair, `${one} and ${other} are tokens`).not.toContain(undefined);
    return contrast(pair[0] ?? "", pair[1] ?? "");
  };

  it.each(PAIRS)("%s reads well on %s", (text, ground) => {
    expect(between(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(BORDERS)("a control's border in %s is seen on %s", (border, ground) => {
    expect(between(border, ground)).toBeGreaterThanOrEqual(3);
  });
});

it("has the same tokens in the dark", () => {
  expect([...tokens(dark).keys()]).toEqual([...tokens(light).keys()]);
});

it("uses no colour outside the tokens", () => {
  const named =
    "white|black|red|green|blue|gray|grey|silver|orange|yellow|purple|teal|navy|maroon|olive|lime|aqua|pink|brown|gold|crimson|tomato|salmon|coral|indigo|violet|beige|ivory|tan";
  const colour = new RegExp(
    `#[0-9a-f]{3,8}\\b|\\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\\(|:[^;{}]*\\b(?<![-\\w])(${named})(?![-\\w])[^;{}]*;`,
    "i",
  );
  const styles = sources(".css", ".svelte")
    .filter(({ path }) => path !== "src/theme.css")
    .map(({ path, text }) => ({
      path,
      css: path.endsWith(".css")
        ? text
        : [...text.matchAll(/<style>([^]*?)<\/style>/g)].map(([, css]) => css).join("\n"),
    }));
  const rest = theme.replaceAll(/--[\w-]+:[^;]*;/g, "");

  const breaking = [...styles, { path: "src/theme.css", css: rest }].flatMap(({ path, css }) => {
    const found = colour.exec(css);
    return found ? [`${path}: ${found[0].trim()}`] : [];
  });

  expect(breaking).toEqual([]);
});
