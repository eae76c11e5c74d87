import type { Answer } from './answer.ts';

/** One integration response of a MOCK integration; the one without a pattern answers when no other fits. */
export interface MockAnswer extends Answer {
  readonly pattern: RegExp | undefined;
  /** The status that the request template of the integration produces. */
  readonly produced: string;
}

interface IntegrationResponse {
  readonly StatusCode: string;
  readonly SelectionPattern?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

/** Reads a MOCK integration with literal headers and bodies. Throws when it has none, naming the resource. */
export function mockAnswers(integration: Readonly<Record<string, unknown>>, place: string): MockAnswer[] {
  const templates = Object.values((integration.RequestTemplates ?? {}) as Record<string, string>);
  const produced = /statusCode"?\s*:\s*(\d{3})/.exec(templates[0] ?? '')?.[1];
  const responses = (integration.IntegrationResponses ?? []) as IntegrationResponse[];
  if (produced === undefined || responses.length === 0)
    throw new Error(`${place}: a MOCK integration needs a statusCode and a response`);
  return responses.map((response) => ({
    produced,
    pattern: response.SelectionPattern ? new RegExp(`^(?:${response.SelectionPattern})$`) : undefined,
    status: Number(response.StatusCode),
    headers: Object.entries(response.ResponseParameters ?? {}).flatMap(
      ([target, source]): [string, string][] =>
        target.startsWith('method.response.header.') && source.startsWith("'")
          ? [[target.slice('method.response.header.'.length), source.slice(1, -1)]]
          : [],
    ),
    body: Buffer.from(Object.values(response.ResponseTemplates ?? {})[0] ?? ''),
  }));
}

/** The answer whose pattern fits the produced status, else the default one. */
export function chooseMock(answers: readonly MockAnswer[]): Answer | undefined {
  return (
    answers.find(({ pattern, produced }) => pattern?.test(produced)) ??
    answers.find(({ pattern }) => pattern === undefined)
  );
}
