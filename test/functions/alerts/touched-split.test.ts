import { afterAll, beforeAll, expect, it } from 'vitest';
import { firingAlerts } from '../../../functions/aws/firing-alerts.ts';
import { loadIncident } from '../../../functions/aws/incident-log.ts';
import { loadHeads } from '../../../functions/aws/members.ts';
import { writeSplit } from '../../../functions/aws/split-write.ts';
import { decideSplit, ruleSchema } from '../../../shared/detection/index.ts';
import { idOf, system } from '../../../shared/kernel/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

it('an alert that was split off fires in the incident that it is in, and not in the one that it left', async () => {
  const org = idOf('organisation', epoch, 'split');
  const detection = new DetectionOnEngine(org, [ruleSchema.parse({ id: 'service', name: 'By service' })]);
  detection.now = epoch;
  await detection.receive([post(signal('a', 'firing', 0), signal('b', 'firing', 0))]);
  const [opened] = (await detection.read()).incidents.keys();
  const source = opened && (await loadIncident(org, opened));
  if (!source) throw new Error('nothing is open');
  const now = epoch + 1_000;
  const wish = { reason: 'another matter', by: 'Ann', severities: new Map() };
  const split = decideSplit(source, await loadHeads(org, [fingerprint('a')]), wish, now);
  expect(await writeSplit(source, split, { actor: system('test'), now })).toBeDefined();
  const { alerts } = await firingAlerts(org, () => true);
  expect(alerts.map(({ head, incident }) => [head.title, incident === split.incident]).sort()).toEqual([
    ['a is failing', true],
    ['b is failing', false],
  ]);
});
