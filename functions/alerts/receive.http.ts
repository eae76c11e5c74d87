import type { APIGatewayProxyEvent } from 'aws-lambda';
import { functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { findKey, findKeyAgain } from '../aws/doors.ts';
import { readSettings } from '../aws/settings.ts';
import { http } from '../edge/http.ts';
import { log } from '../edge/log.ts';
import { matcher } from '../edge/match.ts';
import { Reply } from '../edge/reply.ts';
import { refusedAtOpsgenie } from './entrances/opsgenie-words.ts';
import { keepDelivery } from './keep.ts';
import { lookUps } from './look-ups.ts';
import type { Ports } from './ports.ts';
import { receive } from './receive.ts';
import { secretsOf } from './signing-secrets.ts';
import { storing } from './storing.ts';
import { visitSns } from './visit-sns.ts';

const settings = readSettings(functions.Receive.env);
const match = matcher('Receive');

const ports: Ports = {
  ...storing(settings.alertQueue),
  findKey,
  findKeyAgain,
  secretsOf: (door) => secretsOf(door, clock.now()),
  keep: (receipt, delivery) => keepDelivery(receipt, delivery, clock.now()),
  ...lookUps,
  visit: visitSns,
};

/** The route; where there is none, that in the form of whose clients ask there. */
function matchOf(event: APIGatewayProxyEvent) {
  try {
    return match(event.httpMethod, event.path);
  } catch (thrown) {
    const said = refusedAtOpsgenie(thrown, event);
    if (said === undefined) throw thrown;
    return said;
  }
}

/** Takes alerts in the protocols of their senders. */
export const handler = http(async (event: APIGatewayProxyEvent) => {
  const matched = matchOf(event);
  if (matched instanceof Reply) return matched;
  const { route, params } = matched;
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
