import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goneBy, isDecidedBy, ruleSchema, servicesOf } from '../../../shared/detection/index.ts';
import { evolveLink, type Incident } from '../../../shared/incidents/index.ts';
import { linkSentence } from '../../../shared/incidents/link-sentence.ts';
import { worldWith } from '../../support/detection-world.ts';
import { fingerprint, signal } from '../../support/signals.ts';

const parting = (leaving: readonly string[], staying: readonly string[]) => ({
  leaving: new Set(leaving),
  staying: new Set(staying),
});

describe('the services that an incident has to do with no more', () => {
  const reached = ['checkout', 'search'];

  it('are those that it had reached of which the last alert leaves', () => {
    expect(goneBy({ reached }, parting(['checkout'], ['db', 'search']))).toEqual(['checkout']);
    expect(goneBy({ reached }, parting(['checkout'], ['db', 'checkout']))).toEqual([]);
    expect(goneBy({ reached }, parting(['db'], ['search', 'checkout']))).toEqual([]);
  });

  it('and where it seemed to come from, when nothing of that, or only one service, is left', () => {
    const origin = 'db';
    expect(goneBy({ reached, origin }, parting(['db'], reached))).toEqual(['db']);
    expect(goneBy({ reached, origin }, parting(['checkout'], ['web']))).toEqual(['checkout', 'db']);
    expect(goneBy({ reached, origin }, parting(['checkout'], ['web', 'search']))).toEqual(['checkout']);
    expect(goneBy({ origin }, parting(['web'], ['web']))).toEqual([]);
  });

  it('are never more when more alerts are known to stay, so that looking can end at none', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
    const origins = fc.option(fc.constantFrom('a', 'b', 'x'), { nil: undefined });
    fc.assert(
      fc.property(names, origins, names, names, names, (reached, origin, leaving, staying, more) => {
        const source = { reached, ...(origin !== undefined && { origin }) };
        const before = goneBy(source, parting(leaving, staying));
        const after = goneBy(source, parting(leaving, [...staying, ...more]));
        expect(before).toEqual(expect.arrayContaining([...after]));
        expect(isDecidedBy(source, parting(leaving, staying))).toBe(before.length === 0);
      }),
    );
  });

  it('of an alert are the one that its source says, and the one that the rules say', () => {
    const rules = [ruleSchema.parse({ id: 'r', name: 'R', actions: { set: { service: '{team}-service' } } })];
    const world = worldWith([], ...rules);
    world.receive(0, signal('a', 'firing', 0, { service: 'web', labels: { team: 'find' } }));
    const head = world.memory.heads.get(fingerprint('a'));
    expect(head && servicesOf(rules, head)).toEqual(['web', 'find-service']);
    expect(head && servicesOf([], head)).toEqual(['web']);
  });
});

describe('a service that an incident had to do with no more', () => {
  it.each([
    ['while it is open', false],
    ['also when it had ended meanwhile', true],
  ])('is reached anew when an alert of it comes in %s', (_, isOver) => {
    const rules = [ruleSchema.parse({ id: 'one', name: 'In one', group: { by: ['source'] } })];
    const { memory, receive, settle } = worldWith([], ...rules);
    receive(0, signal('a', 'firing', 0, { service: 'db' }));
    const [guard] = memory.guards.values();
    const windows = guard?.windows.map((window) => ({ ...window, left: ['web'] }));
    if (guard && windows) memory.guards.set(guard.hash, { ...guard, windows });
    if (isOver) receive(10, signal('a', 'resolved', 10));
    settle(30);
    receive(40, signal('b', 'firing', 40, { service: 'web' }));
    const [incident] = memory.incidents.values();
    expect(incident).toMatchObject({ state: 'triggered', service: 'db', reached: ['web'] });
    expect([...memory.guards.values()].flatMap((one) => one.windows[0]?.left ?? [])).toEqual([]);
  });
});

describe('a split', () => {
  const split = (gone?: readonly string[]) =>
    ({
      ...{ type: 'incident.split', occurredAt: 0 },
      data: { into: 'inc_1', number: 7, alerts: ['a'], reason: 'x', ...(gone && { gone }) },
    }) as Parameters<typeof evolveLink>[1];
  const incident = { service: 'db', origin: 'db', reached: ['checkout', 'search'] } as unknown as Incident;

  it('takes what is gone from what the incident says; one that an earlier version recorded takes nothing', () => {
    expect(evolveLink(incident, split())).toEqual(incident);
    expect(evolveLink(incident, split(['checkout']))).toEqual({ ...incident, reached: ['search'] });
    expect(evolveLink(incident, split(['checkout', 'search', 'db']))).toEqual({ service: 'db' });
  });

  it('says so in the log', () => {
    const said = linkSentence(
      split(['checkout', 'db']) as unknown as Parameters<typeof linkSentence>[0],
      'Ann',
    );
    expect(said).toMatchObject({
      text: 'Ann moved an alert into INC-7, an incident of its own: x',
      lines: ['It has to do with checkout, db no more.'],
    });
  });
});
