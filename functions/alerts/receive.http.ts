import type { APIGatewayProxyEvent } from 'aws-lambda';
import { SECOND } from '../../shared/kernel/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { findKey, findKeyAgain } from '../aws/doors.ts';
import { parkMessages } from '../aws/parked.ts';
import { sendTo } from '../aws/queue.ts';
import { readSettings } from '../aws/settings.ts';
import { logFault } from '../edge/errors.ts';
import { http } from '../edge/http.ts';
import { log } from '../edge/log.ts';
import { matcher } from '../edge/match.ts';
import { keepDelivery } from './keep.ts';
import { lookUps } from './look-ups.ts';
import type { Ports } from './ports.ts';
import { receive } from './receive.ts';
import { secretsOf } from './signing-secrets.ts';
import { sparing } from './store.ts';

const settings = readSettings(functions.Receive.env);
/** Two tries of a healthy queue take less; then there is time left for the second path. */
const queue = sendTo(settings.alertQueue, { within: 3 * SECOND });
const match = matcher('Receive');
const now = () => clock.now();

const ports: Ports = {
  findKey,
  findKeyAgain,
  secretsOf: (door) => secretsOf(door, now()),
  send: sparing((messages) => queue.send(messages.map((body) => ({ body, group: body.integration }))), now),
  park: parkMessages,
  keep: (receipt, delivery) => keepDelivery(receipt, delivery, now()),
  ...lookUps,
  now,
  fault: logFault,
};

/** Takes alerts in the protocols of their senders. */
export const handler = http(async (event: APIGatewayProxyEvent) => {
  // Opsgenie's own SDK ends its paths with a slash.
  const { route, params } = match(event.httpMethod, event.path.replace(/(?<=.)\/$/, ''));
  const { requestId, extendedRequestId } = event.requestContext;
  // A sender may set requestId by a header of its own; the extended one is always the gateway's.
  const receipt = extendedRequestId ?? requestId;
  const post = { path: route.path, params, requestId, receipt, event };
  const { reply, door, signals, refused } = await receive(post, ports);
  log.info('received', {
    route: route.path,
    source: door?.source,
    integration: door?.id,
    org: door?.org,
    status: reply.status,
    signals,
    receipt,
    ...(refused !== undefined && { refused }),
  });
  return reply;
});
