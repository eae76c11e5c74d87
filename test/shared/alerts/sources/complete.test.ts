import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { products, sourceNames, sources } from '../../../../shared/alerts/index.ts';

const root = new URL('../../../../', import.meta.url);
const at = (path: string): URL => new URL(path, root);

/** What people look for on the page of a source, in this order. */
const headings = ['Set up', 'What arrives', 'Severity and service', 'Try it'];

describe.each(sourceNames)('%s', (source) => {
  it('has a page in docs/sources that says how it is set up, what arrives, what is derived and how to try it', () => {
    const page = readFileSync(at(`docs/sources/${source}.md`), 'utf8');
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(
      expect.arrayContaining(headings),
    );
  });

  it('has recorded bodies, one of them odd, and a test of what they give', () => {
    const bodies = readdirSync(at(`test/support/fixtures/alerts/${source}/`));
    expect(bodies.length).toBeGreaterThan(1);
    expect(bodies.filter((name) => name.startsWith('odd-'))).not.toEqual([]);
    const test = at(`test/shared/alerts/sources/${source}.test.ts`);
    expect(existsSync(test) && readFileSync(test, 'utf8')).toContain(`describeBodies('${source}'`);
  });

  it('is called the same in sentences as on its page', () => {
    expect(products[source]).toBe(sources[source].product);
  });

  it('has a folder of its own', () => {
    expect(existsSync(at(`shared/alerts/sources/${source}/index.ts`))).toBe(true);
  });
});

describe('the pages of docs/sources', () => {
  it('are of sources that there are', () => {
    const pages = readdirSync(at('docs/sources/')).map((name) => name.replace(/\.md$/, ''));
    expect(pages.sort()).toEqual([...sourceNames].sort());
  });
});
