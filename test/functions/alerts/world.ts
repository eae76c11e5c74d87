import type { Post } from '../../../functions/alerts/entrances/index.ts';
import type { Delivery, IntegrationDoor, Ports } from '../../../functions/alerts/ports.ts';
import { type Received, receive } from '../../../functions/alerts/receive.ts';
import {
  type AcceptedMessage,
  type AsideMessage,
  type IntegrationOptions,
  type SignalsMessage,
  type Source,
  sourceNames,
} from '../../../shared/alerts/index.ts';
import { type AlertHead, seenOf } from '../../../shared/detection/index.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import { receivedAt } from '../../support/alert-fixture.ts';

export const org = idOf('organisation', receivedAt, 'org');

/** Secrets that must appear in no answer. */
export const secrets = Object.fromEntries(
  sourceNames.map((name) => [name, `canary0${name.replaceAll('-', '')}`.padEnd(32, '0')]),
) as Readonly<Record<Source, string>>;

export const doorOf = (source: Source): IntegrationDoor => ({
  kind: 'integration',
  org,
  id: idOf('integration', receivedAt, source),
  name: source,
  source,
});

/** A world in memory: an integration of each source, one machine key, a queue that may refuse. */
export class World {
  readonly accepted: AcceptedMessage[] = [];
  readonly parked: AcceptedMessage[] = [];
  /** With what bodies may be signed, by source. */
  readonly signing: Partial<Record<Source, readonly string[]>> = {};
  /** What was kept for whoever looks at it. */
  readonly kept: Delivery[] = [];
  /** What keys open when they are looked up again. */
  readonly again: Record<string, IntegrationDoor> = {};
  readonly faults: string[] = [];
  /** What detection made of alerts, by fingerprint. */
  readonly heads = new Map<string, AlertHead>();
  readonly tinyIds = new Map<string, string>();
  now = receivedAt;
  /** What Amazon SNS has at its addresses, and which were asked for. */
  readonly pages: Record<string, { readonly status: number; readonly body: string }> = {};
  readonly visited: string[] = [];
  /** What the owners of integrations set, by source. */
  readonly options: Partial<Record<Source, IntegrationOptions>> = {};
  lookups = 0;
  secretsFail = false;
  queueFails = false;
  tableFails = false;
  parkFails = false;

  readonly ports: Ports = {
    findKey: async (secret) => {
      this.lookups += 1;
      if (this.tableFails) throw new Error('ThrottlingException at canary-table-name');
      const source = (Object.keys(secrets) as Source[]).find((each) => secrets[each] === secret);
      const options = source && this.options[source];
      if (source !== undefined) return { ...doorOf(source), ...(options && { options }) };
      if (secret !== 'canary0machine00000000000000000') return undefined;
      return { kind: 'machine', org, id: idOf('key', receivedAt), name: 'm', role: 'responder' };
    },
    findKeyAgain: async (secret) => this.again[secret],
    secretsOf: async ({ source }) => ({ known: this.signing[source] ?? [], lacking: this.secretsFail }),
    send: async (messages) => {
      if (this.queueFails) throw new Error('AccessDenied for arn:aws:sqs:eu-1:1:canary-queue');
      this.accepted.push(...messages);
    },
    keep: async (_, delivery) => {
      this.kept.push(delivery);
    },
    park: async (messages) => {
      if (this.parkFails) throw new Error('InternalServerError at canary-table-name');
      this.parked.push(...messages);
    },
    findAlert: async (_, fingerprint) => {
      const head = this.heads.get(fingerprint);
      return head && seenOf(head);
    },
    findTinyId: async (_, tiny) => this.tinyIds.get(tiny),
    keepTinyId: async (_, tiny, fingerprint) => void this.tinyIds.set(tiny, fingerprint),
    now: () => this.now,
    visit: async (url) => {
      this.visited.push(url);
      return this.pages[url] ?? { status: 404, body: '' };
    },
    fault: (thrown, place) => this.faults.push(`${place}: ${String(thrown)}`),
  };

  /** What was sent of alerts. */
  get sent(): readonly SignalsMessage[] {
    return this.accepted.filter((message) => message.kind === 'signals');
  }

  /** What was sent beside alerts. */
  get asides(): readonly AsideMessage[] {
    return this.accepted.filter((message) => message.kind === 'aside');
  }

  /** Posts a text to the address of an integration, as API Gateway hands it over: base64, whatever it is. */
  post(source: Source, body: string | Uint8Array, more: More = {}): Promise<Received> {
    const params = { source, key: more.key ?? secrets[source] };
    return this.postTo('/webhooks/{source}/{key}', body, { ...more, params });
  }

  /** Posts to a path of the route table. */
  postTo(path: string, body: string | Uint8Array, more: Omit<More, 'key'> = {}): Promise<Received> {
    const { headers = { 'content-type': 'application/json' }, method = 'POST', ...rest } = more;
    const bytes = Buffer.from(body).toString('base64');
    const event = { httpMethod: method, body: bytes, isBase64Encoded: true, headers, ...rest.event };
    const post = { path, params: {}, requestId: 'req-1', receipt: 'rcp-1', ...rest, event };
    return receive(post, this.ports);
  }

  /** Posts to `/v2/enqueue`, where the key is in the body. */
  enqueue(body: unknown): Promise<Received> {
    return this.postTo('/v2/enqueue', typeof body === 'string' ? body : JSON.stringify(body));
  }
}

/** What else there is to say of a POST. */
interface More extends Partial<Omit<Post, 'event'>> {
  readonly key?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly event?: Partial<Post['event']>;
}
