import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const root = join(import.meta.dirname, '..');
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));

const Names = z.record(z.string(), z.string()).default({});
const Lock = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({ optionalDependencies: Names, version: z.string().optional() }),
  ),
});

describe('The packages', () => {
  // npm leaves out what its registry does not have at the time, and then refuses to install from its own lock file.
  it('have their variants for every platform in the lock file', () => {
    const { packages } = Lock.parse(read('package-lock.json'));
    const present = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
    const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies));
    expect(wanted.filter((name) => !present.has(name))).toEqual([]);
  });
});
