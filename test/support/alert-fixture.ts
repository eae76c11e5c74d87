import { readFileSync } from 'node:fs';
import { idOf } from '../../shared/kernel/index.ts';

const folder = new URL('./fixtures/alerts/', import.meta.url);

/** The exact text of a recorded body. */
export function fixtureText(name: string): string {
  return readFileSync(new URL(`${name}.json`, folder), 'utf8');
}

/** A recorded body, parsed. */
export function fixture(name: string): unknown {
  return JSON.parse(fixtureText(name));
}

/** When the recorded bodies arrive: after everything that they tell of. */
export const receivedAt = Date.UTC(2026, 10, 20, 9);

/** The integration that they arrive at. */
export const integration = idOf('integration', receivedAt, 'fixture');
