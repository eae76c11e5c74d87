import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../../shared/incidents/index.ts';
import { world } from '../../support/detection-world.ts';
import { epoch, signal } from '../../support/signals.ts';

describe('a worse alert', () => {
  const worst = { severity: 'P1_CRITICAL' } as const;

  it('wakes somebody when the incident had woken nobody, whether it was open, over, or is bridged by it', () => {
    const open = world();
    open.receive(0, signal('api', 'firing', 0, { severity: 'P5_INFO' }));
    open.receive(5, signal('db', 'firing', 5, worst));
    expect(open.incidents()).toEqual(['triggered P1_CRITICAL generation 1 pages']);

    const over = world();
    over.receive(0, signal('api', 'firing', 0, { severity: 'P5_INFO' }), signal('api', 'resolved', 1));
    over.receive(60, signal('db', 'firing', 60, worst));
    expect(over.incidents()).toEqual(['triggered P1_CRITICAL generation 2 pages']);

    const bridged = world();
    bridged.receive(0, signal('api', 'firing', 0, { severity: 'P5_INFO' }), signal('api', 'resolved', 1));
    bridged.receive(1_800, signal('db', 'firing', 1_800, { severity: 'P5_INFO' }));
    bridged.receive(1_801, signal('web', 'firing', 900, worst));
    expect(bridged.incidents()).toEqual([
      'triggered P1_CRITICAL generation 2 pages',
      'resolved P5_INFO generation 1 merged',
    ]);
  });

  it('is acknowledged by whom its source names, or by somebody there', () => {
    const named = world();
    named.receive(0, signal('api', 'firing', 0));
    named.receive(1, signal('api', 'acknowledged', 1, { by: 'bob' }));
    const unnamed = world();
    unnamed.receive(0, signal('api', 'firing', 0), signal('api', 'acknowledged', 1));
    const takers = [named, unnamed].flatMap(({ memory }) =>
      [...memory.incidents.values()].map((one) => one.state === 'acknowledged' && one.acknowledgedBy),
    );
    expect(takers).toMatchObject([
      { kind: 'machine', name: 'bob in another tool' },
      { kind: 'machine', name: 'Somebody in another tool' },
    ]);
  });

  it('raises an acknowledged incident and wakes nobody: somebody is at work on it', () => {
    const { receive, incidents } = world();
    receive(0, signal('api', 'firing', 0));
    receive(1, signal('api', 'acknowledged', 1));
    receive(60, signal('db', 'firing', 60, worst));
    expect(incidents()).toEqual(['acknowledged P1_CRITICAL generation 1']);
  });

  it('is told of the alert that was given back, once, and stays acknowledged', () => {
    const { memory, receive, incidents } = world();
    const back = signal('api', 'firing', 2, { unacknowledged: true });
    receive(0, signal('api', 'firing', 0));
    receive(1, signal('api', 'acknowledged', 1));
    receive(2, back);
    receive(3, back);
    const told = [...memory.entries.values()].flat().map(({ state, at }) => [state, (at - epoch) / 1_000]);
    expect(told).toEqual([
      ['firing', 0],
      ['acknowledged', 1],
      ['firing', 2],
    ]);
    expect(incidents()).toEqual(['acknowledged P3_MEDIUM generation 1']);
  });

  it('[M12] after an acknowledged incident ended wakes somebody again', () => {
    const { receive, settle, incidents } = world();
    receive(0, signal('api', 'firing', 0));
    receive(1, signal('api', 'acknowledged', 1));
    receive(2, signal('api', 'resolved', 2));
    settle(20);
    receive(60, signal('db', 'firing', 60, worst));
    expect(incidents()).toEqual(['triggered P1_CRITICAL generation 2 pages']);
  });
});

describe('what a person ended', () => {
  const ended = (command: IncidentCommand) => {
    const made = world();
    made.receive(0, signal('api', 'firing', 0), signal('db', 'firing', 0));
    const [id = 'inc_none'] = made.memory.incidents.keys();
    made.memory.byHand(id, command, epoch + 60_000);
    return made;
  };
  const resolve = { do: 'resolve', reason: 'person', at: epoch + 60_000 } as const;

  it('stays so for what was known, and is not merged into what comes later', () => {
    const { receive, incidents } = ended(resolve);
    receive(70, signal('api', 'firing', 0));
    receive(9_000, signal('web', 'firing', 9_000));
    receive(9_010, signal('api', 'firing', 0));
    expect(incidents()).toEqual([
      'resolved P3_MEDIUM generation 1',
      'triggered P3_MEDIUM generation 1 pages',
    ]);
  });

  it('opens again for a firing at a new time', () => {
    const { receive, incidents } = ended(resolve);
    receive(70, signal('api', 'firing', 65));
    expect(incidents()).toEqual(['triggered P3_MEDIUM generation 2 pages']);
  });

  it('and was deleted is never merged, counted or opened again', () => {
    const { receive, settle, incidents } = ended({ do: 'delete' });
    receive(70, signal('api', 'firing', 0));
    receive(80, signal('web', 'firing', 30));
    receive(90, signal('api', 'resolved', 90), signal('db', 'resolved', 90), signal('web', 'resolved', 90));
    settle(110);
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 1', 'resolved P3_MEDIUM generation 1']);
  });
});
