// Bundles the browser parts: one script and one style sheet a page family, hashed names, a manifest.
// Target is a Chromium of 2020; nothing is fetched from anywhere at run time.
import { build } from "esbuild";
import { mkdir, rm, writeFile, copyFile } from "node:fs/promises";
import { dirname, join, basename } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

const result = await build({
  entryPoints: ["app.ts", "review.ts", "mark.ts", "layout.ts", "charts.ts", "app.css", "setup.css"].map((name) => join(here, "src", name)),
  outdir: dist,
  entryNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome80"],
  charset: "utf8",
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  if (output.entryPoint) {
    const name = basename(output.entryPoint).replace(/\.ts$/, ".js");
    manifest[name] = basename(path);
  }
}
await copyFile(join(here, "src", "favicon.svg"), join(dist, "favicon.svg"));
await writeFile(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
