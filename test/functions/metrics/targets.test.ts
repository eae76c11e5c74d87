import { describe, expect, it, vi } from 'vitest';
import { DAY, HOUR, MINUTE, toText } from '../../../shared/kernel/index.ts';
import { generatedYear } from '../../support/generated-year.ts';
import { ann, T0 } from '../../support/given.ts';
import { metricsWorld } from './metrics-world.ts';

const metrics = metricsWorld();
const { ask, post, postAt, write } = metrics;

describe('targets', () => {
  it('are set in the form of the description, in milliseconds, and changed in part', async () => {
    const first = await post({
      severity: { P1_CRITICAL: 7_200_000, P2_HIGH: 14_400_000 },
      overall: 21_600_000,
    });
    expect(first.body).toMatchObject({
      version: 1,
      targets: { mttr: { severity: { P1_CRITICAL: 7_200_000, P2_HIGH: 14_400_000 }, overall: 21_600_000 } },
    });
    await post({ mtta: { severity: { P1_CRITICAL: 300_000 } }, mttr: { severity: { P2_HIGH: null } } });
    const { body, headers } = await ask('/api/metrics/targets');
    expect(headers.etag).toBe('"2"');
    expect(body.targets).toEqual({
      mtta: { severity: { P1_CRITICAL: 300_000 } },
      mttr: { severity: { P1_CRITICAL: 7_200_000 }, overall: 21_600_000 },
    });
  });

  it('are kept as they were, and an incident is judged by those of its opening', async () => {
    const incidents = generatedYear({ org: metrics.org, count: 90, until: T0, over: 30 * DAY });
    await write(incidents);
    await postAt(T0 - 20 * DAY, { overall: 365 * DAY });
    await postAt(T0 - 10 * DAY, { overall: 1_000 });
    const { history } = (await ask('/api/metrics/targets')).body;
    expect(history).toEqual([
      {
        ...{ version: 2, setAt: toText(T0 - 10 * DAY), setBy: expect.objectContaining({ kind: 'person' }) },
        targets: { mttr: { overall: 1_000 } },
      },
      expect.objectContaining({ version: 1, targets: { mttr: { overall: 365 * DAY } } }),
    ]);
    const standing = async (from: number, to: number) =>
      (await ask('/api/metrics/mttr', { from: toText(T0 - from * DAY), to: toText(T0 - to * DAY) })).body;
    const [none, kind, hard] = [await standing(30, 20), await standing(20, 10), await standing(10, 0)];
    expect(Object.values(none.targets.mttr)).toEqual([0, 0, 0, 0, 0]);
    expect(kind.targets.mttr).toMatchObject({ met: kind.measures.mttr.n, missed: 0 });
    expect(hard.targets.mttr).toMatchObject({ met: 0, missed: hard.measures.mttr.n });
    expect(kind.measures.mttr.n * hard.measures.mttr.n).toBeGreaterThan(0);
  });

  it('of an earlier program, which kept no versions, are the earliest that are known', async () => {
    const { table } = await import('../../../functions/aws/table.ts');
    const { schema } = await import('../../../shared/table/index.ts');
    const old = {
      version: 4,
      updatedAt: T0 - DAY,
      updatedBy: 'grace',
      targets: { mttr: { overall: 1_000 } },
    };
    await table.put({ ...schema.metricsTargets.key({ org: metrics.org }), ...old });
    await write(generatedYear({ org: metrics.org, count: 20, until: T0, over: 20 * DAY }));
    const before = (await ask('/api/metrics/mttr')).body;
    expect(before.targets.mttr.missed).toBe(before.measures.mttr.n);
    await post({ overall: 365 * DAY });
    expect((await ask('/api/metrics/mttr')).body.targets.mttr.missed).toBe(before.measures.mttr.n);
    const { history } = (await ask('/api/metrics/targets')).body;
    expect(history.map(({ version }: { version: number }) => version)).toEqual([5, 4]);
  });

  it('that were set between two readings keep who set them, after the next change too', async () => {
    const { table } = await import('../../../functions/aws/table.ts');
    const { loadTargets, replaceTargets } = await import('../../../functions/aws/metrics-targets.ts');
    await post({ overall: HOUR });
    const get = table.get.bind(table);
    const reading = vi.spyOn(table, 'get').mockImplementationOnce(async (key) => {
      await post({ overall: 2 * HOUR });
      return get(key) as never;
    });
    const read = await loadTargets(metrics.org);
    expect(reading).toHaveBeenCalled();
    await replaceTargets(metrics.org, read, {}, { actor: ann, at: T0 });
    const { history } = (await ask('/api/metrics/targets')).body;
    const [newest, ...others] = history.map(({ setBy }: { setBy: { name: string } }) => setBy.name);
    expect(newest).toBe('Ann');
    expect(new Set(others.slice(0, 2)).size).toBe(1);
  });

  it('are a manager’s, and from the version that was read', async () => {
    expect((await post({ overall: HOUR }, {}, 'responder')).status).toBe(403);
    expect((await post({ overall: HOUR }, { 'if-match': '"3"' })).status).toBe(412);
    expect((await post({ overall: 5 })).body.error).toMatchObject({ param: 'body.overall' });
    expect((await post({ overall: HOUR, mttr: { overall: HOUR } })).status).toBe(400);
  });

  it('are changed once by a request that is sent twice under one Idempotency-Key', async () => {
    const once = { 'idempotency-key': 'one-and-the-same' };
    const first = await post({ overall: HOUR }, once);
    expect((await post({ overall: HOUR }, once)).body).toEqual(first.body);
    expect((await ask('/api/metrics/targets')).body.version).toBe(1);
  });

  it('of five changes at once all are there', async () => {
    const lengths = [1, 2, 3, 4, 5].map((hours) => hours * HOUR);
    const severities = ['P1_CRITICAL', 'P2_HIGH', 'P3_MEDIUM', 'P4_LOW', 'P5_INFO'];
    await Promise.all(severities.map((severity, i) => post({ severity: { [severity]: lengths[i] } })));
    const { body } = await ask('/api/metrics/targets');
    expect(Object.keys(body.targets.mttr.severity).sort()).toEqual(severities);
  });

  it('warn of what is open, and count what was missed', async () => {
    const incidents = generatedYear({ org: metrics.org, count: 50, until: T0, over: 30 * DAY, open: 3 });
    await write(incidents);
    await postAt(T0 - 40 * DAY, { overall: MINUTE });
    const { body } = await ask('/api/metrics/dashboard');
    expect(body.open.items).toHaveLength(3);
    for (const { targets } of body.open.items) expect(targets.mttr.standing).toBe('overdue');
    expect(body.standings.mttr.overdue).toBe(3);
    expect(body.standings.mttr.missed).toBe(body.measures.mttr.n - body.standings.mttr.met);
  });
});
