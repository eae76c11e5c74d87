import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, type OrganisationId, toText } from '../../shared/kernel/index.ts';
import type { DashboardView, MetricsIncident } from '../../shared/metrics/index.ts';
import { alertmanagerBody } from '../support/alertmanager.ts';
import { type App, startApp } from '../support/app.ts';
import { generatedYear, writeIncidents } from '../support/generated-year.ts';

interface Listed {
  readonly total: number;
}

describe('how long incidents take', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  const get = async <Body>(path: string) => (await app.call('GET', path)).body as Body;
  const firing = (startsAt: string) =>
    alertmanagerBody([
      { labels: { alertname: 'Down', severity: 'critical', service: 'checkout' }, startsAt },
    ]);

  it('is measured from the first alert to the end, live while it is open, and warned of by its target', async () => {
    await app.call('POST', '/api/metrics/targets', {
      severity: { P1_CRITICAL: 2 * HOUR },
      overall: 6 * HOUR,
    });
    const fired = app.system.clock.now();
    await app.send('alertmanager', firing(toText(fired)));
    const [incident] = await app.incidents('?state=open');
    const read = async () =>
      (await get<{ incident: MetricsIncident }>(`/api/incidents/${incident?.id}/metrics`)).incident;
    await app.system.clock.fastForward(10 * MINUTE);
    await app.call('PATCH', `/api/incidents/${incident?.id}`, { state: 'acknowledged' });
    await app.system.clock.fastForward(90 * MINUTE);
    const live = await read();
    expect(live.durations.mttr.state).toBe('pending');
    expect(live.targets.mttr?.standing).toBe('warning');
    const { open } = await get<DashboardView>('/api/metrics/dashboard');
    expect(open).toMatchObject({ total: 1, items: [{ id: incident?.id }] });
    await app.call('PATCH', `/api/incidents/${incident?.id}`, { state: 'resolved' });
    const over = (await read()).durations;
    const minutes = ({ ms = Number.NaN }: { readonly ms?: number | undefined }) => Math.round(ms / MINUTE);
    expect([minutes(over.mtta), minutes(over.mttr)]).toEqual([10, 100]);
  });

  it('is told of a year of a thousand incidents within the time of an answer, each number with its incidents', async () => {
    const { organisations } = await get<{ organisations: readonly { id: OrganisationId }[] }>('/api/me');
    const org = organisations[0]?.id ?? 'org_none';
    const credentials = { accessKeyId: 'story', secretAccessKey: 'story' };
    const region = app.system.environment.AWS_REGION ?? 'us-east-1';
    const endpoint = app.system.engines.dynamodb;
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region, credentials, endpoint }));
    const [table] = app.system.all('AWS::DynamoDB::GlobalTable');
    const until = app.system.clock.now();
    const year = generatedYear({ org, count: 1_000, until, open: 3 });
    await writeIncidents(client, String(table?.identity.ref), year);
    client.destroy();
    const from = encodeURIComponent(toText(until - 365 * DAY));
    const dashboard = await get<DashboardView>(`/api/metrics/dashboard?from=${from}&zone=Europe/Berlin`);
    expect(dashboard.total).toBeGreaterThan(900);
    expect(dashboard.open.total).toBe(3);
    expect(dashboard.suggestions.length).toBeGreaterThan(0);
    for (const { n, incidents } of dashboard.suggestions)
      expect((await get<Listed>(incidents)).total).toBe(n);
    const { measures } = dashboard;
    expect((await get<Listed>(measures.mttr.incidents)).total).toBe(measures.mttr.n);
  });
});
