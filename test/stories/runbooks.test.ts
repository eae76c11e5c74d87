import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunView } from '../../shared/runbooks/index.ts';
import type { App } from '../support/app.ts';
import { moreOfRunbooks } from '../support/more-of-runbooks.ts';
import type { RestClient } from '../support/rest.ts';
import { runbookBody } from '../support/runbook-bodies.ts';
import { handsOn, productionCluster, startRunbookStory, step } from '../support/runbook-story.ts';
import { seedRunbook } from '../support/seed-runbook.ts';
import { clusterToken } from '../support/vendors/kubernetes.ts';

const MINUTE = 60_000;

describe('a runbook', { timeout: 60_000 }, () => {
  let story: Awaited<ReturnType<typeof startRunbookStory>>;
  let app: App;
  let ask: RestClient;
  /** Another person's way in: approvals need one. */
  let other: string;
  let cluster: (typeof story)['cluster'];
  let health: (typeof story)['health'];

  beforeAll(async () => {
    story = await startRunbookStory();
    ({ app, ask, other, cluster, health } = story);
    const body = productionCluster(cluster);
    const registered = await ask('PUT', '/api/runbooks/clusters/production', { body });
    expect(registered).toMatchObject({ status: 200, body: { auth: { kind: 'token' } } });
    expect(registered.text).not.toContain(clusterToken);
  }, 90_000);
  afterAll(() => story.stop());

  const { get, say, save, start } = handsOn(() => story);
  const statuses = (run: RunView) => run.steps.map(({ status }) => status);

  it('of the first description goes from alert to verified restart, approved by somebody else', async () => {
    await save({
      ...seedRunbook,
      steps: [
        ...seedRunbook.steps,
        step('verify', 4, { command: 'kubectl:kubectl rollout status deployment/api-service' }),
      ],
    });
    await app.send('generic', { title: 'api-service is down', severity: 'critical', service: 'api' });
    const [incident] = await app.incidents('?state=open');
    const proposed = await ask('GET', `/api/incidents/${incident?.id}/runbooks`);
    expect(proposed.body.items).toMatchObject([
      {
        id: 'api-restart-procedure',
        reasons: [
          "Its pattern 'api.*down' occurs in the title",
          'Its condition holds: severity == "P1_CRITICAL"',
          'It is tagged with the service api',
        ],
      },
    ]);
    const wanted = { body: { incident: incident?.id, dryRun: true } };
    const dry = await ask('POST', '/api/runbooks/api-restart-procedure/execute', wanted);
    expect(dry.status).toBe(200);
    expect(dry.text).toContain('application/strategic-merge-patch+json');
    expect(cluster.asked).toEqual([]);
    const inside = { ...runbookBody('Look inside', 'look-inside'), baseUrl: 'https://10.0.0.8:8443' };
    const look = { id: 'look', title: 'Look', order: 1, automatable: true, command: 'http:GET|/health' };
    const body = { ...inside, steps: [look] };
    expect((await ask('POST', '/api/runbooks', { body })).status).toBe(201);
    const refused = await ask('POST', '/api/runbooks/look-inside/execute', { body: { dryRun: true } });
    expect(refused.text).toContain('"refused":"the address is refused, because it has the port 8443');

    const run = await start('api-restart-procedure', { incident: incident?.id, reason: 'It is down' });
    expect(statuses(run)).toEqual(['succeeded', 'succeeded', 'waiting', 'pending']);
    expect(run).toMatchObject({ state: 'waiting', incident: incident?.id });
    expect(run.steps[2]).toMatchObject({
      waitsFor: 'approval',
      answers: ['refuse', 'skip'],
      needsAnother: true,
    });
    expect(run.steps[2]?.sends?.[0]).toContain('PATCH');
    expect(health.asked).toBe(1);
    const twice = { body: { incident: incident?.id } };
    const again = await ask('POST', '/api/runbooks/api-restart-procedure/execute', twice);
    expect(again, '[F54]').toMatchObject({ status: 409 });
    expect(await say(run, 'restart-service', 'approve'), '[F52]').toMatchObject({ status: 403 });
    expect(cluster.asked).not.toContain('PATCH /apis/apps/v1/namespaces/default/deployments/api-service');
    expect(await say(run, 'restart-service', 'approve', story.key), '[F52] by a key').toMatchObject({
      status: 403,
    });
    const approvals = await Promise.all([1, 2].map(() => say(run, 'restart-service', 'approve', other)));
    expect(approvals.map(({ status }) => status).sort(), '[F52] twice at once').toEqual([200, 409]);
    await app.system.idle();
    await app.system.clock.fastForward(2 * MINUTE);
    const done = await get(run.id);
    expect(done, JSON.stringify(done.steps)).toMatchObject({ state: 'succeeded' });
    expect(done.steps[3]?.output).toContain('successfully rolled out');
    const restarts = cluster.asked.filter((one) => one.startsWith('PATCH') && one.includes('deployments'));
    expect(restarts).toHaveLength(1);
    const told = (await app.facts(String(incident?.id))).filter(({ type }) => type.startsWith('runbook.'));
    expect(told.map(({ data }) => data.state ?? data.outcome ?? 'started')).toEqual([
      ...[
        'started',
        'succeeded',
        'succeeded',
        'waits-for-approval',
        'approved',
        'succeeded',
        'succeeded',
        'succeeded',
      ],
    ]);
    const shown = await ask('GET', '/api/runbooks/api-restart-procedure');
    expect(shown.body).toMatchObject({
      measured: { runs: 1, succeeded: 1, successRate: 1 },
      metadata: { successRate: 0.95 },
    });
    expect((await ask('GET', `/api/runs?incident=${incident?.id}`)).body.items).toHaveLength(1);
    expect((await ask('GET', '/api/runs?runbook=api-restart-procedure')).body.items).toHaveLength(1);
    const [listed] = (await ask('GET', '/api/runbooks')).body.items as readonly object[];
    expect(listed).toMatchObject({ measured: { runs: 1 }, lastRun: { id: run.id, outcome: 'succeeded' } });
  });

  it('[F53] whose worker dies goes on at a step that may be repeated, and asks a person about one that may not', async () => {
    const steps = [
      step('look', 1, { command: 'http:GET|/health' }),
      step('restart', 2, { command: 'kubectl:kubectl rollout restart deployment/api-service' }),
      step('by-hand', 3, {}),
    ];
    await save({ id: 'crash', title: 'Crash', steps });
    const before = health.asked;
    // The worker dies between a request and the record of what became of it: first after the look, then after the restart.
    let writes = 0;
    story.trouble.fault = (operation) => {
      if (operation !== 'TransactWriteItems') return undefined;
      writes += 1;
      return writes === 2 || writes === 6 ? { kind: 'crash-before' } : undefined;
    };
    const run = await start('crash');
    expect(statuses(run)).toEqual(['started', 'pending', 'pending']);
    await app.system.clock.fastForward(6 * MINUTE);
    story.trouble.fault = undefined;
    const stopped = await get(run.id);
    expect(health.asked - before).toBe(2);
    expect(stopped.steps, JSON.stringify(stopped.steps)).toMatchObject([
      { status: 'succeeded' },
      { status: 'waiting', waitsFor: 'unknown', answers: ['done', 'again', 'failed'] },
      { status: 'pending' },
    ]);
    const restarts = () =>
      cluster.asked.filter((one) => one.startsWith('PATCH') && one.includes('deployments')).length;
    expect(restarts()).toBe(2);
    expect(await say(stopped, 'restart', 'done')).toMatchObject({ status: 200 });
    await app.system.idle();
    const byHand = await get(run.id);
    expect(byHand).toMatchObject({ state: 'waiting', steps: [{}, {}, { waitsFor: 'person' }] });
    expect(await say(byHand, 'by-hand', 'done')).toMatchObject({ status: 200 });
    await app.system.idle();
    expect(await get(run.id)).toMatchObject({ state: 'succeeded' });
    expect(restarts()).toBe(2);
  });

  it('waits as long as it says, is tried again, goes on after a failure, and can be ended', async () => {
    const steps = [
      step('pause', 1, { command: 'wait:20m' }),
      step('fails', 2, { command: 'http:GET|/nothing', retries: 2, continueOnFailure: true }),
      step('asks', 3, { command: 'approval:Shall we?' }),
    ];
    await save({ id: 'waits', title: 'Waits', steps, selfApproval: true });
    const run = await start('waits');
    expect(run.steps[0]).toMatchObject({ status: 'waiting', waitsFor: 'time' });
    const before = health.asked;
    await app.system.clock.fastForward(19 * MINUTE);
    expect(health.asked).toBe(before);
    await app.system.clock.fastForward(5 * MINUTE);
    const asking = await get(run.id);
    expect(health.asked - before).toBe(3);
    expect(asking.steps[1]).toMatchObject({ status: 'failed', reason: 'it answered 404, not 200 to 299' });
    expect(asking.steps[2]).toMatchObject({ waitsFor: 'approval', answers: ['approve', 'refuse'] });
    expect(await ask('POST', `/api/runs/${run.id}/cancel`, { body: { note: 'Not needed' } })).toMatchObject({
      status: 200,
    });
    expect(await say(asking, 'asks', 'approve')).toMatchObject({ status: 409 });
    expect(await get(run.id)).toMatchObject({ state: 'cancelled' });
  });

  it('[F52] whose approval nobody gives in time ends', async () => {
    await save({
      id: 'expires',
      title: 'Expires',
      steps: [step('asks', 1, { command: 'approval:', approvalTimeout: 120 })],
    });
    const run = await start('expires');
    await app.system.clock.fastForward(5 * MINUTE);
    expect(await say(run, 'asks', 'approve', other)).toMatchObject({ status: 409 });
    expect(await get(run.id)).toMatchObject({
      state: 'cancelled',
      steps: [{ reason: 'Nobody approved it in time' }],
    });
  });

  it('[F50] does nothing that its cluster does not allow, and [F51] masks what comes out', async () => {
    const steps = [
      step('log', 1, { command: 'kubectl:kubectl logs deployment/api-service' }),
      step('scale', 2, {
        command: 'kubectl:kubectl scale deployment/api-service --replicas=0',
        continueOnFailure: true,
      }),
      step('other', 3, { command: 'kubectl:kubectl get pods -n kube-system' }),
    ];
    await save({ id: 'refused', title: 'Refused', steps });
    const run = await start('refused');
    expect(run).toMatchObject({ state: 'failed' });
    expect(run.steps[0]?.output).toBe('api-service-a is listening\npassword=[masked]\n');
    expect(run.steps[1]?.reason).toContain('does not allow kubectl scale');
    expect(run.steps[2]?.reason).toContain("does not allow the namespace 'kube-system'");
    expect(cluster.state.deployments.get('api-service')?.replicas).toBe(3);
  });

  moreOfRunbooks(() => story);

  it('calls only functions and automations that the deployment names, and says when there are none', async () => {
    const go = { continueOnFailure: true };
    const steps = [
      step('named', 1, { command: 'lambda:restart-cache|{"why":"a test"}', ...go }),
      step('other', 2, { command: 'lambda:drop-database', ...go }),
      step('document', 3, { command: 'ssm:RestartCache|{"Name":"cache-1"}', ...go }),
      step('unnamed', 4, { command: 'ssm:AWS-StopEC2Instance', ...go }),
    ];
    await save({ id: 'by-name', title: 'By name', steps });
    const run = await start('by-name');
    expect(run.steps.map(({ status, reason }) => [status, reason])).toEqual([
      ['failed', expect.stringContaining('ResourceNotFoundException')],
      ['failed', expect.stringContaining("the function 'drop-database' is not allowed")],
      ['failed', expect.stringContaining('AutomationDefinitionNotFoundException')],
      ['failed', expect.stringContaining("the document 'AWS-StopEC2Instance' is not allowed")],
    ]);
  });

  it('has versions with author and date, and a run keeps the one it began with', async () => {
    const { body, headers } = await ask('GET', '/api/runbooks/waits');
    const { revision: _, savedBy: __, measured: ___, lastRun: ____, ...runbook } = body;
    const put = (match: string) =>
      ask('PUT', '/api/runbooks/waits', {
        body: { ...runbook, title: 'Waits longer' },
        headers: { 'if-match': match },
      });
    expect(await put('"7"')).toMatchObject({ status: 412 });
    expect(await put(String(headers.etag))).toMatchObject({ status: 200, body: { revision: 2 } });
    const { items } = (await ask('GET', '/api/runbooks/waits/versions')).body;
    expect(items).toMatchObject([{ revision: 2, savedBy: { name: expect.any(String) } }, { revision: 1 }]);
    expect((await ask('GET', '/api/runbooks/waits?version=1')).body.title).toBe('Waits');
  });

  it('[F66] leaves no token in an answer, a log or a row', async () => {
    expect((await ask('GET', '/api/runbooks/clusters')).text).not.toContain(clusterToken);
    const logs = join(app.system.data, 'logs');
    const texts = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), 'utf8')));
    expect(texts.join('')).not.toContain(clusterToken);
  });

  it('uses what its functions may do, and is given no more', async () => {
    expect((await ask('DELETE', '/api/runbooks/clusters/production')).status).toBe(204);
    const unused = app.system
      .permissions()
      .filter((one) => /^(Runbooks|Execute)Function/.test(one.function) && !one.isUsed)
      .map(({ leave }) => leave.replace(/ .*[:/]/, ' '));
    // Nothing here could carry out a document: test/functions/runbooks.
    const elsewhere = /^(logs|xray):|^sqs:|^ssm:(Start|Get)AutomationExecution /;
    expect(unused.filter((leave) => !elsewhere.test(leave))).toEqual([]);
  });
});
