import { describe, expect, it } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import { type Looked, proposalsOf, sourcesOf } from '../../../shared/status/index.ts';
import {
  component,
  componentId,
  incident,
  incidentId,
  NOON,
  play,
  update,
} from '../../support/status-page.ts';

const id = idOf('incident', NOON, 'internal');
const source = { incident: id, generation: 1 };
const looked = (more: Partial<Looked> = {}): Looked => ({
  id,
  generation: 1,
  state: 'triggered',
  severity: 'P1_CRITICAL',
  service: 'checkout',
  ...more,
});
const shop = [component('Shop', { services: ['checkout', 'cart'] }), NOON] as const;
const cart = [component('Cart', { services: ['checkout'] }), NOON] as const;
const told = [incident('x', { Shop: 'major_outage' }, { source }), NOON] as const;
const resolved = [update('x', 2, 'resolved'), NOON] as const;

describe('an open incident', () => {
  it('proposes a first update about the components of its service, in words of a template', () => {
    expect(proposalsOf(play([shop, cart]).state, [looked()])).toEqual([
      {
        id: `open_${id}_1`,
        kind: 'publish-incident',
        source,
        title: 'Problem with Shop and Cart',
        impact: 'critical',
        state: 'investigating',
        text: 'We are investigating a problem with Shop and Cart. We will tell more as soon as we know more.',
        affected: expect.arrayContaining([{ component: componentId('Shop'), status: 'major_outage' }]),
        internal: false,
      },
    ]);
  });

  it.each([
    ['that is of another service', looked({ service: 'search' })],
    ['of no service', { ...looked(), service: undefined } as unknown as Looked],
    ['that was deleted', looked({ deletedAt: NOON })],
  ])('%s proposes nothing', (_, one) => expect(proposalsOf(play([shop]).state, [one])).toEqual([]));

  it('proposes nothing while it is told, and again when it is reopened afterwards', () => {
    expect(proposalsOf(play([shop, told]).state, [looked()])).toEqual([]);
    expect(proposalsOf(play([shop, told, resolved]).state, [looked()])).toEqual([]);
    expect(proposalsOf(play([shop, told, resolved]).state, [looked({ generation: 2 })])).toHaveLength(1);
  });

  it('is internal when all its components are', () => {
    const { state } = play([[component('Inside', { services: ['checkout'], internal: true }), NOON]]);
    expect(proposalsOf(state, [looked()])[0]?.internal).toBe(true);
  });

  it('[F84] names no component that the public does not know, and tells members that it is touched', () => {
    const { state } = play([shop, [component('CANARY', { services: ['checkout'], internal: true }), NOON]]);
    const [proposed] = proposalsOf(state, [looked()]);
    expect(`${proposed?.title} ${proposed?.text}`).not.toContain('CANARY');
    expect(proposed).toMatchObject({ title: 'Problem with Shop', internal: false });
    expect(proposed?.affected.map(({ component }) => component)).toContain(componentId('CANARY'));
  });

  it('guesses how bad it is by its severity', () => {
    const { state } = play([shop]);
    const statuses = (['P1_CRITICAL', 'P2_HIGH', 'P3_MEDIUM', 'P5_INFO'] as const).map(
      (severity) => proposalsOf(state, [looked({ severity })])[0]?.affected[0]?.status,
    );
    expect(statuses).toEqual([
      'major_outage',
      'partial_outage',
      'degraded_performance',
      'degraded_performance',
    ]);
  });
});

describe('an incident that is resolved', () => {
  it('proposes the last update of what was told of it, once', () => {
    const over = looked({ state: 'resolved' });
    expect(sourcesOf(play([shop, told]).state)).toEqual([id]);
    expect(proposalsOf(play([shop, told]).state, [over])).toMatchObject([
      { kind: 'publish-update', incident: incidentId('x'), state: 'resolved', affected: [] },
    ]);
    expect(proposalsOf(play([shop, told, resolved]).state, [over])).toEqual([]);
    expect(sourcesOf(play([shop, told, resolved]).state)).toEqual([]);
  });
});

it('a dismissed proposal does not come again', () => {
  const dismiss = [{ do: 'dismiss', proposal: `open_${id}_1` }, NOON] as const;
  expect(proposalsOf(play([shop, dismiss]).state, [looked()])).toEqual([]);
  expect(proposalsOf(play([shop, dismiss]).state, [looked({ generation: 2 })])).toHaveLength(1);
});
