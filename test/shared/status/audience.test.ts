import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import { statusView } from '../../../shared/status/api-view.ts';
import { atomFeed, statuspageDocuments, viewInternal, viewPublic } from '../../../shared/status/index.ts';
import {
  anyHistory,
  component,
  componentId,
  incident,
  incidentId,
  maintenanceId,
  NOON,
  page,
  play,
  update,
} from '../../support/status-page.ts';

const looking = { id: page, now: NOON + 1000 };
const source = { incident: idOf('incident', NOON, 'CANARY-incident'), generation: 1 };

const work = (name: string, on: string, internal: boolean) =>
  ({
    do: 'schedule',
    id: maintenanceId(name),
    maintenance: {
      ...{ title: name, text: name, components: [componentId(on)], internal },
      ...{ from: NOON, until: NOON + 1e6 },
    },
  }) as const;

const secret = play([
  [component('shop', { services: ['CANARY-service'] }), NOON],
  [component('CANARY-component', { internal: true }), NOON],
  [incident('seen', { shop: 'partial_outage', 'CANARY-component': 'major_outage' }, { source }), NOON],
  [incident('CANARY-private', { shop: 'partial_outage' }, { internal: true }), NOON],
  [incident('CANARY-inside', { 'CANARY-component': 'major_outage' }), NOON],
  [update('CANARY-inside', 2, 'resolved'), NOON + 1],
  [work('CANARY-work', 'CANARY-component', false), NOON],
  [work('CANARY-own-work', 'shop', true), NOON],
  [{ do: 'dismiss', proposal: 'CANARY-proposal' }, NOON],
]).state;

describe('[F84] in public', () => {
  it('nothing is told of what is internal, whatever is made of the page', () => {
    const view = viewPublic(secret, looking);
    const told = JSON.stringify([
      view,
      statuspageDocuments(view, 'https://s/'),
      atomFeed(view, 'https://s/'),
    ]);
    expect(told).not.toContain('CANARY');
    expect(told).not.toContain(source.incident);
    expect(told).not.toContain(componentId('CANARY-component'));
    expect(told).not.toContain(incidentId('CANARY-inside'));
    expect(view.incidents.map(({ title }) => title)).toEqual(['seen']);
  });

  it('members see all of it', () => {
    const view = viewInternal(secret, looking);
    expect(view.components.map(({ name }) => name)).toEqual(['shop', 'CANARY-component']);
    expect(view.components[0]?.services).toEqual(['CANARY-service']);
    expect(view.incidents.map(({ title }) => title).toSorted()).toEqual(['CANARY-private', 'seen']);
    expect(view.past.map(({ title }) => title)).toEqual(['CANARY-inside']);
    expect(view.maintenance).toHaveLength(2);
    expect(view.incidents.find(({ title }) => title === 'seen')?.source).toEqual(source);
  });

  it('a component that only a private incident touches works', () => {
    const state = play([
      [component('shop'), NOON],
      [incident('x', { shop: 'major_outage' }, { internal: true }), NOON],
    ]).state;
    expect(viewPublic(state, looking)).toMatchObject({
      indicator: 'none',
      components: [{ status: 'operational' }],
    });
    expect(viewInternal(state, looking)).toMatchObject({ indicator: 'critical' });
  });

  it('both views keep to their schema, whatever happened', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { state } = play(history);
        expect(() => statusView.parse(viewInternal(state, looking))).not.toThrow();
        const view = statusView.parse(viewPublic(state, looking));
        for (const { internal, services } of view.components)
          expect([internal, services]).toEqual([undefined, undefined]);
        const hidden = viewInternal(state, looking).components.filter(({ internal }) => internal);
        for (const { id } of hidden) expect(JSON.stringify(view)).not.toContain(id);
      }),
    );
  });
});
