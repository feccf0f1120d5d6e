// Builds the gallery alone, next to nothing that is shipped: npx vite build -c tests/gallery.config.ts
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [svelte({ configFile: "../svelte.config.js" })],
  build: {
    outDir: "../../target/gallery",
    emptyOutDir: true,
    target: ["es2022"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: `${import.meta.dirname}/gallery.html` },
  },
});
