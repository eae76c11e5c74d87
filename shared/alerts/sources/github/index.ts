import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import type { SaidChange } from '../../change.ts';
import type { AlertSource, Receipt, Translated } from '../../source.ts';
import { deployed, released } from './deployments.ts';
import { pushed, ran } from './runs.ts';

/** A change, or a sentence that says why there is none. */
export type Found = SaidChange | string;

/** What is made of one kind of event. */
export type Read = (body: JsonRecord, receipt: Receipt) => Found;

const events: Readonly<Record<string, Read>> = {
  deployment: deployed,
  deployment_status: deployed,
  release: released,
  workflow_run: ran,
  push: pushed,
  ping: () => 'The ping has arrived: the webhook is set up.',
};

/** GitHub's webhooks: what was deployed, released and pushed. They never page, also where a body is not understood. */
export const github: AlertSource = {
  product: 'GitHub',
  verification: { scheme: 'hmac', header: 'x-hub-signature-256', prefix: 'sha256=', secretBy: 'us' },
  reads: ['x-github-event', 'x-github-delivery'],
  translate(body, receipt): Translated {
    const { headers = {} } = receipt;
    const found = translateEvent(body, headers['x-github-event'], receipt);
    const delivery = headers['x-github-delivery'];
    return {
      signals: [],
      ...(typeof found === 'string' ? { ignored: found } : { changes: [found] }),
      ...(delivery !== undefined && { delivery }),
    };
  },
};

function translateEvent(body: unknown, header: string | undefined, receipt: Receipt): Found {
  if (!isRecord(body))
    return 'The body is no object; set the content type of the webhook to application/json.';
  const event = header ?? eventOf(body);
  const read = event !== undefined && Object.hasOwn(events, event) ? events[event] : undefined;
  if (read !== undefined) return read(body, receipt);
  return `The event '${(event ?? 'without a name').slice(0, 100)}' tells of no change; deployment, deployment_status, workflow_run, release and push are read.`;
}

/** The event of a body that lost its headers on the way. */
function eventOf(body: JsonRecord): string | undefined {
  const named = ['deployment_status', 'workflow_run', 'deployment', 'release'];
  const found = named.find((name) => isRecord(body[name]));
  if (found !== undefined) return found;
  return typeof body.ref === 'string' && recordOf(body.head_commit).id !== undefined ? 'push' : undefined;
}
