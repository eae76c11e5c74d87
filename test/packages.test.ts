import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { functions } from '../shared/wiring/index.ts';
import { readSources } from './support/house/source.ts';

const root = join(import.meta.dirname, '..');
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));

const Names = z.record(z.string(), z.string()).default({});
const Manifest = z.looseObject({ dependencies: Names, devDependencies: Names, optionalDependencies: Names });
const Lock = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({ optionalDependencies: Names, version: z.string().optional() }),
  ),
});

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

describe('The packages', () => {
  it('are all used', () => {
    const { dependencies, devDependencies, optionalDependencies } = Manifest.parse(read('package.json'));
    const named = readSources(root).flatMap(({ imports }) => imports.map(({ specifier }) => specifier));
    // Files that go along with a function, such as fonts.
    const files = Object.values(functions).flatMap((entry) => ('files' in entry ? entry.files : []));
    const imported = [...named, ...files];
    const isUsed = (name: string) =>
      tools.includes(name) ||
      name.startsWith('@types/') ||
      imported.some((specifier) => specifier === name || specifier.startsWith(`${name}/`));
    const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(
      names.filter((name) => !isUsed(name)),
      'remove these',
    ).toEqual([]);
  });

  // npm leaves out what its registry does not have at the time, and then refuses to install from its own lock file.
  it('have their variants for every platform in the lock file', () => {
    const { packages } = Lock.parse(read('package-lock.json'));
    const present = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
    const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies));
    expect(wanted.filter((name) => !present.has(name))).toEqual([]);
  });
});
