import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from './support/house/rules.ts';
import { readSources } from './support/house/source.ts';

const sources = readSources(join(import.meta.dirname, '..'));

describe('The house', () => {
  it.each(rules)('$says', ({ faults }) => {
    expect(faults(sources).join('\n')).toBe('');
  });

  it('is looked at as a whole', () => {
    const trees = new Set(sources.map(({ path }) => path.split('/')[0]));
    expect([...trees]).toEqual(['infra', 'functions', 'shared', 'frontend', 'test']);
    expect(sources.filter(({ imports }) => imports.length > 0).length).toBeGreaterThan(sources.length / 2);
  });
});
