import { afterAll, beforeAll, expect, it } from 'vitest';
import { setCluster } from '../../../functions/aws/clusters.ts';
import { beginRun, commandRun, loadRun } from '../../../functions/aws/run-log.ts';
import { saveRunbook } from '../../../functions/aws/runbooks.ts';
import { prepared } from '../../../functions/runbooks/prepared.ts';
import { type Actor, idOf, MINUTE } from '../../../shared/kernel/index.ts';
import { clusterFields, sendsDigest, startRun, stepOf } from '../../../shared/runbooks/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { runbookOf, step } from '../../shared/runbooks/runs.ts';
import { type FunctionWorld, queueEvent, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';

let world: FunctionWorld;
let execute: typeof import('../../../functions/runbooks/execute.queue.ts').handler;
beforeAll(async () => {
  process.env[env.runbookClusters] = 'eu-central-1/first eu-central-1/second';
  world = await startWorld();
  ({ handler: execute } = await import('../../../functions/runbooks/execute.queue.ts'));
});
afterAll(() => world.stop());

const org = idOf('organisation', 0, 'execute');
const ada: Actor = { kind: 'person', id: 'ada', name: 'Ada' };

it('a message that comes a little early by another clock comes again, and one that comes much too early does not', async () => {
  const run = idOf('run', T0, 'early');
  const runbook = runbookOf([step('pause', 'wait:5m'), step('by-hand')]);
  const begun = startRun(runbook, { runbookVersion: 1 }, T0);
  await beginRun(org, run, begun, { actor: ada, now: T0 });
  const message = async (after: number) => {
    world.forget();
    world.setClock(T0 + after);
    const { batchItemFailures } = await execute(queueEvent('Runbooks', [{ kind: 'run', org, run }]));
    expect(batchItemFailures).toEqual([]);
    return world.sent.map(({ delaySeconds }) => delaySeconds);
  };
  expect(await message(0)).toEqual([300]);
  expect(await message(MINUTE), 'a second one').toEqual([]);
  expect(await message(5 * MINUTE - 1_300)).toEqual([2]);
  const waits = await loadRun(org, run);
  expect(waits && stepOf(waits, 'pause').status).toBe('waiting');
  expect(await message(5 * MINUTE)).toEqual([0]);
});

it('what is not what was approved is not sent, and somebody is asked again', async () => {
  const run = idOf('run', T0, 'changed');
  const restart = step('restart', 'kubectl:kubectl rollout restart deployment/api', { automatable: false });
  const runbook = runbookOf([restart], { id: 'restarts', selfApproval: true });
  const eks = (cluster: string) =>
    setCluster(
      org,
      'production',
      clusterFields.parse({
        ...{
          endpoint: `https://${cluster}.eks.amazonaws.com`,
          namespaces: ['*'],
          verbs: ['rollout restart'],
        },
        auth: { kind: 'eks', cluster, region: 'eu-central-1' },
      }),
      { actor: ada, at: T0, version: '1' },
    );
  await eks('first');
  await saveRunbook(org, runbook, { actor: ada, at: T0, from: undefined });
  world.setClock(T0);
  const begun = startRun(runbook, { runbookVersion: 1 }, T0);
  await beginRun(org, run, begun, { actor: ada, now: T0 });
  const goOn = async () => {
    await execute(queueEvent('Runbooks', [{ kind: 'run', org, run }]));
    const now = await loadRun(org, run);
    if (now === undefined) throw new Error('The run is gone');
    return now;
  };
  const shown = await prepared(await goOn(), 'restart');
  const sends = sendsDigest(shown);
  world.setClock(T0 + MINUTE);
  expect(sendsDigest(await prepared(await goOn(), 'restart')), 'whatever the time').toBe(sends);
  const approve = { do: 'answer', step: 'restart', answer: 'approve', actor: ada, sends } as const;
  await commandRun(org, run, approve, { actor: ada, now: T0 + MINUTE });
  await eks('second');
  expect(stepOf(await goOn(), 'restart')).toMatchObject({
    ...{ status: 'waiting', waitsFor: 'approval', reason: expect.stringContaining('not what was approved') },
  });
  await eks('third');
  expect(await prepared(await goOn(), 'restart')).toEqual({
    refused: expect.stringContaining("'eu-central-1/third' is not allowed"),
  });
});
