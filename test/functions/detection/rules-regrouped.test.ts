import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { anyway, Changing } from '../../support/changing-rules.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { post, signal } from '../../support/signals.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

describe('what is in an incident, when rules change', () => {
  const toldAgain = async (rule: object) => {
    const changing = new Changing([anyway]);
    await changing.fire(1, 'a');
    await changing.change(5, [ruleSchema.parse({ ...anyway, ...rule })]);
    await changing.world.receive([post(signal('a', 'firing', 1, { title: 'a' }))]);
    return changing;
  };

  it('stays there, also when it fires anew, while its rule keeps its id and how it groups', async () => {
    const changing = await toldAgain({ name: 'Louder', actions: { urgency: 'low' } });
    await changing.fire(600, 'a');
    expect(await changing.incidents()).toEqual(['a']);
  });

  it.each([
    ['its rule has another id', { id: 'other' }],
    ['its rule groups otherwise', { group: { by: ['service'] } }],
  ])(
    'comes into another beside it when it is told of again and %s, and its end ends both',
    async (_, rule) => {
      const changing = await toldAgain(rule);
      expect(await changing.incidents()).toEqual(['a', 'a']);
      await changing.resolve(700, 'a');
      await changing.world.settle();
      const { incidents } = await changing.world.read();
      expect([...incidents.values()].map(({ state }) => state)).toEqual(['resolved', 'resolved']);
    },
  );
});
