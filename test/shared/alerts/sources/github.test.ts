import { describe, expect, it } from 'vitest';
import { type Receipt, type SaidChange, sources, type Translated } from '../../../../shared/alerts/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, translated } from '../../../support/source-rows.ts';

describeBodies('github', {
  rows: {
    deployment: [],
    'deployment-succeeded': [],
    'deployment-failed': [],
    'deployment-in-progress': [],
    'workflow-run-completed': [],
    'workflow-run-of-tests': [],
    'workflow-run-of-pull-request': [],
    'release-published': [],
    push: [],
    'push-new-branch': [],
    'push-other-branch': [],
    ping: [],
    'odd-deployment-without-id': [],
  },
});

const at = (time: string): number => Date.parse(`2026-11-20T${time}Z`);

function accepted(body: unknown, event?: string): Translated {
  const headers: Receipt['headers'] = event === undefined ? {} : { 'x-github-event': event };
  const own = { receipt: 'req-1', receivedAt, integration, headers };
  const translation = sources.github.translate(body, own);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation;
}

function change(name: string, event?: string): SaidChange {
  const { changes, signals } = accepted(fixture(`github/${name}`), event);
  expect(signals).toEqual([]);
  if (changes?.length !== 1 || changes[0] === undefined) throw new Error(`${name} is one change`);
  return changes[0];
}

describe('a deployment', () => {
  const deployment: SaidChange = {
    kind: 'deployment',
    title: 'Deployment of Parcel-Tracker main to production',
    at: at('08:02:53'),
    service: 'parcel-tracker',
    version: '4be1c02',
    by: 'iris-k',
    link: 'https://github.com/northpost/Parcel-Tracker/deployments',
    key: 'deployment 3300411',
  };

  it('is a change of its repository at the time at which it began', () => {
    expect(change('deployment', 'deployment')).toEqual(deployment);
  });

  it('is the same change when it is known how it went', () => {
    const { key } = deployment;
    expect(change('deployment-succeeded', 'deployment_status')).toEqual({
      ...deployment,
      title: 'Deployment of Parcel-Tracker main to production succeeded',
      link: 'https://github.com/northpost/Parcel-Tracker/actions/runs/55/job/1',
    });
    const failed = change('deployment-failed', 'deployment_status');
    expect(failed).toMatchObject({ key, at: deployment.at, title: expect.stringMatching(/ failed$/) });
  });

  it('is of the service that its payload names, where a repository has several', () => {
    expect(change('deployment-failed', 'deployment_status').service).toBe('parcel search');
  });

  it('that still goes on, or that a later one replaced, is no news', () => {
    for (const state of ['pending', 'queued', 'in_progress', 'inactive', 'odd', undefined])
      expect(accepted({ deployment: { id: 1 }, deployment_status: { state } }).ignored).toBeTruthy();
    expect(translated('github', 'deployment-in-progress').changes).toBeUndefined();
  });

  it('of which little is said is a change all the same', () => {
    expect(accepted({ deployment: { id: 1 } }, 'deployment').changes).toEqual([
      { kind: 'deployment', title: 'Deployment of a commit', at: receivedAt, key: 'deployment 1' },
    ]);
  });
});

describe('a workflow', () => {
  it('that ran on the default branch is a change at the time at which it began, a deployment by its name', () => {
    expect(change('workflow-run-completed', 'workflow_run')).toEqual({
      kind: 'deployment',
      title: 'Workflow Deploy to production of Parcel-Tracker succeeded',
      at: at('08:11:49'),
      service: 'parcel-tracker',
      version: '77c2a9e',
      by: 'omar-t',
      link: 'https://github.com/northpost/Parcel-Tracker/actions/runs/909122',
      key: 'workflow_run 909122 2',
    });
    expect(change('workflow-run-of-tests')).toMatchObject({
      kind: 'other',
      title: 'Workflow test of Parcel-Tracker failed',
    });
  });

  it('is no change of a pull request, of another branch, before it is completed, or when it was cancelled', () => {
    expect(translated('github', 'workflow-run-of-pull-request').ignored).toContain('default branch');
    const repository = { default_branch: 'main' };
    const run = { id: 1, conclusion: 'success', head_branch: 'main', event: 'push' };
    const ran = (more: object, action = 'completed') =>
      accepted({ action, repository, workflow_run: { ...run, ...more } }, 'workflow_run').changes;
    expect(ran({})).toHaveLength(1);
    expect(ran({ head_branch: 'sort' })).toBeUndefined();
    expect(ran({}, 'requested')).toBeUndefined();
    for (const conclusion of ['cancelled', 'skipped', null]) expect(ran({ conclusion })).toBeUndefined();
  });
});

describe('a release', () => {
  it('that is published is a change under its tag', () => {
    expect(change('release-published', 'release')).toEqual({
      kind: 'other',
      title: 'Release Heavier parcels of Parcel-Tracker',
      at: at('08:20:00'),
      service: 'parcel-tracker',
      version: 'v3.1.0',
      by: 'omar-t',
      link: 'https://github.com/northpost/Parcel-Tracker/releases/tag/v3.1.0',
      key: 'release 40077',
    });
    expect(accepted({ action: 'edited', release: { id: 1 } }, 'release').ignored).toContain('edited');
  });
});

describe('a push', () => {
  it('to the default branch is a change at the time of the push, not of the commit', () => {
    expect(change('push', 'push')).toEqual({
      kind: 'other',
      title: 'Push to main: Sort by weight (2 commits)',
      at: at('08:10:57'),
      service: 'parcel-tracker',
      version: '77c2a9e',
      by: 'iris-k',
      link: 'https://github.com/northpost/Parcel-Tracker/compare/4be1c02...77c2a9e',
      key: `push main 77c2a9e0d1f3b5c7e9a1c3e5f7092b4d6f8a0c2e`,
    });
  });

  it('that makes or deletes a branch, or is to another, is ignored', () => {
    expect(translated('github', 'push-new-branch').ignored).toContain('made or deleted');
    expect(translated('github', 'push-other-branch').ignored).toContain('default branch');
    const push = fixture('github/push');
    const deleted = { ...(push as object), after: '0'.repeat(40), deleted: true };
    expect(accepted(deleted, 'push').ignored).toContain('made or deleted');
  });
});

describe('any other event', () => {
  it('is ignored, and told so: GitHub pages nobody', () => {
    expect(accepted(fixture('github/ping'), 'ping')).toEqual({
      signals: [],
      ignored: 'The ping has arrived: the webhook is set up.',
    });
    for (const event of ['issues', 'constructor', 'x'.repeat(5_000)]) {
      const { signals, ignored } = accepted({ action: 'opened' }, event);
      expect([signals, ignored]).toEqual([[], expect.stringContaining(event.slice(0, 100))]);
      expect(ignored?.length).toBeLessThan(300);
    }
    for (const body of [null, [], 'payload=%7B%7D', {}, fixture('github/odd-deployment-without-id')])
      expect(accepted(body)).toMatchObject({ signals: [], ignored: expect.any(String) });
  });

  it('is named by the delivery of its header', () => {
    const told = translated('github', 'ping', { 'x-github-event': 'ping', 'x-github-delivery': 'd-1' });
    expect(told.delivery).toBe('d-1');
  });
});
