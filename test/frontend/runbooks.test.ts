import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { incidents, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { runbook, runbooks, runId, waitingRun } from './runbook-sample.ts';
import { open } from './sample.ts';
import { type Call, type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const [first] = open;

describe.skipIf(browserMissing)(
  `runbooks in the console${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;

    eachVisit(async (visit) => {
      ({ system, page } = visit);
      await signedIn(page, system);
      use(() => undefined);
    });

    const use = (respond: Respond) =>
      system.api.use((call) => respond(call) ?? runbooks(call) ?? organisation(call) ?? incidents(call));
    const go = (path: string) => page.goto(`${system.site.address}${path}`);
    const sent = (method: string): readonly Call[] =>
      system.api.calls.filter((call) => call.method === method);

    test('are listed, and each tells what it does, when it is proposed and how its runs went', async () => {
      await go('/runbooks');
      await page.getByRole('link', { name: runbook.title, exact: true }).waitFor();
      expect(await faultsOf(page, 'runbooks')).toEqual([]);
      await page.getByRole('link', { name: runbook.title, exact: true }).click();
      await page.getByText('86 % of 7 runs succeeded').waitFor();
      await page.getByText('95 %, says its author').waitFor();
      await page.getByText('By itself, once somebody else approved').waitFor();
      await page.getByRole('button', { name: 'Run its tests' }).click();
      await page.getByText('outcome: expected succeeded, got failed').waitFor();
      expect(await faultsOf(page, 'runbook')).toEqual([]);
    });

    test('are listed with how their runs went, and say where these are too few to tell', async () => {
      await go('/runbooks');
      await page.getByText('86 % of 7 runs succeeded. Last run: Goes on').waitFor();
      await page.getByText('2 of 3 runs succeeded, too few to tell. Last run: Failed').waitFor();
      await page.getByText('Not run yet').waitFor();
    });

    test('are removed after a question, and brought back', async () => {
      await go(`/runbooks/${runbook.id}`);
      await page.getByRole('button', { name: 'Remove' }).click();
      expect(await faultsOf(page, 'runbook-remove')).toEqual([]);
      await page.getByRole('button', { name: 'Remove it' }).click();
      await expect
        .poll(() => sent('DELETE').map(({ path }) => path))
        .toEqual([`/api/runbooks/${runbook.id}`]);
      await go('/runbooks');
      await page.getByText('One removed runbook').click();
      await page.getByRole('link', { name: 'Restart the old API' }).click();
      await page.getByRole('heading', { name: 'Removed' }).waitFor();
      await page.getByText('One run that began before goes on to the end').waitFor();
      expect(await page.getByRole('button', { name: 'Start without an incident' }).count()).toBe(0);
      expect(await faultsOf(page, 'runbook-removed')).toEqual([]);
      await page.getByRole('button', { name: 'Bring it back' }).click();
      await expect.poll(() => sent('POST').map(({ path }) => path)).toEqual(['/api/runbooks/old/restore']);
    });

    test('have a page for clusters: what is allowed there, and whether they can be reached', async () => {
      await go('/runbooks/clusters');
      await page.getByText('Kubernetes v1.34.1 answers and takes our credentials.').waitFor();
      await page.getByText('Not reached').waitFor();
      expect(await faultsOf(page, 'clusters')).toEqual([]);
      await page.getByRole('button', { name: 'Test the connection to workshop' }).click();
      await expect
        .poll(() => sent('POST').map(({ path }) => path))
        .toEqual(['/api/runbooks/clusters/workshop/test']);
      await page.getByText('Change workshop').click();
      const card = page.getByRole('region', { name: 'Cluster workshop' });
      // Its token is known to nobody; left empty it stays.
      expect(await card.getByLabel('Token').inputValue()).toBe('');
      await card.getByLabel('Namespaces').fill('web, default');
      await card.getByRole('button', { name: 'Save' }).click();
      await expect.poll(() => sent('PUT').length).toBe(1);
      expect(sent('PUT')[0]).toMatchObject({
        path: '/api/runbooks/clusters/workshop',
        body: { namespaces: ['web', 'default'], privateEndpoint: true, auth: { kind: 'token' } },
      });
      expect(JSON.stringify(sent('PUT')[0]?.body)).not.toContain('"token":""');
      await page.getByRole('button', { name: 'Remove workshop' }).click();
      await page.getByRole('button', { name: 'Remove it' }).click();
      await expect.poll(() => sent('DELETE').length).toBe(1);
    });

    test('have clusters that an administrator registers, and nobody else', async () => {
      await go('/runbooks/clusters');
      await page.getByText('Register a cluster').click();
      const form = page.getByRole('group').filter({ hasText: 'Register a cluster' });
      await form.getByLabel('Name', { exact: true }).fill('production');
      await page.getByText('There is a cluster of this name.').waitFor();
      await form.getByLabel('Name', { exact: true }).fill('blue');
      await form.getByLabel('Address of its API').fill('https://k8s.example.com:6443/');
      await form.getByLabel('It lies in a private network').waitFor();
      await form.getByLabel('Token').fill('canary-token-0123456789');
      await form.getByLabel('rollout restart').check();
      expect(await faultsOf(page, 'cluster-new')).toEqual([]);
      await page.getByRole('button', { name: 'Register' }).click();
      await expect.poll(() => sent('PUT').map(({ path }) => path)).toEqual(['/api/runbooks/clusters/blue']);
      expect(sent('PUT')[0]?.body).toEqual({
        ...{ endpoint: 'https://k8s.example.com:6443', privateEndpoint: false, namespaces: ['default'] },
        verbs: ['get', 'describe', 'logs', 'rollout status', 'rollout restart'],
        auth: { kind: 'token', token: 'canary-token-0123456789' },
      });
      use((call) => organisation(call, 'viewer'));
      await go('/runbooks/clusters');
      await page.getByText('A viewer may not register clusters').waitFor();
      await go('/runbooks');
      await page.getByRole('link', { name: runbook.title, exact: true }).waitFor();
      expect(await page.getByRole('link', { name: 'Clusters' }).count()).toBe(0);
    });

    test('show in a dry run what each step would send, and why one would fail', async () => {
      await go(`/runbooks/${runbook.id}`);
      await page.getByRole('button', { name: 'Dry run' }).click();
      await page.getByRole('heading', { name: 'Dry run: nothing was sent' }).waitFor();
      await page.getByText('GET https://api.example.com/health').waitFor();
      await page.getByText('does not allow kubectl patch').waitFor();
      expect(await faultsOf(page, 'dry-run')).toEqual([]);
    });

    test('have runs that say what is next, what it sends, and take an answer by one button', async () => {
      await go(`/runs/${runId}`);
      await page.getByRole('button', { name: 'Approve' }).waitFor();
      await page.getByText('kubectl.kubernetes.io/restartedAt').waitFor();
      expect(await faultsOf(page, 'run')).toEqual([]);
      await page.getByRole('button', { name: 'Approve' }).click();
      await expect
        .poll(() => sent('POST').map(({ path, body }) => [path, body]))
        .toEqual([[`/api/runs/${runId}/steps/restart-service`, { answer: 'approve' }]]);
    });

    test('[F52] let nobody approve what they started, and say why', async () => {
      use(({ path }) => (path === `/api/runs/${runId}` ? { body: waitingRun(true) } : undefined));
      await go(`/runs/${runId}`);
      await page.getByText('Somebody else has to approve this').waitFor();
      expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
      await page.getByRole('button', { name: 'End the run' }).click();
      await page.getByRole('button', { name: 'End it' }).click();
      await expect.poll(() => sent('POST').map(({ path }) => path)).toEqual([`/api/runs/${runId}/cancel`]);
    });

    test('tell what the API refused', async () => {
      use(({ method }) => (method === 'POST' ? refusal(409, 'conflict', 'It has expired.') : undefined));
      await go(`/runs/${runId}`);
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('It has expired.').waitFor();
    });

    test('are proposed on the page of an incident with reasons, and what waits there has its buttons', async () => {
      await go(`/incidents/${first?.id}`);
      await page.getByRole('button', { name: 'Approve' }).waitFor();
      await page.getByRole('tab', { name: 'Runbooks' }).click();
      await page.getByText("Its pattern 'api.*down' occurs in the title").waitFor();
      expect(await faultsOf(page, 'incident-runbooks')).toEqual([]);
      await page.getByRole('button', { name: `Start ${runbook.title}` }).click();
      await page.waitForURL(new RegExp(`/runs/${runId}$`));
      const started = sent('POST').find(({ path }) => path.endsWith('/execute'));
      expect(started?.body).toEqual({ incident: first?.id });
    });

    test('are written as JSON, whose faults are told in words, beside what it means', async () => {
      await go('/runbooks/new');
      await page.getByRole('heading', { name: 'What it does' }).waitFor();
      expect(await faultsOf(page, 'runbook-editor')).toEqual([]);
      const field = page.getByLabel('The runbook as JSON');
      const broken = (await field.inputValue()).replace('kubectl rollout restart', 'kubectl delete');
      await field.fill(broken);
      await page.getByText(/steps\.2\.command: 'kubectl delete' cannot be done here/).waitFor();
      await field.fill(broken.replace('kubectl delete', 'kubectl rollout restart'));
      await page.getByRole('button', { name: 'Save' }).click();
      await page.waitForURL(/\/runbooks\/(?!new$)[\w-]+$/);
      expect(sent('POST')[0]).toMatchObject({ path: '/api/runbooks', body: { id: 'api-restart-procedure' } });
    });

    test('are changed from the version that was read', async () => {
      await go(`/runbooks/${runbook.id}/edit`);
      await page.getByRole('button', { name: 'Save as the next version' }).click();
      await expect.poll(() => sent('PUT').map(({ headers }) => headers['if-match'])).toEqual(['"3"']);
    });
  },
);
