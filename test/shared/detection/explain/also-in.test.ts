import { describe, expect, it } from 'vitest';
import { incidentsFor, ruleSchema } from '../../../../shared/detection/index.ts';
import { world } from '../../../support/detection-world.ts';
import { explained, kept, pagingOf, recordOf, told } from '../../../support/explained.ts';
import { epoch, signal } from '../../../support/signals.ts';

const at = (seconds: number) => epoch + seconds * 1_000;
const critical = ruleSchema.parse({
  id: 'crit',
  name: 'Critical',
  conditions: { when: 'severity at least P1' },
});
const rest = ruleSchema.parse({ id: 'rest', name: 'The rest' });
const fires = (second: number, severity: 'P1_CRITICAL' | 'P3_MEDIUM') =>
  signal('api', 'firing', second, { severity });

describe('an alert that is in two incidents', () => {
  const own = world(critical, rest);
  own.receive(0, fires(0, 'P1_CRITICAL'));
  own.receive(60, fires(60, 'P3_MEDIUM'));
  const last = kept(fires(60, 'P3_MEDIUM'));
  const [first, second] = [...own.memory.incidents.values()].toSorted((a, b) => a.openedAt - b.openedAt);
  if (!first || !second) throw new Error('There are two incidents');
  const paging = { ...pagingOf(first), isPaged: true, summary: 'INC-1 paged Ada (level 1).' };

  it('is told of in both: why it is there, and whom that paged', () => {
    const said = explained(own.memory, last, at(120), { pagedBeside: [{ incident: first, paging }] });
    expect(said).toMatchObject({
      outcome: 'incident',
      incident: second.id,
      alsoIn: [first.id],
      isPaged: true,
    });
    expect(said.summary).toMatch(/^It is in INC-2: /);
    expect(said.summary).toMatch(
      /It keeps INC-1 open, too: Rule 'Critical' .*\. INC-1 paged Ada \(level 1\)\.$/,
    );
    expect(told(said, 'window')).toContainEqual(
      expect.stringMatching(/INC-1.*It is on there still, and keeps INC-1 open\.$/),
    );
    expect(told(said, 'page')).toContain('Of INC-1, which it keeps open, too: INC-1 paged Ada (level 1).');
  });

  it('has the pages of both read', () => {
    const { current, beside } = incidentsFor(recordOf(own.memory, last, at(120)));
    expect([current?.id, beside.map(({ id }) => id)]).toEqual([second.id, [first.id]]);
  });

  it('is told of in one once the other is over', () => {
    const over = world(critical, rest);
    over.receive(0, fires(0, 'P1_CRITICAL'));
    over.receive(30, signal('api', 'resolved', 30));
    over.settle(50);
    over.receive(60, fires(60, 'P3_MEDIUM'));
    expect(explained(over.memory, last, at(120)).alsoIn).toBeUndefined();
  });

  it('is told of in one where a rule keeps the last of it without an incident', () => {
    const none = ruleSchema.parse({ id: 'none', name: 'None', actions: { suppress: true } });
    const quiet = world(critical, none);
    quiet.receive(0, fires(0, 'P1_CRITICAL'));
    quiet.receive(60, fires(60, 'P3_MEDIUM'));
    const said = explained(quiet.memory, last, at(120));
    expect(said.outcome).toBe('suppressed');
    expect(`${said.alsoIn?.length ?? 0} ${said.summary}`).toContain('INC-1');
  });
});
