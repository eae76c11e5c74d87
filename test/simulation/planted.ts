import type { Change } from './program.ts';

/** A bug that a tired engineer could have written, to see that the simulation finds it. */
export interface PlantedBug {
  readonly name: string;
  readonly changes: readonly Change[];
  /** Whether it shows only in one of some hundred runs. */
  readonly isRare?: boolean;
  /** A seed that showed it when this was written, where that is a late one: only the time of the search depends on it. */
  readonly shownBy?: number;
}

const bug = (name: string, file: string, from: string, to: string): PlantedBug => ({
  name,
  changes: [{ file, from, to }],
});

const shownBy = (seed: number, planted: PlantedBug): PlantedBug => ({ ...planted, shownBy: seed });

const rare: typeof bug = (...parts) => ({ ...bug(...parts), isRare: true });

/** All of them. A text that is not there any more fails loudly: the bug must be planted anew. */
export const plantedBugs: readonly PlantedBug[] = [
  bug(
    'an alert is acknowledged before it is durable',
    'functions/alerts/accept.ts',
    "await allDone([available('The alert could not be stored', stored, ports), keep?.()]);",
    "void allDone([available('The alert could not be stored', stored, ports), keep?.()]);",
  ),
  rare(
    'the guard is not read again after a join',
    'functions/detection/detect.ts',
    'const joins = keys.filter(joinsLater);',
    'const joins = keys.filter(() => false);',
  ),
  rare(
    'an alert that waits for a threshold is written beside its slot and not with it',
    'shared/detection/waiting.ts',
    'key.fingerprints.add(placing.fingerprint);',
    '',
  ),
  shownBy(
    438,
    bug(
      'who settles does not look again after the write',
      'functions/detection/settle.ts',
      'await write(org, settled, ports);\n',
      'await write(org, settled, ports);\n    return;\n',
    ),
  ),
  bug(
    'a step is timed from when the one before was processed',
    'shared/on-call/escalation.ts',
    'return dueAt + delay < now ? now + delay : dueAt + delay;',
    'return now + delay + 0 * dueAt;',
  ),
  bug(
    'a delivery is not claimed before the provider is called',
    'functions/on-call/deliveries.ts',
    "if (taken.outcome === 'claimed' && (await saveDelivery(message, taken.delivery))) return taken.delivery;",
    "if (taken.outcome === 'claimed') return taken.delivery;",
  ),
  rare(
    'a page that may have been sent before does not say so',
    'shared/on-call/delivery.ts',
    'possiblyAgain: delivery.possiblyAgain || died,',
    'possiblyAgain: delivery.possiblyAgain,',
  ),
  bug(
    'a worker that is not the one to deliver calls it done',
    'functions/on-call/deliveries.ts',
    "throw new NotNow('it is not time for this delivery', until === undefined ? undefined : until - now);",
    'return undefined;',
  ),
  shownBy(
    120,
    bug(
      'the incident is not looked at once more before a page',
      'functions/on-call/deliver.queue.ts',
      'const dropped = dropReason(incident, message.generation);',
      'const dropped = incident === undefined ? dropReason(incident, message.generation) : undefined;',
    ),
  ),
  rare(
    'the whole batch fails for one message',
    'functions/edge/queue.ts',
    'event.Records.filter((_, i) => !outcomes[i]),\n      pauses,',
    'outcomes.every(Boolean) ? [] : event.Records,\n      pauses,',
  ),
  bug(
    'a number that was reserved and not written is never closed',
    'shared/incidents/holes.ts',
    'if (now - recordedAt >= HOLE_PATIENCE) holes.push(hole);',
    'if (now - recordedAt >= HOLE_PATIENCE * 1e6) holes.push(hole);',
  ),
  bug(
    'the fan-out does not send deliveries again',
    'functions/incidents/fan-out.stream.ts',
    "facts.filter((fact) => reactionTo(fact) === 'escalate-and-deliver').flatMap(deliveryMessages),",
    '[],',
  ),
  bug(
    'an incident that is resolved keeps its next step',
    'shared/incidents/evolve.ts',
    '...withPoints(common(incident), mitigatedAt === undefined ? {} : { mitigatedAt }),',
    '...incident,',
  ),
  rare(
    'an incident opens again without a new generation',
    'shared/incidents/evolve.ts',
    "state: 'triggered', generation: data.generation, step: 0 }",
    "state: 'triggered', generation: incident.generation, step: 0 }",
  ),
  rare(
    'rules are believed without comparing their version',
    'functions/detection/detect.ts',
    'if ((first.configuration?.version ?? 0) === known.version) return withQuiets(org, first, ports);',
    'if (known.version > 0) return withQuiets(org, first, ports);',
  ),
  bug(
    'a configuration is remembered by its version alone',
    'functions/aws/configuration.ts',
    `const name = \`\${org} \${version}\`;`,
    `const name = \`\${version}\`;`,
  ),
  bug(
    'a conflict of transactions counts as success',
    'functions/aws/dynamodb/transact.ts',
    'if (codes.some((code) => code !== undefined && passing.includes(code)))',
    "if (codes.includes('TransactionConflict')) return { done: true, result: { committed: true } };\n  if (codes.some((code) => code !== undefined && passing.includes(code)))",
  ),
  rare(
    'the guard is written without its version',
    'functions/aws/guards.ts',
    'return { put: row, ...(guard.version === 0 ? { ifNew: true } : { ifVersion: guard.version }) };',
    'return { put: row };',
  ),
  shownBy(
    54,
    bug(
      'a message that a client sends again is recorded again',
      'functions/aws/room-log.ts',
      'clientMessageId === undefined ? undefined : schema.messageGuard.key({ org, inc: id, clientMessageId });',
      'clientMessageId === undefined ? undefined : schema.messageGuard.key({ org, inc: id, clientMessageId: clientMessageId + now });',
    ),
  ),
  {
    name: 'the slots of a threshold are read before their guard and not after it',
    isRare: true,
    changes: [
      {
        file: 'functions/aws/detection-load.ts',
        from: 'const versions = await reading.first({',
        to: 'const counted = await slotsFor(org, said, reading.heads);\n  const versions = await reading.first({',
      },
      {
        file: 'functions/aws/detection-load.ts',
        from: '  const counted = await slotsFor(org, firings, reading.heads);\n',
        to: '',
      },
    ],
  },
  {
    name: 'a count is added blindly',
    changes: [
      { file: 'functions/aws/counts.ts', from: 'hour, [name]: received, [', to: 'hour, [' },
      {
        file: 'functions/aws/counts.ts',
        from: '    if: [{ [name]: { exists: false } }, { [name]: { below: received } }],',
        to: '    add: { [name]: received },',
      },
    ],
  },
  {
    name: 'a step is taken whenever its message comes',
    isRare: true,
    changes: [
      {
        file: 'shared/on-call/escalation.ts',
        from: "if (now < incident.next.dueAt) return { do: 'wait', until: incident.next.dueAt };",
        to: '',
      },
      {
        file: 'functions/on-call/escalate.queue.ts',
        from: 'if (now < message.dueAt) return sendEscalation(escalateMessage(message, now));',
        to: '',
      },
    ],
  },
  bug(
    'only the first step is among those that come due',
    'functions/aws/incident-rows.ts',
    "const due = incident.state === 'triggered' ? incident.next : undefined;",
    "const due = incident.state === 'triggered' && incident.step === 0 ? incident.next : undefined;",
  ),
  bug(
    'an alert is placed by when it was received',
    'shared/detection/firing.ts',
    "match.does === 'open' ? countsAt(draft, match, firing) : undefined;",
    "match.does === 'open' && countsAt(draft, match, firing) ? firing.from.receivedAt : undefined;",
  ),
  bug(
    'a resolve at the time of a firing comes before it',
    'shared/detection/occurrence.ts',
    "a.at - b.at || (a.kind === 'firing' ? -1 : 1)",
    "a.at - b.at || (a.kind === 'firing' ? 1 : -1)",
  ),
];
