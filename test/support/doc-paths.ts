import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import * as z from 'zod';

/** One Markdown file of the project; its path is relative to the root. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** What the pages may name. */
export interface Named {
  /** Whether a path, relative to the root, exists. */
  readonly exists: (path: string) => boolean;
  readonly scripts: readonly string[];
}

const standsAtTheRoot =
  /^(infra|functions|shared|frontend|test|docs|\.ci)\/|^(cdk|package|tsconfig|biome)\.json$/;
const Manifest = z.looseObject({ scripts: z.record(z.string(), z.string()) });

/** Every path, link and npm script in the project's pages that does not exist, one line each. */
export function docFaults(root: string): readonly string[] {
  const pages = readdirSync(root, { recursive: false, encoding: 'utf8' })
    .concat(
      readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
    )
    .filter((name) => name.endsWith('.md'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  const { scripts } = Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const named = { exists: (path: string) => existsSync(join(root, path)), scripts: Object.keys(scripts) };
  return pages.flatMap((page) => faultsOf(page, named));
}

/** The same for one page. */
export function faultsOf({ path, text }: Page, { exists, scripts }: Named): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const at = `${path}:${index + 1}`;
    return [
      ...linksOf(line)
        .filter((link) => !exists(posix.join(posix.dirname(path), link)))
        .map((link) => `${at} links to ${link}, which does not exist`),
      ...pathsOf(line)
        .filter((name) => !exists(name))
        .map((name) => `${at} names ${name}, which does not exist`),
      ...scriptsOf(line)
        .filter((name) => !scripts.includes(name))
        .map((name) => `${at} names the npm script ${name}; package.json has ${scripts.join(', ')}`),
    ];
  });
}

function linksOf(line: string): readonly string[] {
  return [...line.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .flatMap(([, link]) => link ?? [])
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** Paths in code spans and code blocks; of a pattern such as `test/stories/*.test.ts`, the folder before it. */
function pathsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?<![\w./@-])\.?[\w-]+(?:[./][\w.<>{}*-]+)*\/?/g)]
    .map(([word]) => word.replace(/[.]+$/, ''))
    .filter((word) => standsAtTheRoot.test(word))
    .map((word) => word.replace(/\/?[^/]*[<>{}*].*$/, ''));
}

function scriptsOf(line: string): readonly string[] {
  const runs = [...line.matchAll(/\bnpm run ([\w:-]+)/g)].flatMap(([, name]) => name ?? []);
  const short = [...line.matchAll(/\bnpm (test|start)\b/g)].flatMap(([, name]) => name ?? []);
  return [...runs, ...short];
}
