import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal, SignalsMessage } from '../../../shared/alerts/index.ts';
import { isActive, occurrencesOf } from '../../../shared/detection/index.ts';
import { world } from '../../support/detection-world.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const MINUTE = 60;
const HOLD = 15 * MINUTE;
/** How long the alert has been firing when the tests begin. */
const BEGAN = -4 * 3_600;

interface Told {
  readonly state: Signal['state'];
  /** When it was received, in seconds; and when it says that it fires since, or ended. */
  readonly received: number;
  readonly at?: number;
  readonly until?: number;
}

const states = { source: 'alertmanager', tellsState: true } as const;

function message({ state, received, at, until }: Told, from: Partial<SignalsMessage>): SignalsMessage {
  const own = at ?? (state === 'firing' ? BEGAN : received);
  const said = signal('a', state, own, until === undefined ? {} : { until: epoch + until * 1_000 });
  return { ...post(said), receivedAt: epoch + received * 1_000, ...from };
}

/** What came of it, told one by one as it was received. */
function toldOf(from: Partial<SignalsMessage>, ...all: readonly Told[]) {
  const { memory, settle, incidents } = world();
  for (const told of all) {
    memory.receive([message(told, from)], epoch + told.received * 1_000);
    settle(told.received + 11);
  }
  return { memory, incidents: incidents() };
}

const head = ({ memory }: ReturnType<typeof toldOf>) => {
  const found = memory.heads.get(fingerprint('a'));
  if (found === undefined) throw new Error('Nothing is known of the alert');
  return found;
};
const spans = (world: ReturnType<typeof toldOf>) =>
  occurrencesOf(head(world)).map(({ from, to }) => [from, to].map((at) => at && (at - epoch) / 1_000));

const open = 'triggered P3_MEDIUM generation 1 pages';
const reopened = 'triggered P3_MEDIUM generation 2 pages';
const resolved = 'resolved P3_MEDIUM generation 1';

const first: Told = { state: 'firing', received: 0 };
const end: Told = { state: 'resolved', received: 300 };
const again = (seconds: number): Told => ({ state: 'firing', received: 300 + seconds });

describe('an alert that is told again after its end, with the beginning that it had', () => {
  it('opens its incident again where the sender tells how alerts stand, as Alertmanager does', () => {
    expect(toldOf(states, first).incidents).toEqual([open]);
    expect(toldOf(states, first, end).incidents).toEqual([resolved]);
    const told = toldOf(states, first, end, again(MINUTE + 1));
    expect(told.incidents).toEqual([reopened]);
    expect(spans(told)).toEqual([
      [BEGAN, 300],
      [300 + MINUTE + 1, undefined],
    ]);
  });

  it('is over while it may be the word of another that sends the same', () => {
    expect(toldOf(states, first, end, again(MINUTE)).incidents).toEqual([resolved]);
  });

  it('[M14] is over where the sender tells what happened: the same time is the same event, however late it is posted again', () => {
    expect(toldOf({}, first, end, again(10 * HOLD)).incidents).toEqual([resolved]);
  });

  it('is one alert that goes on, however often it is told, until it ends once more', () => {
    const repeated = [again(100), again(160), again(220), again(4_000)];
    const told = toldOf(states, first, end, ...repeated);
    expect(spans(told)).toEqual([
      [BEGAN, 300],
      [400, undefined],
    ]);
    expect(head(told).version).toBe(head(toldOf(states, first, end, again(100))).version);
    const ended = toldOf(states, first, end, ...repeated, { state: 'resolved', received: 5_000 });
    expect(isActive(head(ended))).toBe(false);
    expect(ended.incidents).toEqual(['resolved P3_MEDIUM generation 2']);
  });

  it('goes on for as long as it says, where it ends by itself', () => {
    const minutes = [2, 3, 4, 5, 6].map((minute) => ({
      ...again(minute * MINUTE),
      until: 300 + minute * MINUTE + 240,
    }));
    const told = head(toldOf(states, { ...first, until: 240 }, end, ...minutes));
    expect(isActive(told)).toBe(true);
    expect(Math.max(...(told.untils ?? []))).toBeGreaterThanOrEqual(epoch + (300 + 6 * MINUTE + 240) * 1_000);
  });

  it('opens one for which nothing was heard but its end', () => {
    const pages = (...all: readonly Told[]) =>
      toldOf(states, ...all).incidents.filter((one) => one.startsWith('triggered'));
    expect(pages(end, again(MINUTE))).toEqual([]);
    expect(pages(end, again(MINUTE + 1))).toEqual([open]);
  });

  it('comes to the same in one batch after an outage of the detector, whatever stands first in it', () => {
    const said = [first, end, again(90), again(150)];
    const one = spans(toldOf(states, ...said));
    fc.assert(
      fc.property(fc.shuffledSubarray(said, { minLength: said.length }), (batch) => {
        const { memory } = world();
        memory.receive(
          batch.map((told) => message(told, states)),
          epoch + 3_600_000,
        );
        expect(spans({ memory, incidents: [] })).toEqual(one);
      }),
    );
  });

  it('comes to the same in whatever parts its messages are read', () => {
    const told = fc.record({
      state: fc.constantFrom('firing', 'firing', 'resolved'),
      wait: fc.integer({ min: 1, max: 2 * HOLD }),
    });
    const orders = [{}, states];
    fc.assert(
      fc.property(
        fc.array(told, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 8, maxLength: 8 }),
        fc.constantFrom(...orders),
        (steps, cuts, from) => {
          let received = 0;
          const all = steps.map(({ state, wait }): Told => {
            received += wait;
            return { state: state as Signal['state'], received };
          });
          const { memory } = world();
          const rest = [...all];
          for (const cut of cuts)
            memory.receive(
              rest.splice(0, cut).map((one) => message(one, from)),
              epoch + received * 1_000,
            );
          expect(spans({ memory, incidents: [] })).toEqual(spans(toldOf(from, ...all)));
        },
      ),
    );
  });
});

describe('a sender whose clock is a minute behind, and whose resolves name no time', () => {
  const behind = (received: number): Told => ({ state: 'firing', received, at: received - MINUTE });

  it('is heard when it fires again 20 s after its end', () => {
    expect(toldOf({}, behind(0), end, behind(320)).incidents).toEqual([reopened]);
  });

  it('is not taken for one whose clock is right and whose firing was overtaken by its end', () => {
    const right: Told = { state: 'firing', received: 1, at: 0 };
    const overtaken: Told = { state: 'firing', received: 320, at: 320 - MINUTE };
    expect(toldOf({}, right, end, overtaken).incidents).toEqual([resolved]);
  });

  it('does not page for an alert of which nothing but its end was heard, when its firing was overtaken', () => {
    const incidents = toldOf({}, end, behind(320)).incidents;
    expect(incidents.filter((one) => one.startsWith('triggered'))).toEqual([]);
  });
});
