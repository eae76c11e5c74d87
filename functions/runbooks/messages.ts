import * as z from 'zod';
import { delayUntil } from '../../shared/incidents/index.ts';
import {
  type Id,
  type IdKind,
  type Instant,
  isId,
  type OrganisationId,
  type RunId,
} from '../../shared/kernel/index.ts';
import { nextAt, type Run } from '../../shared/runbooks/index.ts';
import type { ClusterTestMessage, RunMessage } from '../../shared/wiring/index.ts';
import { type Outgoing, sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';

const id = <Kind extends IdKind>(kind: Kind) =>
  z.string().refine((text): text is Id<Kind> => isId(kind, text), `Expected an id of kind ${kind}`);

const org = id('organisation');
const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), org, run: id('run') }),
  z.object({ kind: z.literal('cluster-test'), org, cluster: z.string(), askedAt: z.number() }),
]);

/** What the queue of runbooks carries, as it came from there. */
export const parseMessage = (body: unknown): RunMessage | ClusterTestMessage => message.parse(body);

/** The message that drives a run, delayed until it is due; none when that is farther off than a queue can wait. */
export function runMessage(
  org: OrganisationId,
  run: RunId,
  dueAt: Instant,
  now: Instant,
): readonly Outgoing[] {
  const delaySeconds = delayUntil(dueAt, now);
  const body: RunMessage = { kind: 'run', org, run };
  return delaySeconds === undefined ? [] : [{ body, group: org, delaySeconds }];
}

/** Sends what makes a run go on; nothing when only a person can, or it is over. */
export async function sendNext(run: Run, now: Instant): Promise<void> {
  const due = nextAt(run);
  const messages = due === undefined ? [] : runMessage(run.org, run.id, due, now);
  if (messages.length > 0) await sendTo(setting('runbookQueue')).send(messages);
}

/** Has a cluster looked at. */
export async function sendClusterTest(body: ClusterTestMessage): Promise<void> {
  await sendTo(setting('runbookQueue')).send([{ body, group: body.org }]);
}
