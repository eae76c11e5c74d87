import { type Need, plainNeed } from '../../iam/need.ts';

/** Before the id of a model, what makes it the inference profile of a part of the world. */
const partOfTheWorld = /^(?:us|us-gov|eu|apac|au|ca|jp|global)\./;

/** The permissions to ask a model: on the model, of a profile also on that, and on the guardrail that is to check it. */
export function bedrockNeeds(
  operation: string,
  body: string,
  { region, id }: { readonly region: string; readonly id: string },
): readonly Need[] {
  const name = decodeURIComponent(/^POST \/model\/([^/]+)\/converse$/.exec(operation)?.[1] ?? '');
  if (name === '') return [plainNeed(`bedrock:${operation}`, '*')];
  const { guardrailConfig } = JSON.parse(body) as {
    guardrailConfig?: { readonly guardrailIdentifier?: string };
  };
  const guardrail = guardrailConfig?.guardrailIdentifier;
  const ours = (rest: string) => `arn:aws:bedrock:${region}:${id}:${rest}`;
  const model = `arn:aws:bedrock:${region}::foundation-model/${name.replace(partOfTheWorld, '')}`;
  return [
    ...(partOfTheWorld.test(name)
      ? [plainNeed('bedrock:InvokeModel', ours(`inference-profile/${name}`))]
      : []),
    plainNeed('bedrock:InvokeModel', model),
    ...(guardrail === undefined ? [] : [plainNeed('bedrock:ApplyGuardrail', ours(`guardrail/${guardrail}`))]),
  ];
}
