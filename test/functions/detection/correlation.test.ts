import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import { defaultCorrelation, ruleSchema, ServiceGraph } from '../../../shared/detection/index.ts';
import { type Incident, isOpen, serviceSchema } from '../../../shared/incidents/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const graph = new ServiceGraph(
  [
    { id: 'checkout', dependsOn: ['postgres'] },
    { id: 'payments', dependsOn: ['postgres'] },
  ].map((one) => serviceSchema.parse(one)),
);

let engine: { stop(): Promise<void> };
let worlds = 0;

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const world = () => {
  const made = new DetectionOnEngine(`org_RELATED${++worlds}`, [byService], {
    correlating: { graph, settings: defaultCorrelation },
  });
  made.now = epoch + 10_000;
  return made;
};

const fires = (service: string, at: number, more: Partial<Signal> = {}) =>
  post(signal(service, 'firing', at, { service, title: `${service} is slow`, ...more }));
const ends = (service: string, at: number) => post(signal(service, 'resolved', at));

async function incidents(of: DetectionOnEngine): Promise<readonly Incident[]> {
  return [...(await of.read()).incidents.values()];
}

describe('incidents of services that depend on each other', () => {
  it('a symptom joins the incident that is open upstream, by the table', async () => {
    const own = world();
    await own.receive([fires('postgres', 0)]);
    await own.receive([fires('checkout', 5)]);
    const [incident, ...others] = await incidents(own);
    expect(others).toEqual([]);
    expect(incident?.service).toBe('postgres');
  });

  it('two that two workers open at the same moment become one, which the later was merged into', async () => {
    const own = world();
    await Promise.all([own.receive([fires('postgres', 0)]), own.receive([fires('checkout', 5)])]);
    await own.relate();
    const [open, ...more] = (await incidents(own)).filter(isOpen);
    expect(more).toEqual([]);
    expect(open).toMatchObject({ service: 'postgres' });
    await own.receive([fires('checkout', 9, { title: 'checkout is down' })]);
    expect((await incidents(own)).filter(isOpen)).toHaveLength(1);
  });

  it('an upstream failure that is told of last brings its symptoms together, is named, and all close together', async () => {
    const own = world();
    await own.receive([fires('checkout', 3)]);
    await own.receive([fires('payments', 4)]);
    await own.relate();
    expect((await incidents(own)).filter(isOpen)).toHaveLength(2);
    await own.receive([fires('postgres', 0, { severity: 'P1_CRITICAL' })]);
    await own.relate();
    const [open, ...more] = (await incidents(own)).filter(isOpen);
    expect(more).toEqual([]);
    expect(open).toMatchObject({ origin: 'postgres', severity: 'P1_CRITICAL' });
    own.now += 60_000;
    await own.receive([ends('postgres', 50), ends('checkout', 55)]);
    await own.settle();
    expect((await incidents(own)).filter(isOpen)).toHaveLength(1);
    await own.receive([ends('payments', 58)]);
    await own.settle();
    expect((await incidents(own)).filter(isOpen)).toEqual([]);
  });

  it('an alert of the incident that is gone is told once in the other when it is repeated; then all again changes nothing', async () => {
    const own = world();
    await Promise.all([own.receive([fires('postgres', 0)]), own.receive([fires('checkout', 5)])]);
    await own.relate();
    await own.receive([fires('checkout', 5), fires('postgres', 0)]);
    const before = await own.read();
    await own.receive([fires('checkout', 5), fires('postgres', 0)]);
    await own.relate();
    expect((await own.read()).facts).toHaveLength(before.facts.length);
  });
});
