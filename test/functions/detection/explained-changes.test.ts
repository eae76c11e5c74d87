import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inhibitionSchema, waitingPart } from '../../../shared/detection/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { fingerprint, signal } from '../../support/signals.ts';
import { maintenance, silence } from '../../support/silences.ts';
import { incidentsOf, ruled, ToldWorld, textOf } from '../../support/told-world.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const all = ruled({ id: 'all', name: 'All', group: { by: ['title'] } });
const counting = ruled({ id: 'count', name: 'Count', conditions: { threshold: 3, timeWindow: 300 } });
const recording = ruled({ id: 'record', name: 'Record', actions: { createIncident: false } });

describe('the explanation of an alert whose last firing differs from those before', () => {
  it('tells that it became more severe, and its incident names it', async () => {
    const told = new ToldWorld();
    await told.rules(0, all);
    await told.fires(10, 'a', { severity: 'P3_MEDIUM' });
    await told.fires(70, 'a', { severity: 'P1_CRITICAL' });
    const text = textOf(await told.said('a'));
    expect(text).toContain('What was received last says P1 Critical; it had come in as P3 Medium');
    expect(text).not.toContain('changes nothing');
    const [incident] = await incidentsOf(told);
    expect(incident?.severity).toBe('P1_CRITICAL');
  });

  it('tells that the last one waits, where an earlier one is in an incident', async () => {
    const told = new ToldWorld();
    await told.rules(0, all);
    await told.fires(10, 'a');
    await told.rules(100, counting, all);
    await told.fires(300, 'a', { severity: 'P1_CRITICAL' });
    const said = await told.said('a');
    expect(said.outcome).toBe('waiting');
    expect(said.summary).toContain('It waits: 1 of the 3 distinct alerts');
    expect(said.summary).toContain('Before that it came into one');
  });

  it('tells that a rule records the last one, where an earlier one is in an incident', async () => {
    const told = new ToldWorld();
    await told.rules(0, all);
    await told.fires(10, 'a');
    await told.rules(100, recording);
    await told.fires(300, 'a');
    const said = await told.said('a');
    expect(said.outcome).toBe('suppressed');
    expect(said.summary).toContain("as rule 'Record' says");
  });
});

describe('the explanation of what waited when rules changed', () => {
  it('tells before it is looked at that it will be, and later that it was', async () => {
    const told = new ToldWorld();
    await told.rules(0, counting, all);
    await told.fires(10, 'a');
    await told.rules(600, all);
    const before = await told.said('a');
    expect(before.outcome).toBe('waiting');
    expect(before.summary).toContain('within three minutes');
    await told.sweep(661, 722);
    const text = textOf(await told.said('a'));
    expect(text).toContain(
      "It had waited before that (Rule 'Count' counts it), until the rules were changed",
    );
  });

  it('tells the rule of now that recorded it without an incident', async () => {
    const told = new ToldWorld();
    await told.rules(0, counting);
    await told.fires(10, 'a');
    await told.rules(600, recording);
    await told.sweep(661, 722);
    const said = await told.said('a');
    expect(said.outcome).toBe('suppressed');
    expect(said.summary).toContain("as rule 'Record' says");
    expect(textOf(said)).toContain(
      "Rule 'Record' decided: what it matches is recorded without an incident. These are the rules in force",
    );
    expect(textOf(said)).toContain(
      "It had waited before that (Rule 'Count' counts it), until the rules were changed; by those it was recorded at",
    );
  });

  it('is not counted once more where the rules of before come back', async () => {
    const told = new ToldWorld();
    await told.rules(0, counting, all);
    await told.fires(1, 'a');
    await told.fires(2, 'b');
    await told.rules(20, all);
    await told.sweep(81, 142);
    expect(await incidentsOf(told)).toHaveLength(2);
    await told.rules(150, counting, all);
    await told.fires(160, 'c');
    await told.sweep(220, 280);
    expect(await incidentsOf(told)).toHaveLength(2);
    expect((await told.said('c')).summary).toContain('1 of the 3');
  });
});

describe('the explanation of an alert that is held back', () => {
  const title = [{ name: 'title', op: '=', value: 'a' }] as const;

  it('tells that a silence until it is resolved has ended with it', async () => {
    const told = new ToldWorld();
    await told.rules(0, all);
    await told.world.silence([silence(0, 6_000, title, { untilResolved: true })]);
    await told.fires(10, 'a');
    await told.tell(20, signal('a', 'resolved', 20));
    await told.sweep(60);
    const { summary } = await told.said('a');
    expect(summary).toMatch(
      /held it back until it was resolved, at .+ Its next firing is not held back by that\./,
    );
  });

  it('tells that the inhibition was removed that had muted it', async () => {
    const told = new ToldWorld();
    told.inhibitions = [
      inhibitionSchema.parse({ id: 'down', source: '@title="cluster"', target: '@title="a"' }),
    ];
    await told.rules(0, all);
    await told.fires(5, 'cluster');
    await told.fires(10, 'a');
    told.inhibitions = [];
    await told.rules(100, all);
    await told.sweep(161, 222);
    expect(textOf(await told.said('a'))).toMatch(
      /held it back until .{19} UTC: then the inhibition was removed, or changed so that it is not about this alert\. The alert counts for incidents since\./,
    );
  });

  it('tells of each what holds it back by itself, where one follows the other', async () => {
    const told = new ToldWorld();
    await told.rules(0, all);
    await told.world.silence([silence(0, 600, title), maintenance(500, 900, 'checkout')]);
    await told.fires(10, 'a');
    await told.sweep(700);
    const { summary } = await told.said('a');
    expect(summary).toMatch(
      /held it back until .+03:10:00 UTC; what follows that holds it back until .+03:15:00 UTC/,
    );
  });
});

describe('what waited, once rules have changed', () => {
  it('mutes, and is muted, by an inhibition that came with them', async () => {
    // Of the same part, so that both are looked at in one batch.
    const names = Array.from({ length: 100 }, (_, i) => `source ${i}`);
    const source =
      names.find((name) => waitingPart(fingerprint(name)) === waitingPart(fingerprint('a'))) ?? '';
    const told = new ToldWorld();
    await told.rules(0, counting);
    await told.fires(10, source, { labels: { host: 'h' } });
    await told.fires(10, 'a', { labels: { host: 'h' } });
    const down = { id: 'down', source: '@title=~"source.*"', target: '@title="a"', equal: ['host'] };
    told.inhibitions = [inhibitionSchema.parse(down)];
    await told.rules(100, all);
    await told.sweep(161, 222);
    expect(await incidentsOf(told)).toMatchObject([{ title: source }]);
    expect((await told.said('a')).outcome).toBe('inhibition');
  });

  it('ends by itself as its new rule says', async () => {
    const told = new ToldWorld();
    await told.rules(0, counting);
    await told.fires(10, 'a');
    await told.rules(100, ruled({ id: 'all', actions: { autoResolve: 900 } }));
    await told.sweep(161, 222);
    expect(await incidentsOf(told)).toMatchObject([{ state: 'triggered' }]);
    await told.sweep(1_300, 1_400);
    expect(await incidentsOf(told)).toMatchObject([{ state: 'resolved' }]);
  });
});
