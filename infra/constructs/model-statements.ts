import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Settings } from '../config.ts';

/** Before the id of a model, what names the inference profile of a part of the world, which asks it in several regions. */
export const partOfTheWorld = /^(?:us|us-gov|eu|apac|au|ca|jp|global)\./;

/** What a function needs to ask the model that the settings name, through the guardrail that they name; nothing when there is none. */
export function modelStatements(
  stack: Stack,
  { bedrockModel, bedrockGuardrail }: Pick<Settings, 'bedrockModel' | 'bedrockGuardrail'>,
): readonly PolicyStatement[] {
  if (bedrockModel === undefined) return [];
  const ours = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'bedrock', resource, resourceName });
  // Models belong to no account; a profile passes the request on to any region of its part of the world.
  const model = (region: string) =>
    `arn:${stack.partition}:bedrock:${region}::foundation-model/${bedrockModel.replace(partOfTheWorld, '')}`;
  const resources = partOfTheWorld.test(bedrockModel)
    ? [ours('inference-profile', bedrockModel), model('*')]
    : [model(stack.region)];
  const [guardrail] = bedrockGuardrail?.split(':') ?? [];
  return [
    new PolicyStatement({ actions: ['bedrock:InvokeModel'], resources }),
    ...(guardrail === undefined
      ? []
      : [
          new PolicyStatement({
            actions: ['bedrock:ApplyGuardrail'],
            resources: [ours('guardrail', guardrail)],
          }),
        ]),
  ];
}
