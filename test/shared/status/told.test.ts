import { describe, expect, it } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import { type PageFact, toldIncident } from '../../../shared/status/index.ts';

const incident = idOf('incident', 0, 'x');
const about = { title: 'Slow checkout', internal: false, source: { incident, generation: 1 } };
const update = { state: 'identified', text: 'We found it.' };

const fact = (type: string, is: object = about, words: object = update) =>
  ({
    type,
    occurredAt: 5,
    data: {
      entries: [
        { kind: 'incident', id: 'pin_1', is },
        { kind: 'update', id: 'upd_1', is: words },
      ],
    },
  }) as unknown as PageFact;

describe('the log of an incident', () => {
  it('tells of an update that came out', () => {
    expect(toldIncident(fact('update.published'))).toEqual({
      incident,
      fact: {
        type: 'status.told',
        occurredAt: 5,
        data: { what: 'published', title: 'Slow checkout', ...update, internal: false },
      },
    });
  });

  it('tells that one was taken back', () => {
    const told = toldIncident(fact('update.withdrawn', about, { state: 'identified', text: '' }));
    expect(told?.fact.data).toMatchObject({ what: 'withdrawn', text: '' });
  });

  it('tells at most 500 characters of it', () => {
    const told = toldIncident(
      fact('update.published', about, { state: 'identified', text: 'x'.repeat(900) }),
    );
    expect(told?.fact.data.text).toHaveLength(500);
  });

  it('tells nothing of what came from no incident, nor of other changes of the page', () => {
    expect(toldIncident(fact('update.published', { title: 'By hand', internal: false }))).toBeUndefined();
    expect(toldIncident(fact('component.changed'))).toBeUndefined();
  });
});
