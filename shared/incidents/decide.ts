import { isWorse } from '../alerts/index.ts';
import { type Instant, type NewFact, Refusal, toText } from '../kernel/index.ts';
import type { IncidentCommand } from './commands.ts';
import type { ControlFact } from './facts.ts';
import { awaitsFirstPage, type Incident, isOpen, type NextStep, nameOf } from './incident.ts';
import { decideLink, isMerged, type LinkCommand } from './links.ts';
import { firstStep, needsHuman } from './urgency.ts';

/**
 * The facts that a command causes on an incident. An empty list means that there is nothing to do: repeating a command is
 * harmless. What contradicts the state is refused with `conflict`.
 */
export function decideIncident(
  incident: Incident | undefined,
  command: IncidentCommand,
  now: Instant,
): readonly ControlFact[] {
  if (command.do === 'open') return incident ? [] : [fact('incident.opened', command.at, command.data)];
  if (!incident) throw new Refusal('not_found', 'There is no such incident.');
  switch (command.do) {
    case 'acknowledge':
      return acknowledge(incident, command, now);
    case 'escalate':
    case 'bring-forward':
    case 'put-off':
    case 'look-again':
    case 'page-by':
      return decideStep(incident, command, now);
    case 'change-severity':
      return changeSeverity(incident, command.to, now);
    case 'raise-severity':
      return raiseSeverity(incident, command, now);
    case 'mitigate':
      return mitigate(incident, command.at, now);
    case 'rename':
      return rename(incident, command.title, now);
    case 'resolve':
      return resolve(incident, command);
    case 'reopen':
      return reopen(incident, command, now);
    case 'delete':
      return remove(incident, now);
    default:
      return [...decideLink(incident, command, now), ...wokenBy(incident, command, now)];
  }
}

type Step = 'escalate' | 'bring-forward' | 'put-off' | 'look-again' | 'page-by';
type StepCommand = Extract<IncidentCommand, { do: Step }>;

function decideStep(incident: Incident, command: StepCommand, now: Instant): readonly ControlFact[] {
  switch (command.do) {
    case 'escalate':
      return escalate(incident, command, now);
    case 'bring-forward':
      return bringForward(incident, command, now);
    case 'put-off':
      return putOff(incident, command, now);
    case 'page-by':
      return soonerBy(incident, command, now);
    default:
      return lookAgain(incident, command.pageAt, now);
  }
}

/** What comes sooner because another incident, or another service, has to do with this one. */
function wokenBy(incident: Incident, command: LinkCommand, now: Instant): readonly ControlFact[] {
  if (command.do === 'reach') return wakeFor(incident, command, now);
  if (command.do !== 'absorb') return [];
  return isMutedNow(incident) ? lookAgain(incident, now, now) : soonerBy(incident, command, now);
}

/** What it takes in pages when it would have by itself, where its own first page is due later. */
function soonerBy(
  incident: Incident,
  { pageAt, number }: { readonly pageAt?: Instant; readonly number?: number },
  now: Instant,
): readonly ControlFact[] {
  if (pageAt === undefined || !awaitsFirstPage(incident) || incident.next?.heldBy !== undefined) return [];
  return sooner(incident, { pageAt, ...(number !== undefined && { reached: `INC-${number}` }) }, now);
}

function acknowledge(
  incident: Incident,
  { generation, by }: Extract<IncidentCommand, { do: 'acknowledge' }>,
  now: Instant,
): readonly ControlFact[] {
  if (generation !== undefined && generation !== incident.generation) return [];
  if (incident.state === 'acknowledged') return [];
  if (isMerged(incident)) throw mergedAway(incident, 'where it goes on; acknowledge that one.');
  if (incident.state === 'resolved') {
    throw new Refusal(
      'conflict',
      `${nameOf(incident)} is resolved already; reopen it first if it is not over.`,
      'state',
    );
  }
  return [fact('incident.acknowledged', now, { generation: incident.generation, ...(by && { by }) })];
}

/** That it can do this no more, since it goes on in another one. */
function mergedAway(incident: Incident & { mergedInto: string }, advice: string): Refusal {
  const number = incident.state === 'resolved' ? incident.mergedIntoNumber : undefined;
  const into = number === undefined ? incident.mergedInto : nameOf({ number });
  return new Refusal('conflict', `${nameOf(incident)} was merged into ${into}, ${advice}`, 'state');
}

type Escalate = Extract<IncidentCommand, { do: 'escalate' }>;

function escalate(incident: Incident, command: Escalate, now: Instant): readonly ControlFact[] {
  if (incident.state !== 'triggered' || incident.deletedAt !== undefined) return [];
  if (command.generation !== incident.generation || incident.next?.step !== command.step) return [];
  const { do: _, ...data } = command;
  return [fact('incident.escalated', now, data)];
}

type BringForward = Extract<IncidentCommand, { do: 'bring-forward' }>;

/** Only while the step is the last that was taken, and once: afterwards the next is due already. */
function bringForward(
  incident: Incident,
  { generation, step, after }: BringForward,
  now: Instant,
): readonly ControlFact[] {
  if (incident.state !== 'triggered' || incident.deletedAt !== undefined) return [];
  if (generation !== incident.generation || step !== incident.step) return [];
  if (incident.next && incident.next.dueAt <= now) return [];
  const next = { step: incident.next?.step ?? after, dueAt: now };
  return [fact('incident.brought-forward', now, { generation, step, next })];
}

type PutOff = Extract<IncidentCommand, { do: 'put-off' }>;

function putOff(incident: Incident, command: PutOff, now: Instant): readonly ControlFact[] {
  if (incident.state !== 'triggered' || incident.deletedAt !== undefined) return [];
  const { do: _, ...data } = command;
  const isNext = data.generation === incident.generation && data.next.step === incident.next?.step;
  if (!isNext || data.next.dueAt === incident.next?.dueAt) return [];
  return [fact('incident.put-off', now, data)];
}

type Reach = Extract<IncidentCommand, { do: 'reach' }>;

/** What another service tells waits no longer here than it would by itself: neither for maintenance of this one, nor for a first page that is held. */
function wakeFor(incident: Incident, { pageAt, service }: Reach, now: Instant): readonly ControlFact[] {
  if (incident.state !== 'triggered' || pageAt === undefined) return [];
  if (incident.service === service || incident.reached?.includes(service)) return [];
  const isWaiting = incident.next?.heldBy !== undefined || incident.step === 0;
  return isWaiting ? sooner(incident, { pageAt, reached: service }, now) : [];
}

/** What keeps the next step back may not hold for what came in now: whoever takes the step looks at that again. */
function lookAgain(incident: Incident, pageAt: Instant, now: Instant): readonly ControlFact[] {
  const isHeld = incident.state === 'triggered' && incident.next?.heldBy !== undefined;
  return isHeld ? sooner(incident, { pageAt }, now) : [];
}

/** Whether other alerts keep its next step back. */
const isMutedNow = (incident: Incident): boolean =>
  incident.state === 'triggered' && incident.next?.heldBy?.startsWith('inh_') === true;

function sooner(
  incident: Incident,
  { pageAt, reached }: { readonly pageAt: Instant; readonly reached?: string },
  now: Instant,
): readonly ControlFact[] {
  if (incident.state !== 'triggered' || incident.deletedAt !== undefined) return [];
  const { generation, next } = incident;
  // What was due before is due now.
  const dueAt = Math.max(now, pageAt);
  if (!next || next.dueAt <= dueAt) return [];
  const data = { generation, next: { step: next.step, dueAt }, ...(reached && { reached }) };
  return [fact('incident.put-off', now, data)];
}

type Raise = Extract<IncidentCommand, { do: 'raise-severity' }>;

/** What was of low urgency is no more when an alert that pages joins, at whatever severity. */
function raiseSeverity(
  incident: Incident,
  { to, pageAt, urgency }: Raise,
  now: Instant,
): readonly ControlFact[] {
  const isRaised = isWorse(to, incident.severity);
  const isLifted = incident.urgency === 'low' && urgency !== 'low' && needsHuman(to);
  if (urgency !== 'low' && (isRaised || isLifted))
    return changeSeverity(incident, isRaised ? to : incident.severity, now, pageAt, isLifted);
  if (!isRaised) return [];
  const isLow = needsHuman(to) && !needsHuman(incident.severity);
  const data = { from: incident.severity, to, ...(isLow && { urgency: 'low' as const }) };
  return [fact('incident.severity-changed', now, data)];
}

function changeSeverity(
  incident: Incident,
  to: Incident['severity'],
  now: Instant,
  pageAt = now,
  isLifted = incident.urgency === 'low' && isWorse(to, incident.severity) && needsHuman(to),
): readonly ControlFact[] {
  if (to === incident.severity && !isLifted) return [];
  const idle = incident.state === 'triggered' && !incident.next && incident.deletedAt === undefined;
  const wakes =
    idle &&
    needsHuman(to) &&
    (isLifted || !needsHuman(incident.severity) || incident.laterFor?.includes(to) === true);
  const next = wakes
    ? { step: incident.after ?? incident.step + 1, dueAt: pageAt }
    : soonerPage(incident, to, pageAt);
  return [
    fact('incident.severity-changed', now, {
      from: incident.severity,
      to,
      ...(next && { generation: incident.generation, next }),
      ...(isLifted && { urgency: 'normal' as const }),
    }),
  ];
}

/** A first page that is held is not held longer than what makes the incident worse: that may have come last. */
function soonerPage(incident: Incident, to: Incident['severity'], pageAt: Instant): NextStep | undefined {
  if (incident.state !== 'triggered' || incident.step > 0 || !incident.next) return undefined;
  const isSooner = isWorse(to, incident.severity) && pageAt < incident.next.dueAt;
  return isSooner ? { ...incident.next, dueAt: pageAt } : undefined;
}

function rename(incident: Incident, title: string, now: Instant): readonly ControlFact[] {
  return title === incident.title ? [] : [fact('incident.renamed', now, { title })];
}

function mitigate(incident: Incident, at: Instant, now: Instant): readonly ControlFact[] {
  if (at > now) throw new Refusal('invalid', `${toText(at)} is in the future.`, 'body.mitigatedAt');
  if (at < incident.openedAt) {
    const opened = toText(incident.openedAt);
    throw new Refusal(
      'invalid',
      `${nameOf(incident)} began at ${opened}, after that time.`,
      'body.mitigatedAt',
    );
  }
  if (incident.state === 'resolved' && at > incident.resolvedAt) {
    const resolvedAt = toText(incident.resolvedAt);
    throw new Refusal(
      'invalid',
      `${nameOf(incident)} was over at ${resolvedAt} already.`,
      'body.mitigatedAt',
    );
  }
  if (incident.points?.mitigatedAt === at) return [];
  return [fact('incident.mitigated', at, { generation: incident.generation })];
}

type Resolve = Extract<IncidentCommand, { do: 'resolve' }>;

function resolve(incident: Incident, { reason, at, note }: Resolve): readonly ControlFact[] {
  if (!isOpen(incident)) return [];
  return [
    fact('incident.resolved', at, {
      generation: incident.generation,
      reason,
      ...(note !== undefined && { note }),
    }),
  ];
}

type Reopen = Extract<IncidentCommand, { do: 'reopen' }>;

function reopen(
  incident: Incident,
  { reason, at, pageAt, urgency }: Reopen,
  now: Instant,
): readonly ControlFact[] {
  if (isOpen(incident)) return [];
  if (isMerged(incident)) throw mergedAway(incident, 'where it goes on; reopen that one.');
  const isQuiet = incident.deletedAt !== undefined || urgency === 'low';
  const next = isQuiet ? undefined : firstStep(incident.severity, pageAt ?? now);
  return [
    fact('incident.reopened', at, {
      ...{ generation: incident.generation + 1, reason },
      ...(urgency && { urgency }),
      ...(next && { next }),
    }),
  ];
}

/** Deleting an open incident ends it first, so that nobody is paged for what cannot be seen. */
function remove(incident: Incident, now: Instant): readonly ControlFact[] {
  if (incident.deletedAt !== undefined) return [];
  const ended = resolve(incident, { do: 'resolve', reason: 'person', at: now });
  return [...ended, fact('incident.deleted', now, {})];
}

function fact<Type extends string, Data>(type: Type, occurredAt: Instant, data: Data): NewFact<Type, Data> {
  return { type, occurredAt, data };
}
