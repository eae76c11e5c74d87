import type { SignalsMessage } from '../../../shared/alerts/index.ts';
import type { ReasonedEntry } from '../../../shared/incidents/index.ts';
import { HOLD, type IncidentId, type Instant } from '../../../shared/kernel/index.ts';
import { DetectionMemory, occurrencesIn, outcome } from '../../support/detection-memory.ts';
import { org as playedOrg } from '../../support/signals.ts';
import type { Books } from '../books.ts';
import { BEGIN, type Scenario } from '../scenario.ts';
import { Violation } from '../violation.ts';
import type { Invariant } from './invariant.ts';

/** The longest pause after which the settle messages of what went before have been handled. */
const SETTLED = 10_000;

/** Order and repetition do not matter: what came out is what the same signals give one by one in the order of their times. */
export function sameOutcome(): Invariant {
  let latest = 0;
  return {
    name: 'outcome',
    deleting(queue, message, { clock }) {
      if (queue !== 'alerts' || (message as { readonly kind: string }).kind !== 'signals') return;
      for (const { at } of (message as SignalsMessage).signals) latest = Math.max(latest, clock - at);
    },
    atRest({ books, scenario }) {
      if (latest > HOLD || scenario.weather.skew !== undefined || books.isSteered) return;
      for (const { org, configuration } of scenario.tenants) {
        if ((books.configured.get(org)?.version ?? 1) > 1) continue;
        const memory = new DetectionMemory(configuration.rules);
        play(memory, inOrder(books, org));
        const wanted = [...outcome(memory), ...occurrencesIn(memory)];
        const world = worldOf(books, org);
        const found = [...outcome(world), ...occurrencesIn(world)];
        if (found.join('\n') !== wanted.join('\n'))
          throw new Violation('outcome', 'order or repetition mattered', { found, wanted });
      }
    },
  };
}

function inOrder({ queued }: Books, org: string): readonly SignalsMessage[] {
  return [...queued.values()]
    .filter((message) => message.org === org)
    .flatMap((message) =>
      message.signals.map((signal) => ({ ...message, org: playedOrg, signals: [signal] })),
    )
    .sort((a, b) => timeOf(a) - timeOf(b) || order(a) - order(b));
}

const timeOf = ({ signals: [signal] }: SignalsMessage): Instant => signal?.at ?? 0;

/** Of two at one time the resolve is the later. */
const order = ({ signals: [signal] }: SignalsMessage): number => (signal?.state === 'firing' ? 0 : 1);

function play(memory: DetectionMemory, messages: readonly SignalsMessage[]): void {
  let now = BEGIN;
  for (const message of messages) {
    const at = timeOf(message);
    if (at - now > SETTLED) memory.settle(at);
    memory.receive([message], at);
    now = at;
  }
  for (const later of [60_000, 120_000]) memory.settle(now + later);
}

function worldOf(books: Books, org: Scenario['tenants'][number]['org']) {
  const incidents = new Map([...books.incidents].filter(([, incident]) => incident.org === org));
  const entries = new Map<IncidentId, ReasonedEntry[]>();
  for (const id of incidents.keys())
    entries.set(
      id,
      books
        .factsOf(id)
        .flatMap((fact) =>
          fact.type === 'alerts.changed'
            ? fact.data.entries.map((entry) => ({ ...entry, why: fact.data.why }))
            : [],
        ),
    );
  const own = ([key]: readonly [string, unknown]) => key.startsWith(`O#${org}#`);
  const guards = new Map([...books.guards].filter(own).map(([, guard]) => [guard.hash, guard]));
  const heads = new Map([...books.heads].filter(own).map(([, head]) => [head.fingerprint, head]));
  const past = new Map([...books.past].filter(([fingerprint]) => heads.has(fingerprint)));
  return { incidents, entries, guards, heads, past };
}
