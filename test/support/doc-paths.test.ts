import { describe, expect, it } from 'vitest';
import { faultsOf } from './doc-paths.ts';

const files = [
  'docs/architecture.md',
  'shared/table/schema.ts',
  'shared/table',
  'cdk.json',
  'docs',
  'test/stories',
];
const named = {
  exists: (path: string) => files.includes(path.replace(/\/$/, '')),
  scripts: ['test', 'verify'],
};
const look = (text: string, path = 'README.md') => faultsOf({ path, text }, named);

describe('Paths in the docs', () => {
  it('may be links, relative to the page, with or without a heading', () => {
    expect(look('See [the architecture](docs/architecture.md#flow).')).toEqual([]);
    expect(look('[back](../README.md)', 'docs/alerts.md')).toEqual([
      'docs/alerts.md:1 links to ../README.md, which does not exist',
    ]);
    expect(look('[elsewhere](https://example.com/docs/x.md)')).toEqual([]);
  });

  it('may be words that stand at the root', () => {
    expect(look('`shared/table/schema.ts` and cdk.json, in `shared/table/`.')).toEqual([]);
    expect(look('\n`shared/table/gone.ts`')).toEqual([
      'README.md:2 names shared/table/gone.ts, which does not exist',
    ]);
  });

  it('may be patterns, of which the folder is looked at', () => {
    expect(look('`test/stories/*.test.ts`')).toEqual([]);
    expect(look('`test/fables/*.test.ts`')).toEqual(['README.md:1 names test/fables, which does not exist']);
  });

  it('leaves words of other projects alone', () =>
    expect(look('`@aws-sdk/client-sqs`, and/or, /api/incidents/{id}, a.b/shared/x')).toEqual([]));

  it('names npm scripts that are not there', () =>
    expect(look('`npm test`, `npm run verify`, `npm run fly`')).toEqual([
      'README.md:1 names the npm script fly; package.json has test, verify',
    ]));
});
