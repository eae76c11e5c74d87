import * as z from 'zod';
import { type Asked, jsonOf, startVendor, type Told } from './vendor-server.ts';

/** The model that the fake account has access to. */
export const fakeModel = 'eu.amazon.nova-lite-v1:0';

const texts = z.array(z.strictObject({ text: z.string().min(1) })).min(1);

/** A request of Converse as Bedrock takes it; one with tools is refused here, since nothing of ours may give a model any. */
const Request = z.strictObject({
  system: texts,
  messages: z.array(z.strictObject({ role: z.literal('user'), content: texts })).length(1),
  inferenceConfig: z.strictObject({ maxTokens: z.int().min(1).max(8_192) }),
  guardrailConfig: z
    .strictObject({ guardrailIdentifier: z.string(), guardrailVersion: z.string() })
    .optional(),
});

/** What was asked of a model. */
export type ModelRequest = z.infer<typeof Request>;

const refusal = (status: number, type: string, message: string): Told => ({
  status,
  headers: { 'x-amzn-errortype': type },
  body: { message },
});

/** An answer of Converse with this text. */
export const written = (text: string, stopReason = 'end_turn'): Told => ({
  status: 200,
  body: {
    output: { message: { role: 'assistant', content: [{ text }] } },
    stopReason,
    usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
    metrics: { latencyMs: 1 },
  },
});

/** Starts an Amazon Bedrock with access to one model, which writes what `write` makes of a request. */
export async function startBedrock(write: (asked: ModelRequest) => string) {
  const requests: ModelRequest[] = [];
  const server = await startVendor((asked) => converse(asked, requests, write));
  return { ...server, requests };
}

function converse(asked: Asked, requests: ModelRequest[], write: (asked: ModelRequest) => string): Told {
  const [, name] = /^\/model\/([^/]+)\/converse$/.exec(asked.path) ?? [];
  if (asked.method !== 'POST' || name === undefined)
    return refusal(404, 'UnknownOperationException', 'Unknown operation');
  if (!/\/bedrock\/aws4_request/.test(asked.headers.authorization ?? ''))
    return refusal(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  if (decodeURIComponent(name) !== fakeModel)
    return refusal(400, 'ValidationException', 'The provided model identifier is invalid.');
  const { success, data, error } = Request.safeParse(jsonOf(asked));
  if (!success) return refusal(400, 'ValidationException', z.prettifyError(error));
  requests.push(data);
  return written(write(data));
}

/** A model that does what it is told: a sentence of each of the first exhibits, in its own words, and the causes turned around. */
export function obedient({ messages }: ModelRequest): string {
  const { evidence, causes } = JSON.parse(messages[0]?.content[0]?.text ?? '') as {
    readonly evidence: readonly { readonly name: string; readonly text: string }[];
    readonly causes: readonly { readonly name: string; readonly title: string }[];
  };
  const said = evidence.slice(0, 2).map(({ name, text }) => ({ text: `In short, ${text}`, cites: [name] }));
  const order = causes.map(({ name }) => name).toReversed();
  return JSON.stringify({ summary: said, rootCause: said.slice(0, 1), order });
}
