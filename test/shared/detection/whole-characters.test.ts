import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideSplit, ruleSchema } from '../../../shared/detection/index.ts';
import { serviceSchema } from '../../../shared/incidents/index.ts';
import { halfIn } from '../../../shared/kernel/index.ts';
import { world, worldWith } from '../../support/detection-world.ts';
import { epoch, fingerprint, signal } from '../../support/signals.ts';

/** A text of at most so many units in which characters that take two begin at a place of its own. */
const textOf = (most: number) =>
  fc.integer({ min: 0, max: most - 2 }).map((at) => 'x'.repeat(at) + '🔥'.repeat((most - at) >> 1));

const catalogue = [{ id: 'db' }, { id: 'web', dependsOn: ['db'] }].map((one) =>
  serviceSchema.parse({ name: one.id, ...one }),
);

const kept = ({ heads, incidents, entries, guards }: ReturnType<typeof world>['memory']) =>
  halfIn([heads, incidents, entries, guards].map((some) => [...some.values()]));

it('[F12] what is kept of titles, of rules and of what they ask is cut between two characters', () => {
  fc.assert(
    fc.property(textOf(250), textOf(100), textOf(90), (title, name, pattern) => {
      const conditions = { when: `@title!="${pattern}"`, alertPattern: `x|🔥|${pattern}` };
      const { receive, memory } = world(ruleSchema.parse({ id: 'r', name, conditions }));
      receive(0, signal('a', 'firing', 0, { title }), signal('b', 'firing', 0, { title: `b${title}` }));
      expect(kept(memory)).toBeUndefined();
    }),
    { numRuns: 400 },
  );
});

it('[F12] so is that of incidents that one joins, and of what people say when they split', () => {
  fc.assert(
    fc.property(textOf(240), textOf(500), textOf(60), (title, reason, by) => {
      const byTitle = ruleSchema.parse({ id: 'title', name: 'By title', group: { by: ['title'] } });
      const { receive, memory } = worldWith(catalogue, byTitle);
      for (const [i, service] of ['db', 'web'].entries())
        receive(i, signal(service, 'firing', i, { title: `${title} ${i}`, service }));
      expect(kept(memory)).toBeUndefined();
      const [source] = memory.incidents.values();
      const head = memory.heads.get(fingerprint('web'));
      if (!source || !head) throw new Error('nothing is open');
      const split = decideSplit(source, [head], { reason, by, severities: new Map() }, epoch + 30_000);
      expect(halfIn([...split.heads, ...split.entries])).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});
