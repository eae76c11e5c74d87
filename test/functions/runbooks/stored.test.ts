import { afterAll, beforeAll, expect, it } from 'vitest';
import { countOthers, listVersions, loadRunbook, saveRunbook } from '../../../functions/aws/runbooks.ts';
import { type Actor, idOf } from '../../../shared/kernel/index.ts';
import { runbookOf, step } from '../../shared/runbooks/runs.ts';
import { type FunctionWorld, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';

let world: FunctionWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const org = idOf('organisation', 0, 'stored');
const actor: Actor = { kind: 'person', id: 'ada', name: 'Ada' };
const by = { actor, at: T0 };
const runbook = (id: string) => runbookOf([step('look', 'http:GET|/health')], { id });

it('versions are listed without what they do', async () => {
  const first = await saveRunbook(org, runbook('a'), { ...by, from: undefined });
  await saveRunbook(org, runbook('a'), { ...by, from: first, removes: true });
  const [second, one] = await listVersions(org, 'a');
  expect(second).toMatchObject({ revision: 2, savedBy: actor, savedAt: T0, removed: true });
  expect(one?.runbook).toEqual({ version: '1.0' });
  expect((await loadRunbook(org, 'a', 1))?.runbook.steps).toHaveLength(1);
});

it('of the others that are counted, removed ones count and the same one does not', async () => {
  await saveRunbook(org, runbook('b'), { ...by, from: undefined });
  expect([await countOthers(org, 'c'), await countOthers(org, 'a')]).toEqual([2, 1]);
});
