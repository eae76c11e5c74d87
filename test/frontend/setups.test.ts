import { describe, expect, test } from 'vitest';
import { plainAddress } from '../../frontend/alerts/setup.ts';
import { setups } from '../../frontend/alerts/setups/index.ts';
import { trusting } from '../../frontend/alerts/trusting.ts';
import { type AlertSource, sourceNames, sources } from '../../shared/alerts/index.ts';
import { integration, receivedAt } from '../support/alert-fixture.ts';

/** What a line posts, or mails. */
function bodyIn(line: string): unknown {
  const [, subject, text] = /^printf 'Subject: (.+?)\\n\\n(.+)' \| sendmail '\S+'$/.exec(line) ?? [];
  if (subject !== undefined) return { subject, text };
  return JSON.parse(/-d '(.+)' '/.exec(line)?.[1] ?? '');
}

/** Messages of SNS are signed by AWS, so that no line of a person's own is taken for one. */
const postable = sourceNames.filter((name) => name !== 'cloudwatch');

test.each(postable)(
  'the line that tries %s says one alert or one change, which its source understands',
  (name) => {
    const line = setups[name].trial({ url: 'https://alerts.example/x', routingKey: '0'.repeat(32) });
    const body = bodyIn(line);
    const source: AlertSource = sources[name];
    const translation = source.translate(body, { receipt: 'req-1', receivedAt, integration });
    if ('refused' in translation) throw new Error(translation.refused.errors.join());
    const { signals, changes = [] } = translation;
    expect(signals.length + changes.length).toBe(1);
    expect(signals.flatMap(({ flags }) => flags)).not.toContain('generic');
  },
);

test('an address for mail is shown, and mailed to, as tools ask for it', () => {
  const url = 'mailto:0123@alerts.example.com';
  expect(plainAddress(url)).toBe('0123@alerts.example.com');
  expect(plainAddress('https://alerts.example.com/mailto:')).toBe('https://alerts.example.com/mailto:');
  expect(setups.email.trial({ url })).toMatch(/ \| sendmail '0123@alerts\.example\.com'$/);
});

describe('a line on a machine that has to trust a certificate', () => {
  test('names it at each call of curl, whatever the folder is called', () => {
    const line = "* * * * *  /path/to/job && curl -fsS 'https://x'";
    expect(trusting(line, "/home/o'neil/my certificates/it.pem")).toBe(
      `* * * * *  /path/to/job && curl --cacert '/home/o'\\''neil/my certificates/it.pem' -fsS 'https://x'`,
    );
    expect(trusting("curl -d '&& curl' 'https://x'", '/it.pem')).toMatch(/^curl --cacert '\/it\.pem' -d /);
  });

  test('is the same where none is to be trusted, and where it is no call of curl', () => {
    expect(trusting("curl 'https://x'", undefined)).toBe("curl 'https://x'");
    const mail = setups.email.trial({ url: 'mailto:a@example.com' });
    expect(trusting(mail, '/it.pem')).toBe(mail);
  });
});
