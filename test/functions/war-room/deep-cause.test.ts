import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { factRow } from '../../../functions/aws/incident-rows.ts';
import { log } from '../../../functions/edge/log.ts';
import type { LoggedFact } from '../../../shared/incidents/index.ts';
import { imageOf } from '../../simulation/engine/stream-image.ts';
import { type FunctionWorld, startWorld } from '../../support/function-world.ts';

let world: FunctionWorld;
let broadcast: typeof import('../../../functions/war-room/broadcast.stream.ts').handler;

beforeAll(async () => {
  world = await startWorld();
  ({ handler: broadcast } = await import('../../../functions/war-room/broadcast.stream.ts'));
});
afterAll(() => world.stop());

const caused = (depth: number): LoggedFact => ({
  ...{ id: 'fct_1', org: 'org_1', incidentId: 'inc_1', seq: 1, occurredAt: 1, recordedAt: 1 },
  ...{ type: 'incident.noted', data: { text: 'x' }, actor: { kind: 'system', id: 'test' } },
  cause: { id: 'fct_before', depth },
});

it.each([
  [8, 'yes', 0],
  [9, 'no', 1],
])('a fact at the end of a chain of %i: reactions %s, lines of an alarm %i', async (depth, react, lines) => {
  const said = vi.spyOn(log, 'error').mockReturnValue(undefined);
  const row = factRow(caused(depth));
  expect(row.react).toBe(react);
  await broadcast({ Records: [{ dynamodb: { NewImage: imageOf(row as never) as never } }] });
  expect(said).toHaveBeenCalledTimes(lines);
  said.mockRestore();
});
