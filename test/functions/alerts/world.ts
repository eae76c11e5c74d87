import type { IntegrationDoor, Ports } from '../../../functions/alerts/ports.ts';
import { type Post, type Received, receive } from '../../../functions/alerts/receive.ts';
import type { SignalsMessage, Source } from '../../../shared/alerts/index.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import { receivedAt } from '../../support/alert-fixture.ts';

export const org = idOf('organisation', receivedAt, 'org');

/** Secrets that must appear in no answer. */
export const secrets: Readonly<Record<Source, string>> = {
  alertmanager: 'canary0a1ertmanager0000000000000',
  'pagerduty-events': 'canary0pagerduty0000000000000000',
  generic: 'canary0generic000000000000000000',
};

export const doorOf = (source: Source): IntegrationDoor => ({
  kind: 'integration',
  org,
  id: idOf('integration', receivedAt, source),
  name: source,
  source,
});

/** A world in memory: three integrations, one machine key, a queue that may refuse. */
export class World {
  readonly sent: SignalsMessage[] = [];
  readonly parked: SignalsMessage[] = [];
  readonly faults: string[] = [];
  lookups = 0;
  queueFails = false;
  tableFails = false;
  parkFails = false;

  readonly ports: Ports = {
    findKey: async (secret) => {
      this.lookups += 1;
      if (this.tableFails) throw new Error('ThrottlingException at canary-table-name');
      const source = (Object.keys(secrets) as Source[]).find((each) => secrets[each] === secret);
      if (source !== undefined) return doorOf(source);
      if (secret !== 'canary0machine00000000000000000') return undefined;
      return { kind: 'machine', org, id: idOf('key', receivedAt), name: 'm', role: 'responder' };
    },
    send: async (messages) => {
      if (this.queueFails) throw new Error('AccessDenied for arn:aws:sqs:eu-1:1:canary-queue');
      this.sent.push(...messages);
    },
    park: async (messages) => {
      if (this.parkFails) throw new Error('InternalServerError at canary-table-name');
      this.parked.push(...messages);
    },
    now: () => receivedAt,
    fault: (thrown, place) => this.faults.push(`${place}: ${String(thrown)}`),
  };

  /** Posts a text as API Gateway hands it over: base64, whatever it is. */
  post(
    source: Source,
    body: string | Uint8Array,
    more: Partial<Post> & { headers?: Record<string, string> } = {},
  ): Promise<Received> {
    const { headers = { 'content-type': 'application/json' }, ...rest } = more;
    const event = { body: Buffer.from(body).toString('base64'), isBase64Encoded: true, headers };
    return receive(
      { source, key: secrets[source], requestId: 'req-1', receipt: 'rcp-1', event, ...rest },
      this.ports,
    );
  }

  /** Posts to `/v2/enqueue`, where the key is in the body. */
  enqueue(body: unknown): Promise<Received> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.post('pagerduty-events', text, { key: undefined });
  }
}
