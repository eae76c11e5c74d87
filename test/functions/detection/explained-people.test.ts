import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGuard } from '../../../functions/aws/guards.ts';
import { command, loadIncident } from '../../../functions/aws/incident-log.ts';
import { writeMerge } from '../../../functions/aws/merge-write.ts';
import { writeSplit } from '../../../functions/aws/split-write.ts';
import { table } from '../../../functions/aws/table.ts';
import { mergedOn } from '../../../functions/on-call/absorbed.ts';
import { decideSplit, mergeByHand } from '../../../shared/detection/index.ts';
import type { Incident } from '../../../shared/incidents/index.ts';
import { type IncidentId, type OrganisationId, system } from '../../../shared/kernel/index.ts';
import { planDeliveries } from '../../../shared/on-call/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { ann } from '../../support/given.ts';
import { epoch, fingerprint } from '../../support/signals.ts';
import { incidentsOf, ruled, ToldWorld, textOf } from '../../support/told-world.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const byService = ruled({ id: 'service', name: 'By service' });
const all = ruled({ id: 'all', name: 'All', group: { by: ['title'] } });

async function incidentOf(told: ToldWorld, title: string): Promise<Incident> {
  const found = (await incidentsOf(told)).find((one) => one.title.includes(title));
  if (!found) throw new Error(`No incident of ${title}`);
  return found;
}

/** A step of the escalation that reaches somebody by this id. */
async function pages(told: ToldWorld, { id }: Incident, person: string): Promise<void> {
  const targets = [{ person, channel: 'email' }] as const;
  await command(
    told.org,
    id,
    { do: 'escalate', generation: 1, step: 1, level: 1, targets },
    { actor: system('escalation'), now: told.world.now },
  );
}

async function merges(told: ToldWorld, kept: Incident, gone: Incident): Promise<void> {
  const [one, other] = await Promise.all(
    [kept, gone].map(async ({ id, correlation }) => {
      const incident = await loadIncident(told.org, id);
      if (!incident) throw new Error('It is gone');
      return {
        incident,
        ...(correlation && { guard: await readGuard(told.org, correlation.hash) }),
      };
    }),
  );
  if (!one || !other) throw new Error('Two are merged');
  const recording = { actor: ann, now: told.world.now };
  await writeMerge(
    [one.incident, other.incident],
    mergeByHand(one, other, 'One cause', told.world.now),
    recording,
  );
}

/** A provider took the page of its first step. */
async function markSent(org: OrganisationId, inc: IncidentId, sentAt: number): Promise<void> {
  const [planned] = planDeliveries(1, 1, [{ person: 'per_ada', channel: 'email' }]);
  const place = { org, inc, generation: 1, step: 1, person: 'per_ada', channel: 'email' };
  const sent = { ...planned, state: 'sent', sentAt, providerId: 'x' };
  await table.put({ ...schema.deliveryIntent.key(place), ...sent });
}

/** Alerts of one incident come into a new one, as a person wants it. */
async function splits(told: ToldWorld, id: IncidentId, titles: readonly string[]): Promise<void> {
  const source = await loadIncident(told.org, id);
  const { heads } = await told.world.read();
  const leaving = titles.flatMap((title) => heads.get(fingerprint(title)) ?? []);
  if (!source?.correlation) throw new Error('It is gone');
  const guard = await readGuard(told.org, source.correlation.hash);
  const severities = new Map(leaving.map((head) => [head.fingerprint, 'P1_CRITICAL'] as const));
  const wish = { reason: 'another matter', by: 'Ann', severities, guard };
  const decided = decideSplit(source, leaving, wish, told.world.now);
  await writeSplit(source, decided, { actor: ann, now: told.world.now });
}

describe('the explanation of an alert that a person split off', () => {
  it('tells the rules by which it had come in, not those of the split, and calls no repetition an earlier firing', async () => {
    const told = new ToldWorld();
    await told.rules(0, byService);
    await told.fires(10, 'a', { severity: 'P1_CRITICAL' });
    await told.fires(20, 'b', { severity: 'P1_CRITICAL' });
    const [incident] = await incidentsOf(told);
    const recording = ruled({ id: 'record', name: 'Record', actions: { createIncident: false } });
    await told.rules(100, recording);
    told.world.now += 10_000;
    if (incident) await splits(told, incident.id, ['b']);
    const text = textOf(await told.said('b'));
    expect(text).toContain("Rule 'By service' decided");
    expect(text).toContain('These are the rules of then (version 1');
    expect(text).not.toContain('earlier firing');
    await told.fires(200, 'b', { severity: 'P1_CRITICAL' });
    const later = await told.said('b');
    expect(later.summary).toMatch(/as rule 'Record' says, .* Before that it came into one: it is in INC-2/);
    expect(textOf(later)).not.toContain('earlier firing');
  });

  it('tells that what it left was acknowledged, by whom and when, and whom that had paged', async () => {
    const told = new ToldWorld();
    await told.rules(0, byService);
    await told.fires(10, 'a', { severity: 'P1_CRITICAL' });
    await told.fires(20, 'b', { severity: 'P1_CRITICAL' });
    const [incident] = await incidentsOf(told);
    if (!incident) throw new Error('One opened');
    await pages(told, incident, 'per_ada');
    const bob = { kind: 'person', id: 'per_bob', name: 'Bob' } as const;
    told.world.now = epoch + 60_000;
    await markSent(told.org, incident.id, told.world.now);
    await command(told.org, incident.id, { do: 'acknowledge' }, { actor: bob, now: told.world.now });
    told.world.now = epoch + 90_000;
    await splits(told, incident.id, ['b']);
    const said = await told.said('b');
    expect(said.isPaged).toBe(true);
    expect(said.summary).toMatch(
      /INC-2 paged nobody: INC-1, from which it was split off, had been acknowledged by Bob at .{19} UTC\. Before it was split off, INC-1 paged per_ada \(level 1, .{19} UTC\)\.$/,
    );
    expect(textOf(said)).not.toContain('stopped the escalation');
  });
});

describe('the explanation of an alert whose incident a person', () => {
  it('deleted tells whom it had paged', async () => {
    const told = new ToldWorld();
    await told.rules(0, all);
    await told.fires(10, 'a');
    const incident = await incidentOf(told, 'a');
    await pages(told, incident, 'per_ada');
    told.world.now += 60_000;
    await command(told.org, incident.id, { do: 'delete' }, { actor: ann, now: told.world.now });
    const said = await told.said('a');
    expect(said.summary).toMatch(/^It is in INC-1, which was deleted at .+: Rule 'All'/);
    expect(textOf(said)).not.toContain('Nothing is recorded of pages');
    expect(textOf(said)).toContain('Step 1 paged level 1: per_ada.');
    expect(textOf(said)).toContain('Ann deleted it.');
  });

  it('merged into another tells whom it had paged before that', async () => {
    const told = new ToldWorld();
    await told.rules(0, all);
    await told.fires(10, 'a');
    await told.fires(20, 'b');
    await told.fires(30, 'c');
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((title) => incidentOf(told, title)));
    if (!a || !b || !c) throw new Error('Three opened');
    await pages(told, a, 'per_ada');
    told.world.now += 60_000;
    await merges(told, b, a);
    await merges(told, c, b);
    const said = await told.said('a');
    expect(said.summary).toMatch(
      /^It is in INC-1, which was merged into INC-3: .* INC-3 paged nobody: .* Before the merge: INC-1 found nobody who could be paged\. Before the merge: INC-2 paged nobody: it was merged at .{19} UTC, before its first page was sent\.$/,
    );
    expect(textOf(said)).toMatch(/Before INC-1 was merged: .*\n.*\nStep 1 paged level 1: per_ada\./);
  });
});

describe('an alert that is in two incidents, since rules group it otherwise', () => {
  it('is explained with both, and whom each paged', async () => {
    const told = new ToldWorld();
    await told.rules(0, all);
    await told.fires(10, 'a');
    const first = await incidentOf(told, 'a');
    await pages(told, first, 'per_ada');
    await told.rules(30, ruled({ id: 'all', name: 'By service', group: { by: ['service'] } }));
    await told.fires(60, 'a');
    const said = await told.said('a');
    expect(said.summary).toMatch(/^It is in INC-2: .* It keeps INC-1 open, too: Rule 'All' /);
    expect(said.alsoIn).toEqual([first.id]);
    expect(textOf(said)).toContain('Of INC-1, which it keeps open, too:');
    expect(textOf(said)).toContain('Step 1 paged level 1: per_ada.');
  });
});

describe('where an incident goes on that was merged', () => {
  it('is read with its log, also where that was merged once more', async () => {
    const told = new ToldWorld();
    await told.rules(0, all);
    for (const [i, title] of ['a', 'b', 'c'].entries()) await told.fires(10 * i, title);
    const [a, b, c] = [await incidentOf(told, 'a'), await incidentOf(told, 'b'), await incidentOf(told, 'c')];
    await merges(told, b, c);
    await merges(told, a, b);
    const gone = await loadIncident(told.org, c.id);
    const on = gone ? await mergedOn(told.org, gone) : [];
    expect(on.map(({ incident }) => incident.id)).toEqual([b.id, a.id]);
    expect(on.every(({ facts }) => facts.some(({ type }) => type === 'incident.absorbed'))).toBe(true);
    expect(await mergedOn(told.org, a)).toEqual([]);
  });
});
