import { beforeAll, describe, expect, it } from 'vitest';
import { HOUR, SECOND } from '../../../shared/kernel/index.ts';
import type { Program } from '../program.ts';
import { authorised, httpRequest, parsed } from '../requests.ts';
import { BEGIN } from '../scenario.ts';
import { theProgram } from '../simulate.ts';
import { deed, ended, firing, scene, tenantOf } from './scenes.ts';
import { mailed } from './seen.ts';
import { type StagedWorld, stage } from './staged.ts';

/** More than 48 hours after all that a day-old request left is over. */
const LATER = (74 * HOUR) / SECOND;

const pairs = {
  ...{ id: 'pairs', name: 'Pairs', actions: { assignToTeam: 'ops' } },
  conditions: { alertPattern: 'pair', threshold: 2, timeWindow: 180 },
};
const pair = { service: 'pairs' };

/**
 * An outage with its page, and days later the same again; beside it alerts that count only two by two:
 * those that came too long before do not.
 */
const days = scene(
  tenantOf({ rules: [pairs] }),
  [
    ...[firing('a', 0), ended('a', 600), firing('a', LATER), ended('a', LATER + 600)],
    ...[firing('pair 1', 0, pair), ended('pair 1', 30, pair), firing('pair 2', 900, pair)],
    ...[ended('pair 2', 930, pair), firing('pair 3', LATER, pair), firing('pair 4', LATER + 60, pair)],
  ],
  [deed('answer', 240), deed('answer', LATER + 240, 1)],
);

const until = BEGIN + (LATER + 3_600) * SECOND;

/** A client that uses its names of requests and messages again after days; gives the statuses of its answers. */
function noting() {
  const statuses: (number | undefined)[] = [];
  const notes = [
    { at: 60, text: 'It begins.' },
    { at: LATER + 60, text: 'It begins again.' },
  ];
  const atTime = (world: StagedWorld): void => {
    const [next] = notes;
    const [incident] = world.watch.books.incidents.values();
    if (!next || !incident || world.clock < BEGIN + next.at * SECOND) return;
    notes.shift();
    const { id, org } = incident;
    world.fleet.invoke('Incidents', {
      event: httpRequest(world, {
        ...{ method: 'POST', path: `/api/incidents/${id}/notes`, authorizer: authorised(org) },
        headers: { 'idempotency-key': 'the-same-note' },
        body: { text: next.text, clientMessageId: 'the-same-note' },
      }),
      tenants: new Set([org]),
      ended: (end) => statuses.push(parsed(end)?.status),
    });
  };
  return { atTime, statuses };
}

/** What came of it, as people see it. */
const outcome = (world: StagedWorld) => ({
  mails: mailed(world),
  incidents: [...world.watch.books.incidents.values()].map(({ id, title, state, generation }) => ({
    ...{ title, state, generation },
    facts: world.watch.books.factsOf(id).map(({ type }) => type),
  })),
});

const overdue = ({ table, clock }: StagedWorld): number =>
  [...table.items()].filter(({ ttl }) => typeof ttl === 'number' && ttl < clock / SECOND).length;

/** A run in which nothing that is over is ever deleted. */
let late: StagedWorld;
const client = noting();

let program: Program;

beforeAll(async () => {
  program = await theProgram();
  late = await stage(program, days, { until, atTime: client.atTime });
});

describe('[F32] items whose time has passed', () => {
  it('make no difference: deleted at once, or still there more than 48 hours later', async () => {
    let deleted = 0;
    const other = noting();
    const atTime = (world: StagedWorld) => {
      deleted += world.table.expire();
      other.atTime(world);
    };
    const prompt = await stage(program, days, { until, atTime });
    expect(outcome(prompt)).toEqual(outcome(late));
    expect(other.statuses).toEqual([201, 201]);
    expect(deleted).toBeGreaterThan(3);
    expect(overdue(late)).toBeGreaterThan(2);
    expect(overdue(prompt)).toBe(0);
  });

  it('count for nothing: alerts that came too long ago do not count, what comes again is new', () => {
    const { incidents, mails } = outcome(late);
    expect(incidents.map(({ title, state }) => [title, state])).toEqual([
      ['a fails', 'resolved'],
      ['a fails', 'resolved'],
      ['pair 3 fails', 'triggered'],
    ]);
    expect(mails).toEqual(['1 ann', '1 ann', '1 ann']);
    expect(client.statuses).toEqual([201, 201]);
    expect(incidents[0]?.facts.filter((type) => type === 'incident.noted')).toHaveLength(2);
  });
});
