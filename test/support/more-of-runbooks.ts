import { expect, it } from 'vitest';
import type { RunView } from '../../shared/runbooks/index.ts';
import { handsOn, productionCluster, type RunbookStory, step } from './runbook-story.ts';

/** More of the story of runbooks, on the same system: long answers, removal, and tests of connections. */
export function moreOfRunbooks(story: () => RunbookStory): void {
  const { get, say, save, start } = handsOn(story);

  it('[F48] [F51] reads the beginning of an answer that is too long, and keeps no secret of it', async () => {
    const look = step('look', 1, { command: 'http:GET|/leaks', expect: { contains: 'AKIA' } });
    await save({ id: 'leaks', title: 'Leaks', steps: [look] });
    await story().app.send('generic', { title: 'leaks a secret', severity: 'critical', service: 'leaky' });
    const [incident] = await story().app.incidents('?state=open&service=leaky');
    const run = await start('leaks', { incident: incident?.id });
    expect(run).toMatchObject({ state: 'succeeded' });
    const output = run.steps[0]?.output ?? '';
    expect(output).toMatch(/^\(The answer is longer than 256 KB; the rest was not read\.\)\n\[masked\]\n/);
    expect(Buffer.byteLength(output)).toBeLessThanOrEqual(2_048);
    const told = JSON.stringify(await story().app.facts(String(incident?.id)));
    for (const text of [output, told]) expect(text).not.toMatch(/IOSFODNN7|canary|\\u001b|\p{Cc}\[31m/u);
  });

  it('that was removed is neither proposed nor started, while its run goes on', async () => {
    await save({
      ...{ id: 'old', title: 'Old', triggers: { alertPatterns: ['old.*trouble'] } },
      steps: [step('by-hand', 1, {})],
    });
    await story().app.send('generic', { title: 'old trouble', severity: 'critical', service: 'old' });
    const [incident] = await story().app.incidents('?state=open&service=old');
    const proposals = async () =>
      (await story().ask('GET', `/api/incidents/${incident?.id}/runbooks`)).body.items;
    const ids = async (query = '') =>
      ((await story().ask('GET', `/api/runbooks${query}`)).body.items as readonly { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await proposals()).toMatchObject([{ id: 'old' }]);
    const run = await start('old', { incident: incident?.id });
    const gone = await story().ask('DELETE', '/api/runbooks/old');
    expect(gone).toMatchObject({
      ...{ status: 200, headers: { etag: '"2"' } },
      body: { removed: { by: { kind: 'person' } }, goingOn: [{ run: run.id, incident: incident?.id }] },
    });
    expect(await story().ask('DELETE', '/api/runbooks/old'), 'twice').toMatchObject({
      body: { revision: 2 },
    });
    expect([await proposals(), await ids(), await ids('?removed=true')]).toEqual([
      ...[[], expect.not.arrayContaining(['old']), ['old']],
    ]);
    for (const body of [{}, { dryRun: true }])
      expect(await story().ask('POST', '/api/runbooks/old/execute', { body })).toMatchObject({ status: 409 });
    await goesOn(run);
  });

  /** The removed one cannot be saved over, and its run goes on to its end. */
  async function goesOn(run: RunView): Promise<void> {
    const { body } = await story().ask('GET', '/api/runbooks/old?version=1');
    const fields = { id: 'old', title: body.title, steps: [step('by-hand', 1, {})] };
    expect((await story().ask('PUT', '/api/runbooks/old', { body: fields })).text).toContain(
      'bring it back first',
    );
    expect((await story().ask('POST', '/api/runbooks', { body: fields })).text).toContain(
      'which was removed',
    );
    expect((await story().ask('GET', '/api/runbooks/old/versions')).body.items).toMatchObject([
      { removed: true },
      {},
    ]);
    expect(await say(run, 'by-hand', 'done')).toMatchObject({ status: 200 });
    await story().app.system.idle();
    expect(await get(run.id)).toMatchObject({ state: 'succeeded' });
  }

  it('that was removed comes back as it was, and knows how its runs went', async () => {
    const [incident] = await story().app.incidents('?state=open&service=old');
    const proposals = async () =>
      (await story().ask('GET', `/api/incidents/${incident?.id}/runbooks`)).body.items;
    const back = await story().ask('POST', '/api/runbooks/old/restore');
    expect(back).toMatchObject({ status: 200, body: { revision: 3, title: 'Old' } });
    expect(back.body.removed).toBeUndefined();
    expect(await proposals()).toMatchObject([{ id: 'old', measured: { runs: 1, succeeded: 1 } }]);
    // Two that end in the same moment count both.
    const runs = [await start('old'), await start('old', { incident: incident?.id })];
    const said = await Promise.all(runs.map((run) => say(run, 'by-hand', 'done')));
    expect(said.map(({ status }) => status)).toEqual([200, 200]);
    await story().app.system.idle();
    expect((await story().ask('GET', '/api/runbooks/old')).body).toMatchObject({
      ...{ measured: { runs: 3, succeeded: 3 }, lastRun: { id: runs[1]?.id, outcome: 'succeeded' } },
    });
  });

  it('reaches a cluster whose connection is tested, and says why when it does not', async () => {
    const test = async (name: string) => {
      const asked = await story().ask('POST', `/api/runbooks/clusters/${name}/test`);
      expect(asked, asked.text).toMatchObject({ status: 202, body: { tested: { state: 'asked' } } });
      await story().app.system.idle();
      return (await story().ask('GET', `/api/runbooks/clusters/${name}`)).body.tested;
    };
    expect(await test('production')).toMatchObject({
      ...{ state: 'reached', says: 'Kubernetes v1.34.1 answers and takes our credentials.' },
    });
    expect(story().cluster.asked.at(-1)).toBe('GET /version');
    const put = (name: string, more: object) =>
      story().ask('PUT', `/api/runbooks/clusters/${name}`, {
        body: { ...productionCluster(story().cluster), ...more },
      });
    await put('stale', { auth: { kind: 'token', token: 'another-token-0123' } });
    expect(await test('stale')).toMatchObject({ state: 'failed', says: expect.stringContaining('(401)') });
    await put('stale', { ca: undefined });
    const changed = await story().ask('GET', '/api/runbooks/clusters/stale');
    expect(changed.body.tested, 'not of the cluster as it is now').toBeUndefined();
    expect(await test('stale')).toMatchObject({
      state: 'failed',
      says: expect.stringMatching(/^No answer: /),
    });
    await put('inside', { endpoint: 'https://10.0.0.1:6443' });
    expect(await test('inside'), '[F43]').toMatchObject({ says: expect.stringContaining('is refused') });
    const moved = await put('stale', { endpoint: 'https://elsewhere.example.com', auth: { kind: 'token' } });
    expect(moved, 'a token goes nowhere else').toMatchObject({ status: 400 });
    expect(moved.text).toContain('has no token for this place');
    const kept = await put('stale', { ca: undefined, namespaces: ['other'], auth: { kind: 'token' } });
    expect(kept, kept.text).toMatchObject({ status: 200, body: { namespaces: ['other'] } });
    await put('by-role', { auth: { kind: 'eks', cluster: 'production', region: 'eu-central-1' } });
    expect(await test('by-role')).toMatchObject({ state: 'failed', says: expect.stringContaining('(401)') });
    for (const name of ['stale', 'inside', 'by-role'])
      await story().ask('DELETE', `/api/runbooks/clusters/${name}`);
  });

  it('is refused by its size before it is saved, whatever the letters', async () => {
    const steps = Array.from({ length: 30 }, (_, at) =>
      step(`s${at}`, at, { command: `http:POST|/x|{"a":"${'漢'.repeat(3_900)}"}` }),
    );
    const saved = await story().ask('POST', '/api/runbooks', { body: { id: 'long', title: 'Long', steps } });
    expect(saved, saved.text).toMatchObject({ status: 413 });
    expect(saved.text).toContain('at most 307200 are kept');
  });

  it('shows the role that all organisations share to no cluster or address that the deployment does not allow', async () => {
    const auth = { kind: 'eks', cluster: 'production', region: 'eu-central-1' };
    const put = (more: object) =>
      story().ask('PUT', '/api/runbooks/clusters/other', {
        body: { ...productionCluster(story().cluster), auth, ...more },
      });
    const other = await put({ auth: { ...auth, cluster: 'payments' } });
    expect(other).toMatchObject({ status: 400 });
    expect(other.text).toContain('runbookClusters');
    const away = await put({ endpoint: 'https://attacker.example' });
    expect(away).toMatchObject({ status: 400 });
    expect(away.text).toContain('eks.amazonaws.com');
    expect((await story().ask('GET', '/api/runbooks/clusters/other')).status).toBe(404);
  });
}
