import type { Incident, LoggedFact } from '../../shared/incidents/index.ts';
import { type Instant, system } from '../../shared/kernel/index.ts';
import {
  type EscalateCommand,
  nextEscalation,
  planDeliveries,
  policyAt,
  policyFor,
  reachesNobody,
} from '../../shared/on-call/index.ts';
import { type EscalateMessage, functions } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { command } from '../aws/incident-log.ts';
import { sendTo } from '../aws/queue.ts';
import { readSettings } from '../aws/settings.ts';
import type { Write } from '../aws/table.ts';
import { log } from '../edge/log.ts';
import { queueWorker } from '../edge/queue.ts';
import {
  deliveryMessages,
  escalateMessage,
  nextStepMessages,
  sendEscalation,
} from '../incidents/escalation.ts';
import { planWrite } from './deliveries.ts';
import { isKeptBack } from './kept-back.ts';
import { loadForStep } from './load.ts';
import { parseEscalate } from './messages.ts';
import { loadAdministrators } from './roster.ts';
import { waitFor } from './wait.ts';

const { deliveryQueue } = readSettings(functions.Escalate.env);

/** What fits beside the control writes into one transaction; the deliveries beyond it are planned when they are taken up. */
const MOST_PLANNED = 40;

/** Takes one step of an escalation when it is due. The second message of the same step finds it taken. */
export const handler = queueWorker(parseEscalate, async (message) => {
  const now = clock.now();
  if (now < message.dueAt) return sendEscalation(escalateMessage(message, now));
  const { incident, roster, duty, quiets } = await loadForStep(message, now);
  if (!incident || !isNext(incident, message)) return;
  const { people, policies } = roster;
  const configured = policyFor(incident, policies);
  const { policy, onCall = [] } = configured ? policyAt(configured, duty, now) : {};
  const catchAll = reachesNobody(incident, policy, people) ? await loadAdministrators(message.org) : [];
  const escalation = nextEscalation(incident, policy, people, catchAll, now);
  if (escalation.do === 'stop') return;
  if (escalation.do === 'wait') return waitFor(incident, message, now);
  if (await isKeptBack(incident, quiets, now)) return;
  await take(incident, { ...escalation.command, ...(onCall.length > 0 && { onCall }) }, now);
});

/** Whether a message names the step that the record says comes next. */
function isNext(incident: Incident, { generation, step }: EscalateMessage): boolean {
  return incident.state === 'triggered' && incident.generation === generation && incident.next?.step === step;
}

/** Records the step together with its deliveries, then sends what follows from it. */
async function take(loaded: Incident, wanted: EscalateCommand, now: Instant): Promise<void> {
  const { org, id: incident } = loaded;
  const { generation, step, targets } = wanted;
  const also = (_: Incident, facts: readonly LoggedFact[]): readonly Write[] =>
    facts.length === 0
      ? []
      : planDeliveries(generation, step, targets.slice(0, MOST_PLANNED)).map((delivery) =>
          planWrite(org, incident, delivery),
        );
  const cause = loaded.state === 'triggered' ? loaded.wokenBy : undefined;
  const { incident: after, facts } = await command(org, incident, wanted, {
    actor: system('escalation'),
    now,
    loaded,
    also,
    ...(cause && { cause }),
  });
  if (facts.length === 0) return;
  if (targets.length === 0) log.error('nobody can be paged', { org, incident, step });
  if (wanted.skipped) log.warn('levels without anybody', { org, incident, step, skipped: wanted.skipped });
  const deliveries = facts.flatMap(deliveryMessages);
  await allDone([
    deliveries.length > 0 && sendTo(deliveryQueue).send(deliveries),
    sendEscalation(nextStepMessages([after], now)),
  ]);
}
