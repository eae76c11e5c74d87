import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../../../shared/detection/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { signal } from '../../support/signals.ts';
import { incidentsOf, ruled, ToldWorld, textOf } from '../../support/told-world.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const service = ruled({ id: 'svc', name: 'One incident per service' });
const low = ruled({
  ...{ id: 'low', name: 'Low', continue: true },
  ...{ conditions: { when: '@title="b"' }, actions: { urgency: 'low' } },
});

async function under(...rules: readonly Rule[]): Promise<ToldWorld> {
  const told = new ToldWorld();
  await told.rules(0, ...rules);
  return told;
}

describe('the explanation of an alert', () => {
  it('whose label changes there and back says that it stays in its incident, and contradicts nothing', async () => {
    const quiet = ruled({
      ...{ id: 'quiet', name: 'Staging is quiet', actions: { createIncident: false } },
      conditions: { when: 'env="staging"' },
    });
    const told = await under(quiet, service);
    await told.fires(10, 'a', { labels: { env: 'staging' } });
    await told.fires(100, 'a', { labels: { env: 'prod' } });
    await told.fires(200, 'a', { labels: { env: 'staging' } });
    const said = await told.said('a');
    expect(said.outcome).toBe('suppressed');
    const text = textOf(said);
    expect(text).toContain('It stays in INC-1, and keeps it open, until it ends.');
    expect(text).toContain('Before that it came into an incident: Rule');
    expect(text).not.toMatch(/another group|changes nothing/);
    expect(await incidentsOf(told)).toMatchObject([{ state: 'triggered' }]);
    await told.tell(300, signal('a', 'resolved', 300));
    await told.sweep(400);
    expect(await incidentsOf(told)).toMatchObject([{ state: 'resolved' }]);
    expect(textOf(await told.said('a'))).not.toContain('It stays in');
  });

  it('says what of the same rule is otherwise today', async () => {
    const counting = (threshold: number, more: object = {}) =>
      ruled({ id: 'count', name: 'Count', conditions: { threshold, timeWindow: 300 }, ...more });
    const told = await under(counting(2));
    await told.fires(10, 'a');
    await told.fires(20, 'b');
    await told.rules(100, counting(5, { actions: { cooldown: 600 } }));
    expect(textOf(await told.said('a'))).toContain(
      'Today’s rules (version 2) would decide by the same rule, but otherwise: it waits for 5 distinct alerts within 5 min, not 2 distinct alerts within 5 min; its cooldown is 10 min, not none.',
    );
  });

  it('has the reason whole that its head keeps cut', async () => {
    const when = 'cluster=~"eu-(west|central|north)-[0-9]+", tier="payments", env!="staging"';
    const told = await under(ruled({ ...service, conditions: { when } }));
    await told.fires(10, 'a', { labels: { cluster: 'eu-west-1', tier: 'payments', env: 'prod' } });
    const { summary } = await told.said('a');
    expect(summary).not.toContain('…');
    expect(summary).toContain('env!="staging" holds); grouped by service=checkout. INC-1');
  });

  it('that made its incident more severe says so, first or last', async () => {
    const told = await under(service);
    await told.fires(10, 'a', { severity: 'P4_LOW' });
    await told.fires(20, 'b', { severity: 'P3_MEDIUM' });
    await told.fires(70, 'a', { severity: 'P1_CRITICAL' });
    const became = async (title: string) =>
      (await told.said(title)).steps
        .find(({ about }) => about === 'window')
        ?.lines?.filter((line) => line.startsWith('With it'));
    expect(await became('a')).toEqual(['With it the incident became P1 Critical; it was P3 Medium.']);
    expect(await became('b')).toEqual(['With it the incident became P3 Medium; it was P4 Low.']);
  });

  it('of low urgency has no page of its own held, and one of normal urgency makes its incident page', async () => {
    const told = await under(low, ruled({ ...service, conditions: { minDuration: 120 } }));
    await told.fires(10, 'b');
    expect(textOf(await told.said('b'))).not.toContain('A page because of it');
    await told.fires(60, 'a');
    const text = textOf(await told.said('a'));
    expect(text).toContain('With it the incident became of normal urgency, so it pages.');
    expect(text).not.toMatch(/became (P\d \w+); it was \1/);
    expect(text).toContain('A page because of it is held until');
  });

  it('that opened its incident again says so in plain words', async () => {
    const told = await under(service);
    await told.fires(10, 'a');
    await told.tell(20, signal('a', 'resolved', 20));
    await told.sweep(60);
    await told.fires(300, 'a');
    expect(textOf(await told.said('a'))).toContain('It opened INC-1 again at');
  });
});
