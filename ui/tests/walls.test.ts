import { expect, it } from "vitest";
import { read, sources } from "./files";

it("imports Tauri in the host's folder alone", () => {
  const others = sources(".ts", ".svelte").filter(({ path }) => !path.startsWith("src/host/"));

  const breaking = others.filter(({ text }) => /@tauri-apps|host\/bindings|__TAURI/.test(text));

  expect(breaking.map(({ path }) => path)).toEqual([]);
});

it("writes no raw HTML, no inline style and runs no made-up code", () => {
  const breaking = sources(".ts", ".svelte").filter(({ text }) =>
    /\{@html|\sstyle=|\sstyle:[\w-]+=|innerHTML|\beval\(|new Function\(/.test(text),
  );

  expect(breaking.map(({ path }) => path)).toEqual([]);
  expect(read("index.html")).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)/);
});

it("keeps its files short", () => {
  const long = sources(".ts", ".svelte")
    .filter(({ path }) => path !== "src/host/bindings.ts")
    .filter(({ text }) => text.split("\n").length > 260);

  expect(long.map(({ path }) => path)).toEqual([]);
});
