import { SendEmailCommand } from '@aws-sdk/client-ses';
import type { SQSEvent } from 'aws-lambda';
import { type Duration, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { organisation, startProviders } from '../functions/on-call/scene.ts';
import { type FunctionWorld, queueEvent } from './function-world.ts';
import { lambdaContext } from './http-event.ts';
import { epoch } from './signals.ts';
import { postOf } from './unit-scenes.ts';
import { countWriteUnits } from './write-units.ts';

/** Write units of one alert that opens an incident of its own, added up worker by worker. */
export interface FirstPageUnits {
  /** Until the incident is there, and what the alert said is kept. */
  readonly opened: number;
  /** And until it is planned who is told. */
  readonly planned: number;
  /** And until the provider of the page is called, which is when the page is claimed. */
  readonly called: number;
  /** And until it is in the record that the provider took it. */
  readonly sent: number;
}

/** How many come before and are not counted, and how many are: together fewer than are a storm. */
const WARM = 10;
const COUNTED = 30;

const AFTER: Duration = 30 * SECOND;

/** Alerts of 400 bytes through the real workers, so many a batch, from the queue to the first page, which goes to one person by mail. */
export async function unitsToFirstPage(
  world: FunctionWorld,
  name: string,
  batch: number,
): Promise<FirstPageUnits> {
  const { detect, escalate, deliver, log } = await workers();
  log.setLogLevel('SILENT');
  const org = await organisationOf(world, name);
  const providers = startProviders();
  const counter = countWriteUnits();
  const took = { detect: 0, escalate: 0, claim: 0, mark: 0 };
  let pages = 0;
  providers.mail.on(SendEmailCommand).callsFake(() => {
    took.claim += counter.taken();
    return { MessageId: String(++pages) };
  });
  try {
    for (let i = 0; i < WARM + COUNTED; i += batch) {
      if (i === WARM) Object.assign(took, { detect: 0, escalate: 0, claim: 0, mark: 0 });
      await detect(sentNow(queueEvent('Alerts', postsOf(org, i, batch))), lambdaContext);
      took.detect += counter.taken();
      await escalate(queueEvent('Escalation', taken(world, 'Escalation')));
      took.escalate += counter.taken();
      for (const one of taken(world, 'Delivery')) {
        await deliver(queueEvent('Delivery', [one]));
        took.mark += counter.taken();
      }
      world.forget();
    }
  } finally {
    counter.stop();
    providers.stop();
  }
  if (pages !== WARM + COUNTED)
    throw new Error(`${WARM + COUNTED} alerts were followed by ${pages} pages and not by as many`);
  const opened = took.detect / COUNTED;
  const planned = opened + took.escalate / COUNTED;
  const called = planned + took.claim / COUNTED;
  return { opened, planned, called, sent: called + took.mark / COUNTED };
}

/** They read their settings when they are imported. */
const workers = async () => ({
  detect: (await import('../../functions/detection/detect.queue.ts')).handler,
  escalate: (await import('../../functions/on-call/escalate.queue.ts')).handler,
  deliver: (await import('../../functions/on-call/deliver.queue.ts')).handler,
  log: (await import('../../functions/edge/log.ts')).log,
});

async function organisationOf(world: FunctionWorld, name: string): Promise<OrganisationId> {
  world.setClock(epoch);
  const org = await organisation(name, [{ id: 'default', name: 'Default', levels: [{ targets: ['ann'] }] }]);
  world.setClock(epoch + AFTER);
  world.forget();
  return org;
}

/** A page for what waited in the queue is held for a while; this has not. */
function sentNow(event: SQSEvent): SQSEvent {
  for (const { attributes } of event.Records) attributes.SentTimestamp = String(epoch + AFTER);
  return event;
}

const postsOf = (org: OrganisationId, first: number, batch: number) =>
  Array.from({ length: batch }, (_, i) =>
    postOf(org, { posts: 0, alerts: 1, different: WARM + COUNTED, apart: true }, first + i),
  );

const taken = ({ sent }: FunctionWorld, queue: string): readonly object[] =>
  sent.flatMap((one) => (one.queue === queue && one.delaySeconds === 0 ? [one.body] : []));
