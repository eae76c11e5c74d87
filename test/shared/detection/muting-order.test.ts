import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal, SignalsMessage } from '../../../shared/alerts/index.ts';
import { Inhibitions, inhibitionSchema, ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const rules = [ruleSchema.parse({ id: 'title', name: 'By title', group: { by: ['title'] } })];
const severe = inhibitionSchema.parse({
  id: 'severe',
  source: '@severity="P1_CRITICAL"',
  target: 'kind="instance"',
  equal: ['cluster'],
});

function world(inhibitions = [severe]) {
  const memory = new DetectionMemory(rules, { inhibitions: new Inhibitions(inhibitions) });
  const receive = (at: number, ...messages: readonly SignalsMessage[]) =>
    memory.receive(messages, epoch + at * 1_000);
  return { memory, receive };
}

const say = (name: string, at: number, severity: 'P1_CRITICAL' | 'P3_MEDIUM', cluster = 'eu') =>
  signal(name, 'firing', at, { title: name, labels: { cluster }, severity });
const instance = (at: number): Signal =>
  signal('i', 'firing', at, {
    title: 'Instance',
    labels: { cluster: 'eu', kind: 'instance' },
    severity: 'P2_HIGH',
  });

/** Whether an instance that fires five minutes later is in an incident, when these were told one after the other. */
function isFree(...told: readonly Signal[]): boolean {
  const { memory, receive } = world();
  for (const [i, one] of told.entries()) receive(20 + i, post(one));
  receive(300, post(instance(300)));
  return memory.heads.get(fingerprint('i'))?.suppressed === undefined;
}

const step = fc.record({
  name: fc.constantFrom('a', 'b'),
  at: fc.integer({ min: 0, max: 9 }).map((tens) => tens * 10),
  what: fc.constantFrom('P1_CRITICAL' as const, 'P3_MEDIUM' as const, 'resolved' as const),
  cluster: fc.constantFrom('eu', 'us'),
});

describe('what mutes others', () => {
  it('is the same whatever the order, repetition and batches in which it is told', () => {
    const steps = fc.array(step, { maxLength: 12 });
    fc.assert(
      fc.property(
        steps.chain((told) =>
          fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told], whole(told))),
        ),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 24, maxLength: 24 }),
        ([told, late], sizes) => {
          const sourcesOf = (steps: typeof told, batches: readonly number[]) => {
            const { memory, receive } = world();
            const messages = steps.map(({ name, at, what, cluster }) =>
              post(what === 'resolved' ? signal(name, 'resolved', at) : say(name, at, what, cluster)),
            );
            for (const size of batches) receive(200, ...messages.splice(0, size));
            const sources = [...memory.guards.values()].map(
              (guard) => [guard.hash, guard.sources ?? []] as const,
            );
            return new Map(sources.filter(([, some]) => some.length > 0));
          };
          expect(sourcesOf(late, sizes)).toEqual(
            sourcesOf(
              told,
              sizes.map(() => 1),
            ),
          );
        },
      ),
    );
  });

  it('does so no longer when it is less severe, also when its being severe is told of later', () => {
    expect(isFree(say('a', 0, 'P1_CRITICAL'))).toBe(false);
    expect(isFree(say('a', 0, 'P1_CRITICAL'), say('a', 10, 'P3_MEDIUM'))).toBe(true);
    expect(isFree(say('a', 10, 'P3_MEDIUM'), say('a', 0, 'P1_CRITICAL'))).toBe(true);
    expect(isFree(say('a', 5, 'P1_CRITICAL'), say('a', 10, 'P3_MEDIUM'), say('a', 0, 'P1_CRITICAL'))).toBe(
      true,
    );
    const divided = [say('a', 0, 'P1_CRITICAL'), say('a', 8, 'P1_CRITICAL'), say('a', 10, 'P3_MEDIUM')];
    expect(isFree(...divided, signal('a', 'resolved', 5))).toBe(true);
  });

  it('does so no longer among many, whatever else is told of it', () => {
    const { memory, receive } = world();
    const names = Array.from({ length: 30 }, (_, i) => `c${i}`);
    for (const name of names) receive(0, post(say(name, 0, 'P1_CRITICAL')));
    for (const name of names) receive(100, post(say(name, 100, 'P3_MEDIUM')));
    for (const name of names.slice(0, 10)) receive(200, post(signal(name, 'acknowledged', 200)));
    memory.ask(names.slice(10).map(fingerprint), epoch + 210_000);
    receive(400, post(instance(400)));
    expect(memory.heads.get(fingerprint('i'))?.suppressed).toBeUndefined();
  });

  it('writes and sends nothing when it is repeated: not of many at once, nor in many groups, nor where it has left', () => {
    const many = Array.from({ length: 12 }, (_, i) =>
      inhibitionSchema.parse({ ...severe, id: `g${i}`, target: `kind="t${i}"` }),
    );
    const { memory, receive } = world([severe, ...many]);
    const told = [
      ...['a', 'b', 'c'].map((name) => say(name, 0, 'P1_CRITICAL')),
      ...[say('d', 0, 'P1_CRITICAL'), say('d', 10, 'P3_MEDIUM'), signal('c', 'acknowledged', 20)],
    ];
    for (const one of told) receive(20, post(one));
    memory.releases();
    for (let minute = 10; minute < 20; minute++)
      for (const one of told) {
        const { keys, loose, releases } = receive(minute * 60, post(one));
        expect([keys, loose, releases]).toEqual([[], [], []]);
      }
  });

  it('has what it muted looked at with each word of its end, and once when it goes on as something else', () => {
    const { receive } = world();
    receive(0, post(say('a', 0, 'P1_CRITICAL')));
    expect(receive(10, post(say('a', 10, 'P3_MEDIUM'))).releases).toHaveLength(1);
    // The worker may have died before it told of it; then the queue brings it again at once.
    expect(receive(20, post(say('a', 10, 'P3_MEDIUM'))).releases).toHaveLength(1);
    expect(receive(900, post(say('a', 10, 'P3_MEDIUM'))).releases).toHaveLength(0);
    receive(1_000, post(say('a', 1_000, 'P1_CRITICAL')));
    for (const at of [1_100, 5_000])
      expect(receive(at, post(signal('a', 'resolved', 1_100))).releases).toHaveLength(1);
  });
});

/** All of it twice over, in any order. */
const whole = ({ length }: readonly unknown[]) => ({ minLength: 2 * length, maxLength: 2 * length });
