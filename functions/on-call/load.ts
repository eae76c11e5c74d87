import type { Quiet } from '../../shared/alerts/index.ts';
import type { Incident } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { type Delivery, type Duty, planDeliveries } from '../../shared/on-call/index.ts';
import { type Key, schema } from '../../shared/table/index.ts';
import type { DeliverMessage } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import type { ConfigurationHead } from '../aws/configuration.ts';
import { stored } from '../aws/incident-rows.ts';
import { loadQuiets, type QuietVersion } from '../aws/quiets.ts';
import { table } from '../aws/table.ts';
import type { DeliveryAsked } from './messages.ts';
import { overridesAfter } from './overrides.ts';
import { type Roster, rosterOf } from './roster.ts';

/** An incident, and who may be paged for it. */
export interface Paged {
  readonly incident: Incident | undefined;
  readonly roster: Roster;
}

/** What a page is about. */
interface Subject {
  readonly org: OrganisationId;
  readonly incident: IncidentId;
}

/** What a step is decided from. */
interface ForStep extends Paged {
  readonly duty: Duty;
  readonly quiets: readonly Quiet[];
}

/** An incident, the roster of its organisation, the overrides that count at an instant or later, and what keeps alerts quiet; in one load. */
export async function loadForStep(subject: Subject, now: Instant): Promise<ForStep> {
  const [loaded, overrides, version] = await allDone([
    loadPaged(subject),
    overridesAfter(subject.org, now),
    table.get<QuietVersion>(schema.quietVersion.key(subject)),
  ]);
  const { people, schedules } = loaded.roster;
  const { quiets } = await loadQuiets(subject.org, version, now);
  return { ...loaded, quiets, duty: { people, schedules, overrides } };
}

/** An incident and the roster of its organisation, in one load. */
export async function loadPaged(subject: Subject): Promise<Paged> {
  const [incident, configuration] = await table.load<Row>(keysOf(subject));
  return paged(subject, incident, configuration);
}

/** The delivery that a message names, with what its page says; in one load. */
export async function loadForDelivery(
  message: DeliveryAsked,
): Promise<Paged & { readonly delivery: Delivery }> {
  const [incident, configuration, intent] = await table.load<Row>([...keysOf(message), intentKey(message)]);
  const delivery = intent ? stored<Delivery>(intent) : newDelivery(message);
  return { ...(await paged(message, incident, configuration)), delivery };
}

/** Of a step with more targets than one transaction takes, some deliveries are only planned when they are taken up. */
function newDelivery({ generation, step, person, channel, others }: DeliveryAsked): Delivery {
  const [planned] = planDeliveries(generation, step, [{ person, channel, ...(others && { others }) }]);
  if (!planned) throw new Error('A delivery without a target');
  return { ...planned, version: 0 };
}

/** Where the intent lies that a message names. */
export function intentKey(message: Omit<DeliverMessage, 'kind'>): Key {
  const { org, incident: inc, generation, step, person, channel } = message;
  return schema.deliveryIntent.key({ org, inc, generation, step, person, channel });
}

type Row = Readonly<Record<string, unknown>>;

const keysOf = ({ org, incident: inc }: Subject): readonly [Key, Key] => [
  schema.incidentHead.key({ org, inc }),
  schema.configurationHead.key({ org }),
];

async function paged({ org }: Subject, incident: Row | undefined, head: Row | undefined): Promise<Paged> {
  return {
    incident: incident && stored<Incident>(incident),
    roster: await rosterOf(org, head && stored<ConfigurationHead>(head)),
  };
}
