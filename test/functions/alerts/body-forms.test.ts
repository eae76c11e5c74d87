import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Source } from '../../../shared/alerts/index.ts';
import { SECOND } from '../../../shared/kernel/index.ts';
import { fixtureText, receivedAt } from '../../support/alert-fixture.ts';
import { World } from './world.ts';

const urlForm = { 'content-type': 'application/x-www-form-urlencoded' };
const signalsOf = (world: World) => world.sent.flatMap(({ signals }) => signals);

/** What is sent to a source, as a form of that many fields. */
const formOf = (name: string): string =>
  new URLSearchParams(JSON.parse(fixtureText(name)) as Record<string, string>).toString();

describe('a form', () => {
  it('of Datadog gives what the same template gives as JSON', async () => {
    const [asForm, asJson] = [new World(), new World()];
    await asForm.post('datadog', formOf('datadog/template-triggered'), { headers: urlForm });
    await asJson.post('datadog', fixtureText('datadog/template-triggered'));
    expect(signalsOf(asForm)).toEqual(signalsOf(asJson));
    expect(signalsOf(asForm)).toHaveLength(1);
  });

  it('of Uptime Kuma with all in one field gives what the same gives as JSON', async () => {
    const [asForm, asJson] = [new World(), new World()];
    const form = new FormData();
    form.append('data', fixtureText('uptime-kuma/down'));
    const sent = new Response(form);
    const headers = { 'content-type': sent.headers.get('content-type') ?? '' };
    await asForm.post('uptime-kuma', new Uint8Array(await sent.arrayBuffer()), { headers });
    await asJson.post('uptime-kuma', fixtureText('uptime-kuma/down'));
    expect(signalsOf(asForm)).toEqual(signalsOf(asJson));
    expect(signalsOf(asForm)).toHaveLength(1);
  });

  it('[F8] that is compressed or in no UTF-8 is refused as such', async () => {
    const world = new World();
    const statuses = [
      await world.post('datadog', 'title=x', { headers: { ...urlForm, 'content-encoding': 'gzip' } }),
      await world.post('datadog', Buffer.from('title=x', 'utf16le'), {
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-16' },
      }),
      await world.post('datadog', Buffer.from([0x61, 0x3d, 0xff]), { headers: urlForm }),
    ].map(({ reply }) => reply.status);
    expect([statuses, world.sent]).toEqual([[415, 415, 400], []]);
  });

  it('[F11] [F12] of any bytes gives 202 or a refusal, never a fault', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.webQueryParameters().map((text) => Buffer.from(text)),
      fc
        .string()
        .map((text) =>
          Buffer.from(`--b\r\nContent-Disposition: form-data; name="${text}"\r\n\r\n${text}\r\n--b--`),
        ),
    );
    const type = fc.constantFrom(
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=b',
      'text/plain',
    );
    const source = fc.constantFrom<Source>(
      'datadog',
      'grafana',
      'newrelic',
      'uptime-kuma',
      'cloudevents',
      'generic',
    );
    await fc.assert(
      fc.asyncProperty(bytes, type, source, async (body, contentType, from) => {
        const { reply } = await new World().post(from, body, { headers: { 'content-type': contentType } });
        expect([202, 400, 413, 415]).toContain(reply.status);
        expect(JSON.stringify(reply)).not.toContain('canary');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a method', () => {
  it('PUT is taken like POST', async () => {
    const world = new World();
    const { reply } = await world.post('grafana', fixtureText('grafana/mixed'), { method: 'PUT' });
    expect([reply.status, signalsOf(world).length]).toEqual([202, 2]);
  });

  it('GET is taken where the source tells by its query, and says the same there', async () => {
    const [asQuery, asJson] = [new World(), new World()];
    const { heartbeat, monitor, msg } = JSON.parse(fixtureText('uptime-kuma/up')) as Record<string, unknown>;
    const queryStringParameters = {
      heartbeat: JSON.stringify(heartbeat),
      monitor: JSON.stringify(monitor),
      msg: String(msg),
    };
    await asQuery.post('uptime-kuma', '', { method: 'GET', event: { queryStringParameters } });
    await asJson.post('uptime-kuma', fixtureText('uptime-kuma/up'));
    expect(signalsOf(asQuery)).toEqual(signalsOf(asJson));
    expect(signalsOf(asQuery)).toHaveLength(1);
  });

  it('GET of a test message, whose heartbeat is the text null, is a test', async () => {
    const world = new World();
    const queryStringParameters = { heartbeat: 'null', monitor: 'null', msg: 'Incidents Testing' };
    await world.post('uptime-kuma', '', { method: 'GET', event: { queryStringParameters } });
    expect(signalsOf(world)).toMatchObject([{ title: 'Test: Incidents Testing', flags: ['clock', 'test'] }]);
  });

  it('GET of an address that is only looked at is no alert, and its key is not even looked up', async () => {
    const world = new World();
    const query = { event: { queryStringParameters: { title: 'x' } }, method: 'GET' };
    expect((await world.post('generic', '', query)).reply).toMatchObject({ status: 404 });
    expect((await world.post('uptime-kuma', '', { method: 'GET' })).reply).toMatchObject({ status: 400 });
    const none = { method: 'GET', event: { queryStringParameters: null } };
    expect((await world.post('uptime-kuma', '', none)).reply).toMatchObject({ status: 400 });
    expect([world.sent, world.lookups]).toEqual([[], 0]);
  });
});

describe('OPTIONS', () => {
  const ask = (source: Source, key?: string) => {
    const headers = { 'WebHook-Request-Origin': 'events.example', 'WebHook-Request-Rate': '120' };
    const event = { body: null, isBase64Encoded: false };
    return new World().post(source, '', {
      method: 'OPTIONS',
      headers,
      event,
      ...(key !== undefined && { key }),
    });
  };

  it('of a producer of CloudEvents, which asks for leave to send, is answered with leave', async () => {
    const { reply } = await ask('cloudevents');
    expect([reply.status, reply.headers]).toEqual([
      200,
      { allow: 'POST', 'webhook-allowed-origin': 'events.example', 'webhook-allowed-rate': '*' },
    ]);
  });

  it('[F1] with a wrong key is refused; at a source where nobody asks there is nothing', async () => {
    expect((await ask('cloudevents', 'canary0unknown000000000000000000')).reply.status).toBe(403);
    expect((await ask('generic')).reply.status).toBe(404);
  });
});

describe('the signature of Grafana', () => {
  const text = fixtureText('grafana/mixed');
  const sign = (secret: string, message: string) =>
    createHmac('sha256', secret).update(message).digest('hex');
  const now = String(receivedAt / SECOND);
  const post = (headers: Record<string, string>) => {
    const world = new World();
    world.signing.grafana = ['ours-1', 'ours-2'];
    return world.post('grafana', text, { headers: { 'content-type': 'application/json', ...headers } });
  };

  it('[F3] is over the body, or over time and body, with either secret of a rotation', async () => {
    const signed = [
      { 'X-Grafana-Alerting-Signature': sign('ours-1', text) },
      {
        'X-Grafana-Alerting-Signature': sign('ours-2', `${now}:${text}`),
        'X-Grafana-Alerting-Timestamp': now,
      },
    ];
    for (const headers of signed) expect((await post(headers)).reply.status).toBe(202);
  });

  it('[F1] [F2] [F6] that is missing, of another secret, of another body or of another hour is refused', async () => {
    const old = String(receivedAt / SECOND - 600);
    const wrong = [
      {},
      { 'X-Grafana-Alerting-Signature': sign('other', text) },
      { 'X-Grafana-Alerting-Signature': sign('ours-1', `${text} `) },
      {
        'X-Grafana-Alerting-Signature': sign('ours-1', `${old}:${text}`),
        'X-Grafana-Alerting-Timestamp': old,
      },
      { 'X-Grafana-Alerting-Signature': sign('ours-1', text), 'X-Grafana-Alerting-Timestamp': now },
    ];
    for (const headers of wrong) expect((await post(headers)).reply.status).toBe(403);
  });
});

describe('CloudEvents in binary mode', () => {
  it('has its attributes from the headers, under whichever case', async () => {
    const world = new World();
    const headers = {
      'content-type': 'application/json',
      'Ce-Specversion': '1.0',
      'CE-ID': 'e-1',
      'ce-source': '/vault',
      'Ce-Type': 'disk.resolved',
      'Ce-Subject': 'vault',
    };
    await world.post('cloudevents', fixtureText('cloudevents/binary'), { headers });
    expect(signalsOf(world)).toMatchObject([{ state: 'resolved', service: 'vault', title: 'Disk full' }]);
  });
});
