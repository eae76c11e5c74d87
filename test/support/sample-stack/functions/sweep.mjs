import { put } from './table.mjs';

/** Notes at which instant of the clock it ran. */
export async function handler(event) {
  await put('SWEEP', event.time, { at: { N: String(Date.now()) } });
}
