import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server.edge';
import { describe, expect, test } from 'vitest';
import { StatusDocument } from '../../frontend/status/index.ts';
import { viewPublic } from '../../shared/status/index.ts';
import { bareStatus } from '../bench/bare-status.ts';
import { pageOf } from '../support/sample-page.ts';
import { page as id, NOON } from '../support/status-page.ts';

const htmlOf = (count: number) => {
  const config = viewPublic(pageOf(count), { id, now: NOON });
  return renderToStaticMarkup(createElement(StatusDocument, { config, sheet: 's.css', feed: 'f.atom' }));
};

/** What can be read: neither tags nor what is only for tooltips of bars. */
const wordsOf = (html: string) =>
  html
    .replace(/[\s\S]*<body>|[\s\S]*<\/style>/, '')
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');

describe('the status page that the benches compare with', () => {
  test.each([5, 50])('says the same of %i components, and is one file', (count) => {
    const [ours, bare] = [htmlOf(count), bareStatus(htmlOf(count))];
    expect(wordsOf(bare)).toEqual(wordsOf(ours));
    expect(wordsOf(bare).length).toBeGreaterThan(count * 3);
    expect(bare).not.toMatch(/<svg|class=|stylesheet|<script/);
    expect(bare.length).toBeLessThan(ours.length);
  });

  test('the page of a bench has an open incident, ten that are over, and days of trouble', () => {
    const { incidents, past, components } = viewPublic(pageOf(50), { id, now: NOON });
    expect(incidents).toHaveLength(1);
    expect(past).toHaveLength(10);
    expect(components.filter(({ uptime }) => uptime.days.length > 0).length).toBeGreaterThan(30);
  });
});
