import { describe, expect, it } from 'vitest';
import { Spared, sparing } from '../../../functions/alerts/store.ts';

/** A queue that fails while `isDown`, and how often it was asked. */
function world() {
  const state = { now: 1_000_000, isDown: true, asked: 0, takes: 3_000 };
  const send = sparing(
    async () => {
      state.asked += 1;
      state.now += state.takes;
      if (state.isDown) throw new Error('no answer');
    },
    () => state.now,
  );
  return { state, send };
}

describe('a queue that has failed', () => {
  it('[C3] is spared for five seconds, so that no POST waits for it in vain, and then asked again', async () => {
    const { state, send } = world();
    await expect(send([])).rejects.toThrow('no answer');
    state.now += 4_999;
    await expect(send([])).rejects.toThrow(Spared);
    expect(state.asked).toBe(1);
    state.now += 1;
    state.isDown = false;
    await send([]);
    expect(state.asked).toBe(2);
  });

  it('[C3] fast is spared only after the second time in a row: one refused POST diverts no other', async () => {
    const { state, send } = world();
    state.takes = 20;
    await expect(send([])).rejects.toThrow('no answer');
    state.isDown = false;
    await send([]);
    state.isDown = true;
    await expect(send([])).rejects.toThrow('no answer');
    await expect(send([])).rejects.toThrow('no answer');
    await expect(send([])).rejects.toThrow(Spared);
    expect(state.asked).toBe(4);
  });

  it('[F28] is asked when the clock went back: it is not known how long ago the failure was', async () => {
    const { state, send } = world();
    await expect(send([])).rejects.toThrow('no answer');
    state.now -= 600_000;
    await expect(send([])).rejects.toThrow('no answer');
    expect(state.asked).toBe(2);
  });
});
