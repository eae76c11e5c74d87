import {
  idNamed,
  idOfAlias,
  requestOf,
  type SeenAlert,
  statusOfRequest,
  tinyIdOf,
} from '../../../shared/alerts/index.ts';
import { type Duration, MINUTE, Refusal, toText } from '../../../shared/kernel/index.ts';
import { available, openDoor } from '../open-door.ts';
import type { IntegrationDoor, Ports } from '../ports.ts';
import type { Desk, Post } from './entrance.ts';
import { genieKeyOf, identifierOf } from './opsgenie-api.ts';
import { found, refusedAsOpsgenie } from './opsgenie-words.ts';

/** What was asked for so long ago was done, or there is nothing to do it to. */
const DONE: Duration = MINUTE;

/** What became of a request. Its id says what it was; the alert says whether there is one. */
export const opsgenieRequest: Desk = {
  async answer(post, ports) {
    const door = await openDoor(genieKeyOf(post), 'opsgenie-api', ports);
    const request = requestOf(post.params.id ?? '');
    const alert = request && (await alertOf(request.alert, door, ports));
    const isOver = request && request.action !== 'create' && ports.now() >= request.at + DONE;
    if (!request || (!alert && !isOver)) {
      throw new Refusal('not_found', 'Request not found. It might not be processed, yet.');
    }
    const exists = alert?.state !== undefined;
    return found(statusOfRequest(request, door.id, aliasOf(alert), exists), post.requestId);
  },
  refused: refusedAsOpsgenie,
};

/** An alert as Opsgenie shows it. Its tiny id is kept from now on, so that it can be named by that. */
export const opsgenieAlert: Desk = {
  async answer(post, ports) {
    const door = await openDoor(genieKeyOf(post), 'opsgenie-api', ports);
    const alert = await alertOf(await idOf(post, door, ports), door, ports);
    if (alert?.state === undefined) throw new Refusal('not_found', 'Alert does not exist.');
    const tiny = tinyIdOf(alert.fingerprint);
    const kept = ports.keepTinyId(door.org, tiny, alert.fingerprint);
    await available('The tiny id of the alert could not be kept', kept, ports);
    return found(shown(alert, tiny, door), post.requestId);
  },
  refused: refusedAsOpsgenie,
};

async function idOf(post: Post, door: IntegrationDoor, ports: Ports): Promise<string> {
  const { identifier, type } = await identifierOf(post, { door, ports });
  return type === 'id' ? idNamed(door.id, identifier) : idOfAlias(door.id, identifier);
}

/** An alert of this integration; a key opens those of no other. */
async function alertOf(id: string, door: IntegrationDoor, ports: Ports): Promise<SeenAlert | undefined> {
  const alert = await available('The alert could not be looked up', ports.findAlert(door.org, id), ports);
  return alert?.integration === door.id ? alert : undefined;
}

const aliasOf = (alert: SeenAlert | undefined): string => alert?.labels.alias ?? alert?.fingerprint ?? '';

const fields: ReadonlySet<string> = new Set(['alias', 'tags', 'entity', 'source', 'user', 'responders']);

function shown(alert: SeenAlert, tinyId: string, door: IntegrationDoor) {
  const { fingerprint: id, labels, title = '', severity = 'P3_MEDIUM', state } = alert;
  const { from = 0, last = from, to = last } = alert;
  const isAcknowledged = state === 'acknowledged';
  return {
    ...{ id, tinyId, alias: aliasOf(alert), message: title, priority: severity.slice(0, 2) },
    ...{
      status: state === 'resolved' ? 'closed' : 'open',
      acknowledged: isAcknowledged,
      isSeen: isAcknowledged,
    },
    ...{
      snoozed: false,
      count: Math.max(1, alert.count),
      owner: '',
      teams: [],
      responders: [],
      actions: [],
    },
    ...{ createdAt: toText(from), updatedAt: toText(to), lastOccurredAt: toText(last) },
    tags: labels.tags?.split(', ') ?? [],
    ...{ entity: labels.entity ?? '', source: labels.source ?? '' },
    integration: { id: door.id, name: door.name, type: 'API' },
    details: Object.fromEntries(Object.entries(labels).filter(([name]) => !fields.has(name))),
  };
}
