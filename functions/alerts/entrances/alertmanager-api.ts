import { Refusal, toText } from '../../../shared/kernel/index.ts';
import { BODY_LIMIT } from '../../edge/body.ts';
import { replyToError, statusOf } from '../../edge/errors.ts';
import { type Reply, reply } from '../../edge/reply.ts';
import { openDoor } from '../open-door.ts';
import { keyOfRequest } from './credentials.ts';
import type { Desk, Entrance, Post } from './entrance.ts';

/** As Alertmanager answers: 200 without a body, or a text as JSON; also when some alerts were taken and others are wrong. */
export const alertmanagerApi: Entrance = {
  source: () => 'alertmanager-api',
  limit: BODY_LIMIT,
  keyOf: keyOfRequest,
  taken: ({ faults }) => (faults.length === 0 ? reply(200) : said(400, faults.join('; '))),
  refused,
};

/** What tools ask before they post; with a key in the path it tells whether that is right. */
export const alertmanagerStatus: Desk = {
  async answer(post, ports) {
    if (post.params.key !== undefined) await openDoor(keyOfRequest(post), 'alertmanager-api', ports);
    return reply(200, {
      cluster: { status: 'disabled', peers: [] },
      config: { original: '' },
      uptime: toText(ports.now()),
      versionInfo: {
        ...{ branch: '', buildDate: '', buildUser: '', goVersion: '', revision: '' },
        version: '0.34.0',
      },
    });
  },
  refused,
};

/** Whether it is alive, as load balancers and scripts ask. */
export const alertmanagerHealth: Desk = {
  answer: async ({ path }) => reply(200, path.endsWith('ready') ? 'Ready' : 'OK'),
  refused,
};

function refused(thrown: unknown, { requestId }: Post): Reply {
  const { headers } = replyToError(thrown, requestId, 'receive');
  if (!(thrown instanceof Refusal)) return said(500, 'Something went wrong on our side. Try again.', headers);
  return said(statusOf[thrown.code], thrown.message, headers);
}

/** A text as JSON, which is what Alertmanager's clients read of a refusal. */
const said = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply =>
  reply(status, JSON.stringify(text), { 'content-type': 'application/json', ...headers });
