// Builds what the browser loads into src/akcept/web/static/built/, from pinned packages and assets/src/.
// No code splitting: the static files' manifest does not rewrite imports between chunks.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";

const out = "../src/akcept/web/static/built";
const pdfjs = "node_modules/pdfjs-dist";

// Of Tabler's stylesheet only what a template, a view or a script names; these names are put together ("btn-{{ tone }}").
const named = { content: ["../src/akcept/**/*.{html,py}", "src/**/*.js"], safelist: [/^btn-/, /^icon-/] };
const tabler = {
  name: "tabler",
  setup({ onLoad }) {
    onLoad({ filter: /@tabler.core.*\.css$/ }, async ({ path }) => {
      const [{ css }] = await new PurgeCSS().purge({ ...named, css: [path] });
      return { contents: css, loader: "css" };
    });
  },
};

async function bundle() {
  await build({
    entryPoints: ["src/app.js", "src/app.css", "src/pdfview.js"],
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    loader: { ".svg": "dataurl", ".woff2": "file" },
    assetNames: "fonts/[name]",
    legalComments: "linked",
    plugins: [tabler],
    logLevel: "warning",
  });
}

// pdf.js fetches these by folder, so they keep their own names.
async function pdfParts() {
  for (const folder of ["cmaps", "standard_fonts", "wasm", "iccs"]) {
    await cp(`${pdfjs}/${folder}`, `${out}/pdfjs/${folder}`, { recursive: true });
  }
  await cp(`${pdfjs}/build/pdf.worker.min.mjs`, `${out}/pdfjs/pdf.worker.js`);
}

// src/icons.txt: one Tabler icon a line, "name" or "name filled". A page shows one with
// <svg class="icon"><use href="{% static 'built/sprite.svg' %}#name"></use></svg>.
async function sprite() {
  const lines = (await readFile("src/icons.txt", "utf8")).split("\n");
  const wanted = lines.map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all(wanted.map(symbol));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
  await writeFile(`${out}/sprite.svg`, svg);
}

async function symbol(line) {
  const [name, style = "outline"] = line.split(/\s+/);
  const svg = await readFile(`node_modules/@tabler/icons/icons/${style}/${name}.svg`, "utf8");
  const shapes = svg.slice(svg.indexOf("<svg")).match(/<path d=[^>]*\/>/g).join("");
  const paint =
    style === "filled"
      ? 'fill="currentColor"'
      : 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  const id = style === "filled" ? `${name}-filled` : name;
  return `<symbol id="${id}" viewBox="0 0 24 24" ${paint}>${shapes}</symbol>`;
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([bundle(), pdfParts(), sprite()]);
