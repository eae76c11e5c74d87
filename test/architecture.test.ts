import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unusedPackages } from './support/house/packages.ts';
import { rules } from './support/house/rules.ts';
import { readSources } from './support/house/source.ts';

const root = join(import.meta.dirname, '..');
const sources = readSources(root);

describe('The house', () => {
  it.each(rules)('$says', ({ faults }) => {
    expect(faults(sources).join('\n')).toBe('');
  });

  it('uses all its packages', () => {
    expect(unusedPackages(root, sources), 'remove these').toEqual([]);
  });

  it('is looked at as a whole', () => {
    const trees = new Set(sources.map(({ path }) => path.split('/')[0]));
    expect([...trees]).toEqual(['infra', 'functions', 'shared', 'frontend', 'test']);
    expect(sources.filter(({ imports }) => imports.length > 0).length).toBeGreaterThan(sources.length / 2);
  });
});
