import { afterAll, beforeAll, expect, it } from 'vitest';
import { unitsToFirstPage } from '../../support/first-page-units.ts';
import { type FunctionWorld, startWorld } from '../../support/function-world.ts';

let world: FunctionWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('[C1] an alert that opens its own incident takes few write units until its first page is on its way', async () => {
  const { opened, planned, called, sent } = await unitsToFirstPage(world, 'first page', 10);
  expect(opened).toBeLessThanOrEqual(17);
  expect(planned - opened).toBeLessThanOrEqual(12);
  expect(called).toBeLessThanOrEqual(30);
  expect(sent).toBeLessThanOrEqual(31);
});
