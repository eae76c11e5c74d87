import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { type Scene, unitsOf } from '../../support/unit-scenes.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

/** With what is written while alerts are decided and kept, and with what counting their minute adds. */
interface Most {
  readonly decided: number;
  readonly counted: number;
}

const scenes: readonly (readonly [name: string, scene: Scene, most: Most])[] = [
  [
    'of a storm of ten alerts, 64 a POST',
    { posts: 100, alerts: 64, different: 10, warmUp: 20 },
    { decided: 0.01, counted: 0.01 },
  ],
  [
    'of a storm of ten alerts, one a POST',
    { posts: 400, alerts: 1, different: 10, warmUp: 40 },
    { decided: 0.15, counted: 0.15 },
  ],
  [
    'of a thousand that join one incident',
    { posts: 20, alerts: 50, different: 1_000 },
    { decided: 2.8, counted: 3.8 },
  ],
  [
    'that opens its own incident',
    { posts: 40, alerts: 1, different: 40, apart: true },
    { decided: 16, counted: 17 },
  ],
  [
    'that opens its own incident and comes alone',
    { posts: 40, alerts: 1, different: 40, apart: true, isAlone: true },
    { decided: 17, counted: 18 },
  ],
  [
    'of a thousand that would open incidents of their own, beyond the limit',
    { posts: 20, alerts: 50, different: 1_000, apart: true },
    { decided: 3.5, counted: 4.5 },
  ],
  [
    'that a silence holds back',
    { posts: 40, alerts: 1, different: 40, apart: true, isSilenced: true },
    { decided: 4, counted: 6 },
  ],
];

it.each(scenes)('[C1] an alert %s takes few write units', async (name, scene, most) => {
  const { decided, counted } = await unitsOf(name, scene);
  expect(decided).toBeLessThanOrEqual(most.decided);
  expect(counted).toBeLessThanOrEqual(most.counted);
});
