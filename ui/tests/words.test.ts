import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

function sources(folder = join(ROOT, "src")): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|svelte|css)$/.test(entry.name) ? [path] : [];
  });
}

const tables = { ...channelWords, ...keyWords, ...verdictWords };
const catalogue = readFileSync(join(ROOT, "words/en.ftl"), "utf8");
const ids = [...catalogue.matchAll(/^([a-z][a-z0-9-]*) =/gm)].map((match) => match[1]);

describe("the words", () => {
  it("hold every sentence that is said by its name", () => {
    const said = sources().flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/\bsay\(\s*"([a-z0-9-]+)"/g)].map((match) => match[1]),
    );

    expect(said.length).toBeGreaterThan(50);
    expect(said.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("name no sentence twice", () => {
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it("are calm: no exclamation marks, no please, no simply", () => {
    expect(catalogue.match(/!|\bplease\b|\bsimply\b|error occurred/gi) ?? []).toEqual([]);
  });
});

describe("the pages", () => {
  it("reach Tauri through src/host alone", () => {
    const outside = sources()
      .filter((path) => !path.includes(join("src", "host")))
      .filter((path) => readFileSync(path, "utf8").includes("@tauri-apps"));

    expect(outside).toEqual([]);
  });

  it("use no colour but the tokens of the theme", () => {
    const colours = sources()
      .filter((path) => /\.(svelte|css)$/.test(path) && !path.endsWith("theme.css"))
      .filter((path) => /#[0-9a-f]{3,8}\b(?=[^"']*[;}])|\b(rgb|hsl)a?\(/i.test(readFileSync(path, "utf8")));

    expect(colours).toEqual([]);
  });
});
