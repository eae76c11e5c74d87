import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Refusal } from '../../shared/kernel/index.ts';
import type { Question } from '../../shared/postmortems/index.ts';
import { setting } from './settings.ts';

/** The gateway gives up after 29 seconds; what was loaded before and is recorded after has the rest. */
const WITHIN = 22_000;

const client = new BedrockRuntimeClient({
  // A person waits, and a second try would pay twice.
  maxAttempts: 1,
  // This client alone would speak HTTP/2, which fails behind some proxies.
  requestHandler: new NodeHttpHandler({
    ...{ connectionTimeout: 1_000, requestTimeout: WITHIN, throwOnRequestTimeout: true },
  }),
});

const MOST_TOKENS = 1_200;

/** The model or inference profile that this system may ask; undefined when none is set up. */
export function modelName(): string | undefined {
  const name = setting('bedrockModel');
  return name === 'none' ? undefined : name;
}

/** Asks a model, which has no tools, and gives the text that it wrote; `unavailable` says why there is none. */
export async function askModel(modelId: string, { system, data }: Question): Promise<string> {
  const command = new ConverseCommand({
    modelId,
    system: [{ text: system }],
    messages: [{ role: 'user', content: [{ text: data }] }],
    inferenceConfig: { maxTokens: MOST_TOKENS },
    ...guardrail(setting('bedrockGuardrail')),
  });
  const answer = await client
    .send(command, { abortSignal: AbortSignal.timeout(WITHIN) })
    .catch((error: unknown) => {
      throw refusalOf(error, modelId);
    });
  return textIn(answer, modelId);
}

function guardrail(name: string) {
  if (name === 'none') return {};
  const [guardrailIdentifier, guardrailVersion] = name.split(':');
  return { guardrailConfig: { guardrailIdentifier, guardrailVersion } };
}

function textIn({ stopReason, output }: ConverseCommandOutput, model: string): string {
  if (stopReason !== 'end_turn')
    throw new Refusal(
      'unavailable',
      `The model ${model} did not finish: ${stopReason ?? 'it said nothing'}.`,
    );
  return (output?.message?.content ?? []).map(({ text }) => text ?? '').join('');
}

/** What the names of its refusals mean for whoever asked. */
const reasons: Readonly<Record<string, string>> = {
  AccessDeniedException: 'the account or this function has no access to it',
  ResourceNotFoundException: 'there is none of that name in this region',
  ValidationException: 'it takes no such request',
  ThrottlingException: 'it was asked too often; try again in a minute',
  ServiceQuotaExceededException: 'the quota of the account is used up',
  ServiceUnavailableException: 'it is not available now',
  ModelNotReadyException: 'it is not ready yet; try again in a minute',
  ModelTimeoutException: 'it took too long',
  ModelErrorException: 'it failed',
  InternalServerException: 'Amazon Bedrock failed',
  AbortError: 'it took too long',
  TimeoutError: 'it took too long or could not be reached',
};

/** Why the model gave no answer, in words; what is no answer of Bedrock is a fault of ours. */
function refusalOf(error: unknown, model: string): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: string };
  const why = reasons[error.name] ?? (code === undefined ? undefined : 'it could not be reached');
  return why === undefined ? error : new Refusal('unavailable', `The model ${model} gave no draft: ${why}.`);
}
