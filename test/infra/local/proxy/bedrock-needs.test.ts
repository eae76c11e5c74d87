import { expect, test } from 'vitest';
import { bedrockNeeds } from '../../../../infra/local/proxy/needs/bedrock.ts';

const account = { id: '123456789012', region: 'eu-central-1' };
const ours = 'arn:aws:bedrock:eu-central-1:123456789012';
const inRegion = 'bedrock:InvokeModel arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0';
const needed = (operation: string, body: object = {}) =>
  bedrockNeeds(operation, JSON.stringify(body), account).map(
    ({ action, resource }) => `${action} ${resource}`,
  );

test('a model needs leave for itself; a profile also for itself, and a guardrail too', () => {
  expect(needed('POST /model/amazon.nova-lite-v1%3A0/converse')).toEqual([inRegion]);
  const guardrailConfig = { guardrailIdentifier: 'abc', guardrailVersion: '1' };
  expect(needed('POST /model/eu.amazon.nova-lite-v1%3A0/converse', { guardrailConfig })).toEqual([
    `bedrock:InvokeModel ${ours}:inference-profile/eu.amazon.nova-lite-v1:0`,
    inRegion,
    `bedrock:ApplyGuardrail ${ours}:guardrail/abc`,
  ]);
});

test('what else Bedrock can do needs a leave that nobody has', () => {
  expect(needed('POST /model/x/invoke')).toEqual(['bedrock:POST /model/x/invoke *']);
});
