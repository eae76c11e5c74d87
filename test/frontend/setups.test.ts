import { expect, test } from 'vitest';
import { setups } from '../../frontend/alerts/setups/index.ts';
import { type AlertSource, sourceNames, sources } from '../../shared/alerts/index.ts';
import { integration, receivedAt } from '../support/alert-fixture.ts';

/** The bodies with which sources are tried that take one; mail is tried by mail. */
const bodies = sourceNames.flatMap((name) => {
  const line = setups[name].trial({ url: 'https://alerts.example/x', routingKey: '0'.repeat(32) });
  const body = /^curl .*-d '(.+)' '/.exec(line)?.[1];
  return body === undefined ? [] : [[name, JSON.parse(body) as unknown] as const];
});

test('most sources are tried by a body', () => {
  expect(bodies.length).toBeGreaterThan(sourceNames.length / 2);
});

test.each(bodies)(
  'the line that tries %s says one alert or one change, which its source understands',
  (name, body) => {
    const source: AlertSource = sources[name];
    const translation = source.translate(body, { receipt: 'req-1', receivedAt, integration });
    if ('refused' in translation) throw new Error(translation.refused.errors.join());
    const { signals, changes = [] } = translation;
    expect(signals.length + changes.length).toBe(1);
    expect(signals.flatMap(({ flags }) => flags)).not.toContain('generic');
  },
);
