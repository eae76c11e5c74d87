import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { functions } from '../../../shared/wiring/index.ts';
import type { Source } from './source.ts';

const Names = z.record(z.string(), z.string()).default({});
const Manifest = z.looseObject({ dependencies: Names, devDependencies: Names, optionalDependencies: Names });

/** Packages that are run, or read by the compiler, and imported by nobody. */
const tools = [
  '@biomejs/biome',
  '@dynoxide/linux-x64',
  '@mantine/hooks',
  '@sparticuz/chromium',
  '@vitest/coverage-v8',
  'aws-cdk',
  'node',
  // Loaded by createRequire, for it is no module.
  'opsgenie-sdk',
  'react-dom',
  'typescript',
];

/** The packages of the project that nobody uses. */
export function unusedPackages(root: string, sources: readonly Source[]): readonly string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, optionalDependencies } = Manifest.parse(manifest);
  const named = sources.flatMap(({ imports }) => imports.map(({ specifier }) => specifier));
  // Files that go along with a function, such as fonts.
  const files = Object.values(functions).flatMap((entry) => ('files' in entry ? entry.files : []));
  const imported = [...named, ...files];
  const isUsed = (name: string) =>
    tools.includes(name) ||
    name.startsWith('@types/') ||
    imported.some((specifier) => specifier === name || specifier.startsWith(`${name}/`));
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  return names.filter((name) => !isUsed(name));
}
