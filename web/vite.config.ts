// Builds the single page into web/dist, which the Rust binary embeds; in development proxies /api to the server.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** What opens without a network: the room, statements, the board, signing in. Other pages are kept once they were seen. */
const SHELL = /(?:index\.html|src\/main\.ts|pages\/(?:Board|Room|Statement|SignIn)\.svelte)$/;

/** Tells the service worker which files the shell is made of, by their hashed names. */
function shell(): Plugin {
  return {
    name: "shell",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const files = new Set<string>();
      const take = (name: string): void => {
        const chunk = bundle[name];
        if (files.has(name) || chunk?.type !== "chunk") return;
        files.add(name);
        chunk.imports.forEach(take);
        chunk.viteMetadata?.importedCss.forEach((css) => files.add(css));
      };
      for (const one of Object.values(bundle)) if (one.type === "chunk" && SHELL.test(one.facadeModuleId ?? "")) take(one.fileName);
      const worker = bundle["sw.js"];
      if (worker?.type !== "chunk" || worker.imports.length > 0 || files.size < 4) throw new Error("the service worker cannot be told its files");
      const version = digest(Object.keys(bundle).sort().join("\n"));
      const list = JSON.stringify([...files].sort().map((name) => `/${name}`));
      worker.code = worker.code.replace("__SHELL__", list.replaceAll('"', '\\"')).replace("__VERSION__", version);
    },
  };
}

export default defineConfig({
  plugins: [svelte(), shell()],
  // Rows that a device kept are shown by a program that knows their shape, and by no other.
  define: { __WIRE__: JSON.stringify(digest(readFileSync(`${import.meta.dirname}/src/wire.ts`, "utf8"))) },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows no data: addresses for fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { index: "index.html", sw: "src/sw.ts" },
      // A service worker has one address for ever.
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
  server: {
    port: 5173,
    proxy: { "/api": { target: "http://127.0.0.1:8423", ws: true } },
  },
  // Tests run the browser build of Svelte, where $state is reactive.
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
  test: { environment: "jsdom", include: ["src/**/*.test.ts"] },
});
