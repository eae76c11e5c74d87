import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleTemplate } from '../../../shared/detection/index.ts';

const words = fc.constantFrom(
  ...[
    'disk',
    'full',
    '93%',
    'db-12',
    '"x 1"',
    '10.0.0.1',
    'a.b.example.com',
    '0xff',
    'deadbeef1',
    '<n>',
    "don't",
    '1/3',
    'k=7',
  ],
);

describe('the template of a title', () => {
  it.each([
    ['Disk 93.5% full on db-12.prod.example.com', 'Disk <n>% full on <host>'],
    ['High latency (p99 1200ms) on checkout', 'High latency (<id> <n>ms) on checkout'],
    ['Pod api-7d9f8b6c5-x2x9z is CrashLooping', 'Pod <id> is CrashLooping'],
    ["Job 'nightly 42' failed 3 times", 'Job <text> failed <n> times'],
    ["Worker don't answer", "Worker don't answer"],
    ['Connection to 10.0.0.12:5432 refused, retry 7', 'Connection to <host> refused, retry <n>'],
    ['Request 6f1c2d3e-1111-4222-8333-444455556666 timed out', 'Request <hex> timed out'],
    ['Commit deadbeef01 broke the build', 'Commit <hex> broke the build'],
    ['Backup of 2026-11-29T03:00:00Z is missing', 'Backup of <time> is missing'],
    ['GET https://example.com/a?b=1 answers 503', 'GET <host> answers <n>'],
    ['cpu=97 mem=12GB  host=web-3', 'cpu=<n> mem=<n>GB host=<id>'],
    ['Replica 1/3 of /api/v2/users', 'Replica <n>/<n> of /api/<id>/users'],
    ['Payment facade decade', 'Payment facade decade'],
    ['', ''],
  ])('%s', (title, template) => {
    expect(titleTemplate(title)).toBe(template);
  });

  it('of a template is the template itself', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(words).map((all) => all.join(' ')),
          fc.string(),
        ),
        (title) => {
          const template = titleTemplate(title);
          expect(titleTemplate(template)).toBe(template);
        },
      ),
    );
  });

  it('does not depend on numbers', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        const title = (n: number) => `Queue ${n} of shard-${n} holds ${n} messages for ${n} ms`;
        expect(titleTemplate(title(one))).toBe(titleTemplate(title(other)));
      }),
    );
  });

  it.each([
    '"'.repeat(65_536),
    `${'a.'.repeat(32_768)}!`,
    '('.repeat(65_536),
    '1,'.repeat(32_768),
    "'a ".repeat(21_000),
  ])('[F63] takes no time to speak of for 64 KB', (title) => {
    const before = process.cpuUsage();
    titleTemplate(title);
    const { user } = process.cpuUsage(before);
    expect(user / 1_000).toBeLessThan(50);
  });
});
