import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Made, synthesized } from './synthesized.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/operating.md'), 'utf8');

let made: Made;
beforeAll(() => {
  made = synthesized();
});

/** The address of a heading on its page, as GitHub makes it. */
const anchorOf = (heading: string) => heading.toLowerCase().replaceAll(' ', '-');

/** The articles about alarms: heading and text. */
const articles = () => {
  const part = page.slice(page.indexOf('\n## Alarms\n'), page.indexOf('\n## The budget\n'));
  return part
    .split('\n### ')
    .slice(1)
    .map((article) => ({ heading: article.split('\n', 1)[0] ?? '', text: article }));
};

describe('docs/operating.md', () => {
  test('has one article for each alarm, and each alarm names its own', () => {
    const links = made.ofType('AWS::CloudWatch::Alarm').map(({ Properties: { AlarmDescription } }) => {
      const [, anchor] = /What to do: docs\/operating\.md#([\w-]+)$/.exec(String(AlarmDescription)) ?? [];
      return anchor;
    });
    expect(links.toSorted()).toEqual(
      articles()
        .map(({ heading }) => anchorOf(heading))
        .toSorted(),
    );
  });

  test.each(articles())('says of $heading what it means, how to look and how to mend', ({ text }) => {
    expect(text).toMatch(/\*\*Means\*\*.*\n[\s\S]*\*\*Look\*\*.*\n[\s\S]*\*\*Mend\*\*/);
  });

  test.each([
    ['[F90] [C9]', 'Backup and restore', 'restoredTable'],
    ['[M15]', 'Roll out and back', 'never by the same command'],
    ['[C11]', 'When a region fails', '14 days'],
    ['[C7]', 'Certificates and names', 'validation records'],
    ['[F22]', 'Redrive', 'only then deleted'],
  ])('%s tells under "%s" what to do', (_, heading, words) => {
    const [, text = ''] = page.split(`\n## ${heading}\n`);
    expect(text.split('\n## ', 1)[0]).toContain(words);
  });

  test('links only to headings that are there', () => {
    const anchors = new Set([...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading)));
    for (const [, anchor = ''] of page.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors, anchor).toContain(anchor);
  });

  test('tells by the name that the code uses what to search the logs for', () => {
    const source = (path: string) => readFileSync(join(import.meta.dirname, '../../functions', path), 'utf8');
    expect(source('on-call/escalate.queue.ts')).toContain("'nobody can be paged'");
    expect(source('edge/left-out.ts')).toContain("'not understood in the configuration'");
    expect(source('operations/canary.schedule.ts')).toContain("'the canary became no incident'");
    expect(source('operations/post-alerts.ts')).toContain('The webhook answered the canary');
    expect(source('incidents/fan-out.stream.ts')).toContain("log.info('fact'");
    expect(source('on-call/deliveries.ts')).toContain("log.info('page'");
  });
});
