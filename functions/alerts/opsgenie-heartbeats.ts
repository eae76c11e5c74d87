import { type Heartbeat, readOpsgenieHeartbeat } from '../../shared/alerts/index.ts';
import type { VerbApi } from '../../shared/api/index.ts';
import { type Instant, type IntegrationId, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { findKey } from '../aws/doors.ts';
import { readHeartbeat } from '../aws/heartbeats.ts';
import { logFault } from '../edge/errors.ts';
import type { Reply } from '../edge/reply.ts';
import { openVerb, type Request, type Verb } from '../edge/verb.ts';
import { genieKeyOf } from './entrances/opsgenie-api.ts';
import { refusedAsOpsgenie } from './entrances/opsgenie-words.ts';
import { available, behind } from './open-door.ts';
import { BodyRefused, NotOwner } from './refusals.ts';

/** A request of Opsgenie's heartbeat API, once its key is known. */
export interface OpsgenieRequest {
  readonly org: OrganisationId;
  /** The integration whose key it is. */
  readonly integration: IntegrationId;
  readonly name: string;
  /** What stands in the path behind the name. */
  readonly more: string;
  readonly body: unknown;
  readonly seed: string;
  readonly requestId: string;
  readonly now: Instant;
}

/** A verb in the form of Opsgenie: its key, its answers, its refusals. */
export function opsgenieVerb(api: VerbApi, run: (request: OpsgenieRequest) => Promise<Reply>): Verb {
  return openVerb({
    api,
    run: async ({ headers, params, body, attempt }: Request<VerbApi>) => {
      const requestId = attempt.seed;
      const { name = '', switch: more = '' } = (params ?? {}) as Readonly<Record<string, string>>;
      try {
        const known = await integrationOf(headers);
        return await run({ ...known, name, more, body, seed: attempt.seed, requestId, now: clock.now() });
      } catch (thrown) {
        return refusedAsOpsgenie(thrown, { requestId });
      }
    },
  });
}

type Known = Pick<OpsgenieRequest, 'org' | 'integration'>;

async function integrationOf(headers: Readonly<Record<string, string>>): Promise<Known> {
  const key = behind(genieKeyOf({ event: { headers } }), findKey);
  const door = await available('The key could not be looked up', key, { fault: logFault });
  if (door?.kind === 'integration' && door.source === 'opsgenie-api' && !door.paused)
    return { org: door.org, integration: door.id };
  throw new Refusal('forbidden', 'Could not authenticate: the key belongs to no integration for Opsgenie.');
}

/** The heartbeat of this name. */
export async function heartbeatNamed(org: OrganisationId, name: string): Promise<Heartbeat> {
  const heartbeat = await available('The heartbeat could not be read', readHeartbeat(org, name), {
    fault: logFault,
  });
  if (heartbeat === undefined)
    throw new Refusal('not_found', `Heartbeat with name [${name}] does not exist.`);
  return heartbeat;
}

/** Refuses a change by whom it does not belong to: a key that only sends must not be able to silence what others watch. */
export function refuseOthers({ name, madeBy }: Heartbeat, integration: IntegrationId): void {
  if (madeBy === integration) return;
  throw new NotOwner(
    'forbidden',
    `Heartbeat with name [${name}] was not made by this key, which may ping and read it. Change it where it was made: in the console, or with the key of the integration that made it.`,
  );
}

/** What a body asks for; refused with its fields. */
export function planIn(body: unknown, known?: Heartbeat) {
  const said = readOpsgenieHeartbeat(body, known);
  if ('faults' in said) throw new BodyRefused('invalid', said.faults);
  return said;
}
