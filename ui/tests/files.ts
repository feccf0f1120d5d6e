import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export const UI = join(import.meta.dirname, "..");

/** The source files whose names end in one of `endings`, with their text. */
export function sources(...endings: string[]): { path: string; text: string }[] {
  return readdirSync(join(UI, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(UI, path), text: readFileSync(path, "utf8") }));
}

export function read(path: string): string {
  return readFileSync(join(UI, path), "utf8");
}
