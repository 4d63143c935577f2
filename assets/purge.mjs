// Of Tabler's stylesheet only what something of ours may show: the rules whose classes are all named somewhere in the
// templates, the views or the scripts. A name that is put together there ("btn-{{ tone }}") keeps all that begin with it.
import { readdir, readFile } from "node:fs/promises";

const SOURCES = ["../src/akcept", "src"];
const READ = /\.(html|py|js)$/;
const WORD = /[A-Za-z][\w-]*/g;
const BEGINNING = /([A-Za-z][\w-]*-)(?:\{|\$\{|["'] \+)/g;
const CLASS = /\.(-?[A-Za-z_](?:[\w-]|\\.)*)/g;

export async function purged(css) {
  const { words, beginnings } = await named();
  const isUsed = (name) => words.has(name) || beginnings.some((start) => name.startsWith(start));
  return kept(css.replace(/\/\*[^]*?\*\//g, ""), isUsed);
}

async function named() {
  const words = new Set();
  const beginnings = new Set();
  for (const folder of SOURCES) {
    const files = await readdir(folder, { recursive: true });
    for (const file of files.filter((name) => READ.test(name) && !name.includes("static/built"))) {
      const text = await readFile(`${folder}/${file}`, "utf8");
      for (const [word] of text.matchAll(WORD)) words.add(word);
      for (const [, start] of text.matchAll(BEGINNING)) beginnings.add(start);
    }
  }
  return { words, beginnings: [...beginnings].filter((start) => start.length > 3) };
}

// A stylesheet is a row of "prelude { … }" and "prelude;", and what groups rules holds such a row again.
function kept(css, isUsed) {
  let result = "";
  for (const [prelude, body] of parts(css)) {
    if (body === null) result += `${prelude};\n`;
    else if (/^@(media|supports|layer|container)/.test(prelude)) {
      const inner = kept(body, isUsed);
      if (inner) result += `${prelude} {${inner}}\n`;
    } else if (prelude.startsWith("@")) result += `${prelude} {${body}}\n`;
    else {
      const selectors = listed(prelude).filter((one) => shows(one, isUsed));
      if (selectors.length) result += `${selectors.join(",")} {${body}}\n`;
    }
  }
  return result;
}

function* parts(css) {
  let start = 0;
  for (let at = 0; at < css.length; at++) {
    if (css[at] === ";") {
      yield [css.slice(start, at).trim(), null];
      start = at + 1;
    } else if (css[at] === "{") {
      const end = closing(css, at);
      yield [css.slice(start, at).trim(), css.slice(at + 1, end)];
      start = (at = end) + 1;
    } else if (css[at] === '"') at = css.indexOf('"', at + 1);
  }
}

function closing(css, from) {
  let depth = 0;
  for (let at = from; at < css.length; at++) {
    if (css[at] === '"') at = css.indexOf('"', at + 1);
    else if (css[at] === "{") depth++;
    else if (css[at] === "}" && --depth === 0) return at;
  }
  throw new Error("a block of the stylesheet has no end");
}

function listed(prelude) {
  return outside(prelude, (letter) => (letter === "," ? "\0" : letter), (letter) => letter).split("\0");
}

// What stands in :not(…) or :is(…) need not be there for the rule to apply.
function shows(selector, isUsed) {
  const plain = outside(selector, (letter) => letter, () => "");
  return [...plain.matchAll(CLASS)].every(([, name]) => isUsed(name.replaceAll("\\", "")));
}

function outside(text, told, within) {
  let depth = 0;
  return [...text]
    .map((letter) => {
      if (letter === ")") depth--;
      const out = depth ? within(letter) : told(letter);
      if (letter === "(") depth++;
      return out;
    })
    .join("");
}
